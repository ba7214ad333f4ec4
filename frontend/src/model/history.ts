/** Undo and redo without end: each step knows the changes that take it back and those that do it again. */
import type { Edit, Tag } from "../contract";
import { joined } from "./join";

type Changes = Edit["changes"];

export interface Step {
  /** What was done, in words, for "Undo: …". */
  what: string;
  forth: Changes;
  back: Changes;
  /** Where all of it is done or nothing (a merge, a split): the edit that did it first. */
  whole?: string;
}

/** All steps in order; those from `at` on are undone. */
export interface Kept {
  steps: Step[];
  at: number;
}

/**
 * What changed in the history: a new step and those that were undone and are forgotten by it, or a step undone, redone or
 * gone, because it was never done.
 */
export type Mark = { did: "new"; step: Step; forgot: Step[] } | { did: "undo" | "redo" | "gone"; step: Step };

export class History {
  private steps: Step[] = [];
  private at = 0;

  /**
   * Remembers a new step; what had been undone is forgotten.
   *
   * @param joins It goes on with the newest step, where that changed the same: together they are one.
   */
  push(step: Step, joins = false): Mark {
    const forgot = this.steps.splice(this.at);
    const before = this.steps[this.at - 1];
    const whole = joins && before && forgot.length === 0 ? joinedSteps(before, step) : null;
    if (before && whole) {
      this.steps[this.at - 1] = whole;
      return { did: "new", step: whole, forgot: [before] };
    }
    this.steps.push(step);
    this.at++;
    return { did: "new", step, forgot };
  }

  /** The steps that come next; null where there is none. */
  get ahead(): { undo: Step | null; redo: Step | null } {
    return { undo: this.steps[this.at - 1] ?? null, redo: this.steps[this.at] ?? null };
  }

  /** Takes the newest step to undo; null when there is none. */
  undo(): Step | null {
    return this.at === 0 ? null : (this.steps[--this.at] ?? null);
  }

  redo(): Step | null {
    return this.at === this.steps.length ? null : (this.steps[this.at++] ?? null);
  }

  /** The store did not do what a mark says: there is no such step, or it stands as before. Returns what that changes. */
  notDone({ did, step }: Mark): Mark | null {
    const place = this.steps.indexOf(step);
    if (place < 0) return null;
    if (did === "undo") {
      if (place !== this.at) return null;
      this.at++;
      return { did: "redo", step };
    }
    this.steps.splice(place, 1);
    if (place < this.at) this.at--;
    return { did: "gone", step };
  }

  /**
   * Puts what an earlier page knew before what was done meanwhile, which then leaves nothing to redo.
   * Returns what is new to whoever kept it.
   */
  restore(kept: Kept): Mark[] {
    const meanwhile = this.steps.slice(0, this.at);
    this.steps = [...kept.steps];
    this.at = Math.min(Math.max(kept.at, 0), this.steps.length);
    return meanwhile.map((step) => this.push(step));
  }
}

/**
 * Two steps that put the same single tag, as one; null when they are about anything else. What another window changed
 * between them is no part of it: taking it back goes behind the second, and of the first only takes what that changed.
 */
function joinedSteps(first: Step, second: Step): Step | null {
  const [begun, went] = [onlyTag(first.forth), onlyTag(second.forth)];
  if (first.what !== second.what || !begun || !went || begun.id !== went.id) return null;
  const [start, between] = [onlyTag(first.back), onlyTag(second.back)];
  const back: Changes =
    start && between ? [{ op: "put", tag: joined(start, begun, null, between) }] : first.back;
  return { what: second.what, forth: second.forth, back };
}

function onlyTag([change, more]: Changes): Tag | null {
  return change?.op === "put" && !more ? change.tag : null;
}
