/** Agreement and difference as form, not as colour alone: hatched, notched, or marked with another name. */
import type { Ink } from "../timeline/paint";
import type { Mark } from "./comparison";

type Box = readonly [x: number, y: number, w: number, h: number];

/** Draws what a mark says onto a bar. `light` is the colour that can be seen on it. */
export function paintForm(
  context: CanvasRenderingContext2D,
  mark: Mark,
  [x, y, w, h]: Box,
  light: string,
  ink: Ink,
): void {
  if (mark.form === "both") return;
  context.save();
  context.beginPath();
  context.roundRect(x, y, w, h, Math.min(6, w / 2));
  context.clip();
  if (mark.form === "alone") hatch(context, [x, y, w, h], light);
  if (mark.form === "edge" && mark.start) notch(context, x, y, h, 1, ink.card);
  if (mark.form === "edge" && mark.end) notch(context, x + w, y, h, -1, ink.card);
  if (mark.form === "name") rails(context, [x, y, w, h], light);
  context.restore();
}

/** Seen by one only: slanted lines. */
function hatch(context: CanvasRenderingContext2D, [x, y, w, h]: Box, light: string): void {
  context.strokeStyle = light;
  context.globalAlpha = 0.55;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let at = x - h; at < x + w; at += 6) {
    context.moveTo(at, y + h);
    context.lineTo(at + h, y);
  }
  context.stroke();
}

/** Begun or ended elsewhere: a triangle is cut out of that end. */
function notch(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  h: number,
  way: 1 | -1,
  paper: string,
): void {
  context.fillStyle = paper;
  context.beginPath();
  context.moveTo(x - way, y);
  context.lineTo(x + 8 * way, y + h / 2);
  context.lineTo(x - way, y + h);
  context.closePath();
  context.fill();
}

/** Named otherwise: a line along the top and the foot, broken into dots. */
function rails(context: CanvasRenderingContext2D, [x, y, w, h]: Box, light: string): void {
  context.strokeStyle = light;
  context.lineWidth = 2.5;
  context.setLineDash([2.5, 3]);
  context.beginPath();
  context.moveTo(x + 3, y + 2.5);
  context.lineTo(x + w - 3, y + 2.5);
  context.moveTo(x + 3, y + h - 2.5);
  context.lineTo(x + w - 3, y + h - 2.5);
  context.stroke();
}

/** On a point in time: a stroke through it when one only saw it, dots above and below when it is named otherwise. */
export function paintPointForm(
  context: CanvasRenderingContext2D,
  mark: Mark,
  x: number,
  middle: number,
  ink: Ink,
): void {
  if (mark.form === "both" || mark.form === "edge") return;
  context.save();
  context.lineWidth = 4;
  context.strokeStyle = ink.card;
  const line = () => {
    context.beginPath();
    if (mark.form === "alone") {
      context.moveTo(x - 8, middle + 8);
      context.lineTo(x + 8, middle - 8);
    } else {
      context.moveTo(x - 5, middle - 10.5);
      context.lineTo(x + 6, middle - 10.5);
      context.moveTo(x - 5, middle + 10.5);
      context.lineTo(x + 6, middle + 10.5);
    }
    context.stroke();
  };
  if (mark.form === "name") context.setLineDash([2.5, 3]);
  else line();
  context.lineWidth = mark.form === "name" ? 2.5 : 1.8;
  context.strokeStyle = ink.ink;
  line();
  context.restore();
}
