// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { WHOLE } from "./box";
import { between, pointUnder, transformOf } from "./stage";

const WIDE = { width: 1000, height: 400 };
const RATIO = 16 / 9;

describe("the picture on its stage", () => {
  test("the whole picture stays as it lies", () => {
    expect(transformOf(WHOLE, WIDE, RATIO, false)).toBe("translate(0.00px, 0.00px) scale(1.0000)");
  });

  test("a part fills the stage from edge to edge and lies in its middle", () => {
    const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    // The picture is 711 wide and 400 high, 144 from the left.
    expect(transformOf(box, WIDE, RATIO, false)).toBe("translate(-500.00px, -200.00px) scale(2.0000)");
  });

  test("at the picture's edge the stage is filled with picture, not with black", () => {
    const box = { x: 0.5, y: 0.25, width: 0.5, height: 0.5 };
    const left = 1000 - 2 * (144.444 + 711.111);
    expect(transformOf(box, WIDE, RATIO, false)).toBe(
      `translate(${left.toFixed(2)}px, -200.00px) scale(2.0000)`,
    );
  });

  test("the point under the finger is that point of the picture, mirrored or not", () => {
    const box = { x: 0.25, y: 0.25, width: 0.5, height: 0.5 };
    const middle = pointUnder({ x: 500, y: 200 }, box, WIDE, RATIO, false);
    expect([middle.x, middle.y]).toEqual([expect.closeTo(0.5, 5), expect.closeTo(0.5, 5)]);
    const left = pointUnder({ x: 300, y: 100 }, box, WIDE, RATIO, false);
    const mirrored = pointUnder({ x: 700, y: 100 }, box, WIDE, RATIO, true);
    expect(mirrored).toEqual(left);
    expect(left.x).toBeLessThan(0.5);
  });

  test("mirrored it turns about the middle of the stage", () => {
    expect(transformOf(WHOLE, WIDE, RATIO, true)).toMatch(/^translate\(1000\.00px, 0px\) scaleX\(-1\) /);
    expect(transformOf(WHOLE, { width: 0, height: 0 }, RATIO, true)).toBe("scaleX(-1)");
  });

  test("what is drawn from any corner, even from outside, is a part of the picture", () => {
    expect(between({ x: 0.8, y: 1.4 }, { x: -0.2, y: 0.5 })).toEqual({
      x: 0,
      y: 0.5,
      width: 0.8,
      height: 0.5,
    });
  });
});
