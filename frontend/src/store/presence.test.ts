// @vitest-environment happy-dom
import "fake-indexeddb/auto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { CAST, observation, tag } from "../testing/paig";
import { pass } from "../testing/screen";
import { Listener, Wire } from "../testing/wire";
import { indexedOutbox } from "./outbox";
import { ServiceStore } from "./service";
import { presenceSentence } from "./store";

let store: ServiceStore | undefined;
afterEach(() => {
  store?.close();
  vi.useRealTimers();
});

async function open(sink: Listener | ObservationModel): Promise<Wire[]> {
  const lines: Wire[] = [];
  store = new ServiceStore("ws://x/", "obs-1", indexedOutbox(), () => {
    const line = new Wire();
    lines.push(line);
    return line.socket;
  });
  store.open(sink);
  await pass(30);
  return lines;
}

describe("who else is there", () => {
  test("is said as a fact, and not at all where one is alone", () => {
    const say = (windows: number, watching: number, writes = true) =>
      presenceSentence({ windows, watching, writes });
    expect(say(1, 0)).toBeNull();
    expect(say(2, 0)).toBe("open in 2 windows, and you can tag in each");
    expect(say(1, 1)).toBe("1 person is reading along");
    expect(say(2, 3)).toBe("open in 2 windows, and you can tag in each; 3 people are reading along");
    expect(say(1, 1, false)).toMatch(/^read only/);
  });

  test("comes over the line", async () => {
    const sink = new Listener();
    const [line] = await open(sink);
    line?.say({ type: "presence", windows: 2, watching: 0, writes: true });
    expect(sink.told.at(-1)).toBe("presence 2 0 true");
  });

  test("a window that may only read changes nothing; a new line asks anew", () => {
    const model = new ObservationModel("obs-1", CAST, null);
    model.onState(observation(), false, []);
    model.onPresence({ windows: 1, watching: 1, writes: false });
    model.put("add", tag("a", 0, 40_000));
    expect([model.closed.value, model.count]).toEqual([true, 0]);
    model.onState(observation(), false, []);
    expect([model.closed.value, model.presence.value]).toEqual([false, null]);
  });
});

describe("when the network is said to be gone", () => {
  test("a line that still answers is kept, one that does not is given up within a second", async () => {
    const lines = await open(new Listener());
    const [line] = lines;
    line?.say({ type: "state", seq: 0, observation: observation(), frozen: false });
    vi.useFakeTimers();
    dispatchEvent(new Event("offline"));
    expect(line?.heard.at(-1)).toEqual({ type: "ping" });
    line?.say({ type: "pong" });
    vi.advanceTimersByTime(1500);
    expect(store?.state.value.phase).toBe("live");
    dispatchEvent(new Event("offline"));
    vi.advanceTimersByTime(1500);
    expect(store?.state.value.phase).toBe("offline");
  });
});
