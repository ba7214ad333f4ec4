/** Finds how far apart two cameras of one scene were started, from how loud each was when. */
import type { Peaks } from "./data";

const SECOND = 1_000_000;
/** Cameras are looked for this far apart, in seconds. */
const FURTHEST = 90;
/** Steps a second of the rough search. */
const ROUGH = 10;
/** Less alike than this is chance. */
const LEAST = 0.35;

/** How much louder it gets from one step to the next: what two microphones agree on, wherever they stand. */
function onsets(loudness: readonly number[], from: number, to: number): number[] {
  const steps = Math.floor((loudness.length * to) / from);
  const at = (i: number) => {
    let [sum, count] = [0, 0];
    const end = Math.max(Math.floor(((i + 1) * from) / to), Math.floor((i * from) / to) + 1);
    for (let j = Math.floor((i * from) / to); j < end && j < loudness.length; j++, count++)
      sum += loudness[j] as number;
    return count ? sum / count : 0;
  };
  const values = Array.from({ length: steps }, (_, i) => at(i));
  return values.map((value, i) => Math.max(value - (values[i - 1] ?? value), 0));
}

/** How alike two runs are when the second is read `lag` steps later: 1 the same, 0 nothing in common. */
function likeness(a: readonly number[], b: readonly number[], lag: number): number {
  let [both, first, second, count] = [0, 0, 0, 0];
  for (let i = Math.max(0, -lag); i < a.length && i + lag < b.length; i++, count++) {
    const [x, y] = [a[i] as number, b[i + lag] as number];
    both += x * y;
    first += x * x;
    second += y * y;
  }
  const enough = Math.min(a.length, b.length) * 0.25;
  return count < enough || first === 0 || second === 0 ? 0 : both / Math.sqrt(first * second);
}

function best(a: readonly number[], b: readonly number[], from: number, to: number): [number, number] {
  let found: [number, number] = [0, -1];
  for (let lag = from; lag <= to; lag++) {
    const alike = likeness(a, b, lag);
    if (alike > found[1]) found = [lag, alike];
  }
  return found;
}

/**
 * Returns by how much the second film's time is ahead of the first's, in microseconds; null when the two sounds have
 * too little in common to tell.
 */
export function matchSound(first: Peaks, second: Peaks): number | null {
  const rough = [onsets(first.peaks, first.rate, ROUGH), onsets(second.peaks, second.rate, ROUGH)] as const;
  const [lag] = best(...rough, -FURTHEST * ROUGH, FURTHEST * ROUGH);
  const rate = Math.min(first.rate, second.rate, 100);
  const fine = [onsets(first.peaks, first.rate, rate), onsets(second.peaks, second.rate, rate)] as const;
  const about = Math.round((lag / ROUGH) * rate);
  const near = Math.ceil((2 * rate) / ROUGH);
  const [exact, alike] = best(...fine, about - near, about + near);
  return alike < LEAST ? null : Math.round((exact / rate) * SECOND);
}
