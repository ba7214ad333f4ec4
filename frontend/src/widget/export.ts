/** Exporting from a notebook: Python makes the files beside it. */
import { ask } from "../store/ask";
import type { WidgetModel } from "./model";

/** Films take their time to be made, in milliseconds. */
const PATIENCE = 600_000;

/** Asks Python to make the files; resolves with its sentence. */
export async function exportBeside(model: WidgetModel): Promise<string> {
  const { value } = await ask<{ says?: unknown } | undefined>(model, { type: "export" }, PATIENCE);
  return String(value?.says ?? "Made.");
}
