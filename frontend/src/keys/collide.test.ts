import { expect, test } from "vitest";
import { clipKeys } from "../clips/keys";
import type { Tray } from "../clips/tray";
import type { Session } from "../workbench/session";
import { closerKeys } from "./closer";
import { FILM_KEYS } from "./film";
import { meaningKeys } from "./meaning";
import { momentKeys } from "./moments";

test("what we ask for does not collide: only a scheme's lane ever moves one of our keys", () => {
  const page = {
    second: {},
    lenses: [1],
    comparison: { observers: [1] },
    codebook: { scheme: { modifiers: [1] }, lanes: [{ id: "1" }], children: () => [1] },
  } as unknown as Session;
  const parts = [FILM_KEYS, closerKeys(page), momentKeys(page), meaningKeys(page), clipKeys({} as Tray)];
  const keys = parts.flat().flatMap((action) => action.keys);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
});
