/** The first look at a film, as in a live meeting: the whole of it, at its own pace, without a pause. Then one is free. */
import { effect, type Signal, signal, untracked } from "@preact/signals";
import type { FilmClock } from "../film/clock";

/** free: none is asked for, or it is over; waiting: it begins with play; running: it goes on to the end. */
export type Look = "free" | "waiting" | "running";

/** Where it is remembered that it is over: this browser, for this observation. */
export interface Memory {
  get(): boolean;
  keep(): void;
}

export class FirstLook {
  readonly state: Signal<Look> = signal("free");
  private readonly stop: () => void;

  constructor(
    private readonly clock: FilmClock,
    private readonly memory: Memory,
  ) {
    this.stop = effect(() => {
      const [frame, direction] = [clock.frame.value, clock.direction.value];
      untracked(() => this.follow(frame, direction));
    });
  }

  /** Asks for it, unless it has been before. */
  ask(): void {
    if (this.memory.get() || this.state.value !== "free") return;
    this.clock.loop.value = null;
    this.clock.setSpeed(1);
    this.clock.setBoost(1);
    this.clock.seekFrame(0);
    this.state.value = "waiting";
    this.clock.live.value = true;
  }

  /** One may always stop: the film stands, and from now on one is free. */
  leave(): void {
    if (this.state.value === "free") return;
    this.finish();
    this.clock.pause();
  }

  dispose(): void {
    this.stop();
    if (this.state.value !== "free") this.clock.live.value = false;
  }

  private follow(frame: number, direction: number): void {
    if (this.state.value === "waiting" && direction === 1) this.state.value = "running";
    else if (this.state.value === "running" && direction === 0 && frame >= this.clock.frames.last)
      this.finish();
  }

  private finish(): void {
    this.memory.keep();
    this.clock.live.value = false;
    this.state.value = "free";
  }
}

/** Remembers in this browser; where that is not allowed, until the page is closed. */
export function browserMemory(observation: string): Memory {
  const name = `vig-first-look:${observation}`;
  let here = false;
  return {
    get() {
      try {
        return here || localStorage.getItem(name) !== null;
      } catch {
        return here;
      }
    },
    keep() {
      here = true;
      try {
        localStorage.setItem(name, "over");
      } catch {
        // Private windows may forbid it.
      }
    },
  };
}
