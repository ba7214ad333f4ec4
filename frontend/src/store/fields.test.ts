/** Two windows change the same moment, each another field of it; what was acknowledged stays, and both see both. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, tag } from "../testing/paig";
import { Service, ServiceLine, SharedOutbox } from "../testing/service";
import { counter } from "./asking";
import { CommStore } from "./comm";
import { ServiceStore } from "./service";

const settle = async () => {
  for (let i = 0; i < 12; i++) await null;
};
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
    const window = { lines: [] as ServiceLine[], off: false };
    const connect = () => {
      const line = new ServiceLine(service);
      if (window.off) line.close();
      window.lines.push(line);
      return line.socket;
    };
    const store = new ServiceStore(
      "ws://x",
      "obs-1",
      new SharedOutbox().of(() => true),
      connect,
    );
    const model = new ObservationModel("obs-1", CAST, store);
    store.open(model);
    await settle();
    return { ...window, window, store, model };
  };
  const [a, b] = [await make(), await make()];
  const turn = async () => {
    for (let i = 0; i < 10; i++)
      for (const { lines } of [a, b]) {
        lines.at(-1)?.serve();
        lines.at(-1)?.deliver();
        await settle();
      }
  };
  await turn();
  a.model.put("add", tag("t1", 0, 400_000));
  await turn();
  a.window.off = true;
  a.lines.at(-1)?.close();
  await settle();
  a.model.amend("certainty", "t1", { certainty: "fairly" });
  b.model.amend("note", "t1", { note: "mother waits" });
  await turn();
  expect([service.tags.get("t1")?.note, b.store.state.value.waiting]).toEqual(["mother waits", 0]);
  a.window.off = false;
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
