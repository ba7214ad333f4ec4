/** A video element as the clock sees it, driven by hand: it shows frames, sometimes the wrong one. */
import type { FrameIndex } from "../film/frames";

type Presented = (now: number, frame: { mediaTime: number }) => void;

export class Screen extends EventTarget {
  playbackRate = 1;
  videoWidth = 640;
  readyState = 4;
  error = null;
  paused = true;
  /** Every time that was sought, in seconds. */
  readonly sought: number[] = [];
  /** Frames that the decoder gets wrong: asked for the first, it shows the second, this many times. */
  readonly faults = new Map<number, { shows: number; times: number }>();
  private readonly callbacks = new Map<number, Presented>();
  private handle = 0;
  private time = 0;

  constructor(private readonly frames: FrameIndex) {
    super();
  }

  requestVideoFrameCallback(callback: Presented): number {
    this.callbacks.set(++this.handle, callback);
    return this.handle;
  }

  cancelVideoFrameCallback(handle: number): void {
    this.callbacks.delete(handle);
  }

  get currentTime(): number {
    return this.time;
  }

  set currentTime(seconds: number) {
    this.time = seconds;
    this.sought.push(seconds);
    const asked = this.frames.at(seconds * 1e6);
    const fault = this.faults.get(asked);
    const shown = fault && fault.times-- > 0 ? fault.shows : asked;
    setTimeout(() => {
      this.dispatchEvent(new Event("seeked"));
      this.present(shown);
    }, 1);
  }

  play(): Promise<void> {
    this.paused = false;
    this.dispatchEvent(new Event("play"));
    return Promise.resolve();
  }

  pause(): void {
    if (this.paused) return;
    this.paused = true;
    this.dispatchEvent(new Event("pause"));
  }

  /** The film has played on to here, and nothing of it reached the screen. */
  ran(seconds: number): void {
    this.time = seconds;
  }

  /** A frame reaches the screen. */
  present(frame: number): void {
    const waiting = [...this.callbacks.values()];
    this.callbacks.clear();
    for (const callback of waiting) callback(0, { mediaTime: this.frames.start(frame) / 1e6 });
  }

  get element(): HTMLVideoElement {
    return this as unknown as HTMLVideoElement;
  }
}

/** Lets timers and promises run. */
export const pass = (milliseconds = 10) => new Promise((done) => setTimeout(done, milliseconds));
