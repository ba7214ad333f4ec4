import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ClientMessage, Edit, ServerMessage } from "../contract";
import { observation, tag } from "../testing/paig";
import { Listener } from "../testing/wire";
import { CommStore, type Line } from "./comm";

type Heard = (content: unknown, buffers: DataView[]) => void;
type Asked = { id: number; message: ClientMessage | { type: "state" } };

class Comm implements Line {
  readonly asked: Asked[] = [];
  private readonly heard = new Set<Heard>();
  send(content: unknown): void {
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
  /** Answers the newest request of a kind. */
  answer(type: string, value: ServerMessage): void {
    const asked = this.asked.findLast(({ message }) => message.type === type);
    this.say({ id: asked?.id, ok: true, value });
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

  test("a silent kernel is named, and the edit is sent again under its own id", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    vi.advanceTimersByTime(4100);
    expect(store.state.value).toMatchObject({ phase: "offline", waiting: 1 });
    const again = comm.asked.filter(({ message }) => message.type === "edit");
    expect(again.length).toBe(2);
    comm.answer("edit", { type: "ack", edit: "a", seq: 1 });
    comm.answer("state", state);
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
  });

  test("a full disk keeps the edit and tries again", () => {
    comm.answer("state", state);
    store.send(edit("a"));
    comm.answer("edit", { type: "refused", edit: "a", reason: "No room.", retry: true });
    expect(store.state.value).toMatchObject({ phase: "full", waiting: 1 });
    expect(listener.told.at(-1)).toBe("refused null No room.");
    vi.advanceTimersByTime(4100);
    expect(comm.asked.filter(({ message }) => message.type === "edit").length).toBe(2);
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
});
