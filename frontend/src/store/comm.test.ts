import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientMessage, Edit, ServerMessage } from "../contract";
import { observation, tag } from "../testing/paig";
import { Listener } from "../testing/wire";
import type { Line } from "./ask";
import { CommStore } from "./comm";
import { NOWHERE } from "./left";

type Heard = (content: unknown, buffers: DataView[]) => void;
type Asked = { id: number; message: ClientMessage | { type: "state" } };

class Comm implements Line {
  readonly asked: Asked[] = [];
  /** The page knows that nobody is there. */
  dead = false;
  private readonly heard = new Set<Heard>();
  send(content: unknown): void {
    if (this.dead) throw new Error("Cannot send");
    this.asked.push(content as Asked);
  }
  on(_event: "msg:custom", heard: Heard): void {
    this.heard.add(heard);
  }
  off(_event: "msg:custom", heard: Heard): void {
    this.heard.delete(heard);
  }
  say(content: unknown): void {
    for (const heard of this.heard) heard(content, []);
  }
  /** Answers the newest request of a kind, or of an edit. */
  answer(type: string, value: ServerMessage, edit?: string): void {
    const asked = this.asked.findLast(
      ({ message }) =>
        message.type === type && (!edit || (message.type === "edit" && message.edit.id === edit)),
    );
    this.say({ id: asked?.id, ok: true, value });
  }
  /** The edits that were sent, in order. */
  get edits(): string[] {
    return this.asked.flatMap(({ message }) => (message.type === "edit" ? [message.edit.id] : []));
  }
}

/** Answers everything, five seconds after it was asked. */
class SlowKernel extends Comm {
  override send(content: unknown): void {
    super.send(content);
    const { id, message } = content as Asked;
    const value: ServerMessage =
      message.type === "state"
        ? state
        : message.type === "edit"
          ? { type: "ack", edit: message.edit.id, seq: 1 }
          : { type: "pong" };
    setTimeout(() => this.say({ id, ok: true, value }), 5000);
  }
}

const edit = (id: string): Edit => ({ id, changes: [{ op: "put", tag: tag(id, 0, 40_000) }] });
const state: ServerMessage = { type: "state", seq: 0, observation: observation(), frozen: false };
let comm: Comm;
let store: CommStore;
let listener: Listener;

beforeEach(() => {
  vi.useFakeTimers();
  comm = new Comm();
  listener = new Listener();
  store = new CommStore(comm, "blocks.observation.json");
  store.open(listener);
});
afterEach(() => {
  store.close();
  vi.useRealTimers();
});

describe("edits on their way to a file", () => {
  test("ask for the state first, and name the file", () => {
    expect(comm.asked.map(({ message }) => message.type)).toEqual(["state"]);
    comm.answer("state", state);
    expect(listener.told).toEqual(["state"]);
    expect(store.state.value).toMatchObject({ phase: "live", place: "blocks.observation.json" });
  });

  test("are saved when the reply says so", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    expect(store.state.value.waiting).toBe(1);
    comm.answer("edit", { type: "ack", edit: "a", seq: 1 });
    expect(store.state.value).toMatchObject({ waiting: 0, seq: 1 });
  });

  test("a Python error arrives as its sentence and takes the edit back", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    comm.say({ id: comm.asked.at(-1)?.id, ok: false, error: "It lies outside the film." });
    expect(listener.told.at(-1)).toBe("refused a It lies outside the film.");
    expect(store.state.value.waiting).toBe(0);
  });

  test("a silent kernel is named; once it answers, what it never heard is sent again under its own id", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    vi.advanceTimersByTime(4100);
    expect(store.state.value).toMatchObject({ phase: "offline", waiting: 1 });
    store.send(edit("b"));
    expect(comm.edits).toEqual(["a"]);
    comm.answer("ping", { type: "pong" });
    expect(comm.edits).toEqual(["a", "a", "b"]);
    for (const id of ["a", "b"]) comm.answer("edit", { type: "ack", edit: id, seq: id === "a" ? 1 : 2 }, id);
    comm.answer("state", state);
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
  });

  test("a kernel that is busy for ten minutes finds little more than what was done", () => {
    for (let i = 0; i < 50; i++) store.send(edit(`e${i}`));
    vi.advanceTimersByTime(600_000);
    expect(comm.edits.length).toBe(50);
    expect(comm.asked.length).toBeLessThan(70);
    const queue = comm.asked.slice();
    let seq = 0;
    for (const { id, message } of queue) {
      if (message.type === "state") comm.say({ id, ok: true, value: state });
      else if (message.type === "ping") comm.say({ id, ok: true, value: { type: "pong" } });
      else comm.say({ id, ok: true, value: { type: "ack", edit: message.edit.id, seq: ++seq } });
    }
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0, seq: 50 });
    expect(comm.edits.length).toBe(50);
  });

  test("an answer counts however late it comes", () => {
    const slow = new SlowKernel();
    const late = new CommStore(slow, "x");
    late.open(listener);
    late.send(edit("a"));
    vi.advanceTimersByTime(120_000);
    expect(listener.told).toEqual(["state", "ack a"]);
    expect(slow.asked.length).toBeLessThan(6);
    expect(late.state.value).toMatchObject({ phase: "live", waiting: 0 });
    late.close();
  });

  test("what was saved though its answer was lost does not lie over what came after it", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    store.send(edit("b"));
    comm.answer("edit", { type: "ack", edit: "b", seq: 2 }, "b");
    vi.advanceTimersByTime(4100);
    comm.answer("ping", { type: "pong" });
    comm.answer("state", { ...state, seq: 2 });
    comm.answer("edit", { type: "ack", edit: "a", seq: 1 }, "a");
    expect(comm.asked.at(-1)?.message.type).toBe("state");
    expect(store.state.value).toMatchObject({ waiting: 0, seq: 2 });
  });

  test("a full disk keeps the edit and tries again", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    comm.answer("edit", { type: "refused", edit: "a", reason: "No room.", retry: true });
    expect(store.state.value).toMatchObject({ phase: "full", waiting: 1 });
    expect(listener.told.at(-1)).toBe("refused null No room.");
    store.send(edit("b"));
    vi.advanceTimersByTime(4100);
    expect(comm.edits).toEqual(["a", "a", "b"]);
    for (const id of ["a", "b"])
      comm.answer("edit", { type: "refused", edit: id, reason: "No room.", retry: true }, id);
    vi.advanceTimersByTime(7900);
    expect(comm.edits.length).toBe(3);
    vi.advanceTimersByTime(200);
    expect(comm.edits.length).toBe(5);
  });

  test("an edit made in Python is shown", () => {
    comm.say({ message: { type: "edited", edit: edit("py"), seq: 1 } });
    expect(listener.told).toEqual(["edited py"]);
  });

  test("strange messages are passed over", () => {
    for (const strange of [null, 3, "x", {}, { id: 99, ok: true, value: state }, { command: "seek" }])
      comm.say(strange);
    expect(listener.told).toEqual([]);
  });

  test("a kernel that is known to be gone keeps nobody from working, and is given everything once it is back", () => {
    comm.answer("state", state);
    comm.dead = true;
    for (const id of ["e1", "e2"]) store.send(edit(id));
    vi.advanceTimersByTime(4000);
    expect(store.state.value).toMatchObject({ phase: "offline", waiting: 2 });
    comm.dead = false;
    vi.advanceTimersByTime(8000);
    comm.answer("ping", { type: "pong" });
    expect(comm.edits).toEqual(["e1", "e2"]);
    for (const id of ["e1", "e2"]) comm.answer("edit", { type: "ack", edit: id, seq: 1 }, id);
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
  });

  test("what a view was not answered, the next one says it has and sends, in order and once", () => {
    const kept: Edit[] = [];
    const left = {
      ...NOWHERE,
      put: (edits: readonly Edit[]) => void kept.push(...edits),
      take: () => kept.splice(0),
    };
    const before = new CommStore(comm, "x", undefined, left);
    before.open(new Listener());
    for (const id of ["e1", "e2", "e3"]) before.send(edit(id));
    comm.answer("edit", { type: "ack", edit: "e1", seq: 1 }, "e1");
    before.close();
    const fresh = new Comm();
    const after = new CommStore(fresh, "x", undefined, left);
    const told = new Listener();
    after.open(told);
    expect([told.told, fresh.edits, after.state.value.waiting]).toEqual([["waiting e2,e3"], ["e2", "e3"], 2]);
    fresh.answer("state", state);
    expect(told.unanswered).toEqual(["e2", "e3"]);
    for (const id of ["e2", "e3"]) fresh.answer("edit", { type: "ack", edit: id, seq: 1 }, id);
    after.close();
    expect(kept).toEqual([]);
  });
});
