/** What is kept of a draft in this browser, for the next page. */
import type { Edit } from "../contract";

export const BOTH_KEPT =
  "This was changed elsewhere while it was being written here, so both are kept, one after the other.";

/** What was saved when it was begun, and what stands there instead. */
export interface Kept {
  before: string;
  text: string;
  /** What was sent when the page went: the same again is harmless, where new words would undo what came after. */
  edits: Edit[];
  /** What it is about, for example "the moment at 00:04.0". */
  about?: string;
  /** As of a field. */
  line?: number;
  /** The edits put one's own words beside what another wrote: whoever wrote could not be told any more. */
  both?: boolean;
}

/** How much of a field of one line is kept with its words. */
export const lineOf = ({ line }: Pick<Kept, "line">): Pick<Kept, "line"> =>
  line === undefined ? {} : { line };

/** Reads it; null: there is nothing, or it is not ours. */
export function readKept(text: string | null): Kept | null {
  try {
    const { before, text: written, edits, line, about, both } = JSON.parse(text ?? "") as Kept;
    if (typeof before !== "string" || typeof written !== "string") return null;
    return {
      before,
      text: written,
      edits: Array.isArray(edits) ? edits : [],
      both: both === true,
      ...(typeof line === "number" ? { line } : {}),
      ...(typeof about === "string" ? { about } : {}),
    };
  } catch {
    return null;
  }
}

/** Whether what is saved now is neither what a draft was begun from nor part of it. */
export const isOver = (now: string, { before, text }: Pick<Kept, "before" | "text">): boolean =>
  now !== before && !text.startsWith(now);
