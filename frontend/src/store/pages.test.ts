/** One notebook in two browser tabs: one Python widget, one comm, and whatever the kernel says reaches both. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { chance } from "../testing/chance";
import { Kernel, type PageLine } from "../testing/kernel";
import { CAST, tag } from "../testing/paig";
import { counter } from "./asking";
import { CommStore } from "./comm";

interface Page {
  line: PageLine;
  store: CommStore;
  model: ObservationModel;
}

function open(kernel: Kernel, place: number): Page {
  const line = kernel.page();
  const store = new CommStore(line, "f.json", counter(place));
  const model = new ObservationModel("obs-1", CAST, store);
  store.open(model);
  return { line, store, model };
}

const waiting = ({ store }: Page) => store.state.value.waiting;
const plain = (tags: ReadonlyMap<string, unknown>) => JSON.stringify([...tags].sort());
let kernel: Kernel;
let one: Page;
let two: Page;

beforeEach(() => {
  vi.useFakeTimers();
  kernel = new Kernel();
  one = open(kernel, 1);
  two = open(kernel, 2);
  kernel.run();
});
afterEach(() => {
  one.store.close();
  two.store.close();
  vi.useRealTimers();
});

test("what one tags the other shows, and both know that it is saved", () => {
  one.model.put("add", tag("a", 0, 40_000));
  two.model.put("add", tag("b", 80_000, 120_000));
  kernel.run();
  for (const page of [one, two]) {
    expect([...page.model.tags.keys()].sort()).toEqual(["a", "b"]);
    expect(page.store.state.value).toMatchObject({ phase: "live", waiting: 0, seq: 2 });
  }
});

test("a note from one and the certainty from the other are both kept", () => {
  one.model.put("add", tag("a", 0, 40_000));
  kernel.run();
  one.model.amend("note", "a", { note: "typed in one" });
  kernel.run();
  two.model.amend("certainty", "a", { certainty: "sure" });
  kernel.run();
  const both = { note: "typed in one", certainty: "sure" };
  for (const tags of [kernel.tags, one.model.tags, two.model.tags]) expect(tags.get("a")).toMatchObject(both);
});

test("one's own edit, told to all, changes nothing more on its own screen", () => {
  one.model.put("add", tag("a", 0, 40_000));
  const version = one.model.version.value;
  kernel.run();
  expect([one.model.version.value, waiting(one)]).toEqual([version, 0]);
});

test("what goes wrong for one takes nothing back in the other", () => {
  one.model.put("add", tag("a", 0, 40_000));
  two.model.put("add", tag("b", 0, 40_000));
  const edit = kernel.asked[0]?.message;
  if (edit?.type === "edit") kernel.bad.add(edit.edit.id);
  kernel.run();
  for (const page of [one, two]) expect([...page.model.tags.keys()]).toEqual(["b"]);
  expect([one.model.refusal.value, two.model.refusal.value]).toEqual(["It went wrong.", null]);
});

test("an answer about another edit than the one that was asked about is none", () => {
  one.model.put("add", tag("a", 0, 40_000));
  const asked = kernel.asked[0];
  for (const value of [
    { type: "ack", edit: "edit-other", seq: 9 },
    { type: "refused", edit: "edit-other", reason: "No.", retry: false },
  ]) {
    one.line.say({ id: asked?.id, ok: true, value });
    expect([waiting(one), one.store.state.value.seq, one.model.refusal.value]).toEqual([1, 0, null]);
  }
});

test("a page that was closed with what could not be saved holds nobody up", () => {
  kernel.full = true;
  one.model.put("add", tag("a", 0, 40_000));
  kernel.run();
  one.store.close();
  kernel.leave(one.line);
  kernel.full = false;
  two.model.put("add", tag("b", 0, 40_000));
  kernel.run();
  expect([[...kernel.tags.keys()], waiting(two)]).toEqual([["b"], 0]);
});

test("however edits of both cross, and the disk fills, all see what is in the file and nothing waits", () => {
  for (let run = 1; run <= 60; run++) {
    const next = chance(run);
    const crossing = new Kernel();
    const pages = [open(crossing, 2 * run), open(crossing, 2 * run + 1)];
    crossing.run();
    for (let i = 0; i < 60; i++) {
      const page = pages[Math.floor(next() * 2)] as Page;
      const ids = [...page.model.tags.keys()];
      const id = ids[Math.floor(next() * ids.length)] ?? "";
      const what = next();
      if (what < 0.3) page.model.put("add", tag(`t${i}`, 0, 40_000));
      else if (what < 0.45) page.model.amend("note", id, { note: `n${i}` });
      else if (what < 0.55) page.model.amend("sure", id, { certainty: "sure" });
      else if (what < 0.62) page.model.drop(id);
      else if (what < 0.7) page.model.undo();
      else if (what < 0.73) crossing.full = !crossing.full;
      else if (what < 0.77) vi.advanceTimersByTime(5000);
      else crossing.step();
    }
    crossing.full = false;
    for (let i = 0; i < 40; i++) {
      crossing.run();
      vi.advanceTimersByTime(10_000);
    }
    for (const page of pages) {
      expect([run, waiting(page), page.store.state.value.phase]).toEqual([run, 0, "live"]);
      expect(plain(page.model.tags)).toBe(plain(crossing.tags));
      page.store.close();
    }
  }
});
