/** Words that could not be saved where they were written: they are shown, to be copied, until one has seen them. */
import { type ReadonlySignal, signal } from "@preact/signals";

/**
 * Its moment is gone; the work is closed; the field has no room for them beside what another wrote; another's words were
 * saved first; or the store refused them and said why.
 */
export type Why = "gone" | "closed" | "changed" | "theirs" | "refused";

export interface LostWords {
  /** What they are kept under in this browser. */
  name: string;
  why: Why;
  words: string;
  /** They were being written when their field went: whoever writes goes on here, or the next letters would be commands. */
  writing: boolean;
}

export class Lost {
  private readonly all = signal<readonly LostWords[]>([]);

  /**
   * @param keep Keeps them in this browser, for the next page.
   * @param forget Removes what is kept of them.
   */
  constructor(
    private readonly keep: (name: string, words: string) => void,
    private readonly forget: (name: string) => void,
  ) {}

  get list(): ReadonlySignal<readonly LostWords[]> {
    return this.all;
  }

  has(name: string): boolean {
    return this.all.peek().some((one) => one.name === name);
  }

  /** Whether these words, or they and more, are here. */
  knows(name: string, words: string): boolean {
    return this.all.peek().some((one) => one.name === name && one.words.startsWith(words));
  }

  add(name: string, why: Why, words: string, writing = false): void {
    if (words.trim() === "" && !writing) return this.forget(name);
    // Where their moment is there, the next page would write them into it.
    if (why === "gone" || why === "closed") this.keep(name, words);
    const others = this.all.peek().filter((one) => one.name !== name);
    this.all.value = [...others, { name, why, words, writing }];
  }

  /** One has written on. */
  amend(name: string, words: string): void {
    this.keep(name, words);
    this.all.value = this.all.peek().map((one) => (one.name === name ? { ...one, words } : one));
  }

  /** They are somewhere again, or were seen. */
  drop(name: string): void {
    if (this.has(name)) this.all.value = this.all.peek().filter((one) => one.name !== name);
  }

  /** One has seen them: they are kept no more. */
  seen(name: string): void {
    this.drop(name);
    this.forget(name);
  }
}
