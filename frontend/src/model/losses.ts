/** What somebody is told whose change could not be made, because somebody else changed the same meanwhile. */
import { lostFields } from "./join";
import type { Loss } from "./replica";

const CHANGED = "This moment was changed elsewhere meanwhile, and that stays";

/** One sentence for what an edit could not do, with the words that would else be gone; null: it did all. */
export function lossSentence(losses: readonly Loss[]): string | null {
  const worst = losses.find(wordsOf) ?? losses[0];
  if (!worst) return null;
  const words = wordsOf(worst);
  const yours = words ? ` Your note was: “${words}”` : "";
  if (worst.change.op === "drop") return `${CHANGED}, so it was not deleted; look at it first.`;
  if (!worst.now)
    return `This moment was deleted elsewhere meanwhile, so what was changed here is not saved.${yours}`;
  return `${CHANGED}; what was changed here of the same is not saved.${yours}`;
}

/** The note that was written and is not saved. */
function wordsOf({ change, now }: Loss): string {
  if (change.op === "drop" || (change.tag.note ?? "") === (change.was?.note ?? "")) return "";
  return !now || lostFields(change, now).has("note") ? (change.tag.note ?? "") : "";
}
