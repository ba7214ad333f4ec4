/** Two windows on one piece of work: lines are lost, windows are killed, the disk fills, and all end up the same. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { chance } from "../testing/chance";
import { tag } from "../testing/paig";
import { Service, SharedOutbox } from "../testing/service";
import { settle } from "../testing/settle";
import { ServiceWindow } from "../testing/windows";

const plain = (tags: ReadonlyMap<string, unknown>) => JSON.stringify([...tags].sort());

/** All is said and heard, and whoever waits to try again has done so. */
async function calm(windows: readonly ServiceWindow[]): Promise<void> {
  for (let i = 0; i < 40; i++) {
    for (let turn = 0; turn < 10; turn++) {
      for (const { line } of windows) {
        line?.serve();
        line?.deliver();
        line?.deliver();
      }
      await settle();
    }
    vi.advanceTimersByTime(9000);
    await settle();
  }
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what one window could not save and another did, holds the first back no more", async () => {
  const [service, outbox] = [new Service(), new SharedOutbox()];
  const one = new ServiceWindow(service, outbox);
  await settle();
  one.line?.serve();
  one.line?.deliver();
  service.full = true;
  one.model.put("add", tag("a", 0, 40_000));
  await settle();
  one.line?.serve();
  one.line?.deliver();
  expect(one.store.state.value.phase).toBe("full");
  service.full = false;
  // It finds the edit in the outbox, and is quicker.
  const two = new ServiceWindow(service, outbox);
  await settle();
  for (let i = 0; i < 4; i++) {
    two.line?.serve();
    two.line?.deliver();
  }
  one.line?.deliver();
  expect([one.waiting, one.lines.length]).toEqual([0, 2]);
  one.model.put("add", tag("b", 0, 40_000));
  await calm([one, two]);
  for (const window of [one, two]) {
    expect([...window.model.tags.keys()]).toEqual(["a", "b"]);
    expect(window.store.state.value).toMatchObject({ phase: "live", waiting: 0 });
    window.kill();
  }
});

/** One thing that happens to one of the windows. */
function happen(
  windows: ServiceWindow[],
  service: Service,
  outbox: SharedOutbox,
  next: () => number,
  i: number,
): void {
  const place = Math.floor(next() * windows.length);
  const window = windows[place] as ServiceWindow;
  const ids = [...window.model.tags.keys()];
  const id = ids[Math.floor(next() * ids.length)] ?? "";
  const what = next();
  if (what < 0.2) window.model.put("add", tag(`t${i}`, 0, 40_000));
  else if (what < 0.3) window.model.amend("note", id, { note: `n${i}` });
  else if (what < 0.36) window.model.drop(id);
  else if (what < 0.44) window.model.undo();
  else if (what < 0.49) window.model.redo();
  else if (what < 0.53) window.line?.close();
  else if (what < 0.55) {
    if (next() < 0.5) window.line?.serve();
    window.kill();
    windows[place] = new ServiceWindow(service, outbox);
  } else if (what < 0.58) service.full = !service.full;
  else if (what < 0.62) vi.advanceTimersByTime(5000);
  else
    for (const { line } of windows) {
      if (next() < 0.7) line?.serve();
      if (next() < 0.7) line?.deliver();
    }
}

test("whatever happens to either, both show what the service has, and nothing waits or is left over", async () => {
  for (let run = 1; run <= 80; run++) {
    const [next, service, outbox] = [chance(run * 31), new Service(), new SharedOutbox()];
    const windows = [new ServiceWindow(service, outbox), new ServiceWindow(service, outbox)];
    for (let i = 0; i < 120; i++) {
      happen(windows, service, outbox, next, i);
      if (next() < 0.7) await settle();
    }
    service.full = false;
    await calm(windows);
    for (const window of windows) {
      expect([run, window.waiting, window.store.state.value.phase]).toEqual([run, 0, "live"]);
      expect(plain(window.model.tags)).toBe(plain(service.tags));
      window.kill();
    }
    expect(outbox.rows).toEqual([]);
    vi.clearAllTimers();
  }
}, 60_000);
