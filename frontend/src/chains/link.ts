/** Linking the selected moment to what came before it, one candidate after another; and playing a whole chain. */
import type { Tag } from "../contract";
import { candidatesBefore, followed, linksFollowing, nextCandidate } from "../model/chains";
import { seconds, shortTime } from "../model/time";
import type { Session } from "../workbench/session";

/** What a moment may follow from, likeliest first; what it follows from now is always among it. */
export function candidatesFor(session: Session, tag: Tag): Tag[] {
  const near = candidatesBefore(tag, session.model.sorted.value, session.codebook, session.chains.value);
  const now = session.model.tags.get(followed(tag) ?? "");
  return now && !near.some((other) => other.id === now.id) ? [...near, now] : near;
}

/** Links the selected moment to the likeliest moment before it; called again, to the next, and then to none. */
export function linkNext(session: Session): void {
  const tag = session.model.selectedTag.value;
  if (!tag) {
    session.said.value = "Select a moment first; then this links it to what came before.";
    return;
  }
  const candidates = candidatesFor(session, tag);
  if (candidates.length === 0) {
    session.said.value = "Nothing in the twenty seconds before this moment is tagged yet.";
    return;
  }
  link(session, tag, nextCandidate(tag, candidates));
}

/** Sets what a moment follows from; null: nothing. */
export function link(session: Session, tag: Tag, before: Tag | null): void {
  session.model.amend("link", tag.id, { links: linksFollowing(tag, before) });
  session.said.value = before ? linkSentence(session, tag, before) : "It follows from nothing now.";
}

export function linkSentence({ codebook }: Session, tag: Tag, before: Tag): string {
  const verb = before.actor === tag.actor ? "Continues" : "Answers";
  const apart = seconds(tag.start - before.start);
  return `${verb} “${codebook.short(before.code)}” at ${shortTime(before.start)}, ${apart} after it began.`;
}

/** Plays from the beginning of the selected moment's chain to its end. */
export function playChain(session: Session): void {
  const chain = session.chains.value.of(session.model.selected.value);
  const [first] = chain;
  if (!first) return session.playSelected();
  const { frames, clock } = session;
  const end = Math.max(...chain.map((tag) => tag.end ?? tag.start + 500_000));
  clock.playStretch({ start: first.start, end: frames.snap(Math.min(end, frames.duration)) });
}
