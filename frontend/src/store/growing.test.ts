// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Tag } from "../contract";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { Codebook } from "../model/codebook";
import { Coder } from "../model/coding";
import { ObservationModel } from "../model/observation";
import { CAST, evenFrames, observation, SCHEME } from "../testing/paig";
import { keepGrowing } from "./growing";
import type { Locks } from "./hold";
import type { Ledger } from "./ledger";

const no = () => Promise.reject(new Error("There is no database."));
const NO_LEDGER: Ledger = { write: no, remove: no, list: no };

/** A page as far as this is about it. */
function page(tags: Tag[] = [], owner = "obs-1:me", locks: Locks | null = null, ledger: Ledger = NO_LEDGER) {
  const clock = new FilmClock(new FrameIndex(evenFrames(100)));
  const model = new ObservationModel("obs-1", CAST, null);
  const codebook = new Codebook(SCHEME);
  const coder = new Coder(model, clock, codebook);
  const stop = keepGrowing({ model, coder, codebook }, owner, { locks, ledger });
  model.onState(observation(tags), false, []);
  const end = () => {
    stop();
    coder.dispose();
  };
  pages.push(end);
  return {
    model,
    coder,
    /** The film plays on to a frame. */
    plays(frame: number) {
      clock.direction.value = 1;
      clock.shown.value = frame;
    },
    /** It is killed: nothing of it runs any more. */
    end,
    made: () => model.sorted.value.map(({ code, start, end }) => [code, start, end]),
  };
}
const pages: (() => void)[] = [];
const kept = () => Object.keys(localStorage).filter((name) => name.startsWith("vig:growing:"));

/** Nothing that was kept was written for a minute. */
function sleep(): void {
  for (const name of kept()) {
    const left = JSON.parse(localStorage.getItem(name) as string);
    localStorage.setItem(name, JSON.stringify({ ...left, at: left.at - 60_000 }));
  }
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {});
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  for (const end of pages.splice(0)) end();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The browser's locks, as far as they are used: each is held until the promise of who holds it is kept. */
class FewLocks {
  readonly held = new Set<string>();
  request = async (name: string, ...rest: unknown[]): Promise<unknown> => {
    const act = rest.at(-1) as (lock: { name: string } | null) => unknown;
    const only = (rest[0] as { ifAvailable?: boolean }).ifAvailable;
    if (this.held.has(name) && only) return act(null);
    this.held.add(name);
    try {
      return await act({ name });
    } finally {
      this.held.delete(name);
    }
  };
  get locks(): Locks {
    return this as unknown as Locks;
  }
}

function grow(locks: Locks | null = null, ledger = NO_LEDGER) {
  const first = page([], "obs-1:me", locks, ledger);
  first.plays(10);
  first.coder.press("3");
  first.coder.refine(0);
  vi.advanceTimersByTime(600);
  first.plays(30);
  return first;
}

test("what grows when the page goes is ended and kept, and is there once", () => {
  const first = grow();
  globalThis.dispatchEvent(new Event("pagehide"));
  expect(first.made()).toEqual([["3.4", 400_000, 1_240_000]]);
  first.end();
  // The service may have got it before the page was gone, or not.
  const again = page();
  expect(again.made()).toEqual([["3.4", 400_000, 1_240_000]]);
  expect(kept()).toEqual([]);
  expect(again.model.sorted.value[0]?.id).toBe(first.model.sorted.value[0]?.id);
});

test("what the service has already is not made again", () => {
  const first = grow();
  globalThis.dispatchEvent(new Event("pagehide"));
  first.end();
  const moved = { ...(first.model.sorted.value[0] as Tag), end: 800_000 };
  expect(page([moved]).made()).toEqual([["3.4", 400_000, 800_000]]);
});

test("a killed browser left it as it was half a second before, and others leave it while it lives", () => {
  const first = grow();
  vi.advanceTimersByTime(600);
  const beside = page();
  vi.advanceTimersByTime(10_000);
  expect(beside.made()).toEqual([]);
  first.end();
  const again = page();
  expect(again.made()).toEqual([]);
  vi.advanceTimersByTime(5000);
  expect(again.made()).toEqual([["3.4", 400_000, 1_240_000]]);
});

test("a clock that was set back delays nothing, and kills no page that lives", async () => {
  vi.setSystemTime(10_000_000_000);
  const first = grow();
  vi.setSystemTime(10_000_000_000 - 3_600_000);
  const beside = page();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(beside.made()).toEqual([]);
  first.end();
  beside.end();
  const again = page();
  await vi.advanceTimersByTimeAsync(3000);
  expect(again.made()).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect([again.made(), kept()]).toEqual([[["3.4", 400_000, 1_240_000]], []]);
});

test("a page that sleeps keeps what grows in it to itself, and may still throw it away", async () => {
  const browser = new FewLocks();
  const first = grow(browser.locks);
  vi.advanceTimersByTime(600);
  sleep();
  const beside = page([], "obs-1:me", browser.locks);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([beside.made(), kept().length]).toEqual([[], 1]);
  first.coder.abandon();
  await vi.advanceTimersByTimeAsync(0);
  expect([kept(), [...browser.held]]).toEqual([[], []]);
  beside.end();
  const third = page([], "obs-1:me", browser.locks);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(third.made()).toEqual([]);
});

test("a browser that was killed holds nothing any more", async () => {
  const browser = new FewLocks();
  const first = grow(browser.locks);
  vi.advanceTimersByTime(600);
  expect(browser.held.size).toBe(1);
  first.end();
  await vi.advanceTimersByTimeAsync(0);
  expect(browser.held.size).toBe(0);
  const again = page([], "obs-1:me", browser.locks);
  await vi.advanceTimersByTimeAsync(5000);
  expect([again.made(), kept()]).toEqual([[["3.4", 400_000, 1_240_000]], []]);
});

test("what a killed browser had not put on the disk yet is in the ledger", async () => {
  const ledger = new Map<string, string>();
  const own = {
    write: async (name: string, text: string) => ledger.set(name, text),
    remove: async (name: string) => ledger.delete(name),
    list: async (from: string) => [...ledger].filter(([name]) => name.startsWith(from)),
  };
  grow(null, own).end();
  // The disk has what was there before it grew on, or nothing at all.
  localStorage.clear();
  const again = page([], "obs-1:me", null, own);
  await vi.advanceTimersByTimeAsync(3000);
  expect(again.made()).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect([again.made(), kept(), ledger.size]).toEqual([[["3.4", 400_000, 440_000]], [], 0]);
});

test("a browser that refuses locks is one without them; a page that ended meanwhile takes nothing up", async () => {
  const refuses = {
    request: () => Promise.reject(new DOMException("no", "SecurityError")),
  } as unknown as Locks;
  const first = grow(refuses);
  vi.advanceTimersByTime(600);
  first.end();
  await vi.advanceTimersByTimeAsync(5000);
  const gone = page([], "obs-1:me", refuses);
  gone.end();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([gone.made(), kept().length]).toEqual([[], 1]);
  const again = page([], "obs-1:me", refuses);
  await vi.advanceTimersByTimeAsync(0);
  expect([again.made(), kept()]).toEqual([[["3.4", 400_000, 1_240_000]], []]);
});

test("what another window made of it while this one slept is that moment, and nothing of this one is laid over it", () => {
  const first = grow();
  const taken = { ...(first.coder.unfinished()[0] as Tag), note: "written in the other window" };
  first.model.onEdited({ id: "edit-theirs", changes: [{ op: "put", tag: taken }] });
  expect([first.coder.growing.value.size, kept()]).toEqual([0, []]);
  first.plays(40);
  first.coder.closeAll();
  expect(first.model.sorted.value).toEqual([taken]);
});

test("ended or thrown away, nothing of it is left; nor does it concern anybody else", () => {
  const first = grow();
  first.coder.press("3");
  expect(kept()).toEqual([]);
  first.coder.press("1");
  vi.advanceTimersByTime(600);
  expect(kept().length).toBe(1);
  expect(page([], "obs-1:you").made()).toEqual([]);
  first.coder.abandon();
  expect(kept()).toEqual([]);
});

test("what cannot be read is passed over", () => {
  for (const [i, text] of ["x", "{}", '{"at":1,"tags":[{"id":3},null]}'].entries())
    localStorage.setItem(`vig:growing:obs-1:me:${i}`, text);
  expect(page().made()).toEqual([]);
  expect(kept()).toEqual([]);
});
