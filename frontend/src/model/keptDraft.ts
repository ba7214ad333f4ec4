/** What is kept of a draft in this browser, for the next page. */
import type { Edit } from "../contract";

/** What was saved when it was begun, and what stands there instead. */
export interface Kept {
  before: string;
  text: string;
  /** What was sent when the page went: the same again is harmless, where new words would undo what came after. */
  edits: Edit[];
  /** As of a field. */
  line?: number;
}

/** How much of a field of one line is kept with its words. */
export const lineOf = ({ line }: Pick<Kept, "line">): Pick<Kept, "line"> =>
  line === undefined ? {} : { line };

/** Reads it; null: there is nothing, or it is not ours. */
export function readKept(text: string | null): Kept | null {
  try {
    const { before, text: written, edits, line } = JSON.parse(text ?? "") as Kept;
    if (typeof before !== "string" || typeof written !== "string") return null;
    const kept = { before, text: written, edits: Array.isArray(edits) ? edits : [] };
    return typeof line === "number" ? { ...kept, line } : kept;
  } catch {
    return null;
  }
}
