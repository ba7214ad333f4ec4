import { expect, test, vi } from "vitest";
import { counter } from "./asking";

test("every page counts from a random place of its own, upwards", async () => {
  const first = await import("./asking");
  vi.resetModules();
  const second = await import("./asking");
  const places = [first, second].map(({ nextNumber }) => Math.floor(nextNumber() / 2 ** 24));
  expect(places[0]).not.toBe(places[1]);
  expect(second.nextNumber()).toBeLessThan(second.nextNumber());
});

test("pages keep apart, and no number is too large to be written", () => {
  const [one, two] = [counter(5), counter(6)];
  expect(
    [one(), one(), two(), two()].map((number) => [Math.floor(number / 2 ** 24), number % 2 ** 24]),
  ).toEqual([
    [5, 1],
    [5, 2],
    [6, 1],
    [6, 2],
  ]);
  expect(Number.isSafeInteger(counter(2 ** 32 - 1)() + 2 ** 24)).toBe(true);
});
