/** What the craft advises about a review, in words; vigwidgets/observations/_clips.py says the same. */
import type { Tag } from "../contract";

const SECOND = 1_000_000;
const [SHORT, LONG] = [5 * SECOND, 30 * SECOND];
const [FEW, MANY] = [3, 4];

/** A sentence for each piece of advice; none is a refusal. */
export function adviceOn(clips: readonly Tag[]): string[] {
  if (clips.length === 0) return [];
  const lengths = clips.map((clip, i) => onLength(clip, i + 1));
  return [onNumber(clips.length), onStills(clips), ...lengths].filter((sentence) => sentence !== "");
}

function onNumber(n: number): string {
  if (n < FEW) return `${n === 1 ? "One clip" : `${n} clips`} so far; three or four make a review.`;
  if (n > MANY) return `${n} clips are many: three or four leave time to look again and to talk.`;
  return "";
}

function onStills(clips: readonly Tag[]): string {
  const stills = clips.flatMap((clip, place) => (clip.end === null ? [place] : []));
  if (stills.length > 1) return `${stills.length} stills; one is enough, and film shows what a still cannot.`;
  if (stills[0] === 0)
    return clips.length > 1 ? "It begins with a still: good when film of oneself is new to the parent." : "";
  return stills.length ? "The still may come first when film of oneself is new to the parent." : "";
}

function onLength(clip: Tag, number: number): string {
  if (clip.end === null) return "";
  const length = clip.end - clip.start;
  if (length < SHORT)
    return `Clip ${number} lasts ${(length / SECOND).toFixed(1)} s; under 5 s there is little time to see it.`;
  if (length > LONG)
    return `Clip ${number} lasts ${(length / SECOND).toFixed(0)} s; over 30 s the one thing in it gets lost.`;
  return "";
}
