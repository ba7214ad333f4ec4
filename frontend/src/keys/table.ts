/** Every key in one table: the keys work from it, and the `?` sheet is written from it. */

import { clipKeys } from "../clips/keys";
import { ratingKeys } from "../rating/keys";
import { undo } from "../tagger/acts";
import type { Session } from "../workbench/session";
import { claim } from "./claims";
import { closerKeys } from "./closer";
import { FILM_KEYS } from "./film";
import { meaningKeys } from "./meaning";
import { momentKeys, taggingKeys } from "./moments";

export interface KeyAction {
  /** As KeyboardEvent.key, with "Shift+", "Mod+" (Ctrl or ⌘) before it; letters in lower case. */
  keys: string[];
  what: string;
  group:
    | "Play"
    | "Go to"
    | "In and out"
    | "Look closer"
    | "Second camera"
    | "Timeline"
    | "Tag"
    | "Selected moment"
    | "Connect"
    | "Compare"
    | "Rate"
    | "Clips"
    | "Page";
  /** How the sheet writes the keys, where there are too many to write them all. */
  shown?: string[];
  /** @param key Which of the keys it was. */
  run(session: Session, key: string): void;
  /** When the key comes up again. */
  release?(session: Session): void;
  /** Whether holding the key repeats it. */
  repeats?: boolean;
  /** Only where tags may be changed. */
  edits?: boolean;
}

const PAGE: KeyAction[] = [
  {
    keys: ["Mod+z"],
    what: "Undo; what is growing is thrown away first",
    group: "Page",
    repeats: true,
    edits: true,
    run: undo,
  },
  {
    keys: ["Mod+Shift+z", "Mod+y"],
    what: "Redo",
    group: "Page",
    repeats: true,
    edits: true,
    run: (s) => s.model.redo(),
  },
  { keys: ["?"], what: "This sheet", group: "Page", run: toggleSheet },
];

/** The keys of a page; each lane of its scheme has the key that the scheme or the person gives it. */
export function keyTable(session: Session): KeyAction[] {
  // A scheme's own keys come before ours.
  return claim(session.rating ? ratingKeys(session.rating, session.desk.keys.value) : taggingKeys(session), [
    ...FILM_KEYS,
    ...(session.tray ? clipKeys(session.tray) : []),
    ...closerKeys(session),
    ...momentKeys(session),
    ...meaningKeys(session),
    ...PAGE,
  ]);
}

function toggleSheet(session: Session): void {
  session.sheet.value = !session.sheet.value;
}
