/** Which initiative a tag answers, and how soon after it: shown, never judged. */
import type { Tag } from "../contract";
import type { Codebook } from "./codebook";

/** How far back an initiative is offered as what was answered. */
const REACH = 20_000_000;

export function answered(tag: Tag): string | null {
  return tag.links?.find((link) => link.kind === "answers")?.to ?? null;
}

/** Initiatives that `tag` may answer: earlier ones toward or by the other, nearest first, at most eight. */
export function initiativesBefore(tag: Tag, sorted: readonly Tag[], codebook: Codebook): Tag[] {
  return sorted
    .filter((other) => other.id !== tag.id && codebook.begins(other.code) && other.actor !== tag.actor)
    .filter((other) => other.start <= tag.start && tag.start - other.start <= REACH)
    .reverse()
    .slice(0, 8);
}

/** From the beginning of the initiative to the beginning of the answer, in microseconds. */
export function latency(answer: Tag, initiative: Tag): number {
  return answer.start - initiative.start;
}

/** The tag's links with the answered initiative replaced; null takes it away. */
export function linksAnswering(tag: Tag, initiative: string | null): NonNullable<Tag["links"]> {
  const others = (tag.links ?? []).filter((link) => link.kind !== "answers");
  return initiative ? [...others, { kind: "answers", to: initiative }] : others;
}
