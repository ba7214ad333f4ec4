/** What a tag is called in a sentence. */
import type { Tag } from "../contract";
import { isRating } from "./rated";
import { shortTime } from "./time";

const CLIPS: Record<string, string> = { clip: "clip", still: "still" };

/** For example "the moment at 00:04.0"; a rating is of the whole film. */
export function thing(tag: Tag | null | undefined): string {
  if (!tag) return "a moment";
  if (isRating(tag)) return "this rating";
  return `the ${CLIPS[tag.code] ?? "moment"} at ${shortTime(tag.start)}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
