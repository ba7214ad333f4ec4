import { describe, expect, test } from "vitest";
import { matchSound } from "./match";

/** The loudness of a room: bursts at random moments, always the same ones. */
function room(seconds: number, rate: number): number[] {
  let seed = 7;
  const chance = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
  const loud = new Array<number>(seconds * rate).fill(3);
  for (let i = 0; i < seconds; i++) {
    const at = Math.floor(chance() * loud.length);
    const height = 30 + chance() * 60;
    for (let j = 0; j < rate / 4 && at + j < loud.length; j++)
      loud[at + j] = height * Math.exp((-4 * j) / rate);
  }
  return loud;
}

describe("two cameras are matched by sound", () => {
  const whole = room(120, 50);

  test("whichever was started first, to the frame", () => {
    for (const shift of [0, 137, 1000]) {
      const early = { rate: 50, peaks: whole };
      const late = { rate: 50, peaks: whole.slice(shift) };
      const offset = shift * 20_000;
      expect(Math.abs((matchSound(late, early) ?? 0) - offset)).toBeLessThanOrEqual(20_000);
      expect(Math.abs((matchSound(early, late) ?? 0) + offset)).toBeLessThanOrEqual(20_000);
    }
  });

  test("one further from the sound, with a hum of its own", () => {
    const far = whole.slice(250).map((value, i) => value * 0.4 + 8 + 2 * Math.sin(i / 7));
    const offset = matchSound({ rate: 50, peaks: far }, { rate: 50, peaks: whole });
    expect(Math.abs((offset ?? 0) - 5_000_000)).toBeLessThanOrEqual(20_000);
  });

  test("sounds that have nothing in common do not tell", () => {
    const other = [...whole].reverse().map((value, i) => (i % 3 ? value : 0));
    expect(matchSound({ rate: 50, peaks: whole }, { rate: 50, peaks: other })).toBe(null);
    expect(matchSound({ rate: 50, peaks: whole }, { rate: 50, peaks: new Array(500).fill(0) })).toBe(null);
    expect(matchSound({ rate: 50, peaks: [] }, { rate: 50, peaks: whole })).toBe(null);
  });
});
