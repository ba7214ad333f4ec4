import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { ObservationModel } from "../model/observation";
import { CAST, observation, tag } from "../testing/paig";
import { pass } from "../testing/screen";
import { indexedSteps, rememberSteps } from "./steps";

async function page(id: string, tags = observation().tags): Promise<ObservationModel> {
  const model = new ObservationModel(id, CAST, null);
  model.onState(observation(tags), false, []);
  await rememberSteps(model, indexedSteps());
  return model;
}
const now = (model: ObservationModel) => [...model.sorted.value];

test("a thousand steps can be undone one by one after a reload, and done again after the next", async () => {
  const first = await page("obs-long");
  for (let i = 0; i < 1000; i++) first.put(`add ${i}`, tag(`t${i}`, i * 10, i * 10 + 5));
  await pass(400);
  const second = await page("obs-long", now(first));
  expect(second.next.value).toEqual({ undo: "add 999", redo: null });
  for (let i = 0; i < 1000; i++) second.undo();
  expect([second.count, second.next.value]).toEqual([0, { undo: null, redo: "add 0" }]);
  await pass(400);
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
  await pass(60);
  const second = await page("obs-fork", now(first));
  expect(second.next.value).toEqual({ undo: "add d", redo: null });
  second.undo();
  second.undo();
  expect([second.count, second.next.value.undo]).toEqual([0, null]);
});

test("what is done before the old steps are read comes after them", async () => {
  const first = await page("obs-early");
  first.put("add a", tag("a", 0, 5));
  await pass(60);
  const second = new ObservationModel("obs-early", CAST, null);
  second.onState(observation(now(first)), false, []);
  const reading = rememberSteps(second, indexedSteps());
  second.put("add b", tag("b", 0, 5));
  await reading;
  await pass(60);
  const third = await page("obs-early", now(second));
  third.undo();
  expect(third.next.value.undo).toBe("add a");
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
