/** The second camera of a scene: its film, how it lies beside the first, and by how much the two are apart. */
import { effect, type Signal, signal } from "@preact/signals";
import type { FilmFiles } from "../boot";
import type { Film, FrameIndex as FrameTable } from "../contract";
import type { FilmClock } from "../film/clock";
import { fetchOptional, type Peaks } from "../film/data";
import { Follower } from "../film/follower";
import { FrameIndex } from "../film/frames";
import { matchSound } from "../film/match";
import { browserStorage } from "./prefs";

export interface SecondOptions {
  film: Film;
  frames: Pick<FrameTable, "times" | "duration">;
  files: FilmFiles;
  /** The second's film time minus the first's, in microseconds, until somebody sets another. */
  offset: number;
  peaks?: Peaks | null;
}

export const ARRANGEMENTS = ["beside", "corner", "swapped"] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];
/** Cameras are started within a day of each other. */
const FURTHEST = 86_400_000_000;

export class SecondView {
  readonly film: Film;
  readonly files: FilmFiles;
  /** Where its picture is fetched from; empty until that is known. */
  readonly source: Signal<string>;
  readonly follower: Follower;
  readonly arrangement = signal<Arrangement>("beside");
  /** What matching by sound came to. */
  readonly said = signal("");
  private readonly stop: () => void;

  constructor(
    first: Film,
    clock: FilmClock,
    private readonly options: SecondOptions,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> | null = browserStorage(),
  ) {
    this.film = options.film;
    this.files = options.files;
    this.source = signal(options.files.proxy);
    this.follower = new Follower(clock, new FrameIndex(options.frames));
    const kept = `vigwidgets.offset.${first.id}.${options.film.id}`;
    this.follower.offset.value = this.recall(kept) ?? options.offset;
    this.stop = effect(() => this.remember(kept, this.follower.offset.value));
  }

  dispose(): void {
    this.stop();
  }

  /** Beside each other, the second small in the corner, or the first. */
  rearrange(): void {
    const here = ARRANGEMENTS.indexOf(this.arrangement.value);
    this.arrangement.value = ARRANGEMENTS[(here + 1) % ARRANGEMENTS.length] ?? "beside";
  }

  setOffset(offset: number): void {
    if (Number.isFinite(offset) && Math.abs(offset) <= FURTHEST)
      this.follower.offset.value = Math.round(offset);
  }

  /** Sets the offset from the two sounds; leaves it when they cannot tell. */
  async match(first: Peaks | null): Promise<void> {
    const second = this.options.peaks ?? (await fetchOptional<Peaks>(this.files.peaks));
    const offset = first && second ? matchSound(first, second) : null;
    if (offset === null) {
      this.said.value = "The two sounds do not tell; set it by eye: find one clap or step in both.";
      return;
    }
    this.setOffset(offset);
    this.said.value = "Matched by sound; look and listen whether it fits.";
  }

  /** What was set for this pair in this browser, unless the page has come with another offset since. */
  private recall(kept: string): number | null {
    try {
      const [given, offset] = JSON.parse(this.storage?.getItem(kept) ?? "[]") as unknown[];
      const good = typeof offset === "number" && Number.isSafeInteger(offset) && Math.abs(offset) <= FURTHEST;
      return good && given === this.options.offset ? offset : null;
    } catch {
      return null;
    }
  }

  private remember(kept: string, offset: number): void {
    try {
      this.storage?.setItem(kept, JSON.stringify([this.options.offset, offset]));
    } catch {
      // Until the page closes, then.
    }
  }
}
