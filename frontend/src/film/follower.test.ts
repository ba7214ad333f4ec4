import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { evenFrames } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { FilmClock } from "./clock";
import { Follower } from "./follower";
import { FrameIndex } from "./frames";

let first: Screen;
let other: Screen;
let clock: FilmClock;
let follower: Follower;
let detach: () => void;

/** The second camera runs at 50 frames a second. */
const SECOND = { times: Array.from({ length: 200 }, (_, i) => i * 20_000), duration: 4_000_000 };

beforeEach(() => {
  const frames = new FrameIndex(evenFrames(100));
  first = new Screen(frames);
  clock = new FilmClock(frames);
  clock.attach(first.element);
  follower = new Follower(clock, new FrameIndex(SECOND));
  other = new Screen(follower.frames);
  detach = follower.attach(other.element);
});
afterEach(() => detach());

describe("a second camera", () => {
  test("shows the same instant, in the middle of its own frame", async () => {
    follower.offset.value = 500_000;
    clock.seekFrame(10);
    await pass();
    // The first's frame 10 lasts from 0.40 to 0.44 s: its middle is the second's 0.92 s.
    expect(other.sought.at(-1)).toBeCloseTo(0.93);
  });

  test("is nudged by its own frames", async () => {
    clock.seekFrame(10);
    await pass();
    follower.nudge(1);
    expect(follower.offset.value).toBe(20_000);
    expect(other.sought.at(-1)).toBeCloseTo(0.45);
    follower.nudge(-3);
    expect(follower.offset.value).toBe(-40_000);
    expect(other.sought.at(-1)).toBeCloseTo(0.39);
  });

  test("says when it was not running, and comes back", async () => {
    follower.offset.value = -1_000_000;
    expect(follower.outside.value).toBe(true);
    clock.seekFrame(50);
    expect(follower.outside.value).toBe(false);
    follower.offset.value = 3_000_000;
    expect(follower.outside.value).toBe(true);
  });

  test("plays and stops with the first, at its speed", async () => {
    clock.setSpeed(0.5);
    clock.play();
    other.currentTime = first.currentTime;
    first.present(1);
    expect([other.paused, other.playbackRate]).toEqual([false, 0.5]);
    clock.pause();
    await pass();
    expect(other.paused).toBe(true);
  });

  test("a little behind it runs faster, a little ahead slower, far off it is sought", () => {
    clock.play();
    first.currentTime = 1;
    other.currentTime = 0.95;
    const seeks = other.sought.length;
    first.present(26);
    expect(other.playbackRate).toBeCloseTo(1.05);
    other.currentTime = 1.1;
    first.present(27);
    expect(other.playbackRate).toBeCloseTo(0.9);
    expect(other.sought.length).toBe(seeks + 1);
    other.currentTime = 3;
    first.present(28);
    expect(other.sought.at(-1)).toBe(1);
  });

  test("is silent until it is asked for", () => {
    expect(other.element.muted).toBe(true);
    follower.heard.value = true;
    expect(other.element.muted).toBe(false);
  });
});
