import { expect, test } from "vitest";
import { textOf } from "./Captions";

test("a cue is its words, with who speaks before them, and no marks", () => {
  expect(textOf({ text: "<v Ana>Da da! You <i>see</i> the blocks." })).toBe(
    "Ana: Da da! You see the blocks.",
  );
  expect(textOf({ text: "<v.loud Bo Small>ah\nah" })).toBe("Bo Small: ah\nah");
  expect(textOf({ text: "a <c.red>b</c>" })).toBe("a b");
  expect([textOf({ text: "<v Ana>" }), textOf({})]).toEqual(["", ""]);
});
