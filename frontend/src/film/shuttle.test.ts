import { beforeEach, describe, expect, test } from "vitest";
import { evenFrames } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { FilmClock } from "./clock";
import { FrameIndex } from "./frames";
import { CREEP_AFTER, Shuttle } from "./shuttle";

let screen: Screen;
let clock: FilmClock;
let shuttle: Shuttle;

beforeEach(async () => {
  const frames = new FrameIndex(evenFrames(100));
  screen = new Screen(frames);
  clock = new FilmClock(frames);
  clock.attach(screen.element);
  shuttle = new Shuttle(clock);
  clock.seekFrame(50);
  await pass();
});

describe("J, K and L", () => {
  test("L plays, and again goes twice and four times as fast, no faster than the browser's sound", () => {
    const rates = [];
    for (let i = 0; i < 5; i++) {
      shuttle.press(1);
      rates.push(screen.playbackRate);
    }
    expect(rates).toEqual([1, 2, 4, 4, 4]);
    expect(clock.direction.value).toBe(1);
    clock.setSpeed(0.25);
    expect(screen.playbackRate).toBe(1);
  });

  test("K stops, and the chosen speed is back", async () => {
    shuttle.press(1);
    shuttle.press(1);
    shuttle.hold();
    shuttle.letGo();
    await pass();
    expect([clock.playing.value, clock.boost.value, screen.playbackRate]).toEqual([false, 1, 1]);
  });

  test("K by itself plays a film that stood, when it comes up", () => {
    shuttle.hold();
    expect(clock.playing.value).toBe(false);
    shuttle.letGo();
    expect(clock.direction.value).toBe(1);
  });

  test("J turns round, L turns back at the chosen speed", async () => {
    shuttle.press(1);
    shuttle.press(1);
    shuttle.press(-1);
    expect([clock.direction.value, clock.boost.value]).toEqual([-1, 1]);
    shuttle.press(-1);
    expect(clock.rate.value).toBe(2);
    await pass(150);
    expect(clock.frame.value).toBeLessThan(50);
    expect(clock.frame.value).toBeGreaterThan(30);
    shuttle.press(1);
    expect([clock.direction.value, clock.rate.value]).toEqual([1, 1]);
  });

  test("beside a held K a tap is one frame, and K then plays nothing", async () => {
    shuttle.hold();
    shuttle.press(1);
    shuttle.release();
    shuttle.press(-1);
    shuttle.release();
    shuttle.press(-1);
    shuttle.release();
    shuttle.letGo();
    await pass(20);
    expect([clock.shown.value, clock.playing.value]).toEqual([49, false]);
  });

  test("beside a held K, held as well, the film creeps until it is let go", async () => {
    shuttle.hold();
    shuttle.press(1);
    await pass(CREEP_AFTER + 40);
    expect([clock.direction.value, screen.playbackRate]).toEqual([1, 0.25]);
    shuttle.release();
    shuttle.letGo();
    await pass(20);
    expect([clock.playing.value, screen.playbackRate]).toEqual([false, 1]);
  });
});

describe("what moves by itself", () => {
  test("backwards in a loop it goes round", async () => {
    clock.loop.value = { start: 1_960_000, end: 2_200_000 };
    const seen = new Set<number>();
    clock.frame.subscribe((frame) => seen.add(frame));
    clock.playBackwards();
    await pass(400);
    clock.pause();
    await pass(20);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(49);
    expect(Math.max(...seen)).toBeGreaterThan(51);
  });

  test("a walk shows every frame of its stretch, confirmed, and goes round", async () => {
    const seen: number[] = [];
    clock.shown.subscribe((frame) => seen.push(frame));
    clock.walk({ start: 400_000, end: 520_000 }, () => 50);
    expect(clock.playing.value).toBe(true);
    await pass(1200);
    clock.pause();
    await pass(20);
    expect(seen.slice(1, 6)).toEqual([10, 11, 12, 10, 11]);
    expect([clock.playing.value, clock.exact.value]).toEqual([false, true]);
    const here = clock.shown.value;
    await pass(100);
    expect(clock.shown.value).toBe(here);
  });

  test("going elsewhere ends a walk", async () => {
    clock.walk({ start: 400_000, end: 520_000 }, () => 50);
    await pass(40);
    clock.seekFrame(80);
    await pass(60);
    expect([clock.shown.value, clock.walking.value]).toEqual([80, false]);
  });

  test("sound keeps its pitch at every speed, from a tenth to four times", () => {
    expect(screen.element.preservesPitch).toBe(true);
    clock.setSpeed(0.01);
    expect(screen.playbackRate).toBe(0.1);
    clock.setSpeed(9);
    expect(screen.playbackRate).toBe(4);
  });
});
