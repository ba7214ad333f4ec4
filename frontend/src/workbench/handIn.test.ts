import { expect, test } from "vitest";
import { missingSays } from "./HandIn";

test("a sheet with open items says which, and waits for them", () => {
  expect(missingSays(["Eye contact"], "formative")).toMatch(
    /^“Eye contact” is not rated yet\. Rate every item/,
  );
  expect(missingSays(["Face", "Voice", "Eyes"], "summative")).toMatch(
    /^“Face”, “Voice” and “Eyes” are not rated yet\./,
  );
});

test("a whole sheet, and one that nobody marks, may be handed in", () => {
  expect(missingSays([], "formative")).toBeNull();
  expect(missingSays(["Face"], "none")).toBeNull();
});
