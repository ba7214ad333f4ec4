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
  /** The tag's id from the beginning: however it comes to be kept, it is one tag. */
  id: string;
  /** The lane that it is painted on. */
  lane: Code;
  /** What was pressed: a lane or one of its behaviours. */
  pressed: Code;
  /** What it will be called: what was pressed, or what it was then said to be. */
  code: string;
  start: number;
  /** How far it has come: the end of the frame on the screen. */
  reach: number;
  /** How far it had come when the film last played. */
  played: number;
  since: number;
}

/** Whether letting go now would make a point of it. */
export function mayBeATap({ pressed, start, reach }: Growing): boolean {
  return pressed.kind === "either" && pressed.live !== "press" && reach - start < HOLD * 1000;
}

export class Coder {
  /** Growing tags by the code that was pressed. */
  readonly growing = signal<ReadonlyMap<string, Growing>>(new Map());
  /** The lanes that something grows on. */
  readonly lanes = computed(() => new Set([...this.growing.value.values()].map(({ lane }) => lane.id)));
  /** The one that was begun last: what is said of a growing tag is said of this one. */
  readonly newest = computed(() => [...this.growing.value].at(-1) ?? null);
  /** All but those that may still turn out to be taps, which are points at once and never grow. */
  readonly lasting = computed(() => [...this.growing.value.values()].filter((one) => !mayBeATap(one)));
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
      const [frame, seeking] = [clock.frame.value, clock.wanted.value !== null];
      const plays = clock.direction.value === 1;
      untracked(() => this.follow(frame, seeking, plays));
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
    const reach = this.clock.frames.end(this.clock.frame.value);
    this.set(id, {
      id: newId("tag"),
      lane: this.codebook.laneOf(id),
      pressed: code,
      code: id,
      start,
      reach,
      played: reach,
      since: this.now(),
    });
  }

  /** It came up again: a long press ends the tag, a tap on a code that takes points makes one. */
  release(id: string): void {
    const growing = this.growing.value.get(id);
    const live = growing?.pressed.live ?? "either";
    if (!growing || live === "press") return;
    const long = this.now() - growing.since >= HOLD;
    if (!long && growing.pressed.kind === "either") {
      this.forget(id);
      return this.make(this.codebook.code(growing.code) ?? growing.pressed, growing.start, null, growing.id);
    }
    if (long || live === "hold") this.close(id, true);
  }

  /** Says which of its lane's behaviours the newest growing tag is, -1 none; false when nothing grows. */
  refine(place: number): boolean {
    const newest = this.newest.value;
    if (!newest) return false;
    const [id, growing] = newest;
    const code = place < 0 ? growing.lane : this.codebook.children(growing.lane.id)[place];
    if (code && code.kind !== "point") this.set(id, { ...growing, code: code.id });
    return true;
  }

  /** Throws the newest growing tag away; returns what it was called, null when nothing grows. */
  abandon(): string | null {
    const newest = this.newest.value;
    if (!newest) return null;
    const [id, growing] = newest;
    this.forget(id);
    return growing.code;
  }

  /** What grows by a code is made by somebody else. */
  leave(code: string): void {
    this.forget(code);
  }

  /** What would be made if all that grows ended now. */
  unfinished(): Tag[] {
    return this.lasting.value.flatMap(({ id, code, pressed, start, reach }) => {
      return this.draft(this.codebook.code(code) ?? pressed, start, reach, id) ?? [];
    });
  }

  /** Ends every growing tag where it is. */
  closeAll(): void {
    for (const id of [...this.growing.value.keys()]) this.close(id);
  }

  /** Makes a tag by hand, for example by a drag; `end` is null for a point. */
  make(code: Code, start: number, end: number | null, id = newId("tag")): void {
    const draft = this.draft(code, start, code.kind === "point" ? null : end, id);
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

  private draft(code: Code, start: number, end: number | null, id: string): Tag | null {
    const who = this.codebook.proposed(code.id, this.model.cast);
    if (!who) {
      this.hint.value = `Nobody in this film can show “${this.codebook.label(code.id)}”.`;
      return null;
    }
    return {
      id,
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
    // A still picture needs no quickness.
    if (byHand && this.reaction.value > 0 && this.clock.direction.value === 1) {
      const last = this.reacted(frames.start(frames.at(growing.reach - 1)));
      end = Math.max(frames.end(frames.at(last)), frames.end(frames.at(growing.start)));
    }
    this.make(this.codebook.code(growing.code) ?? growing.pressed, growing.start, end, growing.id);
  }

  /**
   * Growing tags reach to the frame on the screen. A jump back while the film plays ends them where they had
   * come to; stepping back from a pause takes them along. Gone back to before they began, they end where they
   * had come to while it played.
   */
  private follow(frame: number, seeking: boolean, plays: boolean): void {
    const all = this.growing.peek();
    // A jump is known by where it comes out.
    if (all.size === 0 || (plays && seeking)) return;
    const { frames } = this.clock;
    const end = frames.end(frame);
    const least = (growing: Growing) =>
      plays ? growing.reach - 2 * (end - frames.start(frame)) : frames.end(frames.at(growing.start));
    const left = [...all].filter(([, growing]) => end < least(growing));
    for (const [id, growing] of left) {
      this.set(id, { ...growing, reach: plays ? growing.reach : growing.played });
      this.close(id);
    }
    const next = new Map(this.growing.peek());
    for (const [id, growing] of next) {
      const reach = plays ? Math.max(end, growing.reach) : end;
      next.set(id, { ...growing, reach, played: plays ? reach : growing.played });
    }
    this.grow(next);
    if (!seeking && frame === frames.last) this.closeAll();
  }

  private forget(id: string): void {
    const next = new Map(this.growing.value);
    next.delete(id);
    this.grow(next);
  }

  private set(id: string, growing: Growing): void {
    this.grow(new Map(this.growing.value).set(id, growing));
  }

  private grow(next: ReadonlyMap<string, Growing>): void {
    this.growing.value = next;
  }
}
