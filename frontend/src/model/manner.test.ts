import { describe, expect, test } from "vitest";
import type { Code } from "../contract";
import { SCHEME } from "../testing/paig";
import { doesNow, mannerOf, sayings } from "./manner";

const lanes = SCHEME.codes.filter(({ parent }) => parent === null);
const code = (kind: Code["kind"], live?: Code["live"]): Code => ({
  id: "x",
  parent: null,
  label: { en: "X" },
  kind,
  ...(live ? { live } : {}),
});

describe("how a code is tagged", () => {
  test("follows its kind and what the scheme asks for", () => {
    expect(mannerOf(code("point", "hold"))).toBe("point");
    expect(mannerOf(code("either"))).toBe("tap");
    expect(mannerOf(code("either", "hold"))).toBe("tap");
    expect(mannerOf(code("either", "press"))).toBe("ends");
    expect(mannerOf(code("state"))).toBe("both");
    expect(mannerOf(code("state", "press"))).toBe("ends");
    expect(mannerOf(code("state", "hold"))).toBe("hold");
  });
  test("differs while the film is paused", () => {
    expect(doesNow(code("state"), false)).toContain("marks 1 second");
    expect(doesNow(code("either"), false, "tap")).toBe("paused, so a tap marks a point here");
    expect(doesNow(code("either"), true, "tap")).toBe("tap once for a point, or hold while it lasts");
  });
  test("is said once for each manner, of all others last", () => {
    const said = sayings(lanes);
    expect(said.map((one) => one.lanes?.map(({ id }) => id) ?? null)).toEqual([
      ["initiative"],
      ["clap"],
      null,
    ]);
    expect(said[0]?.after).toContain("a second press makes another");
    expect(said[2]?.after).toContain("again when it is over");
  });
  test("names the lane where there is only one", () => {
    expect(sayings([code("state", "hold")])[0]?.lanes).toHaveLength(1);
  });
});
