/**
 * The numbers of what a page asks over a widget's comm. A notebook that is open twice is two pages on one comm, and
 * what the kernel answers reaches both: so each page counts from a place of its own, and knows its answers by it.
 */

/** Each page has room for this many questions; Python reads from a number which page's it is. */
const ROOM = 2 ** 24;
/** As many pages as are told apart; the largest number stays below 2^53, up to which all can be written. */
const PAGES = 2 ** 28;

/** Counts what one page asks; `random` says where it begins. */
export function counter(random: number): () => number {
  let newest = (random % PAGES) * ROOM;
  return () => ++newest;
}

/** Returns a number that no question of this page had before, greater than all of them. */
export const nextNumber = counter(crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
