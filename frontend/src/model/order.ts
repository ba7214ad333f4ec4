/** The order in which moments are read. */
import type { Tag } from "../contract";

/** By beginning, then end, then id. */
export function byTime(a: Tag, b: Tag): number {
  return a.start - b.start || (a.end ?? a.start) - (b.end ?? b.start) || (a.id < b.id ? -1 : 1);
}
