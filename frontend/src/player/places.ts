/** Places in a film to come back to: its chapters, and one's own bookmarks, which this browser keeps. */
import { computed, signal } from "@preact/signals";
import type { Film } from "../contract";
import type { FilmClock } from "../film/clock";
import { shortTime } from "../model/time";
import { browserStorage } from "./prefs";

export interface Place {
  kind: "chapter" | "bookmark";
  at: number;
  name: string;
}

/** A bookmark is for oneself: it is no tag, is not handed in and not marked. */
export interface Bookmark {
  at: number;
  name: string;
}

const MOST = 200;
const LONGEST_NAME = 80;

/** Reads what a browser kept; whatever is not a bookmark of this film is left out. */
export function readBookmarks(text: string | null, duration: number): Bookmark[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "[]");
  } catch {
    return [];
  }
  if (!Array.isArray(kept)) return [];
  const good = kept.filter(
    (mark: unknown): mark is Bookmark =>
      typeof mark === "object" &&
      mark !== null &&
      Number.isSafeInteger((mark as Bookmark).at) &&
      (mark as Bookmark).at >= 0 &&
      (mark as Bookmark).at < duration &&
      typeof (mark as Bookmark).name === "string",
  );
  return sorted(good.slice(0, MOST).map(({ at, name }) => ({ at, name: name.slice(0, LONGEST_NAME) })));
}

function sorted(marks: readonly Bookmark[]): Bookmark[] {
  return [...marks].sort((a, b) => a.at - b.at);
}

export class Places {
  readonly bookmarks = signal<readonly Bookmark[]>([]);
  readonly all = computed<readonly Place[]>(() =>
    [
      ...this.chapters.map(({ at, title }): Place => ({ kind: "chapter", at, name: title })),
      ...this.bookmarks.value.map(({ at, name }): Place => ({ kind: "bookmark", at, name })),
    ].sort((a, b) => a.at - b.at),
  );
  /** The chapter that is playing. */
  readonly chapter = computed(() => this.chapters.findLast(({ at }) => at <= this.clock.time.value) ?? null);
  private readonly chapters: readonly { at: number; title: string }[];
  private readonly kept: string;

  constructor(
    film: Film,
    private readonly clock: FilmClock,
    owner: string,
    private readonly storage: Pick<Storage, "getItem" | "setItem"> | null = browserStorage(),
  ) {
    this.chapters = [...(film.chapters ?? [])].sort((a, b) => a.at - b.at);
    this.kept = `vigwidgets.bookmarks.${owner}`;
    this.bookmarks.value = readBookmarks(this.read(), clock.frames.duration);
  }

  /** Sets a bookmark at the frame on the screen, or takes away the one that is there. */
  toggle(): void {
    const at = this.clock.time.value;
    const others = this.bookmarks.value.filter((mark) => mark.at !== at);
    const had = others.length < this.bookmarks.value.length;
    if (had || others.length < MOST) this.keep(had ? others : sorted([...others, { at, name: "" }]));
  }

  rename(at: number, name: string): void {
    this.keep(
      this.bookmarks.value.map((mark) => (mark.at === at ? { at, name: name.slice(0, LONGEST_NAME) } : mark)),
    );
  }

  remove(at: number): void {
    this.keep(this.bookmarks.value.filter((mark) => mark.at !== at));
  }

  /** Goes to the next place, or the one before. */
  go(way: 1 | -1): void {
    const now = this.clock.time.value;
    const all = this.all.value;
    const place = way > 0 ? all.find(({ at }) => at > now) : all.findLast(({ at }) => at < now);
    if (!place) return;
    if (!this.clock.playing.value) this.clock.pause();
    this.clock.seekTime(place.at);
  }

  private read(): string | null {
    try {
      return this.storage?.getItem(this.kept) ?? null;
    } catch {
      return null;
    }
  }

  private keep(marks: readonly Bookmark[]): void {
    this.bookmarks.value = marks;
    try {
      this.storage?.setItem(this.kept, JSON.stringify(marks));
    } catch {
      // A browser that keeps nothing has them until the page closes.
    }
  }
}

/** How a place is named on the screen. */
export function nameOf({ kind, name, at }: Place): string {
  return name || `${kind === "chapter" ? "Chapter" : "Bookmark"} at ${shortTime(at)}`;
}
