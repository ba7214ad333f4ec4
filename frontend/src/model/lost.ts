/**
 * Words that could not be saved where they were written: they are shown, to be copied, until one has seen them. They are
 * kept in this browser under names of their own: what is written later about the same moment has nothing to do with them.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { ObservationModel } from "./observation";

/**
 * Its moment is gone; the work is closed; the field has no room for them beside what another wrote; another's words were
 * saved first; or the store refused them and said why.
 */
export type Why = "gone" | "closed" | "changed" | "theirs" | "refused";
const WHYS: readonly string[] = ["gone", "closed", "changed", "theirs", "refused"] satisfies Why[];

/** Why words have no moment. */
export const whyGone = ({ closed }: ObservationModel): Why => (closed.value ? "closed" : "gone");

export interface LostWords {
  /** What they are kept under in this browser. */
  name: string;
  why: Why;
  words: string;
  /** What they are about, for example "the moment at 00:04.0". */
  about: string;
  /** They were being written when their field went: whoever writes goes on here, or the next letters would be commands. */
  writing: boolean;
}

/** Whose words they were: the draft's name, and what they are about. */
export interface Origin {
  draft: string;
  about: string;
}

const PREFIX = "vig:lost:";

export class Lost {
  private readonly all = signal<readonly LostWords[]>([]);

  constructor(private readonly storage: Storage | null) {}

  get list(): ReadonlySignal<readonly LostWords[]> {
    return this.all;
  }

  /** Whether these words of a draft, or they and more, are here. */
  knows(draft: string, words: string): boolean {
    return this.of(draft).some((one) => one.words.startsWith(words));
  }

  /** Shows what an earlier page kept of the drafts whose names begin so. */
  takeUp(drafts: string): void {
    const { storage } = this;
    const names = Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "");
    const begins = `${PREFIX}${drafts}`;
    const kept = names.filter((name) => name.startsWith(begins)).sort();
    const read = kept.flatMap((name) => readLost(name, storage?.getItem(name) ?? null) ?? []);
    this.all.value = [...this.all.peek(), ...read];
  }

  /** Words that go on with what is here already take its place. */
  add({ draft, about }: Origin, why: Why, words: string, writing = false): void {
    if ((words.trim() === "" && !writing) || (this.knows(draft, words) && words !== "")) return;
    const before = this.of(draft).find((one) => words.startsWith(one.words));
    const name = before?.name ?? this.free(draft);
    const others = this.all.peek().filter((one) => one.name !== name);
    this.show([...others, { name, why, words, about, writing }], name);
  }

  /** One has written on. */
  amend(name: string, words: string): void {
    this.show(
      this.all.peek().map((one) => (one.name === name ? { ...one, words } : one)),
      name,
    );
  }

  /** One has seen them: they are kept no more. */
  seen(name: string): void {
    this.all.value = this.all.peek().filter((one) => one.name !== name);
    this.storage?.removeItem(name);
  }

  private show(all: readonly LostWords[], name: string): void {
    this.all.value = all;
    const { why, words, about } = all.find((one) => one.name === name) ?? { words: "" };
    try {
      if (words !== "") this.storage?.setItem(name, JSON.stringify({ why, words, about }));
    } catch {
      // A full browser keeps them no longer than the page.
    }
  }

  private of(draft: string): LostWords[] {
    return this.all.peek().filter(({ name }) => name.startsWith(`${PREFIX}${draft}:`));
  }

  private free(draft: string): string {
    const taken = new Set(this.of(draft).map(({ name }) => name));
    for (let n = 1; ; n++) {
      const name = `${PREFIX}${draft}:${n}`;
      if (!taken.has(name) && !this.storage?.getItem(name)) return name;
    }
  }
}

function readLost(name: string, text: string | null): LostWords | null {
  try {
    const { why, words, about } = JSON.parse(text ?? "") as LostWords;
    if (typeof words !== "string" || typeof about !== "string" || !WHYS.includes(why)) return null;
    return { name, why, words, about, writing: false };
  } catch {
    return null;
  }
}
