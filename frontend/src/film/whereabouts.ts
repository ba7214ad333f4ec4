/** Where one was in a film, for as long as the tab lives: a reload goes on from there. */
import { effect } from "@preact/signals";
import type { FilmClock } from "./clock";

/** Goes back to where this tab was, and keeps where it is whenever the film stands and when the page goes away. */
export function stayWhereOneWas(clock: FilmClock, observation: string, store = tabStore()): () => void {
  const name = `vig:at:${observation}`;
  const kept = Number(store?.getItem(name) ?? Number.NaN);
  if (Number.isSafeInteger(kept) && kept > 0 && kept < clock.frames.duration) clock.seekTime(kept);
  const write = () => {
    try {
      store?.setItem(name, String(clock.time.peek()));
    } catch {
      // A tab that keeps nothing begins at the beginning; nothing else is lost.
    }
  };
  const stop = effect(() => {
    clock.time.value;
    if (!clock.playing.value) write();
  });
  globalThis.addEventListener?.("pagehide", write);
  return () => {
    stop();
    globalThis.removeEventListener?.("pagehide", write);
  };
}

function tabStore(): Storage | null {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}
