import { signal } from "@preact/signals";
import { describe, expect, test } from "vitest";
import type { Tag } from "../contract";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { Codebook } from "../model/codebook";
import { evenFrames, SCHEME, tag } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import type { Group } from "../timeline/layout";
import { agrees, align, type Observer, together, USUAL } from "./align";
import { Comparison, countSentence, sentenceOf } from "./comparison";

const BOOK = new Codebook(SCHEME);
const S = 1_000_000;
const bar = (id: string, from: number, to: number, code = "3"): Tag => tag(id, from * S, to * S, code);
const dot = (id: string, at: number, code = "clap"): Tag => tag(id, at * S, null, code);
const expert = (...tags: Tag[]): Observer => ({ id: "expert", name: "The expert", tags });
const forms = (own: Tag[], ...theirs: Tag[]) =>
  align(own, expert(...theirs), BOOK).map(
    ({ form, own: a, other: b, start, end }) =>
      `${form} ${a?.id ?? "-"} ${b?.id ?? "-"}${start ? " start" : ""}${end ? " end" : ""}`,
  );

describe("which moment is which", () => {
  test("alike, elsewhere, otherwise, by one only", () => {
    const own = [bar("a", 1, 2), bar("b", 4, 6), bar("c", 8, 9), bar("d", 12, 13)];
    const theirs = [bar("A", 1.1, 2), bar("B", 4, 7), bar("C", 8, 9, "1"), bar("E", 15, 16)];
    expect(forms(own, ...theirs)).toEqual(["both a A", "edge b B end", "name c C", "alone d -", "alone - E"]);
  });

  test("what is named alike goes before what shares more time", () => {
    expect(forms([bar("a", 1, 2)], bar("A", 1, 2, "1"), bar("B", 1.2, 2)).reverse()).toEqual([
      "both a B",
      "alone - A",
    ]);
  });

  test("one is one: two tags for one moment leave one over", () => {
    expect(forms([bar("a", 1, 2), bar("b", 1, 2)], bar("A", 1, 2))).toEqual(["both a A", "alone b -"]);
  });

  test("a lane stands for what is under it, two behaviours are two names", () => {
    expect(agrees("3.4", ["3"], BOOK)).toBe(true);
    expect(agrees("3", ["1", "3.4"], BOOK)).toBe(true);
    expect(agrees("3.4", ["1"], BOOK)).toBe(false);
    const both = { ...expert(bar("A", 1, 2, "1")), accepts: { A: ["1", "3"] } };
    expect(align([bar("a", 1, 2)], both, BOOK)[0]?.form).toBe("both");
  });

  test("points agree within a second, and never with a stretch that is long", () => {
    expect(together(dot("a", 1), dot("b", 1.9), USUAL)).toBeGreaterThan(0);
    expect(together(dot("a", 1), dot("b", 2.1), USUAL)).toBe(0);
    expect(together(dot("a", 3), bar("b", 2, 5), USUAL)).toBe(1);
    expect(together(dot("a", 3), bar("b", 0, 9), USUAL)).toBe(0);
  });

  test("one name not far away is the same moment, begun elsewhere; further away it is another", () => {
    expect(forms([bar("a", 1, 2)], bar("A", 3, 4))).toEqual(["edge a A start end"]);
    expect(forms([dot("a", 1)], dot("A", 2.5))).toEqual(["edge a A start"]);
    expect(forms([bar("a", 1, 2)], bar("A", 4, 5))).toEqual(["alone a -", "alone - A"]);
    expect(forms([bar("a", 1, 2)], bar("A", 3, 4, "1"))).toEqual(["alone a -", "alone - A"]);
  });

  test("another person's act is another moment", () => {
    expect(forms([{ ...bar("a", 1, 2), actor: "baby" }], bar("A", 1.1, 2))).toEqual([
      "alone a -",
      "alone - A",
    ]);
  });

  test("a long film is compared quickly", () => {
    const many = (name: string, by: number) =>
      Array.from({ length: 4000 }, (_, i) => bar(`${name}${i}`, i * 2 + by, i * 2 + 1 + by));
    const began = performance.now();
    const pairs = align(many("a", 0), expert(...many("b", 0.1)), BOOK);
    expect(pairs.every(({ form }) => form === "both")).toBe(true);
    expect(performance.now() - began).toBeLessThan(1500);
  });
});

describe("side by side", () => {
  const frames = new FrameIndex(evenFrames(500));
  const own = signal<Group>({ name: null, manner: "own", tags: [bar("a", 1, 2), bar("b", 4, 6)] });
  const make = () => {
    const clock = new FilmClock(frames);
    clock.attach(new Screen(frames).element);
    const observers = [
      expert(bar("A", 1, 2), bar("B", 4, 8), bar("E", 10, 11)),
      { id: "c1", name: "A colleague", tags: [bar("x", 1, 2)] },
    ];
    return { clock, comparison: new Comparison(own, BOOK, clock, { observers }) };
  };

  test("the first is shown, more can be, and nobody at all", () => {
    const { comparison } = make();
    expect(comparison.groups().map(({ name }) => name)).toEqual(["You saw", "The expert saw"]);
    comparison.toggle("c1");
    expect(comparison.groups().length).toBe(3);
    comparison.toggle("expert");
    comparison.toggle("c1");
    expect(comparison.groups()).toEqual([own.value]);
    expect(comparison.marks.value).toBeNull();
  });

  test("each moment has a form; among several others the one that agrees most counts", () => {
    const { comparison } = make();
    const form = (id: string) => comparison.marks.value?.get(id)?.form;
    expect(["a", "b", "B", "E"].map(form)).toEqual(["both", "edge", "edge", "alone"]);
    comparison.toggle("c1");
    expect(["a", "b", "x"].map(form)).toEqual(["both", "edge", "both"]);
  });

  test("says what is counted, form by form", () => {
    const { comparison } = make();
    expect(countSentence(comparison)).toBe(
      "1 moment named alike and within 0.3 s at both edges; 2 to look at together: " +
        "1 named alike but begun or ended elsewhere, 1 seen by one.",
    );
    comparison.toggle("c1");
    comparison.toggle("expert");
    expect(countSentence(comparison)).toBe(
      "1 moment named alike and within 0.3 s at both edges; 1 to look at together: 1 seen by one.",
    );
  });

  test("goes through the differences, round and back, and plays each", async () => {
    const { clock, comparison } = make();
    comparison.step(1);
    expect(comparison.now.value?.own?.id).toBe("b");
    await pass();
    expect([clock.time.value, clock.playing.value]).toEqual([4 * S, true]);
    comparison.step(1);
    expect(comparison.now.value?.other?.id).toBe("E");
    comparison.step(1);
    expect(comparison.at.value).toBe(0);
    comparison.step(-1);
    expect(comparison.at.value).toBe(1);
    clock.detach();
  });

  test("what is one's own is alone once, and only when nobody has it", () => {
    const { comparison } = make();
    comparison.toggle("c1");
    const alone = comparison.differences.value.filter((one) => one.own && !one.other);
    expect(alone).toEqual([]);
    comparison.toggle("expert");
    expect(comparison.differences.value.map((one) => one.own?.id)).toEqual(["b"]);
  });

  test("it begins where the film stands", async () => {
    const { clock, comparison } = make();
    clock.seekTime(9 * S);
    await pass();
    comparison.step(1);
    expect(comparison.now.value?.other?.id).toBe("E");
    clock.detach();
  });

  test("says both sides and calls none of them wrong", () => {
    const say = (a: Tag[], ...b: Tag[]) => {
      const [pair] = align(a, expert(...b), BOOK);
      return pair ? sentenceOf({ ...pair, observer: expert() }, BOOK) : "";
    };
    expect(say([bar("a", 4, 6)], bar("A", 3.5, 7))).toBe(
      "00:03.5: both saw “Receiving”; for the expert it begins 0.50 s earlier and ends 1.00 s later.",
    );
    expect(say([bar("a", 4, 6)], bar("A", 4, 6, "1"))).toBe(
      "00:04.0: you saw “Receiving”, the expert “Attentive”.",
    );
    expect(say([], bar("A", 4, 6))).toBe("00:04.0: the expert saw “Receiving” here as well.");
    expect(say([bar("a", 4, 6)])).toBe("00:04.0: you saw “Receiving”; the expert did not name it.");
  });
});
