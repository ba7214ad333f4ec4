import { describe, expect, test } from "vitest";
import type { Edit, Tag } from "../contract";
import { chance } from "../testing/chance";
import { tag } from "../testing/paig";
import { applyTo, inverseOf, Replica } from "./replica";

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
    expect(replica.confirmed.size).toBe(0);
    // Nothing changes on the screen, the first time or the second.
    for (const _time of [1, 2]) expect(replica.acknowledge(edit.id)).toBe(false);
    expect([starts(replica), replica.confirmed.size]).toEqual([{ a: 0 }, 1]);
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

  test("an answer that overtakes an edit on the same moment puts that on top again", () => {
    for (const learn of ["acknowledge", "receive"] as const) {
      const replica = new Replica();
      const [first, other, second] = [put("a", 40_000), put("b", 0), put("a", 80_000)];
      for (const edit of [first, other, second]) replica.add(edit);
      const told = (edit: Edit) =>
        learn === "receive" ? replica.receive(edit) : replica.acknowledge(edit.id);
      expect([told(other), starts(replica)]).toEqual([false, { a: 80_000, b: 0 }]);
      // Another window sent the second before this one's first arrived: the store has them the other way round.
      expect([told(second), starts(replica)]).toEqual([true, { a: 40_000, b: 0 }]);
      expect([told(first), starts(replica)]).toEqual([false, { a: 40_000, b: 0 }]);
    }
  });

  test("when all is answered, in whatever order, the screen shows what the store has", () => {
    for (let run = 1; run <= 300; run++) {
      const next = chance(run);
      const [replica, store] = [new Replica(), new Map<string, Tag>()];
      const pending: Edit[] = [];
      for (let i = 0; i < 30; i++) {
        const id = "abc"[Math.floor(next() * 3)] as string;
        const edit = { ...(next() < 0.7 ? put(id, i * 40_000) : drop(id)), id: `e-${i}` };
        const [own] = next() < 0.3 ? pending.splice(Math.floor(next() * pending.length), 1) : [];
        if (next() < 0.6) {
          replica.add(edit);
          pending.push(edit);
        } else if (next() < 0.5) {
          applyTo(store, edit);
          replica.receive(edit);
        }
        if (!own) continue;
        const what = next();
        if (what < 0.2) replica.refuse(own.id);
        else applyTo(store, own);
        if (what > 0.6) replica.acknowledge(own.id);
        else if (what >= 0.2) replica.receive(own);
      }
      for (const edit of pending.reverse()) {
        applyTo(store, edit);
        replica.acknowledge(edit.id);
      }
      const sorted = (tags: ReadonlyMap<string, Tag>) => [...tags].sort();
      expect([run, sorted(replica.tags)]).toEqual([run, sorted(store)]);
    }
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
