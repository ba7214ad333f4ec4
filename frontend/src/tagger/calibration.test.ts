import { expect, test } from "vitest";
import { Calibration, FLASHES } from "./calibration";

function react(times: number[]): Calibration {
  const trial = new Calibration();
  let now = 0;
  for (const time of times) {
    now += 5000;
    trial.flash(now);
    trial.press(now + time);
  }
  return trial;
}

test("the middle of ten times, whatever the slowest", () => {
  const trial = react([250, 240, 260, 230, 270, 220, 280, 210, 290, 990]);
  expect([trial.done, trial.median, trial.spread]).toEqual([true, 255, [210, 990]]);
});

test("an odd number has one in the middle, none has none", () => {
  expect(react([300, 200, 250]).median).toBe(250);
  expect([react([]).median, react([]).spread, react([]).done]).toEqual([null, null, false]);
});

test("guesses and sleep do not count, and are done again", () => {
  const trial = new Calibration();
  expect(trial.press(10)).toBe("early");
  trial.flash(1000);
  expect(trial.press(1050)).toBe("early");
  trial.flash(2000);
  expect(trial.press(3500)).toBe("late");
  expect([trial.times, trial.again]).toEqual([[], 3]);
  expect(react(Array(FLASHES - 1).fill(200)).done).toBe(false);
});

test("flashes come at no rhythm", () => {
  const trial = new Calibration();
  expect([trial.wait(0), trial.wait(1)]).toEqual([1200, 2800]);
});
