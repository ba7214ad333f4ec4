/** How a code is tagged, in words: once, at both ends, or held; as the coder (coding.ts) takes it. */
import type { Code } from "../contract";

/** point: a press is a point. tap: a press is a point, holding lasts. ends: at both ends. both: at both ends, or held. */
export type Manner = "point" | "tap" | "ends" | "hold" | "both";

export function mannerOf({ kind, live = "either" }: Code): Manner {
  if (kind === "point") return "point";
  if (live === "press") return "ends";
  if (kind === "either") return "tap";
  return live === "hold" ? "hold" : "both";
}

/** What a lane's name does now. */
export function doesNow(code: Code, playing: boolean, press = "press"): string {
  if (!playing) {
    return code.kind === "state"
      ? `paused, so a ${press} marks 1 second from here`
      : `paused, so a ${press} marks a point here`;
  }
  return {
    point: `${press} once for a point`,
    tap: `${press} once for a point, or hold while it lasts`,
    ends: `${press} when it begins, and again when it is over`,
    hold: "hold while it lasts",
    both: `${press} when it begins and again when it is over, or hold while it lasts`,
  }[mannerOf(code)];
}

/** What is said of how to tag: the lanes that it is said of; null for all the others. */
export interface Saying {
  lanes: Code[] | null;
  /** What comes before the names, and after them. */
  before: string;
  after: string;
}

const SAID: Record<Manner, [before: string, after: string]> = {
  point: ["Press", "once: it is a point, and a second press makes another."],
  tap: ["Press", "once: it is a point, and a second press makes another. Hold it if it lasts."],
  ends: ["Press", "when it begins, and again when it is over."],
  hold: ["Hold", "while it lasts."],
  both: ["Press", "when it begins, and again when it is over."],
};

/** How to tag with these lanes while the film plays, the most common manner last, of "any other". */
export function sayings(lanes: readonly Code[]): Saying[] {
  const groups = new Map<Manner, Code[]>();
  for (const lane of lanes) groups.set(mannerOf(lane), [...(groups.get(mannerOf(lane)) ?? []), lane]);
  const sorted = [...groups].sort(([, a], [, b]) => a.length - b.length);
  return sorted.map(([manner, of], i) => {
    const [before, after] = SAID[manner];
    return { lanes: i === sorted.length - 1 && of.length > 1 ? null : of, before, after };
  });
}
