/** A landscape in space: grown-up's state × child's state × time, turned and laid onto a plane. Pure functions. */

/** A stretch in which both sides stay as they are: start, end (microseconds), and two places in the lists of states. */
export type Visit = readonly [start: number, end: number, adult: number, child: number];

export interface Landscape {
  duration: number;
  adults: readonly string[];
  children: readonly string[];
  visits: readonly Visit[];
}

/** From where one looks, in radians. */
export interface View {
  /** Round the axis of time. */
  turn: number;
  /** From the ground (0) to straight above (half of π). */
  tilt: number;
}

/** A point of space: each axis from -1 to 1. */
export type Point = readonly [x: number, y: number, z: number];
/** On the plane, and how near it is to the eye. */
export type Flat = readonly [x: number, y: number, near: number];

export const USUAL: View = { turn: -0.7, tilt: 0.5 };
const MOST_TILT = Math.PI / 2;
/** How much larger the near is drawn than the far. */
const DEPTH = 0.18;

/** Turns the view, and keeps the ground below. */
export function turned({ turn, tilt }: View, by: number, up: number): View {
  return { turn: turn + by, tilt: Math.min(Math.max(tilt + up, 0), MOST_TILT) };
}

/** Where a state stands on its axis: the middle of its share, from -1 to 1. */
export const axis = (place: number, of: number): number => ((place + 0.5) / Math.max(of, 1)) * 2 - 1;

export const height = (moment: number, duration: number): number => (moment / Math.max(duration, 1)) * 2 - 1;

/** The two ends of a visit: it stands upright over its cell, as tall as it lasts. */
export function ends(visit: Visit, land: Landscape): [Point, Point] {
  const [start, end, adult, child] = visit;
  const [x, y] = [axis(adult, land.adults.length), axis(child, land.children.length)];
  return [
    [x, y, height(start, land.duration)],
    [x, y, height(end, land.duration)],
  ];
}

/** Lays a point onto the plane: x to the right, y down, each about -1.6 to 1.6. */
export function flat([x, y, z]: Point, { turn, tilt }: View): Flat {
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const across = x * cos - y * sin;
  const away = x * sin + y * cos;
  const near = -away * Math.cos(tilt) + z * Math.sin(tilt);
  const scale = 1 + near * DEPTH;
  return [across * scale, -(z * Math.cos(tilt) + away * Math.sin(tilt)) * scale, near];
}

/** The visit that lies nearest to a point of the plane, and how far; null where there is none. */
export function pick(
  land: Landscape,
  view: View,
  x: number,
  y: number,
): { visit: Visit; off: number } | null {
  let best: { visit: Visit; off: number } | null = null;
  for (const visit of land.visits) {
    const [from, to] = ends(visit, land).map((point) => flat(point, view)) as [Flat, Flat];
    const off = apart(x, y, from, to);
    if (best === null || off < best.off) best = { visit, off };
  }
  return best;
}

/** How far a point lies from a line between two others. */
function apart(x: number, y: number, [ax, ay]: Flat, [bx, by]: Flat): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length ? Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1) : 0;
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}

/** Where the path is at a moment. */
export function at(land: Landscape, moment: number): Point | null {
  const visit = land.visits.find(([start, end]) => start <= moment && moment < end) ?? land.visits.at(-1);
  if (!visit) return null;
  const [[x, y]] = ends(visit, land);
  return [x, y, height(moment, land.duration)];
}

/** A visit in words: "0:12.4: the grown-up, receiving; the child, reaches". */
export function said([, , adult, child]: Visit, land: Landscape): string {
  return `grown-up: ${land.adults[adult] ?? ""}; child: ${land.children[child] ?? ""}`;
}
