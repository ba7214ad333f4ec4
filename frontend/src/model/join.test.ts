import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Put, Tag } from "../contract";
import { afterPut, madeFrom } from "./join";

type Change = Partial<Tag> | null;
interface Table {
  tag: Tag;
  cases: { name: string; now: Change; was: Change; put: Partial<Tag>; after: Partial<Tag> }[];
}

const text = await readFile(resolve(import.meta.dirname, "../../../tests/reference/joined.json"), "utf-8");
const table = JSON.parse(text) as Table;
const tag = (change: Partial<Tag>): Tag => ({ ...table.tag, ...change });
const EMPTY = { modifiers: {}, certainty: null, note: "", links: [], looks: [] };

describe("a put after another change of the same tag", () => {
  test.each(table.cases)("$name", ({ now, was, put, after }) => {
    const change: Put = { op: "put", tag: tag(put), was: was && tag(was) };
    const result = afterPut(change, now ? tag(now) : undefined);
    expect({ ...EMPTY, ...result }).toEqual({ ...EMPTY, ...tag(after) });
    expect({ ...EMPTY, ...afterPut(change, result) }).toEqual({ ...EMPTY, ...tag(after) });
  });
});

test("each put says what it was made from, within one edit as well", () => {
  const [a, b] = [tag({}), tag({ note: "b" })];
  const other = tag({ id: "t2" });
  const puts = [a, b, other].map((one) => ({ op: "put" as const, tag: one }));
  const before = new Map([["t1", tag({ note: "before" })]]);
  expect(madeFrom(before, puts)).toEqual([
    { op: "put", tag: a, was: tag({ note: "before" }) },
    { op: "put", tag: b, was: a },
    { op: "put", tag: other },
  ]);
  const again = [{ op: "drop" as const, id: "t1" }, puts[0] as Put];
  expect(madeFrom(before, again)).toEqual(again);
});
