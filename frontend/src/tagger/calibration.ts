/** A person's reaction time, from ten flashes: pure bookkeeping. */

export const FLASHES = 10;
/** A press this soon after a flash was not an answer to it; one this late was asleep. In milliseconds. */
export const TOO_SOON = 100;
export const TOO_LATE = 1000;
/** Between an answer and the next flash: one cannot count along. */
const SHORTEST = 1200;
const LONGEST = 2800;

export type Outcome = "good" | "early" | "late";

export class Calibration {
  readonly times: number[] = [];
  /** Presses that came too soon or too late; their flash is shown again. */
  again = 0;
  private shown: number | null = null;

  /** How long to wait before the next flash, in milliseconds. */
  wait(chance = Math.random()): number {
    return SHORTEST + chance * (LONGEST - SHORTEST);
  }

  flash(now: number): void {
    this.shown = now;
  }

  /** A press; before a flash, or sooner than anybody can, it does not count. */
  press(now: number): Outcome {
    const time = this.shown === null ? -1 : now - this.shown;
    this.shown = null;
    if (time < TOO_SOON || time > TOO_LATE) {
      this.again++;
      return time > TOO_LATE ? "late" : "early";
    }
    this.times.push(time);
    return "good";
  }

  get done(): boolean {
    return this.times.length >= FLASHES;
  }

  /** The middle of all times, in whole milliseconds: one sleepy moment does not move it. */
  get median(): number | null {
    const sorted = [...this.times].sort((a, b) => a - b);
    const half = Math.floor(sorted.length / 2);
    const [low, high] = [sorted[sorted.length % 2 ? half : half - 1], sorted[half]];
    return low === undefined || high === undefined ? null : Math.round((low + high) / 2);
  }

  /** The quickest and the slowest. */
  get spread(): [number, number] | null {
    if (this.times.length === 0) return null;
    return [Math.round(Math.min(...this.times)), Math.round(Math.max(...this.times))];
  }
}
