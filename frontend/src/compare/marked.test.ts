import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { Tag } from "../contract";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { Codebook } from "../model/codebook";
import { evenFrames, SCHEME, tag } from "../testing/paig";
import type { Group } from "../timeline/layout";
import { type CompareOptions, Comparison, countSentence, sentenceOf } from "./comparison";
import { markedPairs, type Paired } from "./marked";

const BOOK = new Codebook(SCHEME);
const S = 1_000_000;
const bar = (id: string, from: number, to: number, code = "3"): Tag => tag(id, from * S, to * S, code);
/** a shares enough time with A to be seen alike, though its edges lie far off: here a mark and an eye for edges differ. */
const OWN = [bar("a", 1, 3), bar("b", 5, 6), bar("c", 9, 10), bar("d", 12, 13, "1")];
const THEIRS = [bar("A", 1.5, 3.6), bar("B", 7, 8), bar("E", 15, 16)];
const MARKED: Paired[] = [
  ["both", "a", "A"],
  ["edge", "b", "B"],
  ["alone", "c", null],
  ["alone", null, "E"],
];
const STRICT: Paired[] = [
  ["edge", "a", "A"],
  ["alone", "b", null],
  ["alone", null, "B"],
  ["alone", "c", null],
  ["alone", null, "E"],
];
const expert = { id: "expert", name: "The expert", tags: THEIRS };
const colleague = { id: "c1", name: "A colleague", tags: [bar("x", 1, 3)] };

function make(options: CompareOptions): Comparison {
  const own = signal<Group>({ name: null, manner: "own", tags: OWN });
  return new Comparison(own, BOOK, new FilmClock(new FrameIndex(evenFrames(500))), options);
}
const marked = (steps: boolean, more: CompareOptions["observers"] = []) =>
  make({ observers: [{ ...expert, paired: MARKED }, ...more], marked: { paired: MARKED, steps } });
const forms = ({ marks }: Comparison) =>
  ["a", "A", "b", "c", "d", "E"].map((id) => marks.value?.get(id)?.form ?? "-").join(" ");

describe("beside a mark", () => {
  test("form and count are the mark's, whatever one would pair here; what does not count has no form", () => {
    const here = marked(true);
    expect(forms(here)).toBe("both both edge alone - alone");
    expect(countSentence(here)).toBe(
      "1 moment seen alike; 3 to look at together: 1 named alike but begun or ended elsewhere, 2 seen by one.",
    );
    expect(forms(make({ observers: [expert] }))).toBe("edge edge edge alone alone alone");
    expect([here.uncounted(), make({ observers: [expert] }).uncounted()]).toEqual([true, false]);
  });

  test("at another eye they stay as marked until the service has said how they pair there", () => {
    const here = marked(true);
    here.within.value = 100_000;
    expect(countSentence(here)).toMatch(/^1 moment seen alike; 3 /);
    here.given.value = { edge: 100_000, paired: STRICT };
    expect(forms(here)).toBe("edge edge alone alone - alone");
    expect(countSentence(here)).toMatch(/^0 moments seen alike, where edges may differ by 0.1 s; 5 /);
    here.within.value = null;
    here.given.value = null;
    expect(forms(here)).toBe("both both edge alone - alone");
  });

  test("only where somebody answers can another eye be asked for", () => {
    expect([marked(true).adjustable, marked(false).adjustable]).toEqual([true, false]);
    expect([marked(false, [colleague]).adjustable, make({ observers: [expert] }).adjustable]).toEqual([
      true,
      true,
    ]);
  });

  test("a colleague, whom nobody has marked against, is paired here", () => {
    const here = marked(true, [colleague]);
    here.toggle("expert");
    here.toggle("c1");
    expect(here.marks.value?.get("x")?.form).toBe("both");
    expect(countSentence(here)).toMatch(/^1 moment named alike and within 0.3 s at both edges/);
  });

  test("says which edge differs, and who acts where the name is the same", () => {
    const pairs = markedPairs(OWN, expert, [...MARKED, ["name", "d", "Z"]], 0.3 * S);
    const said = (at: number) => sentenceOf({ ...(pairs[at] as (typeof pairs)[0]), observer: expert }, BOOK);
    expect(said(1)).toBe(
      "00:05.0: both saw “Receiving”; for the expert it begins 2.00 s later and ends 2.00 s later.",
    );
    const [other] = markedPairs(OWN, expert, [["name", "a", "A"]], 0.3 * S);
    expect(other && sentenceOf({ ...other, observer: expert }, BOOK)).toBe(
      "00:01.0: both saw “Receiving”, but not the same person doing it.",
    );
  });

  test("moments unlike in length alone have a side to look at", () => {
    const [one] = markedPairs(
      [bar("a", 1, 3)],
      { ...expert, tags: [bar("A", 1.1, 3.1)] },
      [["edge", "a", "A"]],
      0.3 * S,
    );
    expect([one?.start, one?.end]).toEqual([true, false]);
  });
});
