/** What an earlier page was writing when it went: it is saved, or kept to be copied. */
import { effect, untracked } from "@preact/signals";
import { both } from "./both";
import { BOTH_KEPT, isOver, type Kept, readKept } from "./keptDraft";
import { type Lost, whyGone } from "./lost";
import type { ObservationModel } from "./observation";
import { thing } from "./thing";

/** After so long, in ms, a moment that is not there is taken for deleted. */
const COMES_BACK = 6000;

/**
 * Takes it up, beside the words that were written elsewhere since, where there are any.
 *
 * @param begins What the drafts' names begin with; the tag follows.
 * @returns How to stop waiting for moments that are not there yet.
 */
export function takeUpLeft(
  model: ObservationModel,
  begins: string,
  storage: Storage | null,
  lost: Lost,
): () => void {
  const names = Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "");
  const left = new Map(
    names
      .filter((name) => name.startsWith(begins))
      .map((name) => [name.slice(begins.length), readKept(storage?.getItem(name) ?? null)]),
  );
  let later: ReturnType<typeof setTimeout> | undefined;
  const giveUp = () => {
    for (const [tag, kept] of left) {
      const draft = `${begins}${tag}`;
      if (kept?.text) lost.add({ draft, about: kept.about ?? thing(null) }, whyGone(model), kept.text);
      storage?.removeItem(draft);
    }
    left.clear();
  };
  const stop = effect(() => {
    model.version.value;
    if (!model.ready.value || left.size === 0) return;
    for (const [tag, kept] of [...left]) {
      if (!model.tags.has(tag)) continue;
      left.delete(tag);
      storage?.removeItem(`${begins}${tag}`);
      if (kept) untracked(() => again(model, tag, kept, { lost, draft: `${begins}${tag}` }));
    }
    // A moment that grew when the page went is made a little later.
    later ??= setTimeout(giveUp, COMES_BACK);
  });
  return () => {
    stop();
    clearTimeout(later);
  };
}

/** Saves what was left of one field. */
function again(model: ObservationModel, tag: string, kept: Kept, to: { lost: Lost; draft: string }): void {
  const now = model.tags.get(tag);
  const note = now?.note ?? "";
  if (kept.both) model.refusal.value = BOTH_KEPT;
  if (note === kept.text) return;
  const theirs = isOver(note, kept) ? note : null;
  if (kept.edits.length > 0) {
    // They may have been saved, and changed since by somebody who had read them.
    if (theirs === null) model.resend(kept.edits);
    return;
  }
  const whole = theirs === null ? kept.text : both(theirs, kept.text, kept.line);
  const why = model.closed.value ? "closed" : "changed";
  if (whole === null || why === "closed")
    return to.lost.add({ draft: to.draft, about: thing(now) }, why, kept.text);
  model.amend("note", tag, { note: whole });
  if (theirs !== null) model.refusal.value = BOTH_KEPT;
}
