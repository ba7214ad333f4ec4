import { expect, test } from "vitest";
import { claim } from "./claims";
import type { KeyAction } from "./table";

const action = (what: string, ...keys: string[]): KeyAction => ({ keys, what, group: "Play", run: () => {} });
const keysOf = (claimed: KeyAction[]) =>
  Object.fromEntries(claimed.map(({ what, keys }) => [what, keys.join(" ")]));

test("a scheme's lanes come first; what lost its letter has it with Shift", () => {
  const claimed = claim(
    [action("clap", "c"), action("look", "k")],
    [action("captions", "c"), action("stop", "k", "5")],
  );
  expect(keysOf(claimed)).toEqual({ clap: "c", look: "k", captions: "Shift+c", stop: "5" });
});

test("where Shift is taken too it has the next letter that is free, and no key means two things", () => {
  const claimed = claim(
    [action("one", "i"), action("two", "i"), action("three", "y")],
    [action("in", "Shift+i"), action("play", "i")],
  );
  expect(keysOf(claimed)).toEqual({ one: "i", two: "", three: "y", in: "Shift+i", play: "Shift+y" });
  const all = claimed.flatMap(({ keys }) => keys);
  expect(new Set(all).size).toBe(all.length);
});
