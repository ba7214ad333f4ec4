import { describe, expect, test } from "vitest";
import type { Edit } from "../contract";
import { tag } from "../testing/paig";
import { inverseOf, Replica } from "./replica";

const put = (id: string, start: number): Edit => ({
  id: `e-${id}-${start}`,
  changes: [{ op: "put", tag: tag(id, start, start + 40_000) }],
});
const drop = (id: string): Edit => ({ id: `d-${id}`, changes: [{ op: "drop", id }] });
const starts = (replica: Replica) =>
  Object.fromEntries([...replica.tags].map(([id, { start }]) => [id, start]));

describe("the tags as this window sees them", () => {
  test("own edits show at once and stay when acknowledged", () => {
    const replica = new Replica();
    const edit = put("a", 0);
    replica.add(edit);
    expect(starts(replica)).toEqual({ a: 0 });
    expect(replica.confirmed).toBe(0);
    expect(replica.acknowledge(edit.id)).toBe(true);
    expect(replica.acknowledge(edit.id)).toBe(false);
    expect([starts(replica), replica.confirmed]).toEqual([{ a: 0 }, 1]);
  });

  test("a refused edit goes, and what came after it stays", () => {
    const replica = new Replica();
    replica.reset([tag("a", 0, 40_000)], []);
    const wrong = put("a", 999);
    replica.add(wrong);
    replica.add(put("b", 80_000));
    replica.refuse(wrong.id);
    expect(starts(replica)).toEqual({ a: 0, b: 80_000 });
  });

  test("another window's edit comes in below what is still unanswered here", () => {
    const replica = new Replica();
    replica.reset([tag("a", 0, 40_000)], []);
    replica.add(put("a", 120_000));
    replica.receive(put("a", 40_000));
    replica.receive(put("c", 200_000));
    expect(starts(replica)).toEqual({ a: 120_000, c: 200_000 });
    replica.receive(drop("c"));
    expect(starts(replica)).toEqual({ a: 120_000 });
  });

  test("one's own edit, answered through another window, is not applied twice", () => {
    const replica = new Replica();
    const own = put("a", 0);
    replica.add(own);
    replica.receive(own);
    replica.receive(drop("a"));
    expect(starts(replica)).toEqual({});
  });

  test("the store's state replaces all but what it has not answered", () => {
    const replica = new Replica();
    replica.add(put("old", 0));
    const mine = put("mine", 40_000);
    replica.reset([tag("theirs", 0, 40_000)], [mine]);
    expect(starts(replica)).toEqual({ theirs: 0, mine: 40_000 });
  });

  test("an inverse takes any edit back, whatever it did", () => {
    const replica = new Replica();
    replica.reset([tag("a", 0, 40_000), tag("b", 80_000, 120_000)], []);
    const before = starts(replica);
    const edit: Edit = {
      id: "e",
      changes: [
        ...drop("a").changes,
        ...put("b", 200_000).changes,
        ...put("c", 0).changes,
        ...drop("c").changes,
        ...put("c", 40_000).changes,
      ],
    };
    const back = inverseOf(replica.tags, edit.changes);
    replica.add(edit);
    expect(starts(replica)).toEqual({ b: 200_000, c: 40_000 });
    replica.add({ id: "back", changes: back });
    expect(starts(replica)).toEqual(before);
  });
});
