/**
 * The tags as this window sees them: what the store has confirmed, with this window's unanswered edits on top.
 * Pure bookkeeping: no network, no DOM.
 */
import type { Edit, Tag } from "../contract";
import { afterChange, idOf, lostFields } from "./join";
import { byTime } from "./order";
import { applyWhole } from "./whole";

export { idOf };

export type Tags = ReadonlyMap<string, Tag>;
type Change = Edit["changes"][number];

/**
 * Applies an edit to a map of tags, in place. Dropping what is not there does nothing. Returns what it could not do; one
 * that is whole then does nothing.
 */
export function applyTo(tags: Map<string, Tag>, edit: Edit): Loss[] {
  if (edit.whole) return applyWhole(tags, edit);
  return edit.changes.flatMap((change) => {
    const id = idOf(change);
    const now = afterChange(change, tags.get(id));
    if (now) tags.set(id, now);
    else tags.delete(id);
    const whole = change.op === "drop" ? !now : now && lostFields(change, now).size === 0;
    return whole ? [] : [{ change, now }];
  });
}

/** A change that did not do all it was meant to, because of what somebody else saved; `now`: the tag as it is then. */
export interface Loss {
  change: Change;
  now: Tag | undefined;
  /** The edit of which nothing is done for this. */
  whole?: string;
}

/** The ids of the tags that changes put or drop. */
function touchedBy(changes: Edit["changes"]): Set<string> {
  return new Set(changes.map(idOf));
}

/** The changes that would take `changes` back, given the tags before them. */
export function inverseOf(tags: Tags, changes: Edit["changes"]): Edit["changes"] {
  return [...touchedBy(changes)].map((id) => {
    const before = tags.get(id);
    return before ? { op: "put" as const, tag: before } : { op: "drop" as const, id };
  });
}

/** Whether it is all one what became of a tag before: this takes it away, or gives it back. */
const settles = (change: Change, id: string): boolean =>
  idOf(change) === id && (change.op === "drop" || change.how === "make");

export class Replica {
  private base = new Map<string, Tag>();
  private pending: Edit[] = [];
  private view = new Map<string, Tag>();

  get tags(): Tags {
    return this.view;
  }

  /** The tags that the store has confirmed. */
  get confirmed(): Tags {
    return this.base;
  }

  /** What the newest edit of this window's that was confirmed could not do. */
  lost: readonly Loss[] = [];

  /** The store's whole state, on every connection; `unanswered` are the edits it has yet to answer, in order. */
  reset(tags: readonly Tag[], unanswered: readonly Edit[]): void {
    // In order from the start: then every later sort has next to nothing to do.
    this.base = new Map([...tags].sort(byTime).map((tag) => [tag.id, tag]));
    this.pending = [...unanswered];
    this.replay();
  }

  /** This window's own edit, shown at once. */
  add(edit: Edit): void {
    this.pending.push(edit);
    applyTo(this.view, edit);
  }

  /** Whether the store has yet to answer an edit. */
  waits(id: string): boolean {
    return this.pending.some((edit) => edit.id === id);
  }

  /** An edit that the store has yet to answer. */
  waiting(id: string): Edit | null {
    return this.pending.find((edit) => edit.id === id) ?? null;
  }

  /**
   * The store has it. Returns whether anything changes on the screen, which is seldom: when it overtook an edit of
   * before, sent by another window, that still waits and touches the same.
   */
  acknowledge(id: string): boolean {
    const place = this.pending.findIndex((edit) => edit.id === id);
    return place >= 0 && this.confirm(place);
  }

  /** The store refused it: the screen goes back to what is true. */
  refuse(id: string): boolean {
    const before = this.pending.length;
    this.pending = this.pending.filter((edit) => edit.id !== id);
    if (this.pending.length === before) return false;
    this.replay();
    return true;
  }

  /**
   * An edit that the store has taken, from whichever window; one's own counts as acknowledged. Returns whether
   * anything changes on the screen.
   */
  receive(edit: Edit): boolean {
    const place = this.pending.findIndex(({ id }) => id === edit.id);
    if (place >= 0) return this.confirm(place);
    applyTo(this.base, edit);
    if (this.pending.length === 0) applyTo(this.view, edit);
    else this.replay();
    return true;
  }

  private confirm(place: number): boolean {
    const [edit] = this.pending.splice(place, 1) as [Edit];
    const losses = applyTo(this.base, edit);
    const later = this.pending.slice(place).flatMap(({ changes }) => changes);
    this.lost = losses.filter(
      ({ change, whole }) => whole || !later.some((next) => settles(next, idOf(change))),
    );
    const ids = touchedBy(edit.changes);
    const overtaken = this.pending.slice(0, place).flatMap(({ changes }) => [...touchedBy(changes)]);
    const turned = overtaken.some((id) => ids.has(id));
    if (turned) this.replay();
    return turned;
  }

  private replay(): void {
    this.view = new Map(this.base);
    for (const edit of this.pending) applyTo(this.view, edit);
  }
}
