// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Kernel } from "../testing/kernel";
import { CAST, evenFrames, SCHEME, tag } from "../testing/paig";
import type { Traits, WidgetModel } from "./model";
import { borrowSession } from "./session";

const TRAITS: Partial<Traits> = {
  _kind: "tagger",
  _film: { id: "hello", title: "Hello", cast: CAST, duration: 4_000_000 } as never,
  _frames: evenFrames(100),
  _peaks: {},
  _captions: {},
  _scheme: SCHEME,
  _video: true,
  _observation_id: "obs-1",
  _drawer: "file-1",
  _place: "hello.observation.json",
};

/** Of a file that was copied: it says the same of itself. */
const COPY = { ...TRAITS, _drawer: "file-2", _place: "copy.observation.json" };

/** A page that has the tagger open. */
function page(kernel: Kernel, traits = TRAITS) {
  const line = kernel.page();
  const model = Object.assign(line, { get: (name: keyof Traits) => traits[name] });
  return borrowSession(model as unknown as WidgetModel);
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

test("what grows in a notebook when the browser is killed is the next page's moment", async () => {
  const kernel = new Kernel();
  const first = page(kernel);
  kernel.run();
  const { clock, coder } = first.session;
  clock.direction.value = 1;
  clock.shown.value = 10;
  coder.press("3");
  clock.shown.value = 30;
  await vi.advanceTimersByTimeAsync(600);
  first.release();
  kernel.run();
  expect(kernel.tags.size).toBe(0);
  const copied = new Kernel();
  const beside = page(copied, COPY);
  copied.run();
  await vi.advanceTimersByTimeAsync(5000);
  const next = page(kernel);
  for (const one of [kernel, copied]) one.run();
  await vi.advanceTimersByTimeAsync(5000);
  for (const one of [kernel, copied]) one.run();
  expect(copied.tags.size).toBe(0);
  expect([...kernel.tags.values()].map(({ start, end }) => [start, end])).toEqual([[400_000, 1_240_000]]);
  for (const one of [beside, next]) one.release();
});

test("after a restart of the kernel, the cell that is run again saves what the one before was not answered", async () => {
  const gone = new Kernel();
  const first = page(gone);
  gone.run();
  const { model } = first.session;
  for (const id of ["a", "b"]) model.put("add", tag(id, 0, 400_000));
  // The kernel took the first, and was restarted before it could say so.
  gone.step();
  const begun = new Kernel();
  begun.tags.set("a", tag("a", 0, 400_000));
  first.release();
  const beside = page(new Kernel(), COPY);
  expect(beside.session.store?.state.value.waiting).toBe(0);
  const next = page(begun);
  begun.run();
  await vi.advanceTimersByTimeAsync(100);
  expect([...begun.tags.keys()]).toEqual(["a", "b"]);
  expect(next.session.store?.state.value).toMatchObject({ phase: "live", waiting: 0 });
  for (const one of [beside, next]) one.release();
  const last = page(begun);
  expect(last.session.store?.state.value.waiting).toBe(0);
  last.release();
});

test("a view that is open already saves what another of the file could not, and shows it as the file has it", async () => {
  const gone = new Kernel();
  const first = page(gone);
  gone.run();
  const { model } = first.session;
  for (const id of ["a", "b"]) model.put("add", tag(id, 0, 400_000));
  const [saved] = gone.asked;
  const begun = new Kernel();
  const far = begun.page();
  const copy = page(new Kernel(), COPY);
  const next = page(begun);
  const dead = page(new Kernel());
  begun.run();
  // The file has the first; and it was changed there since.
  far.send({ id: 1, message: saved?.message });
  const was = tag("a", 0, 400_000);
  const edit = { id: "edit-later", changes: [{ op: "put", tag: { ...was, note: "later" }, was }] };
  far.send({ id: 2, message: { type: "edit", edit } });
  begun.run();
  first.release();
  begun.run();
  await vi.advanceTimersByTimeAsync(100);
  begun.run();
  expect([...begun.tags.keys()]).toEqual(["a", "b"]);
  expect(next.session.store?.state.value).toMatchObject({ phase: "live", waiting: 0 });
  expect(next.session.model.tags.get("a")?.note).toBe("later");
  expect([next, dead, copy].map(({ session }) => session.model.count)).toEqual([2, 0, 0]);
  for (const one of [copy, next, dead]) one.release();
  const last = page(begun);
  expect(last.session.store?.state.value.waiting).toBe(0);
  last.release();
});

test("what waited before there was any file reaches the kernel that begins with an id of its own", async () => {
  const gone = new Kernel();
  const first = page(gone);
  gone.run();
  first.session.model.put("add", tag("a", 0, 400_000));
  gone.asked.length = 0;
  first.release();
  const begun = new Kernel();
  const next = page(begun, { ...TRAITS, _observation_id: "obs-2" });
  begun.run();
  expect([...begun.tags.keys()]).toEqual(["a"]);
  next.release();
});

test("a copied file has nothing of what is being written in the other, and another undo", async () => {
  const kernel = new Kernel();
  const copied = new Kernel();
  for (const one of [kernel, copied]) one.tags.set("a", tag("a", 0, 400_000));
  const first = page(kernel);
  kernel.run();
  const { drafts, model } = first.session;
  drafts.write({ model, tag: "a", save: () => {} }, "half a thou");
  const other = page(copied, COPY);
  copied.run();
  await vi.advanceTimersByTimeAsync(100);
  copied.run();
  expect(copied.tags.get("a")?.note).toBe(tag("a", 0, 400_000).note);
  // What can be undone lies under the model's name.
  expect(other.session.model.id).not.toBe(model.id);
  for (const one of [first, other]) one.release();
});
