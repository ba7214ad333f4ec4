import { describe, expect, test } from "vitest";
import type { Tag } from "../contract";
import { FrameIndex } from "../film/frames";
import { CAST, evenFrames, SCHEME, tag } from "../testing/paig";
import { amendAll, type Changes, type Done, drop, duplicate, merge, recode, shift, split } from "./acts";
import { Codebook } from "./codebook";

const book = new Codebook(SCHEME);
const frames = new FrameIndex(evenFrames(100));
const all = (...tags: Tag[]) => new Map(tags.map((one) => [one.id, one]));
/** The tags after changes, as [start, end] by id where it is known. */
function applied(before: ReadonlyMap<string, Tag>, changes: Changes): Map<string, Tag> {
  const tags = new Map(before);
  for (const change of changes)
    if (change.op === "put") tags.set(change.tag.id, change.tag);
    else tags.delete(change.id);
  return tags;
}
const stretches = (tags: Map<string, Tag>) => [...tags.values()].map(({ start, end }) => [start, end]);
const why = (outcome: object) => (outcome as { why?: string }).why;

describe("split", () => {
  test("cuts at the frame and chooses the second part; the links stay with the first", () => {
    const one = { ...tag("a", 0, 400_000), note: "n", links: [{ kind: "answers" as const, to: "i" }] };
    const done = split([one, tag("p", 120_000, null)], 120_000) as Done;
    const tags = applied(all(one), done.changes);
    expect(stretches(tags)).toEqual([
      [0, 120_000],
      [120_000, 400_000],
    ]);
    const part = tags.get(done.choose[0] as string);
    expect([part?.note, part?.links, tags.get("a")?.links?.length]).toEqual(["n", [], 1]);
  });

  test.each([0, 400_000, 900_000])("at %i, outside or on an edge, it says what to do", (at) => {
    expect(why(split([tag("a", 0, 400_000)], at))).toMatch(/inside it/);
  });
});

describe("merge", () => {
  test("keeps the close-ups of all, in order, and says where they are too many", () => {
    const look = (at: number, x = 0) => ({ at, x, y: 0, width: 500, height: 500 });
    const a = { ...tag("a", 0, 200_000), looks: [look(0), look(120_000)] };
    const b = { ...tag("b", 80_000, 400_000), looks: [look(80_000), look(120_000, 9)] };
    const { changes } = merge([a, b], all(a, b), book) as Done;
    expect(applied(all(a, b), changes).get("a")?.looks).toEqual([look(0), look(80_000), look(120_000)]);
    const many = { ...b, looks: Array.from({ length: 63 }, (_, i) => look(200_000 + i)) };
    expect(why(merge([a, many], all(a, many), book))).toMatch(/^They have 65 close-ups together/);
  });

  test("cuts no words off: where all notes are too long for one, it says so", () => {
    const notes = ["a", "b"].map((letter, i) => ({
      ...tag(letter, i * 80_000, (i + 1) * 80_000),
      note: letter.repeat(2000),
    }));
    expect(why(merge(notes, all(...notes), book))).toBe(
      "Their notes are 4001 letters long together, and a note holds 4000; shorten one first.",
    );
    const [a, b] = notes as [Tag, Tag];
    const fits = [a, { ...b, note: b.note?.slice(1) ?? "" }];
    const { changes } = merge(fits, all(...fits), book) as Done;
    expect(applied(all(...fits), changes).get("a")?.note).toBe(fits.map(({ note }) => note).join("\n"));
  });

  test("takes the whole stretch, every note, the least certainty, and what led to the others", () => {
    const a = { ...tag("a", 400_000, 600_000, "3.4"), note: "smiles", certainty: "sure" as const };
    const b = { ...tag("b", 500_000, 900_000), note: "nods", certainty: "fairly" as const };
    const c = { ...tag("c", 950_000, 990_000), links: [{ kind: "answers" as const, to: "b" }] };
    const done = merge([b, a], all(a, b, c), book) as Done;
    const tags = applied(all(a, b, c), done.changes);
    expect(tags.get("a")).toMatchObject({
      code: "3",
      start: 400_000,
      end: 900_000,
      certainty: "fairly",
      note: "smiles\nnods",
    });
    expect(tags.has("b")).toBe(false);
    expect(tags.get("c")?.links).toEqual([{ kind: "answers", to: "a" }]);
    expect(done.choose).toEqual(["a"]);
  });

  test("links between what is merged are gone, and none stands twice", () => {
    const a = { ...tag("a", 0, 40_000), links: [{ kind: "answers" as const, to: "i" }] };
    const b = {
      ...tag("b", 80_000, 120_000),
      links: [
        { kind: "answers" as const, to: "i" },
        { kind: "continues" as const, to: "a" },
      ],
    };
    const tags = applied(all(a, b), (merge([a, b], all(a, b), book) as Done).changes);
    expect(tags.get("a")?.links).toEqual([{ kind: "answers", to: "i" }]);
  });

  test.each<[string, Tag[], RegExp]>([
    ["one alone", [tag("a", 0, 40_000)], /two moments or more/],
    ["two lanes", [tag("a", 0, 40_000), tag("b", 0, 40_000, "1")], /one lane/],
    ["two people", [tag("a", 0, 40_000), { ...tag("b", 0, 40_000), actor: "dad" }], /same person/],
    ["points", [tag("a", 0, null, "clap"), tag("b", 40_000, null, "clap")], /a point in time/],
  ])("%s is refused with a reason", (_name, tags, sentence) => {
    expect(why(merge(tags, all(...tags), book))).toMatch(sentence);
  });
});

test("a copy has a name of its own and no links", () => {
  const one = { ...tag("a", 0, 40_000), links: [{ kind: "answers" as const, to: "i" }] };
  const done = duplicate([one]) as Done;
  expect(done.changes).toMatchObject([{ op: "put", tag: { code: "3", start: 0, end: 40_000, links: [] } }]);
  expect(done.choose[0]).not.toBe("a");
  expect(why(duplicate([]))).toMatch(/Choose a moment/);
});

test("deleting many takes every link to them away once", () => {
  const c = { ...tag("c", 0, 40_000), links: [{ kind: "answers" as const, to: "a" }] };
  const changes = drop(new Set(["a", "b"]), all(tag("a", 0, 1), tag("b", 0, 1), c, tag("d", 0, 1)));
  expect(changes.map((change) => (change.op === "drop" ? change.id : `put ${change.tag.id}`))).toEqual([
    "a",
    "b",
    "put c",
  ]);
});

describe("another code", () => {
  const to = (id: string, ...tags: Tag[]) => recode(tags, book.code(id) as never, book, CAST, frames);
  test("takes an end or gives one, as it needs", () => {
    expect(to("clap", tag("a", 0, 400_000))).toMatchObject([{ tag: { code: "clap", end: null } }]);
    expect(to("3", tag("a", 80_000, null, "clap"))).toMatchObject([{ tag: { end: 120_000 } }]);
  });
  test("goes to somebody who may show it, and changes nothing that has it", () => {
    expect(to("initiative", tag("a", 0, 400_000))).toMatchObject([{ tag: { actor: "baby", target: "mum" } }]);
    expect(to("3", tag("a", 0, 400_000))).toEqual([]);
  });
});

describe("moving together", () => {
  const pair = [tag("a", 80_000, 160_000), tag("b", 3_800_000, 3_920_000), tag("p", 400_000, null)];
  const moved = (n: number) =>
    shift(pair, n, frames).map((change) => change.op === "put" && [change.tag.start, change.tag.end]);
  test("by frames, keeping what is between them", () => {
    expect(moved(1)).toEqual([
      [120_000, 200_000],
      [3_840_000, 3_960_000],
      [440_000, null],
    ]);
  });
  test("no further than the film", () => {
    expect(moved(50)[1]).toEqual([3_880_000, 4_000_000]);
    expect(moved(-50)[0]).toEqual([0, 80_000]);
    expect(shift([tag("z", 0, 40_000)], -1, frames)).toEqual([]);
    expect(shift([], 1, frames)).toEqual([]);
  });
});

test("the same fields for all leave those alone that have them", () => {
  const sure = { ...tag("a", 0, 1), certainty: "sure" as const };
  expect(amendAll([sure, tag("b", 0, 1)], { certainty: "sure" })).toMatchObject([{ tag: { id: "b" } }]);
});
