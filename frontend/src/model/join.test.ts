import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Drop, Put, Tag } from "../contract";
import { afterChange, afterPut, lostFields, madeFrom } from "./join";

type Change = Partial<Tag> | null;
interface Case {
  name: string;
  now: Change;
  was: Change;
  put: Partial<Tag>;
  after: Change;
}
interface Table {
  tag: Tag;
  cases: Case[];
  puts: (Case & { how?: "change" | "make"; knew?: Change; lost?: string[] })[];
  drops: (Omit<Case, "put"> & { knew?: Change })[];
}

const text = await readFile(resolve(import.meta.dirname, "../../../tests/reference/joined.json"), "utf-8");
const table = JSON.parse(text) as Table;
const tag = (change: Partial<Tag>): Tag => ({ ...table.tag, ...change });
const some = (change: Change | undefined): Tag | null => (change ? tag(change) : null);
const EMPTY = { modifiers: {}, certainty: null, note: "", links: [], looks: [] };

describe("a put after another change of the same tag", () => {
  test.each(table.cases)("$name", ({ now, was, put, after }) => {
    const change: Put = { op: "put", tag: tag(put), was: was && tag(was) };
    const result = afterPut(change, now ? tag(now) : undefined);
    expect({ ...EMPTY, ...result }).toEqual({ ...EMPTY, ...some(after) });
    expect({ ...EMPTY, ...afterPut(change, result) }).toEqual({ ...EMPTY, ...some(after) });
  });

  test.each(table.puts)("which says how: $name", ({ now, was, knew, how = "change", put, after, lost }) => {
    const change: Put = { op: "put", tag: tag(put), was: some(was), knew: some(knew), how };
    const result = afterPut(change, some(now) ?? undefined);
    expect(result && { ...EMPTY, ...result }).toEqual(after ? { ...EMPTY, ...tag(after) } : undefined);
    const again = afterPut(change, result);
    expect(again && { ...EMPTY, ...again }).toEqual(after ? { ...EMPTY, ...tag(after) } : undefined);
    if (result) expect([...lostFields(change, result)].sort()).toEqual(lost ?? []);
  });

  test.each(table.drops)("a drop: $name", ({ now, was, knew, after }) => {
    const change: Drop = { op: "drop", id: "t1", was: some(was), knew: some(knew) };
    expect(afterChange(change, some(now) ?? undefined)).toEqual(some(after) ?? undefined);
  });
});

test("each change says what it was made from, within one edit as well, and what the store was known to have", () => {
  const [a, b] = [tag({}), tag({ note: "b" })];
  const other = tag({ id: "t2" });
  const puts = [a, b, other].map((one) => ({ op: "put" as const, tag: one }));
  const before = tag({ note: "before" });
  const shown = new Map([["t1", before]]);
  expect(madeFrom(shown, puts)).toEqual([
    { op: "put", tag: a, was: before, how: "change" },
    { op: "put", tag: b, was: a, knew: before, how: "change" },
    { op: "put", tag: other, how: "make" },
  ]);
  const [first, last] = [{ op: "drop" as const, id: "t1" }, puts[0] as Put];
  expect(madeFrom(shown, [first, last])).toEqual([
    { ...first, was: before },
    { ...last, how: "make" },
  ]);
  const saved = tag({ note: "saved" });
  expect(madeFrom(shown, [first], new Map([["t1", saved]]))).toEqual([
    { ...first, was: before, knew: saved },
  ]);
  expect(madeFrom(shown, [first], new Map())).toEqual([{ ...first, was: before }]);
  const back: Put = { op: "put", tag: a, was: a, how: "make" };
  expect(madeFrom(new Map(), [back])).toEqual([back]);
});
