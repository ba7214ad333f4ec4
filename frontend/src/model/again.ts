/**
 * Taking a step back, or doing it again, where somebody else may have changed the same tags since: what they changed
 * stays, and only what the step itself did is turned round.
 */
import type { Edit, Tag } from "../contract";
import type { Tags } from "./replica";

type Changes = Edit["changes"];

/** Fields that make sense only together. */
const TOGETHER: readonly (readonly (keyof Tag)[])[] = [["start", "end"]];

/**
 * @param from The changes that stand now, as far as nobody else changed anything.
 * @param to The changes that would take their place.
 * @returns What to change, and whether something had to stay as another left it.
 */
export function turned(tags: Tags, from: Changes, to: Changes): { changes: Changes; stays: boolean } {
  const before = outcome(from);
  const changes: Changes = [];
  let stays = false;
  for (const [id, wanted] of outcome(to)) {
    const now = tags.get(id) ?? null;
    const expected = before.get(id) ?? null;
    if (same(now, wanted)) continue;
    if (same(now, expected)) {
      changes.push(wanted ? { op: "put", tag: wanted } : { op: "drop", id });
      continue;
    }
    const both = now && expected && wanted ? joined(now, expected, wanted) : null;
    if (both && !same(both.tag, now)) changes.push({ op: "put", tag: both.tag });
    stays ||= both?.stays ?? true;
  }
  return { changes, stays };
}

/** What each tag is after the changes; null: not there. */
function outcome(changes: Changes): Map<string, Tag | null> {
  return new Map(
    changes.map((change) => (change.op === "put" ? [change.tag.id, change.tag] : [change.id, null])),
  );
}

/** The tag as it is now, with the fields that the step changed as they are wanted, where nobody changed them since. */
function joined(now: Tag, expected: Tag, wanted: Tag): { tag: Tag; stays: boolean } {
  const tag = { ...now };
  let stays = false;
  for (const fields of groups([now, expected, wanted])) {
    const differ = (one: Tag, other: Tag) => fields.some((field) => !same(one[field], other[field]));
    if (!differ(expected, wanted) || !differ(now, wanted)) continue;
    if (differ(now, expected)) stays = true;
    else Object.assign(tag, Object.fromEntries(fields.map((field) => [field, wanted[field]])));
  }
  return { tag, stays };
}

function groups(tags: readonly Tag[]): (readonly (keyof Tag)[])[] {
  const all = new Set(tags.flatMap((tag) => Object.keys(tag) as (keyof Tag)[]));
  const alone = [...all].filter((field) => !TOGETHER.some((fields) => fields.includes(field)));
  return [...TOGETHER, ...alone.map((field) => [field])];
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
