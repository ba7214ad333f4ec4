import { describe, expect, it } from "vitest";
import { at, axis, ends, type Flat, flat, type Landscape, pick, said, turned, USUAL } from "./space";

const land: Landscape = {
  duration: 10_000_000,
  adults: ["nothing tagged", "Receiving"],
  children: ["nothing tagged", "reaches", "voice"],
  visits: [
    [0, 2_000_000, 0, 0],
    [2_000_000, 4_000_000, 0, 1],
    [4_000_000, 7_000_000, 1, 1],
    [7_000_000, 10_000_000, 0, 0],
  ],
};

describe("a landscape in space", () => {
  it("has every state inside, in order", () => {
    expect([0, 1, 2].map((i) => axis(i, 3))).toEqual([-1 + 1 / 3, 0, 1 - 1 / 3]);
    expect(axis(0, 1)).toBe(0);
  });

  it("stands upright over its cell, as tall as it lasts", () => {
    const [from, to] = ends([2_000_000, 4_000_000, 0, 1], land);
    expect([from[0], from[1]]).toEqual([to[0], to[1]]);
    expect(to[2] - from[2]).toBeCloseTo(0.4);
  });

  it("turned once round is as it was", () => {
    const there = flat([0.3, -0.4, 0.5], USUAL);
    const back = flat([0.3, -0.4, 0.5], turned(USUAL, 2 * Math.PI, 0));
    back.forEach((value, i) => {
      expect(value).toBeCloseTo(there[i] as number);
    });
  });

  it("seen from above has no height, from the ground no depth", () => {
    const above = { turn: 0, tilt: Math.PI / 2 };
    expect(flat([0, 0, 0.5], above)[1]).toBeCloseTo(0);
    expect(flat([0, 0.5, 0], { turn: 0, tilt: 0 })[1]).toBeCloseTo(0);
  });

  it("keeps the ground below", () => {
    expect(turned(USUAL, 0, -9).tilt).toBe(0);
    expect(turned(USUAL, 0, 9).tilt).toBeCloseTo(Math.PI / 2);
  });

  it("is picked where it is drawn, from wherever one looks", () => {
    for (const turn of [0.1, 1, 2.5, 4])
      for (const visit of land.visits.slice(1, 3)) {
        const view = { turn, tilt: 0.4 };
        const [from, to] = ends(visit, land).map((point) => flat(point, view)) as [Flat, Flat];
        const found = pick(land, view, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2);
        expect(found?.visit).toBe(visit);
        expect(found?.off).toBeCloseTo(0);
      }
  });

  it("tells where the film is, and what is there", () => {
    expect(at(land, 5_000_000)).toEqual([axis(1, 2), axis(1, 3), 0]);
    expect(at({ ...land, visits: [] }, 0)).toBeNull();
    expect(said(land.visits[2] as (typeof land.visits)[number], land)).toBe(
      "grown-up: Receiving; child: reaches",
    );
  });
});
