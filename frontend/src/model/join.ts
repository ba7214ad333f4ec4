/**
 * What a tag is after a change: what somebody else saved meanwhile, and the change did not know of, stays. The store
 * does the same (vigwidgets/observations/_join.py, by the same table of cases): what a window shows and what is kept
 * would else differ.
 */
import type { Drop, Edit, Link, Put, Tag } from "../contract";

type Changes = Edit["changes"];
type Whole = Required<Tag>;
type Field = keyof Tag;
type Words = Readonly<Record<string, string>>;

/** What a field means that is left out. */
const EMPTY = { modifiers: {}, certainty: null, note: "", links: [], looks: [] };

export function idOf(change: Put | Drop): string {
  return change.op === "put" ? change.tag.id : change.id;
}

/** A drop that says what it was made from leaves a tag that somebody else changed since. */
export function afterChange(change: Put | Drop, now: Tag | undefined): Tag | undefined {
  if (change.op === "put") return afterPut(change, now);
  return now && change.was && theirFields(now, change.was, change.knew).size > 0 ? now : undefined;
}

/**
 * A put that says what it was made from and how it joins changes only the fields in which its tag differs from that,
 * and of those only the ones that nobody else changed since; links and modifiers are joined one by one. Two changes that
 * do not fit do not both stand either: where the one changed what the tag is and the other made it a point, or lasting;
 * where the one moved it and the other moved an end; and where it would end before it begins. A tag that is not there
 * any more stays away, or is made. A put that was made from no tag leaves one that is there. A put of an older page does
 * not say how: there its own fields count, whoever changed them since.
 *
 * @param now The tag as it is, where there is one.
 */
export function afterPut(put: Put, now: Tag | undefined): Tag | undefined {
  if (!now) return put.how === "change" ? undefined : put.tag;
  if (!put.was) return put.how === "make" ? now : put.tag;
  if (same(whole(now), whole(put.was))) return put.tag;
  return put.how ? joined(put.tag, put.was, put.knew, now) : older(put.tag, put.was, now);
}

/** The tag as it is now, with what was changed between `was` and `wanted` where nobody else changed the same. */
export function joined(wanted: Tag, was: Tag, knew: Tag | null | undefined, now: Tag): Tag {
  const [to, from, is] = [whole(wanted), whole(was), whole(now)];
  const [fields, theirs] = [differing(to, from), theirFields(now, was, knew)];
  const own = new Set([...fields].filter((field) => !theirs.has(field)));
  // A moment that was moved is at one place or at the other.
  if (has(theirs, TIMES) && [fields, theirs].some((some) => TIMES.every((field) => some.has(field))))
    without(own, TIMES);
  const crossed = (to.end === null) !== (is.end === null);
  if (crossed && has(fields, KIND) && has(theirs, KIND)) without(own, KIND);
  if (fields.has("code") && !own.has("code")) without(own, OF_CODE);
  if (!fits(taken(is, to, own)) && has(own, TIMES)) without(own, crossed ? [...TIMES, ...KIND] : TIMES);
  return {
    ...taken(is, to, own),
    links: joinedLinks(to.links, from.links, is.links),
    modifiers: joinedWords(to.modifiers, from.modifiers, (knew ?? was).modifiers ?? {}, is.modifiers),
  };
}

/** The fields that a put changes and that are otherwise after it, because somebody else changed them meanwhile. */
export function lostFields(put: Put, after: Tag): Set<Field> {
  if (!put.how) return new Set();
  if (!put.was) return differing(whole(put.tag), whole(after));
  const [to, from, is] = [whole(put.tag), whole(put.was), whole(after)];
  const made = (field: Field): boolean => {
    if (field === "links") return madeLinks(to.links, from.links, is.links);
    if (field === "modifiers") return madeWords(to.modifiers, from.modifiers, is.modifiers);
    return same(to[field], is[field]);
  };
  return new Set([...differing(to, from)].filter((field) => !made(field)));
}

/**
 * The changes, each with the tag that it was made from. One that brings back what is not there says so itself.
 *
 * @param tags The tags as they are shown.
 * @param confirmed Those that the store is known to have.
 */
export function madeFrom(
  tags: ReadonlyMap<string, Tag>,
  changes: Changes,
  confirmed: ReadonlyMap<string, Tag> = tags,
): Changes {
  const now = new Map<string, Tag | undefined>();
  return changes.map((change) => {
    const id = idOf(change);
    const was = now.has(id) ? now.get(id) : tags.get(id);
    now.set(id, change.op === "put" ? change.tag : undefined);
    if (!was) return change.op === "put" ? { ...change, how: "make" as const } : change;
    const saved = confirmed.get(id);
    const from = saved && !same(whole(saved), whole(was)) ? { was, knew: saved } : { was };
    return change.op === "put" ? { ...change, ...from, how: "change" as const } : { ...change, ...from };
  });
}

const KIND: readonly Field[] = ["code", "end"];
const TIMES: readonly Field[] = ["start", "end"];
/** What an act that names something anew changes with it. */
const OF_CODE: readonly Field[] = ["actor", "target", "end"];
/** As many as the contract allows. */
const MOST_LINKS = 32;
const MOST_MODIFIERS = 16;

/** The links as they are, without those that were taken away and with those that were added. */
function joinedLinks(wanted: Link[], was: Link[], now: Link[]): Link[] {
  const within = (links: Link[]) => (one: Link) => links.some((other) => same(one, other));
  const [inWanted, inWas] = [within(wanted), within(was)];
  const kept = now.filter((one) => inWanted(one) || !inWas(one));
  const inKept = within(kept);
  const both = [...kept, ...wanted.filter((one) => !inWas(one) && !inKept(one))];
  return both.length <= MOST_LINKS ? both : now;
}

/** Whether every link that was added is there, and every one that was taken away is not. */
function madeLinks(wanted: Link[], was: Link[], now: Link[]): boolean {
  const within = (links: Link[]) => (one: Link) => links.some((other) => same(one, other));
  const [inWanted, inWas, inNow] = [within(wanted), within(was), within(now)];
  return wanted.every((one) => inWas(one) || inNow(one)) && was.every((one) => inWanted(one) || !inNow(one));
}

const map = (words: Words) => new Map(Object.entries(words));

/** Whether every word that was changed is as it was to be. */
function madeWords(wanted: Words, was: Words, now: Words): boolean {
  const [to, from, is] = [map(wanted), map(was), map(now)];
  return [...to.keys(), ...from.keys()].every(
    (name) => to.get(name) === from.get(name) || is.get(name) === to.get(name),
  );
}

function joinedWords(wanted: Words, was: Words, knew: Words, now: Words): Record<string, string> {
  const [to, from, saved, both] = [map(wanted), map(was), map(knew), map(now)];
  for (const name of new Set([...to.keys(), ...from.keys()])) {
    const [value, is] = [to.get(name), both.get(name)];
    if (value === from.get(name)) continue;
    if (is !== from.get(name) && is !== saved.get(name)) continue;
    if (value === undefined) both.delete(name);
    else both.set(name, value);
  }
  return both.size <= MOST_MODIFIERS ? Object.fromEntries(both) : now;
}

/** The tag as an older page's put leaves it: its own fields count. */
function older(put: Tag, from: Tag, now: Tag): Tag {
  const [wanted, was, is] = [whole(put), whole(from), whole(now)];
  const theirs = differing(is, was);
  const fields = differing(wanted, was);
  const crossed = (fields.has("code") && theirs.has("end")) || (fields.has("end") && theirs.has("code"));
  if (crossed && (wanted.end === null) !== (is.end === null)) for (const one of KIND) fields.add(one);
  const both = taken(is, wanted, fields);
  return fits(both) || !has(fields, TIMES) ? both : taken(both, wanted, new Set(TIMES));
}

/** The fields that are neither as the page showed them nor as it knew them to be saved. */
export function theirFields(now: Tag, was: Tag, knew: Tag | null | undefined): Set<Field> {
  const theirs = differing(whole(now), whole(was));
  if (!knew) return theirs;
  const since = differing(whole(now), whole(knew));
  return new Set([...theirs].filter((field) => since.has(field)));
}

const whole = (tag: Tag): Whole => ({ ...EMPTY, ...tag });
const fits = (tag: Tag): boolean => tag.end === null || tag.start < tag.end;
const has = (fields: ReadonlySet<Field>, some: readonly Field[]): boolean =>
  some.some((field) => fields.has(field));

function without(fields: Set<Field>, some: readonly Field[]): void {
  for (const field of some) fields.delete(field);
}

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
