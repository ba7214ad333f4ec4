/** Plays one stretch after another on the one clock: a review of clips, or an item's evidence. */
import { effect, signal, untracked } from "@preact/signals";
import type { FilmClock } from "./clock";

/** A stretch, or a still when it has no end; in microseconds of film. */
export interface Part {
  start: number;
  end: number | null;
}

/** How long a still stands, and the breath between two parts, in milliseconds. */
export const STILL = 3000;
export const BREATH = 350;

export class Reel {
  /** Which part is on; null when no reel plays. */
  readonly at = signal<number | null>(null);
  private parts: readonly Part[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The part on the screen is a stretch that has been started and not ended. */
  private running = false;
  private readonly stop: () => void;

  constructor(private readonly clock: FilmClock) {
    this.stop = effect(() => {
      const [frame, direction] = [clock.frame.value, clock.direction.value];
      clock.wanted.value;
      untracked(() => this.follow(frame, direction));
    });
  }

  dispose(): void {
    this.end();
    this.stop();
  }

  /** Plays the parts in their order; a reel that plays already gives way. */
  play(parts: readonly Part[]): void {
    this.end();
    if (parts.length === 0 || this.clock.live.value) return;
    this.clock.pause();
    this.clock.loop.value = null;
    this.parts = parts;
    this.show(0);
  }

  /** Lets go; the film stops where it is. */
  end(): void {
    if (this.at.value === null) return;
    this.leave();
    this.clock.pause();
  }

  private leave(): void {
    clearTimeout(this.timer);
    this.running = false;
    this.at.value = null;
  }

  private show(place: number): void {
    const part = this.parts[place];
    if (!part) return this.leave();
    this.at.value = place;
    if (part.end === null) {
      this.clock.seekTime(part.start);
      this.later(STILL, place + 1);
      return;
    }
    this.clock.playStretch({ start: part.start, end: part.end });
    this.running = true;
  }

  /** Not at once: whoever moved the clock finishes first. */
  private later(wait: number, place: number): void {
    this.running = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(place), wait);
  }

  /** The next part comes when this one is over; whoever stops or goes elsewhere has had enough. */
  private follow(frame: number, direction: number): void {
    const place = this.at.value;
    const part = place === null ? undefined : this.parts[place];
    if (place === null || !part) return;
    const { frames } = this.clock;
    const [first, last] = [frames.at(part.start), frames.at((part.end ?? part.start + 1) - 1)];
    if (part.end === null) {
      if (frame !== first || direction !== 0) this.leave();
      return;
    }
    if (!this.running) return;
    if (direction === 0 && frame >= last) return this.later(BREATH, place + 1);
    if (direction !== 1 || frame < first || frame > last + 1) this.leave();
  }
}
