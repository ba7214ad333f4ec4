/** Where the picture lies on the stage, and back: the film's own proportions, zoom and mirror. */
import { type Box, inside } from "./box";

export interface Size {
  width: number;
  height: number;
}

interface Placed {
  scale: number;
  left: number;
  top: number;
  picture: { x: number; y: number; width: number; height: number };
}

/** The picture as it lies on a stage of that size when nothing is zoomed: as large as it goes, in the middle. */
function restingPicture(stage: Size, ratio: number): Placed["picture"] {
  const width = Math.min(stage.width, stage.height * ratio);
  const height = width / ratio;
  return { x: (stage.width - width) / 2, y: (stage.height - height) / 2, width, height };
}

function place(box: Box, stage: Size, ratio: number): Placed {
  const picture = restingPicture(stage, ratio);
  const scale = Math.min(
    stage.width / (box.width * picture.width),
    stage.height / (box.height * picture.height),
  );
  const middle = (start: number, length: number, seen: number) =>
    // A stage that shows more than the box shows picture there, not black, as long as there is some.
    seen >= 1 ? 0.5 : Math.min(Math.max(start + length / 2, seen / 2), 1 - seen / 2);
  const x = picture.x + middle(box.x, box.width, stage.width / scale / picture.width) * picture.width;
  const y = picture.y + middle(box.y, box.height, stage.height / scale / picture.height) * picture.height;
  return { scale, left: stage.width / 2 - scale * x, top: stage.height / 2 - scale * y, picture };
}

/** The CSS transform (about the upper left corner) that lets `box` fill the stage. */
export function transformOf(box: Box, stage: Size, ratio: number, mirror: boolean): string {
  if (stage.width <= 0 || stage.height <= 0) return mirror ? "scaleX(-1)" : "none";
  const { scale, left, top } = place(box, stage, ratio);
  const pixels = (value: number) => `${value.toFixed(2)}px`;
  const turned = mirror ? `translate(${pixels(stage.width)}, 0px) scaleX(-1) ` : "";
  return `${turned}translate(${pixels(left)}, ${pixels(top)}) scale(${scale.toFixed(4)})`;
}

/** The point of the picture (parts of its width and height) that lies under a point of the stage (pixels). */
export function pointUnder(
  point: { x: number; y: number },
  box: Box,
  stage: Size,
  ratio: number,
  mirror: boolean,
): { x: number; y: number } {
  const { scale, left, top, picture } = place(box, stage, ratio);
  const x = mirror ? stage.width - point.x : point.x;
  return {
    x: ((x - left) / scale - picture.x) / picture.width,
    y: ((point.y - top) / scale - picture.y) / picture.height,
  };
}

/** The part of the picture between two points of it, wherever they lie. */
export function between(a: { x: number; y: number }, b: { x: number; y: number }): Box {
  const hold = (value: number) => Math.min(Math.max(value, 0), 1);
  const [x, y] = [Math.min(hold(a.x), hold(b.x)), Math.min(hold(a.y), hold(b.y))];
  return inside({ x, y, width: Math.abs(hold(a.x) - hold(b.x)), height: Math.abs(hold(a.y) - hold(b.y)) });
}
