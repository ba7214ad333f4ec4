/** A part of the picture: where one looks closer, in parts of its width and height (0 to 1). */
import type { Look } from "../contract";

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };
/** The contract measures in ten-thousandths. */
const PARTS = 10_000;
/** No closer than this part of the picture: beyond it there is nothing more to see. */
export const CLOSEST = 0.04;

export function isWhole(box: Box): boolean {
  return box.width > 0.999 && box.height > 0.999;
}

/** The smallest box with the picture's own proportions that shows all of `box`, inside the picture. */
export function fitted(box: Box): Box {
  const size = Math.min(Math.max(box.width, box.height, CLOSEST), 1);
  return inside({
    x: box.x + (box.width - size) / 2,
    y: box.y + (box.height - size) / 2,
    width: size,
    height: size,
  });
}

/** The same box, moved so far that none of it lies beyond the picture. */
export function inside(box: Box): Box {
  const width = Math.min(box.width, 1);
  const height = Math.min(box.height, 1);
  return {
    x: Math.min(Math.max(box.x, 0), 1 - width),
    y: Math.min(Math.max(box.y, 0), 1 - height),
    width,
    height,
  };
}

/** Goes closer (`factor` under 1) or further; the point (x, y) of the picture stays where it is on the screen. */
export function zoomAt(box: Box, factor: number, x: number, y: number): Box {
  const size = Math.min(Math.max(box.width * factor, CLOSEST), 1);
  const by = size / box.width;
  return inside({ x: x - (x - box.x) * by, y: y - (y - box.y) * by, width: size, height: size });
}

/** Moves by parts of what is seen: 0.1 is a tenth of it. */
export function panBy(box: Box, across: number, down: number): Box {
  return inside({ ...box, x: box.x + across * box.width, y: box.y + down * box.height });
}

/** A box as a tag keeps it. */
export function toLook(box: Box, at: number): Look {
  const { x, y, width, height } = inside(box);
  const size = (value: number) => Math.min(Math.max(Math.round(value * PARTS), 200), PARTS);
  const [w, h] = [size(width), size(height)];
  const edge = (value: number, length: number) =>
    Math.min(Math.max(Math.round(value * PARTS), 0), PARTS - length);
  return { at, x: edge(x, w), y: edge(y, h), width: w, height: h };
}

export function fromLook(look: Look): Box {
  return fitted({
    x: look.x / PARTS,
    y: look.y / PARTS,
    width: look.width / PARTS,
    height: look.height / PARTS,
  });
}

/** Adds a look to those of a tag, in the place of one at the same moment; they stay sorted by time. */
export function withLook(looks: readonly Look[], look: Look): Look[] {
  return [...looks.filter(({ at }) => at !== look.at), look].sort((a, b) => a.at - b.at);
}

/**
 * Where to look at `moment`: before the first look its own place, after the last its, and between two on the way
 * from one to the other; without gliding it changes at once where the next begins.
 */
export function boxAt(looks: readonly Look[], moment: number, glide = true): Box | null {
  const [first] = looks;
  if (!first) return null;
  const next = looks.findIndex(({ at }) => at > moment);
  const before = looks[next < 0 ? looks.length - 1 : Math.max(next - 1, 0)] ?? first;
  const after = looks[next];
  const from = fromLook(before);
  if (!after || after === before || !glide || moment <= before.at) return from;
  const to = fromLook(after);
  const share = (moment - before.at) / (after.at - before.at);
  const mix = (a: number, b: number) => a + (b - a) * share;
  return inside({
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  });
}
