/** The words of two who wrote the same note, so that neither loses any. */

/** The most letters of a note. */
const LONGEST = 4000;

/**
 * One's words after the other's; those that begin with the other's stand for both.
 *
 * @param line The most letters, for a field of one line; a note has lines.
 * @returns null where both together are too long.
 */
export function both(theirs: string, own: string, line?: number): string | null {
  if (own.startsWith(theirs)) return own;
  if (theirs.startsWith(own)) return theirs;
  const whole = `${theirs}${line === undefined ? "\n" : " · "}${own}`;
  return whole.length <= (line ?? LONGEST) ? whole : null;
}
