import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Edit } from "../contract";
import { observation, tag } from "../testing/paig";
import { Listener, Wire } from "../testing/wire";
import { indexedOutbox, type Outbox } from "./outbox";
import { ServiceStore } from "./service";

const edit = (id: string): Edit => ({ id, changes: [{ op: "put", tag: tag(id, 0, 40_000) }] });
const state = (seq = 0) => ({ type: "state" as const, seq, observation: observation(), frozen: false });

let wires: Wire[];
let outbox: Outbox;
let store: ServiceStore;
let listener: Listener;
let browser: EventTarget;
let answers: () => Promise<number>;

const last = () => wires.at(-1) as Wire;
const open = async () => {
  listener = new Listener();
  const connect = () => {
    wires.push(new Wire());
    return last().socket;
  };
  store = new ServiceStore("ws://here/edits", "obs-1", outbox, connect, () => answers());
  const before = wires.length;
  store.open(listener);
  await vi.waitUntil(() => wires.length > before);
};
const kept = async (n: number) => {
  await vi.waitFor(async () => expect((await outbox.list("obs-1")).length).toBe(n));
};

beforeEach(async () => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  browser = new EventTarget();
  vi.stubGlobal("addEventListener", browser.addEventListener.bind(browser));
  vi.stubGlobal("removeEventListener", browser.removeEventListener.bind(browser));
  wires = [];
  answers = () => Promise.reject(new Error("no network"));
  outbox = indexedOutbox();
  await open();
});
afterEach(() => {
  store.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("edits on their way to the service", () => {
  test("wait until the service has greeted, then go in order, and leave the outbox when acknowledged", async () => {
    for (const id of ["a", "b", "c"]) store.send(edit(id));
    expect(last().edits).toEqual([]);
    expect(store.state.value).toMatchObject({ phase: "connecting", waiting: 3 });
    await kept(3);
    last().say(state());
    expect(last().edits).toEqual(["a", "b", "c"]);
    expect(listener.unanswered).toEqual(["a", "b", "c"]);
    for (const [i, id] of ["a", "b", "c"].entries()) last().say({ type: "ack", edit: id, seq: i + 1 });
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0, seq: 3 });
    await kept(0);
  });

  test("after a lost line the unacknowledged are sent again, in order", async () => {
    last().say(state());
    for (const id of ["a", "b"]) store.send(edit(id));
    last().say({ type: "ack", edit: "a", seq: 1 });
    last().close();
    expect(store.state.value).toMatchObject({ phase: "offline", waiting: 1 });
    store.send(edit("c"));
    await vi.waitUntil(() => wires.length === 2);
    last().say(state(1));
    expect(last().edits).toEqual(["b", "c"]);
  });

  test("survive a reload of the page", async () => {
    for (const id of ["a", "b"]) store.send(edit(id));
    await kept(2);
    store.close();
    await open();
    expect(listener.told).toEqual(["waiting a,b"]);
    last().say(state());
    expect(last().edits).toEqual(["a", "b"]);
  });

  test("one that the service had all along is lifted again: what came after it is in the state", async () => {
    // It was acknowledged, and taken back later; the browser died before the outbox was cleared.
    await outbox.add("obs-1", edit("a"));
    await outbox.add("obs-1", edit("b"));
    store.close();
    await open();
    last().say(state(5));
    expect(listener.unanswered).toEqual(["a", "b"]);
    const lines = wires.length;
    last().say({ type: "ack", edit: "a", seq: 3 });
    expect(wires.length).toBe(lines); // b is still out
    last().say({ type: "ack", edit: "b", seq: 6 });
    expect(wires.length).toBe(lines + 1);
    expect(store.state.value.phase).not.toBe("offline");
    last().say(state(6));
    expect(listener.unanswered).toEqual([]);
    expect(last().edits).toEqual([]);
    // An edit of this page, acknowledged in its turn, asks for nothing.
    store.send(edit("c"));
    last().say({ type: "ack", edit: "c", seq: 7 });
    expect(wires.length).toBe(lines + 1);
  });

  test("those of another observation are left alone", async () => {
    await outbox.add("obs-2", edit("other"));
    store.close();
    await open();
    last().say(state());
    expect(last().edits).toEqual([]);
    expect((await outbox.list("obs-2")).map(({ id }) => id)).toEqual(["other"]);
  });

  test("a refused one is taken out and explained", async () => {
    last().say(state());
    store.send(edit("a"));
    await kept(1);
    last().say({ type: "refused", edit: "a", reason: "It lies outside the film.", retry: false });
    expect(listener.told.at(-1)).toBe("refused a It lies outside the film.");
    expect(store.state.value.waiting).toBe(0);
    await kept(0);
  });

  test("one that the service cannot keep now is kept here and tried again", async () => {
    last().say(state());
    store.send(edit("a"));
    await kept(1);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    last().say({ type: "refused", edit: "a", reason: "The disk is full.", retry: true });
    expect(store.state.value).toMatchObject({ phase: "full", waiting: 1 });
    expect(listener.told).toEqual(["state"]);
    vi.advanceTimersByTime(5000);
    expect(last().edits).toEqual(["a", "a"]);
    last().say({ type: "ack", edit: "a", seq: 1 });
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
  });

  test("another window's edit is passed on; one's own counts as acknowledged", async () => {
    last().say(state());
    store.send(edit("a"));
    last().say({ type: "edited", edit: edit("z"), seq: 1 });
    last().say({ type: "edited", edit: edit("a"), seq: 2 });
    expect(listener.told).toEqual(["state", "edited z", "edited a"]);
    expect(store.state.value).toMatchObject({ waiting: 0, seq: 2 });
  });

  test("a line that does not answer is given up and dialled anew", async () => {
    last().say(state());
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    store.send(edit("a"));
    vi.advanceTimersByTime(8001);
    expect(store.state.value.phase).toBe("offline");
    vi.advanceTimersByTime(1000);
    expect(wires.length).toBe(2);
    last().say(state());
    expect(last().edits).toEqual(["a"]);
  });

  test("attempts to reconnect grow rarer, and coming online hurries them", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const before = wires.length;
      last().close();
      let waited = 0;
      while (wires.length === before) {
        vi.advanceTimersByTime(50);
        waited += 50;
      }
      waits.push(waited);
    }
    expect(waits[0]).toBeLessThan(500);
    expect(waits.at(-1)).toBeGreaterThan(5000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_050);
  });

  test("without IndexedDB it says that nothing is kept here", async () => {
    store.close();
    const broken: Outbox = {
      list: () => Promise.reject(new Error("no")),
      add: () => Promise.reject(new Error("no")),
      remove: () => Promise.reject(new Error("no")),
    };
    outbox = broken;
    await open();
    expect(store.state.value.kept).toBe(false);
    last().say(state());
    store.send(edit("a"));
    expect(last().edits).toEqual(["a"]);
  });

  test("a session that ended is told, what waits is kept, and is sent after signing in elsewhere", async () => {
    last().say(state());
    store.send(edit("a"));
    await kept(1);
    last().say({ type: "refused", edit: "a", reason: "You are not signed in.", retry: true });
    last().close(4401);
    expect(store.state.value).toMatchObject({ phase: "signed-out", waiting: 1 });
    store.send(edit("b"));
    await kept(2);
    browser.dispatchEvent(new Event("focus"));
    expect(wires.length).toBe(2);
    last().say(state());
    expect(last().edits).toEqual(["a", "b"]);
    expect(store.state.value.phase).toBe("live");
  });

  test.each([
    [401, "signed-out"],
    [403, "not-yours"],
    [503, "offline"],
  ] as const)("a line that is not opened is asked about: %i is %s", async (status, phase) => {
    answers = () => Promise.resolve(status);
    last().close();
    await vi.waitFor(() => expect(store.state.value.phase).toBe(phase));
    await vi.waitUntil(() => wires.length === 2);
    expect(store.state.value.phase).toBe(phase);
  });

  test("whoever is signed out and then without a network is told of the network", async () => {
    answers = () => Promise.resolve(401);
    last().close();
    await vi.waitFor(() => expect(store.state.value.phase).toBe("signed-out"));
    answers = () => Promise.reject(new Error("no network"));
    await vi.waitUntil(() => wires.length === 2);
    last().close();
    await vi.waitFor(() => expect(store.state.value.phase).toBe("offline"));
  });

  test("a handed-in observation is told", () => {
    last().say(state());
    last().say({ type: "frozen" });
    expect(listener.told).toEqual(["state", "frozen"]);
  });
});

describe("a database that does not answer", () => {
  const never = () => new Promise<never>(() => {});
  beforeEach(() => {
    store.close();
    wires = [];
    vi.useFakeTimers();
    listener = new Listener();
  });
  const begin = (box: Partial<Outbox>) => {
    const connect = () => {
      wires.push(new Wire());
      return last().socket;
    };
    store = new ServiceStore("ws://x", "obs-1", { list: never, add: never, remove: never, ...box }, connect);
    store.open(listener);
  };

  test("keeps nobody from the service for longer than two seconds, and nobody is told that work is kept", async () => {
    begin({});
    store.send(edit("a"));
    await vi.advanceTimersByTimeAsync(1900);
    expect(wires.length).toBe(0);
    await vi.advanceTimersByTimeAsync(200);
    expect([wires.length, store.state.value.kept]).toEqual([1, false]);
    last().say(state());
    expect(last().edits).toEqual(["a"]);
    last().say({ type: "ack", edit: "a", seq: 1 });
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
  });

  test("is heard when it answers at last: what was left there goes before what waits now", async () => {
    let answer: (left: Edit[]) => void = () => {};
    begin({
      list: () =>
        new Promise((done) => {
          answer = done;
        }),
      add: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    });
    await vi.advanceTimersByTimeAsync(2100);
    last().say(state());
    store.send(edit("done"));
    last().say({ type: "ack", edit: "done", seq: 1 });
    store.send(edit("new"));
    answer([edit("old"), edit("done"), edit("new")]);
    await vi.advanceTimersByTimeAsync(1);
    expect([wires.length, store.state.value.kept]).toEqual([2, true]);
    last().say(state(1));
    expect(last().edits).toEqual(["old", "new"]);
    expect(listener.unanswered).toEqual(["old", "new"]);
  });

  test("an edit counts as kept once the database says so, however late", async () => {
    begin({
      list: () => Promise.resolve([]),
      add: () => new Promise((done) => setTimeout(done, 3000)),
      remove: () => Promise.resolve(),
    });
    store.send(edit("a"));
    await vi.advanceTimersByTimeAsync(2100);
    expect(store.state.value).toMatchObject({ waiting: 1, kept: false });
    await vi.advanceTimersByTimeAsync(1000);
    expect(store.state.value).toMatchObject({ waiting: 1, kept: true });
  });
});
