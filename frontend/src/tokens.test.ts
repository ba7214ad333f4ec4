import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { contrast } from "./timeline/colours";

const text = await readFile(new URL("./tokens.css", import.meta.url), "utf-8");
const colours = Object.fromEntries(
  [...text.matchAll(/--vig-([\w-]+): (#[0-9a-f]{6})/g)].map(([, name, hex]) => [name, hex]),
);

const READ: [string, string][] = [
  ...["ink", "ink-soft", "ink-faint", "accent", "accent-strong", "good", "warn", "stop"].flatMap(
    (ink): [string, string][] => ["paper", "card"].map((ground) => [ink, ground]),
  ),
  ...["ink", "ink-soft"].map((ink): [string, string] => [ink, "well"]),
  ["on-accent", "accent"],
  ["accent-strong", "accent-wash"],
  ["good", "good-wash"],
  ["warn", "warn-wash"],
  ["stop", "stop-wash"],
  ["room-ink", "room"],
  ["room-soft", "room"],
  ["room-ink", "room-raised"],
  ["room", "room-accent"],
];

test.each(READ)("%s can be read on %s (4.5:1)", (ink, ground) => {
  expect(contrast(colours[ink] as string, colours[ground] as string)).toBeGreaterThanOrEqual(4.5);
});

test.each([
  ["line-strong", "card"],
  ["line-strong", "paper"],
  ["accent", "card"],
  ["now", "card"],
  ["room-accent", "room"],
])("%s can be told from %s (3:1)", (mark, ground) => {
  expect(contrast(colours[mark] as string, colours[ground] as string)).toBeGreaterThanOrEqual(3);
});
