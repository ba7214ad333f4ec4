/** Somebody tags without a pause: neither a refusal for now nor a line that died may keep the work from being saved. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, tag } from "../testing/paig";
import { Service } from "../testing/service";
import { settle } from "../testing/settle";
import { ServiceWindow } from "../testing/windows";
import { counter } from "./asking";
import { CommStore } from "./comm";
import { savedSentence } from "./store";

/** A window of the real store on a made-up clock, and what happens each tenth of a second. */
async function window() {
  const service = new Service();
  const one = new ServiceWindow(service);
  await settle();
  let made = 0;
  const turn = async (dead: boolean) => {
    for (let i = 0; i < 6 && !dead; i++) {
      one.line?.serve();
      one.line?.deliver();
      await settle();
    }
  };
  await turn(false);
  return {
    service,
    lines: one.lines,
    store: one.store,
    put: () => one.model.put("add", tag(`t${made}`, (made++ * 40_000) % 8_000_000, 9_000_000)),
    made: () => made,
    async tenth(dead = false) {
      await turn(dead);
      vi.advanceTimersByTime(100);
      await settle();
      await turn(dead);
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([1, 2, 3, 3.9])(
  "the disk was full for two seconds, and a moment every %s s: all are saved soon",
  async (every) => {
    const { service, store, put, made, tenth } = await window();
    for (let ms = 0; ms < 60_000; ms += 100) {
      service.full = ms < 2000;
      if (ms % (every * 1000) === 0) put();
      await tenth();
      if (ms === 10_000) expect(service.log.length).toBe(made());
    }
    await tenth();
    expect(service.log.length).toBe(made());
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
    store.close();
  },
);

test.each([1, 4, 7])(
  "the line dies without a word, and a moment every %s s: that is said, and another line is opened",
  async (every) => {
    const { service, lines, store, put, made, tenth } = await window();
    let said = 0;
    for (let ms = 0; ms < 40_000; ms += 100) {
      if (ms % (every * 1000) === 0) put();
      await tenth(lines.length === 1 && ms > 5000);
      if (store.state.value.phase === "offline") said ||= ms;
    }
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThan(22_000);
    await tenth();
    expect(service.log.length).toBe(made());
    expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
    store.close();
  },
);

test("a line that answers slowly, one thing after the other, is not given up", async () => {
  const { service, lines, store, put, tenth } = await window();
  for (let i = 0; i < 20; i++) put();
  for (let ms = 0; ms < 100_000; ms += 100) {
    if (ms % 5000 === 0) lines[0]?.serve();
    lines[0]?.deliver();
    await tenth(true);
  }
  expect(lines.length).toBe(1);
  expect(service.log.length).toBe(20);
  store.close();
});

test.each([1, 3, 3.9])("a kernel that is silent, and a moment every %s s: that is said", async (every) => {
  const kernel = new Kernel();
  const store = new CommStore(kernel.page(), "f.json", counter(9));
  const model = new ObservationModel("o", CAST, store);
  store.open(model);
  kernel.run();
  let made = 0;
  for (let ms = 0; ms < 60_000; ms += 100) {
    if (ms % (every * 1000) === 0) model.put("add", tag(`t${made++}`, 0, 40_000));
    if (ms > 2000 && ms < 30_000) kernel.asked.length = 0;
    else kernel.run();
    vi.advanceTimersByTime(100);
    if (ms === 12_000)
      expect(savedSentence(store.state.value, made, false)).toMatch(/^offline.*leave this page open$/);
  }
  kernel.run();
  expect(kernel.tags.size).toBe(made);
  expect(store.state.value).toMatchObject({ phase: "live", waiting: 0 });
  store.close();
});
