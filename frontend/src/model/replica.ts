/**
 * The tags as this window sees them: what the store has confirmed, with this window's unanswered edits on top.
 * Pure bookkeeping: no network, no DOM.
 */
import type { Edit, Tag } from "../contract";
import { byTime } from "./order";

export type Tags = ReadonlyMap<string, Tag>;

/** Applies an edit to a map of tags, in place. Dropping what is not there does nothing. */
export function applyTo(tags: Map<string, Tag>, edit: Edit): void {
  for (const change of edit.changes) {
    if (change.op === "put") tags.set(change.tag.id, change.tag);
    else tags.delete(change.id);
  }
}

/** The changes that would take `changes` back, given the tags before them. */
export function inverseOf(tags: Tags, changes: Edit["changes"]): Edit["changes"] {
  const touched = new Set(changes.map((change) => (change.op === "put" ? change.tag.id : change.id)));
  return [...touched].map((id) => {
    const before = tags.get(id);
    return before ? { op: "put" as const, tag: before } : { op: "drop" as const, id };
  });
}

export class Replica {
  private base = new Map<string, Tag>();
  private pending: Edit[] = [];
  private view = new Map<string, Tag>();

  get tags(): Tags {
    return this.view;
  }

  /** The tags that the store has confirmed. */
  get confirmed(): number {
    return this.base.size;
  }

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

  /** The store has it: nothing changes on the screen. */
  acknowledge(id: string): boolean {
    const place = this.pending.findIndex((edit) => edit.id === id);
    if (place < 0) return false;
    applyTo(this.base, this.pending[place] as Edit);
    this.pending.splice(place, 1);
    return true;
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
    if (this.acknowledge(edit.id)) return false;
    applyTo(this.base, edit);
    if (this.pending.length === 0) applyTo(this.view, edit);
    else this.replay();
    return true;
  }

  private replay(): void {
    this.view = new Map(this.base);
    for (const edit of this.pending) applyTo(this.view, edit);
  }
}
