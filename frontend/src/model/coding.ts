/**
 * Making tags: live, while the film plays, and from a still picture. A tag's time is that of the frame on the
 * screen, which it includes.
 */
import { effect, signal, untracked } from "@preact/signals";
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
  lane: Code;
  start: number;
  /** How far it has come: the end of the newest frame shown. */
  reach: number;
  pressed: number;
}

export class Coder {
  /** Growing tags by lane. */
  readonly growing = signal<ReadonlyMap<string, Growing>>(new Map());
  /** Why the newest press made nothing. */
  readonly hint = signal<string | null>(null);
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

  /** A lane's key or button went down. */
  press(laneId: string): void {
    const lane = this.codebook.code(laneId);
    if (!lane || this.model.frozen.value) return;
    this.hint.value = null;
    if (this.growing.value.has(laneId)) return this.close(laneId);
    const frame = this.clock.frame.value;
    const start = this.clock.frames.start(frame);
    if (this.clock.direction.value !== 1) return this.still(lane, start);
    if (lane.kind === "point") return this.make(lane, start, null);
    this.grow(
      new Map(this.growing.value).set(laneId, {
        lane,
        start,
        reach: this.clock.frames.end(frame),
        pressed: this.now(),
      }),
    );
  }

  /** It came up again: a long press ends the tag, a tap on a lane that takes points makes one. */
  release(laneId: string): void {
    const growing = this.growing.value.get(laneId);
    if (!growing) return;
    if (this.now() - growing.pressed >= HOLD) return this.close(laneId);
    if (growing.lane.kind !== "either") return;
    this.forget(laneId);
    this.make(growing.lane, growing.start, null);
  }

  /** Ends every growing tag where it is. */
  closeAll(): void {
    for (const lane of [...this.growing.value.keys()]) this.close(lane);
  }

  /** Makes a tag by hand, for example by a drag; `end` is null for a point. Returns its id. */
  make(lane: Code, start: number, end: number | null): void {
    const tag = this.draft(lane, start, lane.kind === "point" ? null : end);
    if (!tag) return;
    this.model.put(`add ${this.codebook.short(lane.id)}`, tag);
    this.model.selected.value = tag.id;
  }

  private still(lane: Code, start: number): void {
    const { frames } = this.clock;
    const end =
      lane.kind === "state"
        ? Math.max(frames.snap(start + FIRST_LENGTH), frames.end(frames.at(start)))
        : null;
    this.make(lane, start, end);
  }

  private draft(lane: Code, start: number, end: number | null): Tag | null {
    const who = this.codebook.proposed(lane.id, this.model.cast);
    if (!who) {
      this.hint.value = `Nobody in this film can show “${this.codebook.label(lane.id)}”.`;
      return null;
    }
    return {
      id: newId("tag"),
      code: lane.id,
      ...who,
      start,
      end,
      modifiers: {},
      certainty: null,
      note: "",
      links: [],
    };
  }

  private close(laneId: string): void {
    const growing = this.growing.value.get(laneId);
    if (!growing) return;
    this.forget(laneId);
    this.make(growing.lane, growing.start, growing.reach);
  }

  /** Growing tags reach to the frame on the screen; a jump back ends them where they had come to. */
  private follow(shown: number, wanted: number | null): void {
    if (wanted !== null && this.clock.direction.peek() === 1) return;
    const all = this.growing.peek();
    if (all.size === 0) return;
    const end = this.clock.frames.end(shown);
    const next = new Map(all);
    for (const [lane, growing] of all) {
      if (end > growing.reach) next.set(lane, { ...growing, reach: end });
      else if (end < growing.reach - 2 * (end - this.clock.frames.start(shown))) return this.close(lane);
    }
    this.grow(next);
    if (shown === this.clock.frames.last) this.closeAll();
  }

  private forget(laneId: string): void {
    const next = new Map(this.growing.value);
    next.delete(laneId);
    this.grow(next);
  }

  private grow(next: ReadonlyMap<string, Growing>): void {
    this.growing.value = next;
  }
}
