/** What somebody is told whose change could not be made, because somebody else changed the same meanwhile. */
import { lostFields } from "./join";
import { idOf, type Loss } from "./replica";
import { capital, thing } from "./thing";

/** What a window did by an edit of which all is done or nothing. */
export interface Act {
  what: string;
  undoes: boolean;
}

/** A note that was written and could not be saved. */
export interface Unsaved {
  tag: string;
  words: string;
  /** What they are about, for example "the moment at 00:04.0". */
  about: string;
  /** Its moment was deleted; else another's note stands there. */
  gone: boolean;
}

/** The notes among what edits could not do: they would be gone, so they are kept to be copied. */
export function unsavedWords(losses: readonly Loss[]): Unsaved[] {
  return losses.flatMap((loss) => {
    const words = wordsOf(loss);
    const about = thing(tagOf(loss));
    return words ? [{ tag: idOf(loss.change), words, about, gone: !loss.now }] : [];
  });
}

/** One sentence for what else edits could not do; null: there is nothing. */
export function lossSentence(losses: readonly (Loss & { act?: Act | null })[]): string | null {
  const others = losses.filter((loss) => !wordsOf(loss));
  const [first] = others;
  if (!first) return null;
  const more = new Set(others.map(({ change }) => idOf(change))).size - 1;
  const same = more ? ` The same happened to ${more} more.` : "";
  return `${sentenceOf(first)}${same}`;
}

const DONE: Record<string, string> = { merge: "merged", split: "split" };

function sentenceOf(loss: Loss & { act?: Act | null }): string {
  const { change, now, whole, act } = loss;
  const name = thing(tagOf(loss));
  if (whole) {
    const done = act?.undoes ? "taken back" : (DONE[act?.what ?? ""] ?? "changed");
    return now
      ? `Nothing was ${done}: ${name} was changed elsewhere meanwhile; look at it first.`
      : `Nothing was ${done}: ${name} was deleted elsewhere meanwhile.`;
  }
  const what = capital(name);
  if (!now) return `${what} was deleted elsewhere meanwhile, so what was changed here is not saved.`;
  const stays = `${what} was changed elsewhere meanwhile, and that stays`;
  if (change.op === "drop") return `${stays}, so it was not deleted; look at it first.`;
  return `${stays}; what was changed here of the same is not saved.`;
}

const tagOf = ({ change, now }: Loss) => now ?? (change.op === "put" ? change.tag : change.was);

/** The note that was written and is not saved. */
function wordsOf({ change, now, whole }: Loss): string {
  // What is done to several moments writes no words; those that it joins stay where they are.
  if (whole) return "";
  if (change.op === "drop" || (change.tag.note ?? "") === (change.was?.note ?? "")) return "";
  return !now || lostFields(change, now).has("note") ? (change.tag.note ?? "") : "";
}
