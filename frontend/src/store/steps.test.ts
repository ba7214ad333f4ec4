import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { CAST, observation, tag } from "../testing/paig";
import { indexedSteps, rememberSteps } from "./steps";

async function page(id: string, tags = observation().tags): Promise<ObservationModel> {
  const model = new ObservationModel(id, CAST, null);
  model.onState(observation(tags), false, []);
  await rememberSteps(model, indexedSteps());
  return model;
}
/** Waits until so many steps are kept as done, and so many as undone; a loaded machine takes its time. */
const settled = (id: string, done: number, undone = 0) =>
  vi.waitFor(
    async () => {
      const kept = await indexedSteps().read(id);
      expect([kept?.at, (kept?.steps.length ?? 0) - (kept?.at ?? 0)]).toEqual([done, undone]);
    },
    { timeout: 4000, interval: 10 },
  );
const now = (model: ObservationModel) => [...model.sorted.value];

test("a thousand steps can be undone one by one after a reload, and done again after the next", async () => {
  const first = await page("obs-long");
  for (let i = 0; i < 1000; i++) first.put(`add ${i}`, tag(`t${i}`, i * 10, i * 10 + 5));
  await settled("obs-long", 1000);
  const second = await page("obs-long", now(first));
  expect(second.next.value).toEqual({ undo: "add 999", redo: null });
  for (let i = 0; i < 1000; i++) second.undo();
  expect([second.count, second.next.value]).toEqual([0, { undo: null, redo: "add 0" }]);
  await settled("obs-long", 0, 1000);
  const third = await page("obs-long", now(second));
  for (let i = 0; i < 3; i++) third.redo();
  expect([third.count, third.next.value]).toEqual([3, { undo: "add 2", redo: "add 3" }]);
});

test("a new step forgets what was undone, in the next page as well", async () => {
  const first = await page("obs-fork");
  for (const id of ["a", "b", "c"]) first.put(`add ${id}`, tag(id, 0, 5));
  first.undo();
  first.undo();
  first.put("add d", tag("d", 0, 5));
  await settled("obs-fork", 2);
  const second = await page("obs-fork", now(first));
  expect(second.next.value).toEqual({ undo: "add d", redo: null });
  second.undo();
  second.undo();
  expect([second.count, second.next.value.undo]).toEqual([0, null]);
});

test("a step that the store did nothing of is kept no more, and the next page does not offer it", async () => {
  const first = await page("obs-whole", [tag("a", 0, 5), tag("b", 10, 15)]);
  first.put("add c", tag("c", 20, 25));
  const [merge] = first.made(() =>
    first.changeTogether("merge", [
      { op: "put", tag: tag("a", 0, 15) },
      { op: "drop", id: "b" },
    ]),
  );
  await settled("obs-whole", 2);
  expect([first.next.value.undo, first.count]).toEqual(["merge", 2]);
  first.onEdited({ id: "other", changes: [{ op: "drop", id: "a" }] });
  first.onAcknowledged(merge?.id ?? "");
  expect(now(first).map(({ id }) => id)).toEqual(["b", "c"]);
  await settled("obs-whole", 1);
  const second = await page("obs-whole", now(first));
  expect(second.next.value).toEqual({ undo: "add c", redo: null });
});

test("what is done before the old steps are read comes after them", async () => {
  const first = await page("obs-early");
  first.put("add a", tag("a", 0, 5));
  await settled("obs-early", 1);
  const second = new ObservationModel("obs-early", CAST, null);
  second.onState(observation(now(first)), false, []);
  const reading = rememberSteps(second, indexedSteps());
  second.put("add b", tag("b", 0, 5));
  await reading;
  await settled("obs-early", 2);
  const third = await page("obs-early", now(second));
  third.undo();
  expect(third.next.value.undo).toBe("add a");
});

test("two windows keep theirs beside each other, and the next page has all in the order they were done", async () => {
  const [a, b] = [await page("obs-two"), await page("obs-two")];
  let n = 0;
  const add = async (from: ObservationModel, to: ObservationModel, id: string) => {
    from.put(`add ${id}`, tag(id, 0, 5));
    to.onEdited({ id: `of ${id}`, changes: [{ op: "put", tag: tag(id, 0, 5) }] });
    await settled("obs-two", ++n);
  };
  for (const id of ["a1", "a2", "a3"]) await add(a, b, id);
  await add(b, a, "b1");
  await add(a, b, "a4");
  b.undo();
  await settled("obs-two", 4, 1);
  const after = await page("obs-two", now(b));
  expect(after.next.value).toEqual({ undo: "add a4", redo: "add b1" });
  const names: (string | null)[] = [];
  while (after.next.value.undo) {
    names.push(after.next.value.undo);
    after.undo();
  }
  expect(names).toEqual(["add a4", "add a3", "add a2", "add a1"]);
  expect(after.count).toBe(0);
});

test("what the first version kept is let go", async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  const old = await openDB("vigwidgets-steps", 1, {
    upgrade(made) {
      made.createObjectStore("steps");
      made.createObjectStore("places");
    },
  });
  await old.put("places", { at: 1, length: 1 }, "obs-old");
  old.close();
  const first = await page("obs-old");
  expect(first.next.value).toEqual({ undo: null, redo: null });
  first.put("add a", tag("a", 0, 5));
  await settled("obs-old", 1);
  expect((await page("obs-old", now(first))).next.value.undo).toBe("add a");
});

test("each observation has its own; a browser that keeps nothing still undoes", async () => {
  expect((await page("obs-other")).next.value.undo).toBeNull();
  const model = new ObservationModel("obs-1", CAST, null);
  model.onState(observation(), false, []);
  await rememberSteps(model, { read: () => Promise.reject(), note: () => Promise.reject() });
  model.put("add a", tag("a", 0, 5));
  model.undo();
  expect(model.count).toBe(0);
});
