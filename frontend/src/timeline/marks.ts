/** In and out that are set but not looped, chapters and bookmarks: small signs on the timeline's ruler. */
import type { Stretch } from "../film/clock";
import type { Place } from "../player/places";
import type { Session } from "../workbench/session";
import { RULER } from "./layout";
import type { Scene } from "./paint";
import { toX } from "./view";

export interface Marked {
  /** Between in and out while it does not go round. */
  resting: Stretch | null;
  places: readonly Place[];
}

export function markedOf(session: Session): Marked {
  const resting = session.clock.loop.value ? null : session.transport.marked.value;
  return { resting, places: session.places.all.value };
}

export function paintMarked(context: CanvasRenderingContext2D, scene: Scene, marked: Marked): void {
  const { view, width, ink } = scene;
  const { resting } = marked;
  if (resting) {
    const [left, right] = [toX(view, width, resting.start), toX(view, width, resting.end)];
    context.fillStyle = ink.soft;
    context.fillRect(left, 0, 2, RULER);
    context.fillRect(right - 2, 0, 2, RULER);
    context.globalAlpha = 0.4;
    context.fillRect(left, RULER - 1, right - left, 1);
    context.globalAlpha = 1;
  }
  for (const place of marked.places) {
    const x = Math.round(toX(view, width, place.at));
    if (x < -8 || x > width + 8) continue;
    if (place.kind === "bookmark") paintRibbon(context, x);
    else {
      context.fillStyle = ink.ink;
      context.fillRect(x, 0, 2, RULER);
    }
  }
}

/** A bookmark's ribbon, notched below. */
function paintRibbon(context: CanvasRenderingContext2D, x: number): void {
  context.fillStyle = "#c8452d";
  context.beginPath();
  context.moveTo(x - 4, 0);
  context.lineTo(x + 4, 0);
  context.lineTo(x + 4, 11);
  context.lineTo(x, 7.5);
  context.lineTo(x - 4, 11);
  context.closePath();
  context.fill();
}
