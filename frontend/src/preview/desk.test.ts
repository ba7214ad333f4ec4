import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Desk, type Told } from "./desk";
import { Line, type PreviewModel } from "./line";

const TOLD: Told = {
  id: "a",
  title: "A",
  duration: 4_000_000,
  second: false,
  cast: { ana: "Ana" },
  acts: [],
  beats: [],
};

/** A kernel that answers when it is told to. */
class Kernel implements PreviewModel {
  asked: { id: number; message: { type: string; text?: string; at?: number } }[] = [];
  private ears = new Set<(content: unknown, buffers: DataView[]) => void>();
  get() {
    return "";
  }
  send(content: unknown) {
    this.asked.push(content as (typeof this.asked)[number]);
  }
  on(_: string, heard: (content: unknown, buffers: DataView[]) => void) {
    this.ears.add(heard);
  }
  off(_: string, heard: (content: unknown, buffers: DataView[]) => void) {
    this.ears.delete(heard);
  }
  async answer(type: string, value: object, bytes = new Uint8Array([1])) {
    const at = this.asked.findIndex(({ message }) => message.type === type);
    const [asked] = this.asked.splice(at, 1);
    if (!asked || at < 0) throw new Error(`nobody asked for ${type}`);
    for (const ear of [...this.ears]) ear({ id: asked.id, ok: true, value }, [new DataView(bytes.buffer)]);
    await vi.advanceTimersByTimeAsync(0);
    return asked.message;
  }
  refuse(error: string) {
    const asked = this.asked.pop();
    for (const ear of [...this.ears]) ear({ id: asked?.id, ok: false, error }, []);
    return vi.advanceTimersByTimeAsync(0);
  }
}

let kernel: Kernel;
let desk: Desk;

beforeEach(async () => {
  vi.useFakeTimers();
  let made = 0;
  vi.stubGlobal("URL", { createObjectURL: () => `blob:${++made}`, revokeObjectURL: () => {} });
  kernel = new Kernel();
  desk = new Desk(new Line(kernel), "id: a", "a.yaml");
  desk.begin();
  await kernel.answer("check", { kept: "", fault: null, film: TOLD });
  await kernel.answer("frame", {});
});

afterEach(() => {
  desk.end();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("the text is checked when the hands rest, and a fault keeps the last picture", async () => {
  const picture = desk.picture.value;
  expect(picture).toMatch(/^blob:/);
  desk.write("id: b");
  desk.write("id: bo");
  expect(kernel.asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(400);
  const asked = await kernel.answer("check", { kept: "", fault: { line: 1, says: "no" }, film: null });
  expect(asked.text).toBe("id: bo");
  expect(desk.fault.value).toEqual({ line: 1, says: "no" });
  expect(desk.picture.value).toBe(picture);
  expect(desk.told.value).toEqual(TOLD);
  expect(desk.said.value).toBe("Saved in a.yaml");
});

test("an answer to a text that has gone on since is not taken", async () => {
  desk.write("id: b");
  await vi.advanceTimersByTimeAsync(400);
  desk.write("id: c");
  await kernel.answer("check", { kept: "", fault: { line: 1, says: "old" }, film: null });
  expect(desk.fault.value).toBeNull();
});

test("while one moment is drawn the latest of the others wins", async () => {
  for (const at of [400_000, 800_000, 1_239_000]) desk.show(at);
  expect((await kernel.answer("frame", {})).at).toBe(400_000);
  expect((await kernel.answer("frame", {})).at).toBe(1_240_000);
  expect(kernel.asked).toEqual([]);
  desk.show(99_000_000);
  expect(desk.at.value).toBe(3_960_000);
});

test("what somebody else writes into the file shows, but not over unsaved hands", async () => {
  await vi.advanceTimersByTimeAsync(1_000);
  const news = { text: "id: theirs", drawing: false, share: 0, first: false, drawn: false, failed: null };
  await kernel.answer("news", news);
  expect(desk.text.value).toBe("id: theirs");
  await kernel.answer("check", { kept: "", fault: null, film: TOLD });
  await vi.advanceTimersByTimeAsync(900);
  desk.write("id: mine");
  await vi.advanceTimersByTimeAsync(100);
  await kernel.answer("news", { ...news, text: "id: theirs too" });
  expect(desk.text.value).toBe("id: mine");
});

test("the first seconds play as soon as they are there, and the end is told", async () => {
  const drawing = { text: null, drawing: true, share: 0.1, first: false, drawn: false, failed: null };
  void desk.drawFilm();
  await kernel.answer("draw", drawing);
  await vi.advanceTimersByTimeAsync(1_000);
  kernel.asked = kernel.asked.filter(({ message }) => message.type === "news");
  await kernel.answer("news", { ...drawing, first: true });
  await kernel.answer("film", {});
  expect(desk.part.value).toBe("first");
  expect(desk.film.value).toMatch(/^blob:/);
  await vi.advanceTimersByTimeAsync(1_000);
  await kernel.answer("news", { ...drawing, drawing: false, drawn: true });
  expect(desk.said.value).toBe("The film is drawn and in the library.");
});

test("a refusal is said as it is", async () => {
  void desk.openSheet();
  await kernel.refuse("There is no picture yet.");
  expect(desk.said.value).toBe("There is no picture yet.");
});
