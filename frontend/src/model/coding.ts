/**
 * Making tags: live, while the film plays, and from a still picture. A tag's time is that of the frame on the
 * screen, which it includes; live, it is earlier by the person's own reaction time where that is set.
 */
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Code, Tag } from "../contract";
import type { FilmClock } from "../film/clock";
import type { Codebook } from "./codebook";
import { newId } from "./ids";
import type { ObservationModel } from "./observation";

/** A key held for longer than this ends the tag when it is let go; a shorter press is a tap. */
export const HOLD = 350;
/** How long a tag made from a still picture is at first, in microseconds. */
const FIRST_LENGTH = 1_000_000;

/** A tag that is growing while the film plays. */
export interface Growing {
  /** The lane that it is painted on. */
  lane: Code;
  /** What was pressed: a lane or one of its behaviours. */
  pressed: Code;
  /** What it will be called: what was pressed, or what it was then said to be. */
  code: string;
  start: number;
  /** How far it has come: the end of the newest frame shown. */
  reach: number;
  since: number;
}

export class Coder {
  /** Growing tags by the code that was pressed. */
  readonly growing = signal<ReadonlyMap<string, Growing>>(new Map());
  /** The lanes that something grows on. */
  readonly lanes = computed(() => new Set([...this.growing.value.values()].map(({ lane }) => lane.id)));
  /** Why the newest press made nothing. */
  readonly hint = signal<string | null>(null);
  /** The newest tag that was made. */
  readonly made = signal<Tag | null>(null);
  /** The person's reaction time in milliseconds: live tags begin and end that much earlier. */
  readonly reaction = signal(0);
  /** What is added to a new tag before it is put, for example a link; null: nothing. */
  complete: ((tag: Tag) => Tag) | null = null;
  private readonly stop: () => void;

  constructor(
    private readonly model: ObservationModel,
    private readonly clock: FilmClock,
    private readonly codebook: Codebook,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.stop = effect(() => {
      const [shown, wanted] = [clock.shown.value, clock.wanted.value];
      untracked(() => this.follow(shown, wanted));
    });
  }

  dispose(): void {
    this.stop();
  }

  /** A code's key or button went down. */
  press(id: string): void {
    const code = this.codebook.code(id);
    if (!code || this.model.closed.value) return;
    this.hint.value = null;
    if (this.growing.value.has(id)) return this.close(id, true);
    if (this.clock.direction.value !== 1) return this.still(code, this.clock.time.value);
    this.closeExcluded(code);
    const start = this.reacted(this.clock.time.value);
    if (code.kind === "point") return this.make(code, start, null);
    this.grow(
      new Map(this.growing.value).set(id, {
        lane: this.codebook.laneOf(id),
        pressed: code,
        code: id,
        start,
        reach: this.clock.frames.end(this.clock.frame.value),
        since: this.now(),
      }),
    );
  }

  /** It came up again: a long press ends the tag, a tap on a code that takes points makes one. */
  release(id: string): void {
    const growing = this.growing.value.get(id);
    const live = growing?.pressed.live ?? "either";
    if (!growing || live === "press") return;
    const long = this.now() - growing.since >= HOLD;
    if (!long && growing.pressed.kind === "either") {
      this.forget(id);
      return this.make(this.codebook.code(growing.code) ?? growing.pressed, growing.start, null);
    }
    if (long || live === "hold") this.close(id, true);
  }

  /** Says what the newest growing tag of a lane is; false when nothing grows. */
  refine(place: number): boolean {
    const newest = [...this.growing.value].sort(([, a], [, b]) => b.since - a.since)[0];
    if (!newest) return false;
    const [id, growing] = newest;
    const code = this.codebook.children(growing.lane.id)[place];
    if (code && code.kind !== "point")
      this.grow(new Map(this.growing.value).set(id, { ...growing, code: code.id }));
    return true;
  }

  /** Ends every growing tag where it is. */
  closeAll(): void {
    for (const id of [...this.growing.value.keys()]) this.close(id);
  }

  /** Makes a tag by hand, for example by a drag; `end` is null for a point. */
  make(code: Code, start: number, end: number | null): void {
    const draft = this.draft(code, start, code.kind === "point" ? null : end);
    if (!draft) return;
    const tag = this.complete?.(draft) ?? draft;
    this.model.put(`add ${this.codebook.short(code.id)}`, tag);
    this.model.selected.value = tag.id;
    this.made.value = tag;
  }

  private still(code: Code, start: number): void {
    const { frames } = this.clock;
    const end =
      code.kind === "state"
        ? Math.max(frames.snap(start + FIRST_LENGTH), frames.end(frames.at(start)))
        : null;
    this.make(code, start, end);
  }

  private draft(code: Code, start: number, end: number | null): Tag | null {
    const who = this.codebook.proposed(code.id, this.model.cast);
    if (!who) {
      this.hint.value = `Nobody in this film can show “${this.codebook.label(code.id)}”.`;
      return null;
    }
    return {
      id: newId("tag"),
      code: code.id,
      ...who,
      start,
      end,
      modifiers: {},
      certainty: null,
      note: "",
      links: [],
    };
  }

  /** One code of an exclusive set ends the others, when the same person would show both. */
  private closeExcluded(code: Code): void {
    const actor = this.codebook.proposed(code.id, this.model.cast)?.actor;
    for (const [id, growing] of [...this.growing.value]) {
      if (!this.codebook.exclude(code.id, growing.code)) continue;
      if (this.codebook.proposed(growing.code, this.model.cast)?.actor === actor) this.close(id, true);
    }
  }

  /** The frame that was on the screen when what is on it now was decided: earlier by the reaction time. */
  private reacted(moment: number): number {
    const { frames, speed } = this.clock;
    return frames.start(frames.at(Math.max(moment - this.reaction.value * 1000 * speed.value, 0)));
  }

  private close(id: string, byHand = false): void {
    const growing = this.growing.value.get(id);
    if (!growing) return;
    this.forget(id);
    const { frames } = this.clock;
    let end = growing.reach;
    if (byHand && this.reaction.value > 0) {
      const last = this.reacted(frames.start(frames.at(growing.reach - 1)));
      end = Math.max(frames.end(frames.at(last)), frames.end(frames.at(growing.start)));
    }
    this.make(this.codebook.code(growing.code) ?? growing.pressed, growing.start, end);
  }

  /** Growing tags reach to the frame on the screen; a jump back ends them where they had come to. */
  private follow(shown: number, wanted: number | null): void {
    if (wanted !== null && this.clock.direction.peek() === 1) return;
    const all = this.growing.peek();
    if (all.size === 0) return;
    const end = this.clock.frames.end(shown);
    const next = new Map(all);
    for (const [id, growing] of all) {
      if (end > growing.reach) next.set(id, { ...growing, reach: end });
      else if (end < growing.reach - 2 * (end - this.clock.frames.start(shown))) return this.close(id);
    }
    this.grow(next);
    if (shown === this.clock.frames.last) this.closeAll();
  }

  private forget(id: string): void {
    const next = new Map(this.growing.value);
    next.delete(id);
    this.grow(next);
  }

  private grow(next: ReadonlyMap<string, Growing>): void {
    this.growing.value = next;
  }
}
