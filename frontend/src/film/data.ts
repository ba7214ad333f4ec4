/** Reads a film's data files. */
import type { FrameIndex as FrameTable } from "../contract";

/** Loudness over time: `rate` values a second, each 0 to 100. */
export interface Peaks {
  rate: number;
  peaks: number[];
}

/** Where each small picture lies on the scrub sheet, and when it was taken (microseconds). */
export interface ScrubIndex {
  columns: number;
  rows: number;
  width: number;
  height: number;
  times: number[];
}

async function readJson<T>(url: string): Promise<T> {
  const answer = await fetch(url, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return (await answer.json()) as T;
}

/** Fetches the frame index; it is needed, so a failure is passed on. */
export function fetchFrames(url: string): Promise<FrameTable> {
  return readJson<FrameTable>(url);
}

/** Fetches what a film may do without; null when it is not there. */
export async function fetchOptional<T>(url: string | null | undefined): Promise<T | null> {
  if (!url) return null;
  return readJson<T>(url).catch(() => null);
}
