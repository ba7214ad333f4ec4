import { expect, test } from "vitest";
import { dateAndTime } from "./when";

test("a date is written in one form, in the page's language and the reader's zone", () => {
  const moment = new Date("2026-11-21T07:46:09Z");
  expect(dateAndTime(moment, "en-GB", "UTC")).toBe("21 November 2026, 07:46");
  expect(dateAndTime(moment, "en", "UTC")).toBe("21 November 2026, 07:46");
  expect(dateAndTime(moment, "de", "Europe/Berlin")).toBe("21. November 2026, 08:46");
});
