import { expect, test } from "vitest";
import { allowed, Prefs } from "./prefs";

function shelf(kept: string | null = null) {
  let text = kept;
  return {
    getItem: () => text,
    setItem: (_name: string, value: string) => {
      text = value;
    },
    text: () => text,
  };
}

test("what was chosen is there the next time", () => {
  const storage = shelf();
  const prefs = new Prefs(storage);
  expect(prefs.get("preRoll")).toBe(2);
  prefs.set("preRoll", 3.5);
  prefs.toggle("tools");
  prefs.dispose();
  const again = new Prefs(storage);
  expect([again.get("preRoll"), again.get("tools")]).toEqual([3.5, 1]);
});

test("whatever stands in the browser's store, values stay inside what may be chosen", () => {
  for (const kept of ["nonsense", "[]", "null", '{"preRoll": "3", "frames": 1e9, "pace": null}']) {
    const prefs = new Prefs(shelf(kept));
    expect(prefs.get("preRoll")).toBe(2);
    expect([5, 250]).toContain(prefs.get("frames"));
    expect(prefs.get("pace")).toBe(4);
  }
  expect([allowed("around", -4), allowed("around", Number.NaN), allowed("pace", 99)]).toEqual([0, null, 15]);
});

test("a browser that keeps nothing still lets one choose", () => {
  const prefs = new Prefs({
    getItem: () => {
      throw new Error("denied");
    },
    setItem: () => {
      throw new Error("full");
    },
  });
  prefs.set("around", 2);
  prefs.set("around", Number.NaN);
  expect(prefs.get("around")).toBe(2);
});
