import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, tag } from "../testing/paig";
import { counter } from "./asking";
import { CommStore } from "./comm";

let kernel: Kernel;
let model: ObservationModel;
let store: CommStore;

beforeEach(() => {
  vi.useFakeTimers();
  kernel = new Kernel();
  store = new CommStore(kernel.page(), "hello.observation.json", counter(9));
  model = new ObservationModel("obs-1", CAST, store);
  store.open(model);
  kernel.run();
  model.put("add", tag("a", 0, 400_000));
  kernel.run();
});
afterEach(() => {
  store.close();
  vi.useRealTimers();
});

/** The kernel answers whatever comes, for a while. */
function wait(): void {
  for (let ms = 0; ms < 20_000; ms += 100) {
    vi.advanceTimersByTime(100);
    kernel.run();
  }
}

test("a word that was lost on its way and comes again does not replace the newer one, and that is said", () => {
  model.amend("note", "a", { note: "first draft" });
  kernel.asked.length = 0;
  model.amend("note", "a", { note: "first draft, and the whole thought" });
  kernel.run();
  expect(kernel.tags.get("a")?.note).toBe("first draft, and the whole thought");
  wait();
  expect(kernel.tags.get("a")?.note).toBe("first draft, and the whole thought");
  expect(model.tags.get("a")?.note).toBe("first draft, and the whole thought");
  expect(model.refusal.value).toBe("Too late.");
  expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
});

test("a moment that was lost on its way is saved after all, though another came first", () => {
  model.put("add", tag("b", 0, 400_000));
  kernel.asked.length = 0;
  model.put("add", tag("c", 0, 400_000));
  kernel.run();
  wait();
  expect([...kernel.tags.keys()].sort()).toEqual(["a", "b", "c"]);
  expect(model.refusal.value).toBeNull();
});

test("a page counts its edits, each page under a name of its own", () => {
  const ids: string[] = [];
  const counting = () =>
    new ObservationModel("obs-1", CAST, {
      ...store,
      send: (edit: { id: string }) => ids.push(edit.id),
    } as never);
  for (const one of [counting(), counting()]) for (const id of ["a", "b"]) one.put("add", tag(id, 0, 5));
  expect(ids.map((id) => id.replace(/[0-9a-f]{16}/, "…"))).toEqual([
    "edit-…-1",
    "edit-…-2",
    "edit-…-1",
    "edit-…-2",
  ]);
  expect(new Set(ids).size).toBe(4);
});
