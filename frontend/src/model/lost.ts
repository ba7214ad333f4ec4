/** Words that could not be saved where they were written: they are shown, to be copied, until one has seen them. */
import { type ReadonlySignal, signal } from "@preact/signals";

/**
 * Its moment is gone; the work is closed; the field has no room for them beside what another wrote; or the store refused
 * them and said why.
 */
export type Why = "gone" | "closed" | "changed" | "refused";

export interface LostWords {
  /** What they are kept under in this browser. */
  name: string;
  why: Why;
  words: string;
}

export class Lost {
  private readonly all = signal<readonly LostWords[]>([]);

  /** @param forget Removes what is kept of them. */
  constructor(private readonly forget: (name: string) => void) {}

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

  add(name: string, why: Why, words: string): void {
    if (words.trim() === "") return this.forget(name);
    this.all.value = [...this.all.peek().filter((one) => one.name !== name), { name, why, words }];
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
