/**
 * One film's clock: what is on the screen, and the only way to move it.
 *
 * The truth is the time stamp of the frame that the browser presented (requestVideoFrameCallback), never
 * `currentTime`. A seek goes to the middle of a frame, is checked against what was presented, and tried again
 * a quarter of a frame off; only the newest wish is kept. See docs and the room's `exact` badge.
 */
import { computed, signal } from "@preact/signals";
import type { FrameIndex } from "./frames";
import { confirmSeek, presentedFrame, watchFrames } from "./presented";

/** A stretch of film to play, half-open, in microseconds. */
export interface Stretch {
  start: number;
  end: number;
}

export const SPEEDS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4] as const;
export const SLOWEST = 0.1;
export const FASTEST = 4;
const SECOND = 1_000_000;
/** Offsets to try, in parts of the frame, when the browser showed another frame than the one asked for. */
const TRIES = [0, 0.25, -0.25];
/** How often a film that is moved by us moves on, in milliseconds. */
const TICK = 1000 / 30;
/** How near the end of a stretch its end is waited for by the clock as well, in milliseconds. */
const SOON = 400;
/** How long a walk rests on its last frame before it goes round, in milliseconds. */
const BREATH = 900;

export class FilmClock {
  /** The frame that is confirmed to be on the screen. */
  readonly shown = signal(0);
  /** Where a seek in progress is going; null when there is none. */
  readonly wanted = signal<number | null>(null);
  /** False when the browser could not be brought to show the frame that was asked for, or does not tell. */
  readonly exact = signal(true);
  readonly direction = signal<-1 | 0 | 1>(0);
  /** The speed that was chosen. */
  readonly speed = signal(1);
  /** Times the chosen speed, while J or L is pressed again; 1 after a pause. */
  readonly boost = signal(1);
  /** How fast the film goes. */
  readonly rate = computed(() => Math.min(Math.max(this.speed.value * this.boost.value, SLOWEST), FASTEST));
  /** Whether it steps through a stretch on its own, each frame for a while. */
  readonly walking = signal(false);
  readonly loop = signal<Stretch | null>(null);
  /** As in a live meeting: it can be played on, and nothing else moves or stops it. See rating/firstLook.ts. */
  readonly live = signal(false);
  /** A sentence when the film cannot be shown. */
  readonly problem = signal<string | null>(null);
  readonly playing = computed(() => this.direction.value !== 0 || this.walking.value);
  /** The frame that the playhead stands on: where it is going, else what is shown. */
  readonly frame = computed(() => this.wanted.value ?? this.shown.value);
  readonly time = computed(() => this.frames.start(this.frame.value));

  private video: HTMLVideoElement | null = null;
  private cleanup: (() => void)[] = [];
  private busy = false;
  private once: Stretch | null = null;
  /** What was to be played before there was a screen. */
  private asked: (() => void) | null = null;
  private turning: ReturnType<typeof setTimeout> | undefined;
  /** Changes whenever something else is to move the film. */
  private driving = 0;
  /** The newest seek that was confirmed: asking for it again needs no seek. */
  private confirmed: { frame: number; seconds: number } | null = null;

  constructor(readonly frames: FrameIndex) {}

  get attached(): HTMLVideoElement | null {
    return this.video;
  }

  /** Takes a video element as the screen; the one before is let go. Returns the way to detach it. */
  attach(video: HTMLVideoElement): () => void {
    this.detach();
    this.video = video;
    video.playbackRate = this.rate.value;
    video.preservesPitch = true;
    const on = (name: string, run: () => void) => {
      video.addEventListener(name, run);
      this.cleanup.push(() => video.removeEventListener(name, run));
    };
    on("play", () => this.direction.value === 1 || this.beginForward());
    on("pause", () => this.settle());
    on("ended", () => this.settle(this.frames.last));
    on("error", () => this.fail());
    on("loadeddata", () => this.inspect(video));
    this.cleanup.push(watchFrames(video, (seconds) => this.present(seconds)));
    const back = () =>
      !document.hidden && !this.exact.value && !this.playing.value && this.seekFrame(this.frame.value);
    globalThis.document?.addEventListener("visibilitychange", back);
    this.cleanup.push(() => globalThis.document?.removeEventListener("visibilitychange", back));
    if (video.error) this.fail();
    if (video.readyState >= 2) this.inspect(video);
    const asked = this.asked;
    this.asked = null;
    if (asked) asked();
    else if (this.shown.value > 0) this.seekFrame(this.shown.value);
    return () => {
      if (this.video === video) this.detach();
    };
  }

  detach(): void {
    this.video?.pause();
    for (const undo of this.cleanup.splice(0)) undo();
    clearTimeout(this.turning);
    this.driving++;
    this.direction.value = 0;
    this.walking.value = false;
    this.video = null;
    this.confirmed = null;
  }

  /** Plays on from here; from the start of the loop, or of the film, when standing at the end of it. */
  play(): void {
    if (this.later(() => this.play())) return;
    const within = this.loop.value;
    if (within && (this.time.value < within.start || this.frames.end(this.frame.value) >= within.end))
      this.seekTime(within.start);
    else if (!within && this.frame.value >= this.frames.last) this.seekFrame(0);
    this.once = null;
    this.forward();
  }

  /** Plays backwards, frame by frame, as quickly as the speed says and the decoder can. */
  playBackwards(): void {
    if (this.live.value) return;
    if (this.frame.value === 0) return;
    if (this.direction.value === -1) return;
    this.still();
    this.direction.value = -1;
    void this.rewind();
  }

  pause(): void {
    this.asked = null;
    if (this.live.value) return;
    const moved = this.direction.value === -1 || this.walking.value;
    this.still();
    this.setBoost(1);
    if (!moved) return;
    this.direction.value = 0;
    this.goTo(this.frame.value);
  }

  /**
   * Steps through a stretch on its own, round and round: each frame is confirmed, then stays for a while.
   *
   * @param perSecond How many frames a second; asked before each, so that it may change on the way.
   */
  walk(stretch: Stretch, perSecond: () => number): void {
    if (this.live.value) return;
    this.pause();
    this.direction.value = 0;
    this.walking.value = true;
    void this.march(stretch, perSecond);
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play();
  }

  /** Plays one stretch and stops on its last frame, or goes round when it is the loop. */
  playStretch(stretch: Stretch): void {
    if (this.live.value) return;
    this.seekTime(stretch.start);
    if (this.later(() => this.playStretch(stretch))) return;
    this.once = stretch;
    this.forward();
  }

  /** Without a screen, keeps what is to be played for when there is one: a notebook's next cell may come first. */
  private later(play: () => void): boolean {
    if (this.video) return false;
    this.asked = play;
    return true;
  }

  setSpeed(speed: number): void {
    if (this.live.value) return;
    this.speed.value = Math.min(Math.max(speed, SLOWEST), FASTEST);
    if (this.video) this.video.playbackRate = this.rate.value;
  }

  /** Goes `times` as fast as chosen, until it is paused. */
  setBoost(times: number): void {
    if (this.live.value) return;
    this.boost.value = times;
    if (this.video) this.video.playbackRate = this.rate.value;
  }

  /** Steps `n` frames from the frame on the screen, or from the one being sought. */
  step(n: number): void {
    this.pause();
    this.seekFrame(this.frame.value + n);
  }

  /** Moves by seconds of film. */
  skip(seconds: number): void {
    this.seekTime(this.time.value + seconds * SECOND);
  }

  seekTime(moment: number): void {
    if (Number.isNaN(moment)) return;
    this.seekFrame(this.frames.at(Math.max(moment, 0)));
  }

  seekFrame(i: number): void {
    if (this.live.value) return;
    if (this.walking.value) this.still();
    this.goTo(i);
  }

  private goTo(i: number): void {
    // A number that is none is no wish: nothing that is shown would ever be equal to it.
    if (Number.isNaN(i)) return;
    this.once = null;
    this.asked = null;
    this.wanted.value = this.frames.clamp(i);
    if (!this.busy) void this.pursue();
  }

  /** Goes after the newest wish until it is on the screen. */
  private async pursue(): Promise<void> {
    this.busy = true;
    try {
      while (this.wanted.value !== null && this.video) {
        const goal = this.wanted.value;
        const video = this.video;
        const reached = await this.show(video, goal);
        if (this.wanted.value !== goal || this.video !== video) continue;
        this.shown.value = reached ?? goal;
        this.exact.value = reached === goal;
        this.wanted.value = null;
      }
      if (!this.video && this.wanted.value !== null) {
        this.shown.value = this.wanted.value;
        this.wanted.value = null;
      }
    } finally {
      this.busy = false;
    }
  }

  /** Shows a frame and returns which one came, null when the browser does not say. */
  private async show(video: HTMLVideoElement, goal: number): Promise<number | null> {
    const length = this.frames.end(goal) - this.frames.start(goal);
    // A browser presents nothing new when the picture stays the same.
    if (this.confirmed?.frame === goal && this.confirmed.seconds === video.currentTime) return goal;
    let came: number | null = null;
    for (const offset of TRIES) {
      const target = (this.frames.mid(goal) + offset * length) / SECOND;
      const seconds = await confirmSeek(video, target, () => this.wanted.value !== goal);
      if (this.wanted.value !== goal) return null;
      came = presentedFrame(this.frames, seconds);
      if (came === goal) this.confirmed = { frame: goal, seconds: video.currentTime };
      // While it plays, the next frames come at once: being there is enough.
      if (came === goal || (this.direction.value === 1 && came !== null && came > goal)) return goal;
    }
    return came;
  }

  /** A frame was presented: `seconds` is its own time stamp. */
  private present(seconds: number): void {
    const frame = presentedFrame(this.frames, seconds);
    if (frame === null || this.wanted.value !== null) return;
    this.shown.value = frame;
    if (this.direction.value === 1) {
      this.exact.value = true;
      this.watchEnd(frame);
    }
  }

  /** Stops or turns round after the last frame of a stretch: that frame is shown for its whole time. */
  private watchEnd(frame: number): void {
    const stretch = this.once ?? this.loop.value;
    if (this.live.value || !stretch) return;
    clearTimeout(this.turning);
    if (this.frames.end(frame) < stretch.end) {
      const left = (stretch.end - this.frames.start(frame)) / 1000 / this.rate.value;
      if (left < SOON) this.turning = setTimeout(() => this.overdue(stretch), left);
      return;
    }
    const last = Math.max(this.frames.at(stretch.end - 1), 0);
    if (this.once) {
      this.once = null;
      this.video?.pause();
      this.seekFrame(last);
      return;
    }
    const rest =
      frame > last ? 0 : (this.frames.end(frame) - this.frames.start(frame)) / 1000 / this.rate.value;
    this.turning = setTimeout(() => {
      if (this.direction.value === 1 && this.loop.value) this.seekTime(this.loop.value.start);
    }, rest * 0.8);
  }

  /** A busy machine presents the last frame late or never: then the film's own clock says that it is over. */
  private overdue(stretch: Stretch): void {
    const { video } = this;
    if (!video || video.paused || this.wanted.value !== null || (this.once ?? this.loop.value) !== stretch)
      return;
    if (video.currentTime * SECOND < stretch.end) {
      this.turning = setTimeout(() => this.overdue(stretch), TICK);
    } else if (this.once) {
      video.pause();
      this.seekTime(stretch.end - 1);
    } else {
      this.seekTime(stretch.start);
    }
  }

  /** Lets go of whatever moves the film. */
  private still(): void {
    this.driving++;
    this.walking.value = false;
    this.video?.pause();
  }

  private forward(): void {
    this.driving++;
    this.walking.value = false;
    this.beginForward();
    this.video?.play().catch((error: DOMException) => {
      // A pause before playing began is no fault.
      if (error.name === "AbortError") return;
      this.direction.value = 0;
      this.problem.value = "The browser did not start the film; press play once more.";
    });
  }

  private beginForward(): void {
    this.problem.value = this.video?.error ? this.problem.value : null;
    this.direction.value = 1;
  }

  /** After a pause the screen may be a frame off: go to the middle of the frame that was presented. */
  private settle(frame = this.frame.value): void {
    clearTimeout(this.turning);
    if (this.direction.value === -1 || this.walking.value) return;
    this.direction.value = 0;
    this.setBoost(1);
    this.goTo(frame);
  }

  private async rewind(): Promise<void> {
    const turn = ++this.driving;
    let moment = this.time.value;
    let aimed = this.frame.value;
    let before = performance.now();
    for (;;) {
      await wait(TICK);
      if (turn !== this.driving) return;
      // Somebody went elsewhere meanwhile: from there on.
      if (this.frame.value !== aimed) moment = this.time.value;
      const now = performance.now();
      const next = moment - (now - before) * 1000 * this.rate.value;
      const loop = this.loop.value;
      moment = loop && moment >= loop.start && next < loop.start ? loop.end - 1 : next;
      before = now;
      aimed = this.frames.at(Math.max(moment, 0));
      if (aimed !== this.frame.value) this.goTo(aimed);
      if (moment <= 0) return this.pause();
    }
  }

  private async march(stretch: Stretch, perSecond: () => number): Promise<void> {
    const turn = ++this.driving;
    const [first, last] = [this.frames.at(stretch.start), this.frames.at(Math.max(stretch.end - 1, 0))];
    for (let frame = first; ; frame = frame < last ? frame + 1 : first) {
      this.goTo(frame);
      while (this.wanted.value !== null && turn === this.driving) await wait(5);
      if (turn !== this.driving) return;
      const rest = 1000 / Math.max(perSecond(), 0.1);
      await wait(frame === last ? Math.max(rest, BREATH) : rest);
      if (turn !== this.driving) return;
    }
  }

  /** A codec without a decoder gives sound without picture, and no error event. */
  private inspect(video: HTMLVideoElement): void {
    if (video.videoWidth === 0)
      this.problem.value =
        "This browser plays the film's sound but not its picture; try Chrome, Edge or Firefox.";
    else if (!("requestVideoFrameCallback" in video)) this.exact.value = false;
  }

  private fail(): void {
    this.direction.value = 0;
    this.problem.value =
      "The film could not be loaded; check the connection and reload the page. Your moments are kept.";
  }
}

const wait = (milliseconds: number) => new Promise((next) => setTimeout(next, milliseconds));
