/** Where what is dragged may lie: edges are drawn to other tags' edges and to the playhead; all lies on frames. */
import type { FrameIndex } from "../film/frames";
import { eachVisible, type Layout } from "./layout";

/** Returns the nearest edge within `reach` microseconds of `moment`, or null. */
export function catchEdge(
  layout: Layout,
  moment: number,
  reach: number,
  except: (id: string) => boolean,
  playhead: number | null,
): number | null {
  let best: number | null = null;
  let distance = reach;
  const consider = (edge: number | null) => {
    if (edge === null || Math.abs(edge - moment) > distance) return;
    distance = Math.abs(edge - moment);
    best = edge;
  };
  consider(playhead);
  for (const row of layout.rows)
    eachVisible(row, { start: moment - reach, end: moment + reach }, (tag) => {
      if (except(tag.id)) return;
      consider(tag.start);
      consider(tag.end);
    });
  return best;
}

/** Moves an interval by whole frames; it keeps its length in time as nearly as frames allow. */
export function shifted(frames: FrameIndex, start: number, end: number, to: number): [number, number] {
  const length = end - start;
  const first = Math.max(Math.min(to, frames.snap(frames.duration - length)), 0);
  const last = Math.min(frames.snap(first + length), frames.duration);
  return [first, Math.max(last, frames.end(frames.at(first)))];
}
