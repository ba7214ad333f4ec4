/** What tagging needs beside the tags: what is looked at, one's own keys and reaction time, and what is said aloud. */
import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Tag } from "../contract";
import { codeKeys, type Personal, readPersonal } from "../keys/codes";
import type { Codebook } from "../model/codebook";
import type { Coder } from "../model/coding";
import { EVERYTHING, type Filter, isOpen, matcher } from "../model/filter";
import type { ObservationModel } from "../model/observation";
import { keep, personKey, recall } from "../model/prefs";
import { seconds, shortTime } from "../model/time";

/** The longest reaction time that may be set, in milliseconds. */
export const SLOWEST = 1000;

export class Desk {
  readonly filter = signal<Filter>(EVERYTHING);
  /** The tags that are looked at, by time. */
  readonly listed: ReadonlySignal<readonly Tag[]>;
  /** Their ids; null when all are. */
  readonly matching: ReadonlySignal<ReadonlySet<string> | null>;
  /** A tap takes a moment in or lets it go, and a drag chooses all it touches: for hands without Shift. */
  readonly picking = signal(false);
  /** The row that the list's keys are on while several are chosen: going through the list must not choose. */
  readonly cursor = signal<string | null>(null);
  /** The row that the list is on. */
  readonly row: ReadonlySignal<string | null>;
  /** The newest thing that was done, for a screen reader. */
  readonly said = signal("");
  readonly dialog = signal<"codes" | "reaction" | null>(null);
  readonly personal: Signal<Personal>;
  /** The key of each code. */
  readonly keys: ReadonlySignal<ReadonlyMap<string, string>>;
  /** The part of the page that is this tagger's. */
  root: ParentNode = document;
  /** Where choosing several in a row began. */
  anchor: string | null = null;
  private readonly stop: () => void;

  constructor(
    private readonly model: ObservationModel,
    private readonly codebook: Codebook,
    private readonly coder: Coder,
    person: string | undefined,
  ) {
    const me = personKey(person);
    this.listed = computed(() => {
      const all = model.sorted.value;
      const filter = this.filter.value;
      return isOpen(filter) ? all : all.filter(matcher(filter, codebook, model.cast));
    });
    this.matching = computed(() =>
      isOpen(this.filter.value) ? null : new Set(this.listed.value.map(({ id }) => id)),
    );
    this.row = computed(() => {
      const { picking, cursor } = this;
      model.version.value;
      const apart = picking.value && model.tags.has(cursor.value ?? "");
      return apart ? cursor.value : model.selected.value;
    });
    const [ownKeys, ownTime] = [`keys:${codebook.scheme.id}:${me}`, `reaction:${me}`];
    this.personal = signal(readPersonal(recall(ownKeys), codebook));
    this.keys = computed(() => codeKeys(codebook, this.personal.value));
    coder.reaction.value = readReaction(recall(ownTime));
    const ends = [
      effect(() => keep(ownKeys, orNull(this.personal.value))),
      effect(() => keep(ownTime, coder.reaction.value || null)),
      effect(() => this.hear()),
      // Why nothing could be done is no news any more once something is selected.
      effect(() => {
        if (model.selected.value) coder.hint.value = null;
      }),
    ];
    this.stop = () => {
      for (const end of ends) end();
    };
  }

  dispose(): void {
    this.stop();
  }

  /** Says something once, even when it is what was said before. */
  say(text: string): void {
    this.said.value = this.said.value === text ? `${text}\u00a0` : text;
  }

  setReaction(milliseconds: number): void {
    this.coder.reaction.value = readReaction(milliseconds);
  }

  /** What live tagging did, or could not do, is said aloud as well. */
  private hear(): void {
    const why = this.coder.hint.value;
    const made = this.coder.made.value;
    untracked(() => {
      if (why) this.say(why);
      else if (made) this.say(`Added: ${this.sentence(made)}.`);
    });
  }

  /** What a moment is, in words. */
  sentence(tag: Tag): string {
    const member = (id: string) => this.model.cast.find((one) => one.id === id)?.name ?? id;
    const length = tag.end === null ? "a point" : seconds(tag.end - tag.start);
    const who = `${member(tag.actor)} toward ${member(tag.target)}`;
    return `${this.codebook.short(tag.code)}, ${who}, at ${shortTime(tag.start)}, ${length}`;
  }
}

/** Whole milliseconds between none and the most that may be set. */
export function readReaction(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value)
    ? Math.round(Math.min(Math.max(value, 0), SLOWEST))
    : 0;
}

function orNull(personal: Personal): Personal | null {
  return Object.keys(personal).length ? personal : null;
}
