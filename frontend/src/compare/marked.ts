/** Pairs that a mark was made of: where there is one, nothing is paired anew here, and nobody reads two counts. */
import type { Beat, Tag } from "../contract";
import { byTime } from "../model/order";
import type { Form, Observer, Pair } from "./align";

/** As the service gives it: a form, the id of one's own moment, and that of the other's. */
export type Paired = readonly [form: Form, own: string | null, other: string | null];

/** The id of the moment that an expert's beat is shown as. */
export const momentOfBeat = (beat: Pick<Beat, "id">): string => `beat-${beat.id}`.slice(0, 64);

/**
 * Returns pairs as they were marked, by time. What the mark does not count, such as a lane that the exercise leaves
 * out, is in none of them.
 *
 * @param edge How far an edge may lie from the other's, in microseconds: which of them to speak of.
 */
export function markedPairs(
  own: readonly Tag[],
  observer: Observer,
  paired: readonly Paired[],
  edge: number,
): Pair[] {
  const [mine, theirs] = [own, observer.tags].map((tags) => new Map(tags.map((tag) => [tag.id, tag])));
  const found = paired.flatMap(([form, ownId, otherId]): Pair[] => {
    const [a, b] = [mine?.get(ownId ?? "") ?? null, theirs?.get(otherId ?? "") ?? null];
    if (!a && !b) return [];
    return [
      { form, own: a, other: b, ...(form === "edge" ? apart(a, b, edge) : { start: false, end: false }) },
    ];
  });
  return found.sort((a, b) => byTime((a.own ?? a.other) as Tag, (b.own ?? b.other) as Tag));
}

/** Which edges differ; the beginnings, where neither lies far off and the moments are only too unlike in length. */
function apart(a: Tag | null, b: Tag | null, edge: number): { start: boolean; end: boolean } {
  if (!a || !b) return { start: true, end: false };
  const end = a.end !== null && b.end !== null && Math.abs(a.end - b.end) > edge;
  return { start: Math.abs(a.start - b.start) > edge || !end, end };
}
