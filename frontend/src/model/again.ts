/**
 * Taking a step back, or doing it again, where somebody else may have changed the same tags since: what they changed
 * stays, and only what the step itself did is turned round.
 */
import type { Edit, Put, Tag } from "../contract";
import { joined, lostFields } from "./join";
import type { Tags } from "./replica";

type Changes = Edit["changes"];

/**
 * A step that is whole is turned round wholly or not at all; what it leaves as it is, is named all the same, because it
 * must still be so when it is done.
 *
 * @param from The changes that stand now, as far as nobody else changed anything.
 * @param to The changes that would take their place.
 * @returns What to change, and whether something had to stay as another left it.
 */
export function turned(
  tags: Tags,
  from: Changes,
  to: Changes,
  whole = false,
): { changes: Changes; stays: boolean } {
  const before = outcome(from);
  const changes: Changes = [];
  const guards: Changes = [];
  let stays = false;
  for (const [id, wanted] of outcome(to)) {
    const now = tags.get(id) ?? null;
    const expected = before.get(id) ?? null;
    if (same(now, wanted)) {
      if (now) guards.push({ op: "put", tag: now });
      continue;
    }
    if (same(now, expected)) {
      changes.push(wanted ? given(wanted, now) : { op: "drop", id });
      continue;
    }
    if (!now || !expected || !wanted) {
      stays = true;
      continue;
    }
    const put = { op: "put" as const, tag: wanted, was: expected, how: "change" as const };
    const both = joined(wanted, expected, null, now);
    (same(both, now) ? guards : changes).push({ op: "put", tag: both });
    stays ||= lostFields(put, both).size > 0;
  }
  if (!whole) return { changes, stays };
  return { changes: stays || changes.length === 0 ? [] : [...guards, ...changes], stays };
}

/** A tag as it is wanted; where this gives back what was taken away, it is for a tag that is still away. */
const given = (tag: Tag, now: Tag | null): Put =>
  now ? { op: "put", tag } : { op: "put", tag, was: tag, how: "make" };

/** What each tag is after the changes; null: not there. */
function outcome(changes: Changes): Map<string, Tag | null> {
  return new Map(
    changes.map((change) => (change.op === "put" ? [change.tag.id, change.tag] : [change.id, null])),
  );
}

/** Whether two values mean the same: what is left out and what is empty do, and the order of keys says nothing. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(plain(one)) === JSON.stringify(plain(other));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.length ? value.map(plain) : null;
  if (typeof value !== "object" || value === null) return value === "" ? null : (value ?? null);
  const parts = Object.entries(value).map(([key, part]) => [key, plain(part)] as const);
  const kept = parts.filter(([, part]) => part !== null).sort(([a], [b]) => (a < b ? -1 : 1));
  return kept.length ? Object.fromEntries(kept) : null;
}
