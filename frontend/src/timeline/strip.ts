/** The whole film in a strip: every tag as a dash, and the part in view as a window. */
import { laneColour } from "./colours";
import type { Layout } from "./layout";
import type { Ink } from "./paint";
import { toX, type View } from "./view";

export const OVERVIEW = 26;

/** Draws all tags into a picture that is kept until they change. */
export function overviewPicture(
  layout: Layout,
  duration: number,
  width: number,
  scale: number,
): HTMLCanvasElement {
  const picture = document.createElement("canvas");
  picture.width = Math.max(width * scale, 1);
  picture.height = OVERVIEW * scale;
  const context = picture.getContext("2d");
  if (!context) return picture;
  context.scale(scale, scale);
  const whole = { start: 0, end: duration };
  const step = (OVERVIEW - 6) / Math.max(layout.rows.length, 1);
  layout.rows.forEach((row, i) => {
    context.fillStyle = laneColour(row.lane);
    const y = 3 + i * step;
    let filled = -1;
    for (const tag of row.tags) {
      const left = toX(whole, width, tag.start);
      const right = Math.max(toX(whole, width, tag.end ?? tag.start), left + 2);
      if (right <= filled) continue;
      context.fillRect(left, y, right - left, Math.max(step - 0.8, 1));
      filled = right;
    }
  });
  return picture;
}

export function paintOverview(
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  {
    view,
    duration,
    time,
    width,
    ink,
  }: { view: View; duration: number; time: number; width: number; ink: Ink },
): void {
  const whole = { start: 0, end: duration };
  context.clearRect(0, 0, width, OVERVIEW);
  context.drawImage(picture, 0, 0, width, OVERVIEW);
  const left = toX(whole, width, view.start);
  const right = toX(whole, width, view.end);
  if (right - left < width - 1) {
    context.fillStyle = "rgb(251 248 243 / 72%)";
    context.fillRect(0, 0, left, OVERVIEW);
    context.fillRect(right, 0, width - right, OVERVIEW);
    context.strokeStyle = ink.soft;
    context.lineWidth = 1.5;
    context.beginPath();
    context.roundRect(left + 1, 1, Math.max(right - left - 2, 6), OVERVIEW - 2, 5);
    context.stroke();
  }
  context.fillStyle = ink.now;
  context.fillRect(toX(whole, width, time) - 0.75, 0, 1.5, OVERVIEW);
}
