/** Two windows change the same moment, each another field of it; what was acknowledged stays, and both see both. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, tag } from "../testing/paig";
import { Service } from "../testing/service";
import { settle } from "../testing/settle";
import { ServiceWindow } from "../testing/windows";
import { counter } from "./asking";
import { CommStore } from "./comm";

const what = (one?: { note?: string; certainty?: unknown }) => [one?.note, one?.certainty];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("the service: one window is offline and says how sure it is, the other writes a note", async () => {
  const service = new Service();
  const make = async () => {
    const window = new ServiceWindow(service);
    await settle();
    return window;
  };
  const [a, b] = [await make(), await make()];
  const turn = async () => {
    for (let i = 0; i < 10; i++)
      for (const { line } of [a, b]) {
        line?.serve();
        line?.deliver();
        await settle();
      }
  };
  await turn();
  a.model.put("add", tag("t1", 0, 400_000));
  await turn();
  a.offline = true;
  await settle();
  a.model.amend("certainty", "t1", { certainty: "fairly" });
  b.model.amend("note", "t1", { note: "mother waits" });
  await turn();
  expect([service.tags.get("t1")?.note, b.store.state.value.waiting]).toEqual(["mother waits", 0]);
  a.offline = false;
  for (let i = 0; i < 100; i++) {
    await vi.advanceTimersByTimeAsync(100);
    await turn();
  }
  for (const tags of [service.tags, a.model.tags, b.model.tags])
    expect(what(tags.get("t1"))).toEqual(["mother waits", "fairly"]);
  // Taken back is only what was done here.
  a.model.undo();
  await turn();
  for (const tags of [service.tags, a.model.tags, b.model.tags])
    expect(what(tags.get("t1"))).toEqual(["mother waits", null]);
  for (const { store } of [a, b]) store.close();
});

test("a notebook: two pages' edits cross", async () => {
  const kernel = new Kernel();
  const make = (page: number) => {
    const store = new CommStore(kernel.page(), "f.json", counter(page));
    const model = new ObservationModel("o", CAST, store);
    store.open(model);
    return { store, model };
  };
  const [a, b] = [make(1), make(2)];
  a.model.put("add", tag("t1", 0, 400_000));
  kernel.run();
  a.model.amend("note", "t1", { note: "mother waits" });
  b.model.amend("certainty", "t1", { certainty: "sure" });
  b.model.amend("who", "t1", { start: 40_000 });
  a.model.amend("end", "t1", { end: 80_000 });
  kernel.run();
  const wanted = { note: "mother waits", certainty: "sure", start: 40_000, end: 80_000 };
  for (const tags of [kernel.tags, a.model.tags, b.model.tags]) expect(tags.get("t1")).toMatchObject(wanted);
  for (const { store } of [a, b]) store.close();
});
