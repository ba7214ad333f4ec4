/** One's own moments beside others': who is shown, what agrees, and a walk through what does not. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Tag } from "../contract";
import type { FilmClock, Stretch } from "../film/clock";
import type { Codebook } from "../model/codebook";
import { seconds, shortTime } from "../model/time";
import type { Group } from "../timeline/layout";
import { align, type Form, type Observer, type Pair, type Tolerance, USUAL } from "./align";
import { markedPairs, type Paired } from "./marked";

export interface CompareOptions {
  observers: Observer[];
  tolerance?: Tolerance;
  /** Whose the own moments are, inside a sentence; "you" when it is left out. */
  who?: string;
  /** Of a mark that may be laid beside: how it pairs, and whether the service says so for another eye as well. */
  marked?: { paired: Paired[]; steps: boolean } | null;
}

/** What is drawn on a moment. */
export interface Mark {
  form: Form;
  start: boolean;
  end: boolean;
}

export interface Difference extends Pair {
  observer: Observer;
}

/** From what agrees least to what agrees most: what is drawn on a moment that several others saw as well. */
const PLAINEST: Form[] = ["both", "edge", "name", "alone"];
/** Room around what is played, in microseconds. */
const AROUND = 700_000;

export class Comparison {
  readonly observers: readonly Observer[];
  /** What counts as the same moment, as the exercise says it. */
  readonly usual: Tolerance;
  /** How far edges may lie apart, in microseconds, where somebody has asked for another eye; null: as the exercise says. */
  readonly within = signal<number | null>(null);
  readonly tolerance: ReadonlySignal<Tolerance>;
  /** How a mark's moments pair where edges (microseconds) may lie so far apart, once that is known; null: as marked. */
  readonly given = signal<{ edge: number; paired: readonly Paired[] } | null>(null);
  /** Whether somebody may ask for another eye. */
  readonly adjustable: boolean;
  readonly who: string;
  /** The ids of those that are shown. */
  readonly shown: Signal<ReadonlySet<string>>;
  /** Whether all rows of one lane lie together; otherwise all rows of one observer. */
  readonly together = signal(true);
  /** Which difference one stands on. */
  readonly at = signal<number | null>(null);
  readonly active: ReadonlySignal<boolean>;
  /** Whether rows lie lane by lane now. */
  readonly stacked: ReadonlySignal<boolean>;
  readonly pairs: ReadonlySignal<readonly Difference[]>;
  readonly differences: ReadonlySignal<readonly Difference[]>;
  readonly marks: ReadonlySignal<ReadonlyMap<string, Mark> | null>;
  readonly now: ReadonlySignal<Difference | null>;

  constructor(
    private readonly own: ReadonlySignal<Group>,
    private readonly codebook: Codebook,
    private readonly clock: FilmClock,
    options: CompareOptions | null,
  ) {
    this.observers = options?.observers ?? [];
    this.usual = options?.tolerance ?? USUAL;
    this.tolerance = computed(() => withinOf(this.usual, this.within.value));
    this.who = options?.who ?? "you";
    this.adjustable = this.observers.some(({ paired }) => !paired) || options?.marked?.steps === true;
    this.shown = signal<ReadonlySet<string>>(new Set(this.observers.slice(0, 1).map(({ id }) => id)));
    this.active = computed(() => this.observers.some(({ id }) => this.shown.value.has(id)));
    this.stacked = computed(() => this.active.value && this.together.value);
    this.pairs = computed(() =>
      this.present().flatMap((observer) => this.pairsWith(observer).map((pair) => ({ ...pair, observer }))),
    );
    this.differences = computed(() => differencesOf(this.pairs.value));
    this.marks = computed(() => (this.active.value ? marksOf(this.pairs.value) : null));
    this.now = computed(() => this.differences.value[this.at.value ?? -1] ?? null);
  }

  /** The rows to draw: one's own, then everybody's who is shown. */
  groups(): Group[] {
    const own = this.own.value;
    if (!this.active.value) return [own];
    const others = this.present().map(
      ({ name, tags }): Group => ({ name: `${name} saw`, manner: "expert", tags }),
    );
    return [{ ...own, name: own.name ?? "You saw" }, ...others];
  }

  /** The moments that one is shown now. */
  pointed(): ReadonlySet<string> {
    const { own, other } = this.now.value ?? {};
    return new Set([own, other].flatMap((tag) => tag?.id ?? []));
  }

  toggle(id: string): void {
    const next = new Set(this.shown.value);
    if (!next.delete(id)) next.add(id);
    this.shown.value = next;
    this.at.value = null;
  }

  /** Goes to the next difference (or the one before), shows it and plays it. From nowhere: from what is on the screen. */
  step(by: 1 | -1): void {
    const all = this.differences.value;
    if (all.length === 0) return;
    const now = this.clock.time.value;
    let next = (this.at.value ?? 0) + by;
    if (this.at.value === null) {
      next =
        by > 0 ? all.findIndex((one) => startOf(one) >= now) : all.findLastIndex((one) => startOf(one) < now);
      if (next < 0) next = by > 0 ? 0 : all.length - 1;
    }
    this.at.value = (next + all.length) % all.length;
    this.play();
  }

  /** Plays the difference that one stands on. */
  play(): void {
    const one = this.now.value;
    if (!one) return;
    const tags = [one.own, one.other].filter((tag): tag is Tag => tag !== null);
    this.clock.playStretch(this.stretch(tags));
  }

  playTag(tag: Tag): void {
    this.clock.playStretch(this.stretch([tag]));
  }

  private stretch(tags: readonly Tag[]): Stretch {
    const { frames } = this.clock;
    const start = Math.min(...tags.map((tag) => tag.start));
    const end = Math.max(...tags.map((tag) => tag.end ?? tag.start));
    const room = end > start ? 0 : AROUND;
    return {
      start: frames.snap(Math.max(start - room, 0)),
      end: frames.snap(Math.min(end + room, frames.duration)),
    };
  }

  private pairsWith(observer: Observer): Pair[] {
    const [own, tolerance] = [this.own.value.tags, this.tolerance.value];
    if (!observer.paired) return align(own, observer, this.codebook, tolerance);
    const { edge, paired } = this.given.value ?? { edge: this.usual.edge, paired: observer.paired };
    return markedPairs(own, observer, paired, edge);
  }

  /** Whether a mark says of somebody who is shown what is alike. */
  byMark(): boolean {
    return this.present().some(({ paired }) => paired);
  }

  /** Whether something is shown that the mark does not count, so that it is drawn plain. */
  uncounted(): boolean {
    const marks = this.marks.value;
    return marks !== null && this.groups().some(({ tags }) => tags.some(({ id }) => !marks.has(id)));
  }

  private present(): Observer[] {
    return this.observers.filter(({ id }) => this.shown.value.has(id));
  }
}

/** A tolerance with its edges so far apart as is asked; what is near stays wider than what is the same. */
function withinOf(usual: Tolerance, within: number | null): Tolerance {
  if (within === null) return usual;
  return { ...usual, edge: within, point: within, near: Math.max(usual.near, 2 * within) };
}

export const startOf = ({ own, other }: Pair): number =>
  Math.min(own?.start ?? Number.POSITIVE_INFINITY, other?.start ?? Number.POSITIVE_INFINITY);

/** What is drawn on each moment; on one that several others saw as well, that on which they agree most. */
function marksOf(pairs: readonly Difference[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { form, own, other, start, end } of pairs)
    for (const tag of [own, other]) {
      if (!tag) continue;
      const known = marks.get(tag.id);
      if (!known || PLAINEST.indexOf(form) < PLAINEST.indexOf(known.form))
        marks.set(tag.id, { form, start, end });
    }
  return marks;
}

/** What is not alike, by time. A moment of one's own is alone once, and only when nobody who is shown has it. */
function differencesOf(pairs: readonly Difference[]): Difference[] {
  const shared = new Set(pairs.flatMap(({ own, other }) => (own && other ? own.id : [])));
  const told = new Set<string>();
  const once = pairs.filter(({ form, own, other }) => {
    if (form === "both") return false;
    if (!own || other) return true;
    const first = !shared.has(own.id) && !told.has(own.id);
    told.add(own.id);
    return first;
  });
  return once.sort((a, b) => startOf(a) - startOf(b));
}

const DIFFERS: Record<Exclude<Form, "both">, string> = {
  edge: "named alike but begun or ended elsewhere",
  name: "named otherwise",
  alone: "seen by one",
};

/** How many there are of each form; beside a mark, what is alike is what the mark says is. */
export function countSentence(comparison: Comparison): string {
  const { pairs, differences, tolerance, given } = comparison;
  const alike = pairs.value.filter(({ form }) => form === "both").length;
  const within = tolerance.value.edge / 1_000_000;
  const moments = alike === 1 ? "1 moment" : `${alike} moments`;
  const eye = given.value ? `, where edges may differ by ${given.value.edge / 1_000_000} s` : "";
  const first = comparison.byMark()
    ? `${moments} seen alike${eye}`
    : `${moments} named alike and within ${within} s at both edges`;
  const all = differences.value;
  if (all.length === 0) return `${first}.`;
  const each = (["edge", "name", "alone"] as const).flatMap((form) => {
    const many = all.filter((one) => one.form === form).length;
    return many ? `${many} ${DIFFERS[form]}` : [];
  });
  return `${first}; ${all.length} to look at together: ${each.join(", ")}.`;
}

/** A difference in words: both sides as they are, none of them as wrong. */
export function sentenceOf(one: Difference, codebook: Codebook, you = "you", others = 1): string {
  const { own, other, form } = one;
  const at = shortTime(startOf(one));
  const name = one.observer.name.replace(/^(The|A|You)\b/, (word) => word.toLowerCase());
  const said = (tag: Tag) => `“${codebook.short(tag.code)}”`;
  const nobody = others > 1 ? "nobody else named it" : `${name} did not name it`;
  if (!other) return own ? `${at}: ${you} saw ${said(own)}; ${nobody}.` : "";
  if (!own) return `${at}: ${name} saw ${said(other)} here as well.`;
  if (form === "name" && codebook.short(own.code) === codebook.short(other.code))
    return `${at}: both saw ${said(own)}, but not the same person doing it.`;
  if (form === "name") return `${at}: ${you} saw ${said(own)}, ${name} ${said(other)}.`;
  const apart = [
    one.start && `begins ${offset(other.start - own.start)}`,
    one.end && `ends ${offset((other.end ?? 0) - (own.end ?? 0))}`,
  ].filter(Boolean);
  return `${at}: both saw ${said(own)}; for ${name} it ${apart.join(" and ")}.`;
}

const offset = (by: number): string => `${seconds(Math.abs(by))} ${by < 0 ? "earlier" : "later"}`;
