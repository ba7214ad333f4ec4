import { beforeEach, expect, test } from "vitest";
import type { Film } from "../contract";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { evenFrames } from "../testing/paig";
import { SecondView } from "./second";

let kept: Map<string, string>;
const storage = () => ({
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
});
const make = (offset = 0, peaks: number[] | null = null) =>
  new SecondView(
    { id: "a" } as Film,
    new FilmClock(new FrameIndex(evenFrames(100))),
    {
      film: { id: "b" } as Film,
      frames: evenFrames(100),
      files: { proxy: "" },
      offset,
      peaks: peaks && { rate: 10, peaks },
    },
    storage(),
  );

beforeEach(() => {
  kept = new Map();
});

test("the offset that was set stays with the pair, until the page comes with another", () => {
  const view = make(1_000_000);
  view.setOffset(1_480_000.4);
  view.setOffset(Number.NaN);
  view.setOffset(1e15);
  view.dispose();
  expect(make(1_000_000).follower.offset.value).toBe(1_480_000);
  expect(make(2_000_000).follower.offset.value).toBe(2_000_000);
  for (const text of ["{", "[1000000, 1e99]", '[1000000, "5"]', "null"]) {
    kept.set("vigwidgets.offset.a.b", text);
    expect(make(1_000_000).follower.offset.value).toBe(1_000_000);
  }
});

test("the pictures lie beside each other, then one small, then the other", () => {
  const view = make();
  const seen = Array.from({ length: 4 }, () => {
    view.rearrange();
    return view.arrangement.value;
  });
  expect(seen).toEqual(["corner", "swapped", "beside", "corner"]);
});

test("sounds that do not tell leave the offset as it is, and it says so", async () => {
  const view = make(40_000, [0, 0, 0]);
  await view.match({ rate: 10, peaks: [1, 2, 3] });
  expect(view.follower.offset.value).toBe(40_000);
  expect(view.said.value).toMatch(/set it by eye/);
  await view.match(null);
  expect(view.follower.offset.value).toBe(40_000);
});
