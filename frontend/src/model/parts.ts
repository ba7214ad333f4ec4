/** Many changes as several edits: a store takes so many changes, and so long a message, at once. */
import type { Edit } from "../contract";

type Changes = Edit["changes"];

/** The contract allows a thousand changes; the service a million bytes, of which a letter may take three. */
const MOST = 500;
const LONGEST = 250_000;

/** Whether changes can be sent as one edit, and those that take them back, which may be twice as long. */
export const isOne = (changes: Changes): boolean =>
  changes.length <= MOST &&
  changes.reduce((length, one) => length + JSON.stringify(one).length, 0) <= LONGEST / 2;

/** Cuts changes into parts that can be sent, in order. */
export function inParts(changes: Changes): Changes[] {
  const parts: Changes[] = [];
  let part: Changes = [];
  let length = 0;
  for (const change of changes) {
    const more = JSON.stringify(change).length + 1;
    if (part.length > 0 && (part.length >= MOST || length + more > LONGEST)) {
      parts.push(part);
      part = [];
      length = 0;
    }
    part.push(change);
    length += more;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
