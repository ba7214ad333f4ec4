/** A rating sheet's state: which item is in focus, how each is rated, and the moments that show it. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Code, Scale, Step, Tag } from "../contract";
import { Reel } from "../film/reel";
import { say } from "../model/codebook";
import { isRating, RATING } from "../model/rated";
import type { Session } from "../workbench/session";
import { browserMemory, FirstLook } from "./firstLook";

const NOT_YET = "What was rated before has not arrived yet; rate once it is there, in a moment.";

export interface SheetOptions {
  /** Whether the total and the cut-off may be shown. */
  total: boolean;
  look: "free" | "whole";
}

export const ratingId = (item: string): string => `${RATING}.${item}`;

export class Rating {
  readonly items: readonly Code[];
  readonly steps: readonly Step[];
  /** The item that digits rate. */
  readonly item: Signal<string>;
  /** Each item's rating, by item. */
  readonly rated: ReadonlySignal<ReadonlyMap<string, Tag>>;
  /** Each item's moments, by item and then by time. */
  readonly evidence: ReadonlySignal<ReadonlyMap<string, readonly Tag[]>>;
  /** The sum; null while an item is open, and for a scale of words. */
  readonly total: ReadonlySignal<number | null>;
  readonly reel: Reel;
  readonly look: FirstLook;
  /** Why the newest press did nothing. */
  readonly hint = signal<string | null>(null);

  constructor(
    private readonly session: Session,
    readonly scale: Scale,
    readonly options: SheetOptions,
  ) {
    this.items = session.codebook.lanes;
    this.steps = scale.steps;
    this.item = signal(this.items[0]?.id ?? "");
    const { model } = session;
    this.rated = computed(
      () => new Map(model.sorted.value.filter(isRating).map((tag) => [tag.code, tag] as const)),
    );
    this.evidence = computed(() => {
      const all = new Map<string, Tag[]>();
      for (const tag of model.sorted.value) {
        if (!isRating(tag)) all.set(tag.code, [...(all.get(tag.code) ?? []), tag]);
      }
      return all;
    });
    this.total = computed(() => {
      const values = this.items.map(({ id }) => this.stepOf(id)?.value ?? null);
      return values.includes(null) ? null : values.reduce((sum: number, value) => sum + (value ?? 0), 0);
    });
    this.reel = new Reel(session.clock);
    this.look = new FirstLook(session.clock, browserMemory(session.options.observation));
    if (options.look === "whole" && !session.readOnly.value) this.look.ask();
  }

  dispose(): void {
    this.reel.dispose();
    this.look.dispose();
  }

  /** Whether the steps are numbers; else they are words, and no digit is shown as one. */
  get numbers(): boolean {
    return this.steps.every((step) => step.value !== null);
  }

  /** The highest total that there is. */
  get most(): number {
    return Math.max(...this.steps.map((step) => step.value ?? 0)) * this.items.length;
  }

  stepOf(item: string): Step | undefined {
    const chosen = this.rated.value.get(item)?.modifiers?.[RATING];
    return this.steps.find((step) => step.id === chosen);
  }

  /** Rates an item; once more the same is no change. */
  rate(item: string, step: string): void {
    const { codebook, model, frames } = this.session;
    const before = this.rated.value.get(item);
    if (before?.modifiers?.[RATING] === step) return;
    const who = codebook.proposed(item, model.cast);
    if (!who) {
      this.hint.value = `Nobody in this film can be rated for “${codebook.label(item)}”.`;
      return;
    }
    // Each rating has an id of its own, so that one which has not arrived yet would be replaced.
    this.hint.value = model.ready.value ? null : NOT_YET;
    if (!model.ready.value) return;
    const blank: Tag = {
      certainty: null,
      note: "",
      links: [],
      modifiers: {},
      ...before,
      id: ratingId(item),
      code: item,
      ...who,
      start: 0,
      end: frames.duration,
    };
    const tag = { ...blank, modifiers: { ...before?.modifiers, [RATING]: step } };
    // Another window may have rated it and written down why: that stays.
    model.change(`rate ${codebook.short(item)}`, [{ op: "put", tag, was: blank, how: "make" }]);
  }

  /** Takes an item's rating back. */
  open(item: string): void {
    if (this.rated.value.has(item)) this.session.model.drop(ratingId(item));
  }

  /** Puts the item `by` places on in focus. */
  move(by: number): void {
    const here = this.items.findIndex(({ id }) => id === this.item.value);
    const next = this.items[Math.min(Math.max(here + by, 0), this.items.length - 1)];
    if (next) this.item.value = next.id;
  }

  /** An item's key went down: the moment is kept while the film plays; while it stands, the first press only chooses. */
  press(item: string): void {
    const { clock, coder } = this.session;
    const here = this.item.value === item;
    this.item.value = item;
    if (clock.direction.value === 1 || here) coder.press(item);
  }

  /** Plays all that was kept for an item, moment by moment; once more, it stops. */
  playEvidence(item: string): void {
    if (this.reel.at.value !== null) return this.reel.end();
    const parts = (this.evidence.value.get(item) ?? []).flatMap(({ id }) => this.session.stretchOf(id) ?? []);
    this.reel.play(parts);
  }

  /** The names of the items that are not rated yet. */
  get missing(): string[] {
    return this.items.filter(({ id }) => !this.rated.value.has(id)).map(({ label }) => say(label));
  }

  /** What is rated so far, in words. */
  get progress(): string {
    return `${this.rated.value.size} of ${this.items.length} rated`;
  }

  /** What the total says, or why there is none to see. */
  get verdict(): { sum: string; says: string } | null {
    if (!this.options.total || !this.numbers) return null;
    const sum = this.total.value;
    if (sum === null) return null;
    const { cutoff, cutoff_says } = this.scale;
    if (!cutoff) return { sum: `${sum} of ${this.most}`, says: "" };
    const side = sum >= cutoff ? `at or above the cut-off of ${cutoff}` : `below the cut-off of ${cutoff}`;
    return { sum: `${sum} of ${this.most}, ${side}`, says: say(cutoff_says ?? undefined) };
  }
}
