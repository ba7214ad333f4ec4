import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask, type Line } from "./ask";

/** A comm whose far end is this test. */
class Wire implements Line {
  readonly asked: { id: number; message: unknown }[] = [];
  readonly ears = new Set<(content: unknown, buffers: DataView[]) => void>();
  dead = false;
  send(content: unknown) {
    if (this.dead) throw new Error("Cannot send");
    this.asked.push(content as (typeof this.asked)[number]);
  }
  on(_: string, heard: (content: unknown, buffers: DataView[]) => void) {
    this.ears.add(heard);
  }
  off(_: string, heard: (content: unknown, buffers: DataView[]) => void) {
    this.ears.delete(heard);
  }
  say(content: unknown, ...buffers: DataView[]) {
    for (const ear of [...this.ears]) ear(content, buffers);
  }
}

const SILENT = "The notebook's kernel does not answer; run the cell again when it is idle.";
let wire: Wire;
beforeEach(() => {
  vi.useFakeTimers();
  wire = new Wire();
});
afterEach(() => {
  expect([wire.ears.size, vi.getTimerCount()]).toEqual([0, 0]);
  vi.useRealTimers();
});

test("each question takes its own answer, and what came beside it as a copy", async () => {
  const [first, second] = [ask<string>(wire, { type: "a" }, 1000), ask<string>(wire, { type: "b" }, 1000)];
  const ids = wire.asked.map(({ id }) => id);
  expect(wire.asked.map(({ message }) => message)).toEqual([{ type: "a" }, { type: "b" }]);
  for (const noise of [null, "text", { id: ids[0] }, { message: { type: "pong" } }, { id: -1, ok: true }])
    wire.say(noise);
  const held = new Uint8Array([9, 1, 2, 9]);
  wire.say({ id: ids[1], ok: true, value: "two" }, new DataView(held.buffer, 1, 2));
  wire.say({ id: ids[0], ok: true, value: "one" });
  held.fill(0);
  expect(await first).toEqual({ value: "one", bytes: null });
  expect(await second).toEqual({ value: "two", bytes: new Uint8Array([1, 2]) });
});

test.each([
  [
    "the kernel's sentence",
    { error: "There is no such film; choose another." },
    "There is no such film; choose another.",
  ],
  ["ours, where it gives none", {}, "That could not be done."],
])("what is refused fails with %s", async (_, said, sentence) => {
  const asked = ask(wire, { type: "a" }, 1000);
  wire.say({ id: wire.asked[0]?.id, ok: false, ...said });
  await expect(asked).rejects.toThrow(sentence);
});

test("a silent kernel is said in a sentence once patience ends, and is not heard any more", async () => {
  const asked = ask(wire, { type: "a" }, 1000);
  const failed = expect(asked).rejects.toThrow(SILENT);
  await vi.advanceTimersByTimeAsync(999);
  expect(wire.ears.size).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await failed;
});

test("a kernel that is known to be gone is said at once, in the same sentence", async () => {
  wire.dead = true;
  await expect(ask(wire, { type: "a" }, 600_000)).rejects.toThrow(SILENT);
});

test("a busy kernel is asked again, each time after twice the wait, and its first answer counts", async () => {
  const busy = vi.fn();
  const asked = ask<string>(wire, { type: "a" }, 1000, { most: 10_000, busy });
  await vi.advanceTimersByTimeAsync(999);
  expect([wire.asked.length, busy.mock.calls.length]).toEqual([1, 0]);
  await vi.advanceTimersByTimeAsync(1);
  await vi.advanceTimersByTimeAsync(1999);
  expect(wire.asked.length).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect([wire.asked.length, busy.mock.calls.length]).toEqual([3, 2]);
  wire.say({ id: wire.asked[0]?.id, ok: true, value: "late" });
  expect((await asked).value).toBe("late");
});

test("it is given up when the whole time is over, when its comm closes, and when nobody waits any more", async () => {
  const over = new AbortController();
  const kept = ask(wire, { type: "a" }, 1000, { most: 2500 });
  const closed = ask(wire, { type: "b" }, 1000, { most: 600_000 });
  const left = ask(wire, { type: "c" }, 1000, { most: 600_000, until: over.signal });
  const failed = [kept, closed, left].map((asked) => expect(asked).rejects.toThrow(SILENT));
  over.abort();
  await vi.advanceTimersByTimeAsync(900);
  wire.dead = true;
  await vi.advanceTimersByTimeAsync(99);
  expect(wire.ears.size).toBe(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(wire.ears.size).toBe(0);
  await Promise.all(failed);
});
