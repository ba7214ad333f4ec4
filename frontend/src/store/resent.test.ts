// @vitest-environment happy-dom
/** What a page left in the browser when it went was saved as well; what another window did to it since must stay done. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { Codebook } from "../model/codebook";
import { Coder } from "../model/coding";
import { Drafts } from "../model/drafts";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, evenFrames, SCHEME, tag } from "../testing/paig";
import { Service, ServiceLine } from "../testing/service";
import { settle } from "../testing/settle";
import { storeOn } from "../testing/windows";
import { counter } from "./asking";
import { CommStore } from "./comm";
import { keepGrowing } from "./growing";
import type { Ledger } from "./ledger";
import type { Store } from "./store";

const no = () => Promise.reject(new Error("There is no database."));
const NO_LEDGER: Ledger = { write: no, remove: no, list: no };
const hide = (state: string) => {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
};

interface World {
  store(): Store;
  turn(): Promise<void>;
  has(id: string): boolean;
  note(id: string): string | undefined;
  /** Whether messages arrive. */
  reached: boolean;
}

function service(): World {
  const one = new Service();
  const lines: ServiceLine[] = [];
  const dial = () => {
    const line = new ServiceLine(one);
    lines.push(line);
    return line;
  };
  return {
    reached: true,
    // Each window on another computer: no outbox hands anything on.
    store: () => storeOn(dial),
    async turn() {
      for (let i = 0; i < 12; i++) {
        for (const line of this.reached ? lines : []) {
          line.serve();
          line.deliver();
        }
        await settle();
      }
    },
    has: (id) => one.tags.has(id),
    note: (id) => one.tags.get(id)?.note,
  };
}

function notebook(): World {
  const kernel = new Kernel();
  let page = 0;
  return {
    reached: true,
    store: () => new CommStore(kernel.page(), "f.json", counter(++page)),
    async turn() {
      if (this.reached) kernel.run();
      else kernel.asked.length = 0;
      await settle();
    },
    has: (id) => kernel.tags.has(id),
    note: (id) => kernel.tags.get(id)?.note,
  };
}

const ends: (() => void)[] = [];

async function open(world: World) {
  const store = world.store();
  const clock = new FilmClock(new FrameIndex(evenFrames(100)));
  const model = new ObservationModel("obs-1", CAST, store);
  const codebook = new Codebook(SCHEME);
  const coder = new Coder(model, clock, codebook);
  const stop = keepGrowing({ model, coder, codebook }, "me", { locks: null, ledger: NO_LEDGER });
  const drafts = new Drafts("me", [model]);
  const write = (text: string) =>
    drafts.write(
      { model, tag: "t1", save: (note, joins) => model.amend("note", "t1", { note }, joins) },
      text,
    );
  store.open(model);
  await settle();
  await world.turn();
  return {
    model,
    write,
    grow() {
      clock.direction.value = 1;
      clock.shown.value = 10;
      coder.press("3");
      clock.shown.value = 30;
    },
    /** It is gone: nothing of it runs any more. */
    end() {
      stop();
      coder.dispose();
      store.close();
    },
  };
}

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  hide("visible");
  vi.useRealTimers();
});

const WORLDS = [
  ["the service", service],
  ["a notebook", notebook],
] as const;

test.each(WORLDS)(
  "%s: a moment that grew when the page went, and was deleted since, stays away",
  async (_, make) => {
    const world = make();
    const other = await open(world);
    const page = await open(world);
    page.grow();
    window.dispatchEvent(new Event("pagehide"));
    await world.turn();
    const [id] = [...other.model.tags.keys()];
    expect(world.has(id as string)).toBe(true);
    page.end();
    other.model.drop(id as string);
    await world.turn();
    expect(world.has(id as string)).toBe(false);
    const next = await open(world);
    await vi.advanceTimersByTimeAsync(6000);
    await world.turn();
    expect(world.has(id as string)).toBe(false);
    expect([next.model.count, other.model.count]).toEqual([0, 0]);
    other.end();
    next.end();
  },
);

test.each(WORLDS)(
  "%s: a moment that grew when the page went, and never arrived, is made",
  async (_, make) => {
    const world = make();
    const page = await open(world);
    page.grow();
    world.reached = false;
    window.dispatchEvent(new Event("pagehide"));
    await world.turn();
    page.end();
    world.reached = true;
    const next = await open(world);
    await vi.advanceTimersByTimeAsync(6000);
    await world.turn();
    expect(next.model.count).toBe(1);
    expect(world.has([...next.model.tags.keys()][0] as string)).toBe(true);
    next.end();
  },
);

test.each(WORLDS)(
  "%s: words that were saved when the page was hidden, and taken back since, stay away",
  async (_, make) => {
    const world = make();
    const other = await open(world);
    const page = await open(world);
    page.model.put("add", tag("t1", 0, 400_000));
    await world.turn();
    page.write("words I regret");
    hide("hidden");
    await world.turn();
    expect(world.note("t1")).toBe("words I regret");
    page.end();
    other.model.amend("note", "t1", { note: "" });
    await world.turn();
    other.end();
    const next = await open(world);
    await vi.advanceTimersByTimeAsync(3000);
    await world.turn();
    expect([world.note("t1"), next.model.tags.get("t1")?.note]).toEqual(["", ""]);
    next.end();
  },
);
