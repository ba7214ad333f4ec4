/**
 * Tracing back: from a moment that went well, back in growing steps, to ask what came just before. What is tagged on
 * the way is linked to that moment.
 */
import { computed, signal } from "@preact/signals";
import type { Tag } from "../contract";
import type { FilmClock } from "../film/clock";
import type { Coder } from "../model/coding";
import type { ObservationModel } from "../model/observation";

/** How far back each step lies, in microseconds: half seconds first, then seconds, then two. */
export const STEPS = [0.5, 1, 2, 3, 4, 6, 8, 10, 12, 14, 16, 18, 20].map((s) => s * 1_000_000);

export interface Tracing {
  /** The moment that it goes back from. */
  from: string;
  /** Which step it stands on. */
  step: number;
}

export class Trace {
  readonly now = signal<Tracing | null>(null);
  /** The moment that it goes back from. */
  readonly magic = computed(() => {
    this.model.version.value;
    return this.model.tags.get(this.now.value?.from ?? "") ?? null;
  });
  /** Where it stands, in film time. */
  readonly at = computed(() => {
    const [tracing, magic] = [this.now.value, this.magic.value];
    return tracing && magic ? Math.max(magic.start - (STEPS[tracing.step] as number), 0) : null;
  });
  /** Moments that lie between there and the magic moment's beginning, nearest first. */
  readonly before = computed(() => {
    const [at, magic] = [this.at.value, this.magic.value];
    if (at === null || !magic) return [];
    const near = this.model.sorted.value.filter(
      (tag) => tag.id !== magic.id && tag.start < magic.start && (tag.end ?? tag.start) >= at,
    );
    return near.reverse();
  });

  constructor(
    private readonly model: ObservationModel,
    private readonly clock: FilmClock,
    private readonly coder: Coder,
  ) {}

  /** Begins at the selected moment, or goes one step further back. A moment that was found on the way is gone on from. */
  back(): void {
    const selected = this.model.selectedTag.value;
    const magic = this.magic.value;
    if (!magic || (selected && selected.id !== magic.id)) return this.begin(selected);
    const step = (this.now.value?.step ?? 0) + 1;
    if (step < STEPS.length && (this.at.value ?? 0) > 0) this.go(step);
  }

  /** One step nearer to the moment again. */
  nearer(): void {
    const step = this.now.value?.step ?? 0;
    if (step > 0) this.go(step - 1);
  }

  /** Whether there is any further back to go. */
  get furthest(): boolean {
    return (this.now.value?.step ?? 0) >= STEPS.length - 1 || this.at.value === 0;
  }

  /** Plays from here to the end of the moment. */
  play(): void {
    const [at, magic] = [this.at.value, this.magic.value];
    if (at === null || !magic) return;
    const end = magic.end ?? Math.min(magic.start + 500_000, this.clock.frames.duration);
    this.clock.playStretch({ start: this.clock.frames.snap(at), end: this.clock.frames.snap(end) });
  }

  /** Says that a moment which is there already came just before. */
  choose(tag: Tag): void {
    this.model.amend("what came just before", tag.id, { links: this.linked(tag).links ?? [] });
  }

  /** Whether a moment is said to have come before. */
  isLinked(tag: Tag): boolean {
    return tag.links?.some((link) => link.to === this.now.value?.from) ?? false;
  }

  /** Ends it and goes back to the moment. */
  stop(): void {
    const magic = this.magic.value;
    this.now.value = null;
    this.coder.complete = null;
    if (!magic) return;
    this.model.selected.value = magic.id;
    this.clock.pause();
    this.clock.seekTime(magic.start);
  }

  private begin(from: Tag | null): void {
    if (!from || this.model.closed.value) return;
    this.now.value = { from: from.id, step: 0 };
    this.coder.complete = (tag) => this.complete(tag);
    this.go(0);
  }

  private go(step: number): void {
    const tracing = this.now.value;
    if (!tracing) return;
    this.now.value = { ...tracing, step };
    this.model.selected.value = tracing.from;
    this.clock.pause();
    if (this.at.value !== null) this.clock.seekTime(this.at.value);
  }

  /** A moment tagged on the way: it ends where the magic moment begins, at the latest, and is linked to it. */
  private complete(tag: Tag): Tag {
    const magic = this.magic.value;
    if (!magic || tag.start >= magic.start) return tag;
    const end = tag.end === null ? null : Math.min(tag.end, magic.start);
    return this.linked({ ...tag, end });
  }

  private linked(tag: Tag): Tag {
    const magic = this.magic.value;
    if (!magic || this.isLinked(tag)) return tag;
    return { ...tag, links: [...(tag.links ?? []), { kind: "precedes", to: magic.id }] };
  }
}
