/**
 * What a tag is after a put: where somebody else changed it meanwhile, both changes stand. The store does the same
 * (vigwidgets/observations/_join.py, by the same table of cases): what a window shows and what is kept would else differ.
 */
import type { Edit, Put, Tag } from "../contract";

type Changes = Edit["changes"];
type Whole = Required<Tag>;
type Field = keyof Tag;

/** What a field means that is left out. */
const EMPTY = { modifiers: {}, certainty: null, note: "", links: [], looks: [] };

/**
 * A put that says what it was made from changes only the fields in which its tag differs from that; the others stay as
 * they are now. Two changes that do not fit do not both stand, and the put's does: where the one changed what the tag
 * is and the other made it a point, or lasting; and where it would end before it begins.
 *
 * @param now The tag as it is, where there is one.
 */
export function afterPut(put: Put, now: Tag | undefined): Tag {
  if (!now || !put.was) return put.tag;
  const [wanted, was, is] = [whole(put.tag), whole(put.was), whole(now)];
  const theirs = differing(is, was);
  if (theirs.size === 0) return put.tag;
  const fields = differing(wanted, was);
  const crossed = (fields.has("code") && theirs.has("end")) || (fields.has("end") && theirs.has("code"));
  if (crossed && (wanted.end === null) !== (is.end === null)) for (const one of KIND) fields.add(one);
  const both = taken(is, wanted, fields);
  if (both.end === null || both.start < both.end || !TIMES.some((one) => fields.has(one))) return both;
  return taken(both, wanted, new Set(TIMES));
}

/** The changes, each put with the tag that it was made from. */
export function madeFrom(tags: ReadonlyMap<string, Tag>, changes: Changes): Changes {
  const now = new Map<string, Tag | undefined>();
  return changes.map((change) => {
    if (change.op === "drop") {
      now.set(change.id, undefined);
      return change;
    }
    const { id } = change.tag;
    const was = now.has(id) ? now.get(id) : tags.get(id);
    now.set(id, change.tag);
    return was ? { ...change, was } : change;
  });
}

const KIND: readonly Field[] = ["code", "end"];
const TIMES: readonly Field[] = ["start", "end"];

const whole = (tag: Tag): Whole => ({ ...EMPTY, ...tag });

function differing(one: Whole, other: Whole): Set<Field> {
  const fields = new Set<Field>();
  for (const field in one) if (!same(one[field as Field], other[field as Field])) fields.add(field as Field);
  return fields;
}

const taken = (from: Whole, wanted: Whole, fields: ReadonlySet<Field>): Whole => ({
  ...from,
  ...Object.fromEntries([...fields].map((field) => [field, wanted[field]])),
});

/** Whether two values mean the same; the order of keys says nothing. */
function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  const [keys, others] = [Object.keys(one), Object.keys(other)];
  const part = (of: object, key: string) => (of as Record<string, unknown>)[key];
  return keys.length === others.length && keys.every((key) => same(part(one, key), part(other, key)));
}
