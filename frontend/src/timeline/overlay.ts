/** Draws the timeline's moving part: playhead, growing tags, what is dragged, the loop. Cheap: once a film frame. */
import type { Tag } from "../contract";
import type { Stretch } from "../film/clock";
import type { Growing } from "../model/coding";
import { laneColour } from "./colours";
import { barBox, type Row, RULER } from "./layout";
import { type Marked, paintMarked } from "./marks";
import { paintTag, type Scene } from "./paint";
import { toX, type View } from "./view";

/** Where a tag that is dragged lies. */
export interface Lifted {
  tag: Tag;
  row: Row;
  depth: number;
}

/** A tag being made, moved or resized, and those that move with it. */
export interface Draft extends Lifted {
  fresh: boolean;
  others: readonly Lifted[];
}

export interface Marquee extends View {
  top: number;
  bottom: number;
}

export interface Moving {
  time: number;
  growing: ReadonlyMap<string, Growing>;
  loop: Stretch | null;
  marked: Marked;
  /** What is being dragged. */
  draft: Draft | null;
  /** A rectangle that chooses what it touches. */
  marquee: Marquee | null;
  /** Where the dragged edge caught hold of another edge. */
  caught: number | null;
}

export function paintMoving(context: CanvasRenderingContext2D, scene: Scene, moving: Moving): void {
  const { width, layout, view } = scene;
  context.clearRect(0, 0, width, layout.height);
  paintMarked(context, scene, moving.marked);
  if (moving.loop) paintLoop(context, scene, moving.loop);
  for (const row of layout.rows) {
    if (row.group.manner !== "own") continue;
    for (const growing of moving.growing.values())
      if (growing.lane.id === row.lane.id) paintGrowing(context, scene, row, growing);
  }
  if (moving.draft) paintDraft(context, scene, moving.draft);
  if (moving.marquee) paintMarquee(context, scene, moving.marquee);
  if (moving.caught !== null) {
    context.fillStyle = scene.ink.accent;
    context.fillRect(Math.round(toX(view, width, moving.caught)) - 0.5, RULER, 1, layout.height);
  }
  paintPlayhead(context, scene, moving.time);
}

function paintDraft(context: CanvasRenderingContext2D, scene: Scene, draft: Draft): void {
  context.textBaseline = "middle";
  context.font = `600 11.5px ${scene.ink.sans}`;
  for (const { tag, row, depth } of [...draft.others, draft]) {
    if (tag.start > scene.view.end || (tag.end ?? tag.start) < scene.view.start) continue;
    paintTag(context, { ...scene, selected: tag.id }, row, tag, depth, scene.width);
  }
}

function paintMarquee(context: CanvasRenderingContext2D, { view, width, ink }: Scene, box: Marquee): void {
  const left = toX(view, width, box.start);
  const right = toX(view, width, box.end);
  context.fillStyle = ink.accent;
  context.globalAlpha = 0.1;
  context.fillRect(left, box.top, right - left, box.bottom - box.top);
  context.globalAlpha = 1;
  context.strokeStyle = ink.accent;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  context.strokeRect(left + 0.5, box.top + 0.5, right - left - 1, box.bottom - box.top - 1);
  context.setLineDash([]);
}

function paintGrowing(context: CanvasRenderingContext2D, scene: Scene, row: Row, growing: Growing): void {
  const box = barBox(row, 0);
  const left = toX(scene.view, scene.width, growing.start);
  const length = Math.max(toX(scene.view, scene.width, growing.reach) - left, 3);
  context.fillStyle = laneColour(row.lane);
  context.beginPath();
  // Open on the side on which it grows.
  context.roundRect(left, box.top, length, box.height, [6, 0, 0, 6]);
  context.fill();
}

function paintLoop(context: CanvasRenderingContext2D, { view, width, ink }: Scene, loop: Stretch): void {
  const left = toX(view, width, loop.start);
  const right = toX(view, width, loop.end);
  context.fillStyle = ink.accent;
  context.globalAlpha = 0.14;
  context.fillRect(left, 0, right - left, RULER);
  context.globalAlpha = 1;
  context.fillRect(left, 0, 2, RULER);
  context.fillRect(right - 2, 0, 2, RULER);
  context.fillRect(left, RULER - 2, right - left, 2);
}

function paintPlayhead(
  context: CanvasRenderingContext2D,
  { view, width, layout, ink }: Scene,
  time: number,
): void {
  const x = Math.round(toX(view, width, time));
  if (x < -8 || x > width + 8) return;
  context.fillStyle = ink.now;
  context.fillRect(x - 1, 8, 2, layout.height - 8);
  context.beginPath();
  context.arc(x, 8, 6.5, 0, 2 * Math.PI);
  context.fill();
}
