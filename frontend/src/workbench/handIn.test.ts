import { expect, test } from "vitest";
import { afterwards, clipSays, missingSays, termsSay } from "./HandIn";

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

test("where clips are asked for, none is not enough", () => {
  expect(clipSays([], "formative")).toMatch(/^No clip is chosen yet\./);
  expect(clipSays(["initiative"], "summative")).toMatch(/^No clip is chosen yet\./);
  expect(clipSays(["initiative", "clip"], "formative")).toBeNull();
  expect(clipSays([], "none")).toBeNull();
  expect(clipSays(null, "formative")).toBeNull();
});

test("what is rated blind promises no feedback at once", () => {
  const exercise = {
    id: "x",
    title: "X",
    task_html: "",
    minutes: 1,
    marking: "formative",
    kind: "rating",
  } as const;
  expect(afterwards({ exercise })).toMatch(/^You get feedback at once\./);
  expect(afterwards({ exercise: { ...exercise, blind: true } })).toBe(
    "Feedback comes when the last film of the set is handed in. Your ratings and moments stay as they are now.",
  );
});

test("what became late since the page was sent is said, and what was late is not said twice", () => {
  const terms = { says: "Due today.", now: "", lateFrom: "2026-11-21T12:00:00+00:00" };
  const noon = Date.parse("2026-11-21T12:00:00Z");
  expect(termsSay(terms, noon)).toBe("Due today.");
  expect(termsSay(terms, noon + 1)).toBe("Due today. It is late now.");
  expect(termsSay({ ...terms, now: "It is 5 h late now." }, noon + 1)).toBe("Due today. It is 5 h late now.");
  expect(termsSay({ ...terms, lateFrom: null }, noon + 1)).toBe("Due today.");
});
