/**
 * A second camera's film that follows the clock of the first: at any moment both show the same instant. The first
 * decides; this one is sought, started, stopped and, while it plays, kept in step by a little more or less speed.
 */
import { effect, signal } from "@preact/signals";
import type { FilmClock } from "./clock";
import type { FrameIndex } from "./frames";

const SECOND = 1_000_000;
/** Further apart than this (seconds) while it plays, it is sought; closer than the second, it is left alone. */
const TOO_FAR = 0.3;
const NEAR_ENOUGH = 0.012;
/** The most that its speed is changed by to catch up. */
const CATCH_UP = 0.12;

export class Follower {
  /** Film time of the second is that of the first plus this, in microseconds. */
  readonly offset = signal(0);
  /** Whether the second camera was not running at this moment. */
  readonly outside = signal(false);
  /** Whether it is heard. */
  readonly heard = signal(false);
  private video: HTMLVideoElement | null = null;
  private wish: number | null = null;

  constructor(
    private readonly clock: FilmClock,
    readonly frames: FrameIndex,
  ) {}

  /** Takes a video element as its screen; returns the way to let go of it. */
  attach(video: HTMLVideoElement): () => void {
    this.video = video;
    video.preservesPitch = true;
    const sought = () => this.pursue();
    video.addEventListener("seeked", sought);
    video.addEventListener("loadeddata", sought);
    const stops = [
      effect(() => {
        video.muted = !this.heard.value;
      }),
      effect(() => this.follow(video)),
    ];
    return () => {
      for (const stop of stops) stop();
      video.removeEventListener("seeked", sought);
      video.removeEventListener("loadeddata", sought);
      video.pause();
      this.video = null;
    };
  }

  /** Shows the second camera's film `n` of its own frames later (or earlier) beside the first. */
  nudge(n: number): void {
    const here = this.instant();
    const length = this.frames.end(this.frames.at(here)) - this.frames.start(this.frames.at(here));
    this.offset.value = Math.round(this.offset.value + n * length);
  }

  /** The second's film time of the instant in the middle of the frame on the first's screen. */
  private instant(): number {
    const { clock } = this;
    return Math.round(clock.frames.mid(clock.frame.value) + this.offset.value);
  }

  private follow(video: HTMLVideoElement): void {
    const playing = this.clock.direction.value === 1;
    const rate = this.clock.rate.value;
    const moment = this.instant();
    this.outside.value = moment < 0 || moment >= this.frames.duration;
    if (this.outside.value) return video.pause();
    if (playing) this.keepStep(video, rate);
    else {
      video.pause();
      this.seek(this.frames.mid(this.frames.at(moment)) / SECOND);
    }
  }

  private keepStep(video: HTMLVideoElement, rate: number): void {
    const first = this.clock.attached;
    if (!first) return;
    const goal = first.currentTime + this.offset.value / SECOND;
    if (video.paused) {
      video.playbackRate = rate;
      video.play().catch(() => undefined);
    }
    const ahead = video.currentTime - goal;
    if (Math.abs(ahead) > TOO_FAR) {
      if (!video.seeking) video.currentTime = Math.max(goal, 0);
      return;
    }
    const by = Math.min(Math.max(ahead, -CATCH_UP), CATCH_UP);
    const wanted = Math.abs(ahead) < NEAR_ENOUGH ? rate : rate * (1 - by);
    if (Math.abs(video.playbackRate - wanted) > 0.005) video.playbackRate = Math.max(wanted, 0.07);
  }

  /** Only the newest wish is kept; the next seek begins when the one before is done. */
  private seek(seconds: number): void {
    this.wish = seconds;
    this.pursue();
  }

  private pursue(): void {
    const { video, wish } = this;
    if (!video || wish === null || video.seeking) return;
    this.wish = null;
    if (Math.abs(video.currentTime - wish) > 0.0005) video.currentTime = wish;
  }
}
