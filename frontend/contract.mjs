// Writes src/contract.ts from the same JSON Schema that the Python types come from (`npm run contract`).
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../vigwidgets/contract/contract.schema.json", import.meta.url);
const TARGET = new URL("./src/contract.ts", import.meta.url);

/** Returns the text of contract.ts. */
export async function generate() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf-8"));
  return compile(schema, "Contract", {
    additionalProperties: false,
    bannerComment:
      "// Written by `npm run contract` from vigwidgets/contract/contract.schema.json: do not edit.",
    ignoreMinAndMaxItems: true,
    style: { printWidth: 110 },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(TARGET, await generate());
