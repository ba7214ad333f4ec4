/** Which moment of one observer is which of another's, and in what they differ. Pure functions. */
import type { Tag } from "../contract";
import type { Codebook } from "../model/codebook";
import { byTime } from "../model/order";
import type { Paired } from "./marked";

/** Whose moments are laid beside one's own. */
export interface Observer {
  id: string;
  /** As a sentence begins with it: "The expert", "A colleague". */
  name: string;
  tags: readonly Tag[];
  /** For a moment that may rightly be named in several ways: all its codes. */
  accepts?: Readonly<Record<string, readonly string[]>>;
  /** Where there is a mark, how it pairs both. */
  paired?: readonly Paired[];
}

/** What still counts as the same moment; times in microseconds. */
export interface Tolerance {
  /** Common time as a part of the time from the earlier start to the later end, 0 to 1. */
  overlap: number;
  /** How far a point may lie from the other's. */
  point: number;
  /** How far a start or an end may lie from the other's. */
  edge: number;
  /** How far apart two moments of one name may lie and still be meant as the same, begun or ended elsewhere. */
  near: number;
}

export const USUAL: Tolerance = { overlap: 0.4, point: 1_000_000, edge: 300_000, near: 2_000_000 };

/** both: seen and named alike; edge: but begun or ended elsewhere; name: but named otherwise; alone: by one only. */
export type Form = "both" | "edge" | "name" | "alone";

export interface Pair {
  form: Form;
  own: Tag | null;
  other: Tag | null;
  /** Edges that lie further apart than is allowed. */
  start: boolean;
  end: boolean;
}

/** How much two moments are at the same time, 0 to 1; 0 where too little to be the same. */
export function together(a: Tag, b: Tag, { overlap, point }: Tolerance): number {
  const [aEnd, bEnd] = [a.end ?? a.start, b.end ?? b.start];
  if (a.end === null || b.end === null) {
    const apart = Math.max(a.start - bEnd, b.start - aEnd, 0);
    // A long moment is no point, whatever lies inside it.
    const longest = Math.max(aEnd - a.start, bEnd - b.start);
    return apart <= point && longest <= 4 * point ? 1 - apart / (2 * point) : 0;
  }
  const common = Math.min(aEnd, bEnd) - Math.max(a.start, b.start);
  const share = common / (Math.max(aEnd, bEnd) - Math.min(a.start, b.start));
  return share >= overlap ? share : 0;
}

/** Whether a code is among others, or a lane stands for something under it or the reverse. */
export function agrees(code: string, others: readonly string[], codebook: Codebook): boolean {
  return others.some((other) => under(code, other, codebook) || under(other, code, codebook));
}

function under(code: string, above: string, codebook: Codebook): boolean {
  for (let at: string | null = code; at; at = codebook.code(at)?.parent ?? null)
    if (at === above) return true;
  return false;
}

interface Candidate {
  own: number;
  other: number;
  same: boolean;
  share: number;
}

/** Pairs one's own moments with another's, one to one: what is named alike first, then by how much time they share. */
export function align(
  own: readonly Tag[],
  observer: Observer,
  codebook: Codebook,
  tolerance: Tolerance = USUAL,
): Pair[] {
  const [mine, theirs] = [[...own].sort(byTime), [...observer.tags].sort(byTime)];
  const found = candidates(mine, theirs, observer, codebook, tolerance);
  found.sort((a, b) => Number(b.same) - Number(a.same) || b.share - a.share);
  const [usedOwn, usedOther] = [new Set<number>(), new Set<number>()];
  const pairs: Pair[] = [];
  for (const each of found) {
    if (usedOwn.has(each.own) || usedOther.has(each.other)) continue;
    usedOwn.add(each.own);
    usedOther.add(each.other);
    pairs.push(pairOf(mine[each.own] as Tag, theirs[each.other] as Tag, each, tolerance));
  }
  const alone = { form: "alone" as const, start: false, end: false };
  const left = (tags: readonly Tag[], used: ReadonlySet<number>) => tags.filter((_, i) => !used.has(i));
  pairs.push(...left(mine, usedOwn).map((tag) => ({ ...alone, own: tag, other: null })));
  pairs.push(...left(theirs, usedOther).map((tag) => ({ ...alone, own: null, other: tag })));
  return pairs.sort((a, b) => byTime((a.own ?? a.other) as Tag, (b.own ?? b.other) as Tag));
}

function candidates(
  mine: readonly Tag[],
  theirs: readonly Tag[],
  { accepts }: Observer,
  codebook: Codebook,
  tolerance: Tolerance,
): Candidate[] {
  const found: Candidate[] = [];
  const reach = Math.max(tolerance.point, tolerance.near);
  const longest = theirs.reduce((most, tag) => Math.max(most, (tag.end ?? tag.start) - tag.start), 0) + reach;
  let first = 0;
  mine.forEach((tag, own) => {
    while (first < theirs.length && (theirs[first] as Tag).start < tag.start - longest) first++;
    const last = (tag.end ?? tag.start) + reach;
    for (let other = first; other < theirs.length; other++) {
      const their = theirs[other] as Tag;
      if (their.start > last) break;
      if (tag.actor !== their.actor) continue;
      const same = agrees(tag.code, accepts?.[their.id] ?? [their.code], codebook);
      const share = together(tag, their, tolerance) || (same ? nearly(tag, their, tolerance) : 0);
      if (share !== 0) found.push({ own, other, share, same });
    }
  });
  return found;
}

/** Below 0, and the lower the further apart; 0 where too far to be meant as the same. */
function nearly(a: Tag, b: Tag, { near }: Tolerance): number {
  const apart = Math.max(a.start - (b.end ?? b.start), b.start - (a.end ?? a.start), 0);
  return apart < near ? -(1 + apart) : 0;
}

function pairOf(own: Tag, other: Tag, { same, share }: Candidate, { edge }: Tolerance): Pair {
  if (!same) return { form: "name", own, other, start: false, end: false };
  if (share < 0)
    return { form: "edge", own, other, start: true, end: own.end !== null && other.end !== null };
  if (own.end === null || other.end === null) return { form: "both", own, other, start: false, end: false };
  const start = Math.abs(own.start - other.start) > edge;
  const end = Math.abs(own.end - other.end) > edge;
  return { form: start || end ? "edge" : "both", own, other, start, end };
}
