/** Undo and redo without end: each step knows the changes that take it back and those that do it again. */
import type { Edit } from "../contract";

type Changes = Edit["changes"];

export interface Step {
  /** What was done, in words, for "Undo: …". */
  what: string;
  forth: Changes;
  back: Changes;
}

export interface Kept {
  done: Step[];
  undone: Step[];
}

export class History {
  private done: Step[] = [];
  private undone: Step[] = [];

  get next(): { undo: string | null; redo: string | null } {
    return { undo: this.done.at(-1)?.what ?? null, redo: this.undone.at(-1)?.what ?? null };
  }

  /** Remembers a new step; what had been undone is forgotten. */
  push(step: Step): void {
    this.done.push(step);
    this.undone = [];
  }

  /** Takes the newest step to undo; null when there is none. */
  undo(): Step | null {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step ?? null;
  }

  redo(): Step | null {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step ?? null;
  }

  keep(): Kept {
    return { done: this.done, undone: this.undone };
  }

  restore(kept: Kept): void {
    this.done = [...kept.done, ...this.done];
    // What was done meanwhile comes after it, and leaves nothing to redo.
    if (this.done.length === kept.done.length) this.undone = [...kept.undone];
  }
}
