import { beforeEach, describe, expect, test } from "vitest";
import type { Film } from "../contract";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { evenFrames } from "../testing/paig";
import { nameOf, Places, readBookmarks } from "./places";

let kept: Map<string, string>;
let clock: FilmClock;
const storage = () => ({
  getItem: (name: string) => kept.get(name) ?? null,
  setItem: (name: string, value: string) => void kept.set(name, value),
});
const make = (chapters: Film["chapters"] = []) => new Places({ chapters } as Film, clock, "obs-1", storage());

beforeEach(() => {
  kept = new Map();
  clock = new FilmClock(new FrameIndex(evenFrames(500)));
});
function goTo(frame: number): void {
  clock.shown.value = frame;
}

describe("places to come back to", () => {
  test("a bookmark is set at the frame on the screen, kept, and taken away there", () => {
    const places = make();
    goTo(75);
    places.toggle();
    goTo(10);
    places.toggle();
    places.rename(3_000_000, "she waits");
    expect(make().bookmarks.value).toEqual([
      { at: 400_000, name: "" },
      { at: 3_000_000, name: "she waits" },
    ]);
    places.toggle();
    places.remove(3_000_000);
    expect(make().bookmarks.value).toEqual([]);
  });

  test("one goes from place to place, chapters and bookmarks alike", async () => {
    const places = make([
      { at: 8_000_000, title: "Bath" },
      { at: 0, title: "Play" },
    ]);
    goTo(75);
    places.toggle();
    expect(places.all.value.map(nameOf)).toEqual(["Play", "Bookmark at 00:03.0", "Bath"]);
    const went: number[] = [];
    for (const way of [1, 1, -1, -1, -1] as const) {
      places.go(way);
      await Promise.resolve();
      went.push(clock.time.value);
    }
    expect(went).toEqual([8_000_000, 8_000_000, 3_000_000, 0, 0]);
    goTo(300);
    expect(places.chapter.value?.title).toBe("Bath");
  });

  test("whatever lies in the browser's store, only bookmarks of this film are read", () => {
    const text = JSON.stringify([
      { at: 5, name: "x".repeat(200) },
      { at: -1, name: "" },
      { at: 1e12, name: "" },
      { at: "5", name: "" },
      { at: 7 },
      null,
      "text",
    ]);
    expect(readBookmarks(text, 1000)).toEqual([{ at: 5, name: "x".repeat(80) }]);
    expect([readBookmarks("{", 9), readBookmarks("{}", 9), readBookmarks(null, 9)]).toEqual([[], [], []]);
  });
});
