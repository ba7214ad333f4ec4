import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import type { Edit, Tag } from "../contract";
import { applyTo } from "./replica";

type Some = Partial<Tag>;
interface Change {
  put?: Some;
  drop?: string;
  was: Some | null;
  knew?: Some;
  how?: "change" | "make";
}
interface Case {
  name: string;
  now: Record<string, Some>;
  changes: Change[];
  after?: Record<string, Some>;
}

const text = await readFile(resolve(import.meta.dirname, "../../../tests/reference/joined.json"), "utf-8");
const table = JSON.parse(text) as { tag: Tag; wholes: Case[] };
const EMPTY = { modifiers: {}, certainty: null, note: "", links: [], looks: [] };
const tag = (id: string, fields: Some): Tag => ({ ...EMPTY, ...table.tag, ...fields, id });
const tags = (some: Record<string, Some>) =>
  new Map(Object.entries(some).map(([id, fields]) => [id, tag(id, fields)]));

function changeOf({ put, drop, was, knew, how = "change" }: Change): Edit["changes"][number] {
  const id = put?.id ?? drop ?? "";
  const from = { was: was && tag(id, was), knew: knew ? tag(id, knew) : null };
  return put ? { op: "put", tag: tag(id, put), ...from, how } : { op: "drop", id, ...from };
}

describe("an edit of which all is done or nothing", () => {
  test.each(table.wholes)("$name", ({ now, changes, after }) => {
    const edit: Edit = { id: "e", changes: changes.map(changeOf), whole: true };
    const held = tags(now);
    expect(applyTo(held, edit).length > 0).toBe(!after);
    expect(held).toEqual(tags(after ?? now));
    // Again, it changes nothing, and nobody is told that it was not done.
    if (after) expect(applyTo(held, edit)).toEqual([]);
    expect(held).toEqual(tags(after ?? now));
  });

  test("names what hindered it as it is, and itself", () => {
    const { now, changes } = table.wholes.find(({ name }) => /first has another note/.test(name)) as Case;
    const [put] = changes.map(changeOf);
    const losses = applyTo(tags(now), { id: "e", changes: changes.map(changeOf), whole: true });
    expect(losses).toEqual([{ change: put, now: tags(now).get("t1"), whole: "e" }]);
  });

  test("of a page that does not say that it is whole does what it can, as ever", () => {
    const { now, changes } = table.wholes.find(({ name }) => /the first was deleted/.test(name)) as Case;
    const held = tags(now);
    applyTo(held, { id: "e", changes: changes.map(changeOf) });
    expect(held).toEqual(new Map());
  });
});
