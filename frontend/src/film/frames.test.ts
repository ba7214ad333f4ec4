import { describe, expect, test } from "vitest";
import { FrameIndex, upperBound } from "./frames";
import { presentedFrame } from "./presented";

const UNEVEN = new FrameIndex({ times: [0, 33_367, 66_733, 200_000, 233_367], duration: 266_733 });

describe("a film's frames", () => {
  test("each is on the screen from its beginning until the next begins", () => {
    for (let i = 0; i < UNEVEN.count; i++) {
      expect(UNEVEN.at(UNEVEN.start(i))).toBe(i);
      expect(UNEVEN.at(UNEVEN.end(i) - 1)).toBe(i);
      expect(UNEVEN.at(UNEVEN.mid(i))).toBe(i);
    }
    expect(UNEVEN.at(-5)).toBe(0);
    expect(UNEVEN.at(10 ** 9)).toBe(4);
  });

  test("every moment snaps to the nearest boundary, the end included", () => {
    const edges = [...UNEVEN.times, UNEVEN.duration];
    for (let t = 0; t <= UNEVEN.duration; t += 997) {
      const nearest = Math.min(...edges.map((edge) => Math.abs(edge - t)));
      expect(Math.abs(UNEVEN.snap(t) - t)).toBe(nearest);
    }
  });

  test("nudging goes boundary by boundary and stays inside the film", () => {
    let moment = 0;
    const seen = [moment];
    for (let i = 0; i < 7; i++) {
      moment = UNEVEN.nudge(moment, 1);
      seen.push(moment);
    }
    expect(seen).toEqual([0, 33_367, 66_733, 200_000, 233_367, 266_733, 266_733, 266_733]);
    expect(UNEVEN.nudge(266_733, -1)).toBe(233_367);
    expect(UNEVEN.nudge(0, -1)).toBe(0);
  });

  test("a decoder's rounded time stamp names its frame", () => {
    UNEVEN.times.forEach((time, i) => {
      for (const off of [-400, 0, 400]) expect(presentedFrame(UNEVEN, (time + off) / 1e6)).toBe(i);
    });
    expect(presentedFrame(UNEVEN, null)).toBeNull();
  });

  test("upperBound counts values that are not above", () => {
    expect(upperBound([], 3)).toBe(0);
    expect(upperBound([1, 2, 2, 5], 2)).toBe(3);
  });

  test("a film without frames is refused", () => {
    expect(() => new FrameIndex({ times: [], duration: 0 })).toThrow(RangeError);
  });
});
