import { beforeEach, expect, test } from "vitest";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { evenFrames } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { FirstLook } from "./firstLook";

let screen: Screen;
let clock: FilmClock;
let kept: boolean;
let look: FirstLook;

beforeEach(() => {
  const frames = new FrameIndex(evenFrames(50));
  screen = new Screen(frames);
  clock = new FilmClock(frames);
  clock.attach(screen.element);
  kept = false;
  look = new FirstLook(clock, {
    get: () => kept,
    keep: () => {
      kept = true;
    },
  });
});

test("nothing stops or moves the film until its end, then everything may", async () => {
  clock.setSpeed(0.5);
  look.ask();
  await pass();
  expect([look.state.value, clock.speed.value]).toEqual(["waiting", 1]);
  clock.seekFrame(30);
  expect(clock.frame.value).toBe(0);
  clock.play();
  screen.present(7);
  expect(look.state.value).toBe("running");
  for (const attempt of [
    () => clock.pause(),
    () => clock.toggle(),
    () => clock.step(-1),
    () => clock.skip(5),
    () => clock.setSpeed(2),
    () => clock.playBackwards(),
    () => clock.playStretch({ start: 0, end: 80_000 }),
    () => clock.walk({ start: 0, end: 80_000 }, () => 2),
  ]) {
    attempt();
    expect([clock.frame.value, clock.playing.value, clock.walking.value, clock.rate.value]).toEqual([
      7,
      true,
      false,
      1,
    ]);
  }
  screen.present(49);
  screen.dispatchEvent(new Event("ended"));
  await pass();
  expect([look.state.value, clock.live.value, kept]).toEqual(["free", false, true]);
  clock.seekFrame(30);
  expect(clock.frame.value).toBe(30);
});

test("a film that stood still on the way is played on, and the look is not over", async () => {
  look.ask();
  clock.play();
  screen.present(7);
  screen.pause();
  await pass();
  expect([look.state.value, clock.playing.value, kept]).toEqual(["running", false, false]);
  clock.play();
  expect(clock.playing.value).toBe(true);
});

test("one may always stop, and it does not come again", async () => {
  look.ask();
  clock.play();
  screen.present(7);
  look.leave();
  await pass();
  expect([look.state.value, clock.playing.value, kept]).toEqual(["free", false, true]);
  look.ask();
  expect(look.state.value).toBe("free");
});
