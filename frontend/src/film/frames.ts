/** When every frame of a film begins: the one place that turns times into frames and back. */
import type { FrameIndex as FrameTable } from "../contract";

/**
 * A film's frames by time. Times are whole microseconds of film time; frame `i` is on the screen during
 * `[start(i), end(i))`.
 */
export class FrameIndex {
  readonly times: readonly number[];
  readonly duration: number;

  constructor(table: Pick<FrameTable, "times" | "duration">) {
    if (table.times.length === 0) throw new RangeError("A film has at least one frame.");
    this.times = table.times;
    this.duration = table.duration;
  }

  get count(): number {
    return this.times.length;
  }

  get last(): number {
    return this.times.length - 1;
  }

  /** When frame `i` begins; frames outside the film are its first and last. */
  start(i: number): number {
    return this.times[this.clamp(i)] ?? 0;
  }

  /** When frame `i` ends, which is when the next begins. */
  end(i: number): number {
    return this.times[this.clamp(i) + 1] ?? this.duration;
  }

  /** The middle of frame `i`: where to seek so that rounding cannot show its neighbour. */
  mid(i: number): number {
    return (this.start(i) + this.end(i)) / 2;
  }

  clamp(i: number): number {
    return Math.min(Math.max(Math.trunc(i), 0), this.last);
  }

  /** The frame on the screen at `moment`; before the film its first, after it its last. */
  at(moment: number): number {
    return Math.max(upperBound(this.times, moment) - 1, 0);
  }

  /** The frame whose beginning is nearest to `moment`, for a decoder's rounded time stamps. */
  nearest(moment: number): number {
    const below = this.at(moment);
    const above = Math.min(below + 1, this.last);
    return moment - this.start(below) <= this.start(above) - moment ? below : above;
  }

  /** The frame boundary nearest to `moment`; the film's end is one. */
  snap(moment: number): number {
    const i = this.at(moment);
    const below = this.start(i);
    const above = this.end(i);
    return moment - below <= above - moment ? below : above;
  }

  /** `moment` moved by `n` frame boundaries, inside the film. */
  nudge(moment: number, n: number): number {
    if (moment >= this.duration) return n >= 0 ? this.duration : this.start(this.last + 1 + n);
    const i = this.at(this.snap(moment)) + n;
    return i > this.last ? this.duration : this.start(i);
  }
}

/** The number of values that are not above `value`, in a rising list. */
export function upperBound(values: readonly number[], value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
