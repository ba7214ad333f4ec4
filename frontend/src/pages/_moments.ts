/** Moments and their addresses: `#t=12.300,14.100`, in seconds, as W3C Media Fragments write them. */

/** A stretch of film time in microseconds; a point has its end at its start. */
export interface Stretch {
  start: number;
  end: number;
}

const SECOND = 1_000_000;

/** The stretch that an address names, kept inside the film; null if it names none. */
export function stretchOf(hash: string, duration: number): Stretch | null {
  const found = /^#t=(\d{1,6}(?:\.\d{1,6})?)(?:,(\d{1,6}(?:\.\d{1,6})?))?$/.exec(hash);
  if (!found) return null;
  const start = Math.round(Number(found[1]) * SECOND);
  const end = found[2] === undefined ? start : Math.round(Number(found[2]) * SECOND);
  if (start >= duration) return null;
  return { start, end: Math.min(Math.max(start, end), duration) };
}

/** The link whose moment this is, to the millisecond; null if there is none. */
export function momentAt<T extends { dataset: DOMStringMap }>(
  stretch: Stretch,
  links: readonly T[],
): T | null {
  const near = (text: string | undefined, moment: number) => Math.abs(Number(text) - moment) <= 1000;
  return (
    links.find((one) => near(one.dataset.start, stretch.start) && near(one.dataset.end, stretch.end)) ?? null
  );
}
