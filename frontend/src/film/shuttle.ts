/**
 * J, K and L as on an editing desk: L plays on, J back; pressed again they go twice and four times as fast. K stops.
 * With K held, J and L go one frame; held as well, they creep.
 */
import { FASTEST, type FilmClock } from "./clock";

/** How long J or L is held beside K before the film creeps, in milliseconds. */
export const CREEP_AFTER = 280;
const CREEP = 0.25;

export class Shuttle {
  private held = false;
  /** K did something already: it does not play when it comes up. */
  private used = false;
  private creeping = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly clock: FilmClock) {}

  /** K went down: a film that moves stops at once. */
  hold(): void {
    this.held = true;
    this.used = this.clock.playing.value;
    if (this.used) this.clock.pause();
  }

  /** K came up: by itself it plays a film that stood. */
  letGo(): void {
    this.held = false;
    this.rest();
    if (!this.used) this.clock.play();
    this.used = true;
  }

  /** L (1) or J (-1) went down. */
  press(way: 1 | -1): void {
    if (this.held) return this.inch(way);
    const { clock } = this;
    if (clock.direction.value === way) {
      if (clock.rate.value < FASTEST) clock.setBoost(Math.min(clock.boost.value * 2, 4));
      return;
    }
    clock.setBoost(1);
    this.go(way);
  }

  /** L or J came up. */
  release(): void {
    this.rest();
  }

  private inch(way: 1 | -1): void {
    this.used = true;
    this.rest();
    this.clock.step(way);
    this.timer = setTimeout(() => {
      this.creeping = true;
      this.clock.setBoost(CREEP);
      this.go(way);
    }, CREEP_AFTER);
  }

  private go(way: 1 | -1): void {
    if (way === 1) this.clock.play();
    else this.clock.playBackwards();
  }

  private rest(): void {
    clearTimeout(this.timer);
    if (this.creeping) this.clock.pause();
    this.creeping = false;
  }
}
