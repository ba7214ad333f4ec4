import { describe, expect, test } from "vitest";
import {
  boxAt,
  CLOSEST,
  fitted,
  fromLook,
  inside,
  isWhole,
  panBy,
  toLook,
  WHOLE,
  withLook,
  zoomAt,
} from "./box";

const near = (value: number) => expect.closeTo(value, 6);
const look = (at: number, x: number, y: number, size: number) => ({ at, x, y, width: size, height: size });

describe("a part of the picture", () => {
  test("closer about a point leaves that point where it is on the screen", () => {
    const box = zoomAt(WHOLE, 0.5, 0.8, 0.2);
    expect(box).toEqual({ x: near(0.4), y: near(0.1), width: near(0.5), height: near(0.5) });
    expect((0.8 - box.x) / box.width).toBeCloseTo(0.8);
    expect(isWhole(zoomAt(box, 9, 0.5, 0.5))).toBe(true);
    expect(zoomAt(box, 0.0001, 0.5, 0.2).width).toBe(CLOSEST);
  });

  test("it never leaves the picture", () => {
    const box = { x: 0.6, y: 0.6, width: 0.4, height: 0.4 };
    expect(panBy(box, 5, 5)).toEqual({ x: near(0.6), y: near(0.6), width: 0.4, height: 0.4 });
    expect(panBy(box, -5, 0.1)).toMatchObject({ x: 0, y: near(0.6) });
    expect(inside({ x: -1, y: 2, width: 3, height: 0.5 })).toEqual({ x: 0, y: 0.5, width: 1, height: 0.5 });
  });

  test("what was drawn is shown whole, in the picture's own proportions", () => {
    expect(fitted({ x: 0.1, y: 0.4, width: 0.4, height: 0.1 })).toEqual({
      x: near(0.1),
      y: near(0.25),
      width: near(0.4),
      height: near(0.4),
    });
    expect(fitted({ x: 0.99, y: 0.99, width: 0, height: 0 }).width).toBe(CLOSEST);
  });

  test("a tag keeps it in whole numbers that the contract takes", () => {
    for (const box of [
      WHOLE,
      { x: 1 / 3, y: 2 / 3, width: 1 / 3, height: 1 / 3 },
      { x: 0.9999, y: 0, width: 0.01, height: 1 },
    ]) {
      const kept = toLook(box, 7);
      for (const value of Object.values(kept)) expect(Number.isInteger(value)).toBe(true);
      expect(kept.x + kept.width).toBeLessThanOrEqual(10_000);
      expect(kept.y + kept.height).toBeLessThanOrEqual(10_000);
      expect(kept.width).toBeGreaterThanOrEqual(200);
    }
    expect(fromLook(toLook({ x: 0.25, y: 0.5, width: 0.25, height: 0.25 }, 0))).toEqual({
      x: near(0.25),
      y: near(0.5),
      width: near(0.25),
      height: near(0.25),
    });
  });
});

describe("the close-ups of a moment", () => {
  const looks = [look(1000, 0, 0, 5000), look(3000, 5000, 4000, 2500)];

  test("hold before the first and after the last, and glide between two", () => {
    expect(boxAt(looks, 0)).toMatchObject({ x: near(0), width: near(0.5) });
    expect(boxAt(looks, 2000)).toEqual({
      x: near(0.25),
      y: near(0.2),
      width: near(0.375),
      height: near(0.375),
    });
    expect(boxAt(looks, 3000)).toMatchObject({ x: near(0.5), width: near(0.25) });
    expect(boxAt(looks, 9000)).toMatchObject({ x: near(0.5), width: near(0.25) });
    expect(boxAt([], 9000)).toBe(null);
  });

  test("where less movement is wished for they change at once", () => {
    expect(boxAt(looks, 2999, false)).toMatchObject({ x: near(0), width: near(0.5) });
    expect(boxAt(looks, 3000, false)).toMatchObject({ x: near(0.5) });
  });

  test("one at the same moment takes the other's place, and they stay sorted", () => {
    const more = withLook(withLook(looks, look(2000, 1, 1, 900)), look(1000, 9, 9, 800));
    expect(more.map(({ at, width }) => [at, width])).toEqual([
      [1000, 800],
      [2000, 900],
      [3000, 2500],
    ]);
  });
});
