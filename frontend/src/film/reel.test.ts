import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { evenFrames } from "../testing/paig";
import { Screen } from "../testing/screen";
import { FilmClock } from "./clock";
import { FrameIndex } from "./frames";
import { BREATH, Reel, STILL } from "./reel";

const FRAME = 40_000;
let frames: FrameIndex;
let screen: Screen;
let clock: FilmClock;
let reel: Reel;

beforeEach(() => {
  vi.useFakeTimers();
  frames = new FrameIndex(evenFrames(100));
  screen = new Screen(frames);
  clock = new FilmClock(frames);
  clock.attach(screen.element);
  reel = new Reel(clock);
});
afterEach(() => {
  reel.dispose();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const part = (first: number, end: number | null) => ({
  start: first * FRAME,
  end: end === null ? null : end * FRAME,
});

async function run(from: number, to: number) {
  for (let frame = from; frame <= to; frame++) {
    screen.present(frame);
    await pass(2);
  }
}

test("plays part after part, a still among them, and ends by itself", async () => {
  reel.play([part(10, null), part(50, 53), part(20, 22)]);
  await pass(20);
  expect([reel.at.value, clock.shown.value]).toEqual([0, 10]);
  await pass(STILL);
  expect([reel.at.value, clock.shown.value, clock.playing.value]).toEqual([1, 50, true]);
  await run(51, 52);
  expect([clock.shown.value, clock.playing.value]).toEqual([52, false]);
  await pass(BREATH + 20);
  expect([reel.at.value, clock.shown.value]).toEqual([2, 20]);
  await run(21, 21);
  await pass(BREATH + 20);
  expect([reel.at.value, clock.playing.value]).toEqual([null, false]);
});

test("whoever stops on the way has had enough", async () => {
  reel.play([part(50, 60), part(20, 22)]);
  await pass(20);
  await run(51, 53);
  clock.pause();
  await pass(BREATH * 3);
  expect([reel.at.value, clock.shown.value]).toEqual([null, 53]);
});

test("whoever goes elsewhere goes on from there", async () => {
  reel.play([part(50, 60), part(20, 22)]);
  await pass(20);
  await run(51, 52);
  clock.seekFrame(5);
  await pass(BREATH * 3);
  expect([reel.at.value, clock.shown.value]).toEqual([null, 5]);
});

test("nothing plays of no parts", async () => {
  reel.play([]);
  await pass(50);
  expect([reel.at.value, screen.sought]).toEqual([null, []]);
});
