import { expect, test } from "vitest";
import { evenFrames } from "../testing/paig";
import { FilmClock } from "./clock";
import { FrameIndex } from "./frames";
import { stayWhereOneWas } from "./whereabouts";

function kept(value: string | null) {
  const all = new Map(value === null ? [] : [["vig:at:o", value]]);
  const store = {
    getItem: (k: string) => all.get(k) ?? null,
    setItem: (k: string, v: string) => all.set(k, v),
  };
  return { all, store: store as unknown as Storage };
}
const clockOf = () => new FilmClock(new FrameIndex(evenFrames(100)));

test("a film goes on where the tab was, and what is kept follows it", async () => {
  const { all, store } = kept("1200000");
  const clock = clockOf();
  const stop = stayWhereOneWas(clock, "o", store);
  expect(clock.frame.value).toBe(30);
  clock.seekFrame(50);
  await Promise.resolve();
  expect(all.get("vig:at:o")).toBe("2000000");
  stop();
  clock.seekFrame(60);
  expect(all.get("vig:at:o")).toBe("2000000");
});

test.each(["", "x", "-5", "1e99", "4000000", "1.5"])(
  "what cannot be a place in it (%j) is passed over",
  (value) => {
    const clock = clockOf();
    stayWhereOneWas(clock, "o", kept(value).store)();
    expect(clock.frame.value).toBe(0);
  },
);
