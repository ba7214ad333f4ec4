/** What a pointer on the timeline has got hold of. */
import type { Hit, Row } from "./layout";
import type { Lifted } from "./overlay";
import type { View } from "./view";

export type Grip =
  | { kind: "scrub" }
  | { kind: "pan"; x: number; view: View }
  /** `drawn`: it has gone along the lane, and has not only stayed. */
  | { kind: "make"; row: Row; anchor: number; x: number; drawn: boolean }
  | {
      kind: "choose";
      anchor: number;
      x: number;
      y: number;
      before: ReadonlySet<string>;
      was: ReadonlySet<string>;
    }
  | { kind: "tag"; hit: Hit; moment: number; x: number; moved: boolean; others: readonly Lifted[] };
