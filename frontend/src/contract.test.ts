import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
// @ts-expect-error a plain script without types
import { generate } from "../contract.mjs";

test("contract.ts is what the JSON Schema gives", async () => {
  const written = await readFile(new URL("./contract.ts", import.meta.url), "utf-8");
  expect(written).toBe(await generate());
});
