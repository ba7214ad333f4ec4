/**
 * An edit that is whole: its changes only mean something together (a merge, a split), so that all are done or none. The
 * store does the same (vigwidgets/observations/_whole.py, by the same table of cases).
 */
import type { Drop, Edit, Put, Tag } from "../contract";
import { afterChange, idOf, lostFields, theirFields } from "./join";
import type { Loss, Tags } from "./replica";

/**
 * Does all of an edit to a map of tags, in place, or nothing of it. It counts what the page showed when it was made:
 * what the store was last known to have (`knew`) does not, because an act that it was built on may itself not be done.
 *
 * @returns For which of its changes nothing is done; each with the tag as it is.
 */
export function applyWhole(tags: Map<string, Tag>, { id, changes }: Edit): Loss[] {
  const trial = new Map(changes.map((change) => [idOf(change), tags.get(idOf(change))]));
  const losses: Loss[] = [];
  for (const change of changes) {
    const now = trial.get(idOf(change));
    const after = afterChange({ ...change, knew: null }, now);
    if (!does(change, now, after)) losses.push({ change, now: tags.get(idOf(change)), whole: id });
    trial.set(idOf(change), after);
  }
  // It is as it was to be, by this same edit or another's: nobody need be told.
  if (losses.length > 0) return changes.every((change) => isDone(tags, change)) ? [] : losses;
  for (const [one, after] of trial) {
    if (after) tags.set(one, after);
    else tags.delete(one);
  }
  return [];
}

/**
 * Whether a change does all that it was meant to, to a tag that is as it was shown: what is said of two moments alike is
 * said of one when they are merged, so that every word of either counts. Links join one by one.
 */
function does(change: Put | Drop, now: Tag | undefined, after: Tag | undefined): boolean {
  if (change.op === "drop") return !after && (now !== undefined || !change.was);
  if (!after || lostFields(change, after).size > 0) return false;
  if (!now || !change.was) return true;
  return [...theirFields(now, change.was, null)].every((field) => field === "links");
}

function isDone(tags: Tags, change: Put | Drop): boolean {
  const now = tags.get(idOf(change));
  return change.op === "drop" ? !now : now !== undefined && lostFields(change, now).size === 0;
}
