import { beforeEach, describe, expect, test } from "vitest";
import { evenFrames } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { FilmClock } from "./clock";
import { FrameIndex } from "./frames";

let frames: FrameIndex;
let screen: Screen;
let clock: FilmClock;

beforeEach(() => {
  frames = new FrameIndex(evenFrames(100));
  screen = new Screen(frames);
  clock = new FilmClock(frames);
  clock.attach(screen.element);
});

describe("a film's clock", () => {
  test("seeks to the middle of the frame and confirms what is shown", async () => {
    clock.seekFrame(10);
    expect(clock.frame.value).toBe(10);
    expect(clock.shown.value).toBe(0);
    await pass();
    expect(clock.shown.value).toBe(10);
    expect(clock.exact.value).toBe(true);
    expect(screen.sought).toEqual([0.42]);
  });

  test("tries a quarter of a frame further when the neighbour came", async () => {
    screen.faults.set(20, { shows: 19, times: 1 });
    clock.seekFrame(20);
    await pass(20);
    expect(screen.sought).toEqual([0.82, 0.83]);
    expect(clock.shown.value).toBe(20);
    expect(clock.exact.value).toBe(true);
  });

  test("says so when the frame cannot be brought to the screen, and is exact again after the next", async () => {
    screen.faults.set(20, { shows: 19, times: 3 });
    clock.seekFrame(20);
    await pass(30);
    expect(clock.shown.value).toBe(19);
    expect(clock.exact.value).toBe(false);
    clock.step(1);
    await pass(20);
    expect([clock.shown.value, clock.exact.value]).toEqual([20, true]);
  });

  test("keeps only the newest wish", async () => {
    for (const frame of [5, 6, 7, 8, 50]) clock.seekFrame(frame);
    await pass(20);
    expect(clock.shown.value).toBe(50);
    expect(screen.sought.length).toBeLessThanOrEqual(2);
  });

  test("passes over a wish that is no number", async () => {
    clock.seekFrame(10);
    clock.seekFrame(Number.NaN);
    clock.seekTime(Number.NaN);
    clock.step(Number.NaN);
    await pass(20);
    expect([clock.shown.value, clock.wanted.value, clock.exact.value]).toEqual([10, null, true]);
  });

  test("asked for the frame that is there, it does not seek again", async () => {
    for (let i = 0; i < 3; i++) {
      clock.seekFrame(10);
      await pass();
    }
    expect(screen.sought).toEqual([0.42]);
    expect([clock.shown.value, clock.exact.value, clock.wanted.value]).toEqual([10, true, null]);
  });

  test("steps count from where it is going, so that ten quick steps are ten", async () => {
    for (let i = 0; i < 10; i++) clock.step(1);
    await pass(30);
    expect(clock.shown.value).toBe(10);
    clock.step(-200);
    await pass(20);
    expect(clock.shown.value).toBe(0);
  });

  test("after a pause it goes to the middle of the frame that was presented", async () => {
    clock.play();
    screen.present(3);
    screen.present(4);
    expect([clock.shown.value, clock.playing.value]).toEqual([4, true]);
    clock.pause();
    await pass();
    expect(screen.sought.at(-1)).toBeCloseTo(0.18);
    expect([clock.shown.value, clock.playing.value]).toEqual([4, false]);
  });

  test("a stretch stops on its last frame", async () => {
    clock.playStretch({ start: 400_000, end: 600_000 });
    await pass();
    for (const frame of [10, 11, 12, 13]) screen.present(frame);
    expect(clock.playing.value).toBe(true);
    screen.present(14);
    await pass();
    expect([clock.shown.value, clock.playing.value, screen.paused]).toEqual([14, false, true]);
  });

  test("a loop goes back to its first frame and plays on", async () => {
    clock.loop.value = { start: 400_000, end: 600_000 };
    clock.play();
    await pass();
    expect(clock.shown.value).toBe(10);
    screen.present(14);
    await pass(60);
    expect([clock.shown.value, clock.playing.value]).toEqual([10, true]);
  });

  test("a loop goes back although its last frames never reached the screen", async () => {
    clock.loop.value = { start: 400_000, end: 600_000 };
    clock.play();
    await pass();
    screen.present(13);
    screen.ran(0.7);
    await pass(160);
    expect([clock.shown.value, clock.playing.value]).toEqual([10, true]);
  });

  test("a stretch ends although its last frames never reached the screen, and not before its time", async () => {
    clock.playStretch({ start: 400_000, end: 600_000 });
    await pass();
    screen.present(13);
    screen.ran(0.59);
    await pass(120);
    expect(clock.playing.value).toBe(true);
    screen.ran(0.61);
    await pass(80);
    expect([clock.shown.value, clock.playing.value, screen.paused]).toEqual([14, false, true]);
  });

  test("plays from the beginning when it stands at the end", async () => {
    clock.seekFrame(99);
    await pass();
    clock.play();
    await pass();
    expect(clock.shown.value).toBe(0);
  });

  test("sound without picture is named", () => {
    screen.videoWidth = 0;
    clock.attach(screen.element);
    expect(clock.problem.value).toMatch(/not its picture/);
  });

  test("what is to be played before there is a screen is played when there is one", async () => {
    const early = new FilmClock(frames);
    early.playStretch({ start: 400_000, end: 600_000 });
    await pass();
    expect([early.frame.value, early.playing.value]).toEqual([10, false]);
    early.attach(screen.element);
    await pass();
    expect([early.shown.value, early.playing.value]).toEqual([10, true]);
    screen.present(14);
    await pass();
    expect(early.playing.value).toBe(false);
  });

  test("a pause or another moment before there is a screen takes that back", async () => {
    for (const change of [(c: FilmClock) => c.pause(), (c: FilmClock) => c.seekFrame(30)]) {
      const early = new FilmClock(frames);
      early.playStretch({ start: 400_000, end: 600_000 });
      change(early);
      early.attach(new Screen(frames).element);
      await pass();
      expect(early.playing.value).toBe(false);
    }
  });

  test("a second screen takes over at the same frame", async () => {
    clock.seekFrame(30);
    await pass();
    const other = new Screen(frames);
    clock.attach(other.element);
    await pass();
    expect(other.sought).toEqual([1.22]);
    expect(clock.attached).toBe(other.element);
  });
});
