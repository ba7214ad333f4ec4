/** Which part of the film the timeline shows, and how time becomes pixels. Pure functions. */

/** Microseconds from the left edge to the right. */
export interface View {
  start: number;
  end: number;
}

/** No closer than this, in microseconds: two or three frames of most films. */
const CLOSEST = 80_000;

export function toX(view: View, width: number, moment: number): number {
  return ((moment - view.start) / (view.end - view.start)) * width;
}

export function toTime(view: View, width: number, x: number): number {
  return view.start + (x / width) * (view.end - view.start);
}

/** Keeps a view inside the film, with its length where that is possible. */
export function within(view: View, duration: number): View {
  const span = Math.min(Math.max(view.end - view.start, Math.min(CLOSEST, duration)), duration);
  const start = Math.min(Math.max(view.start, 0), duration - span);
  return { start, end: start + span };
}

/** Zooms so that `moment` stays where it is; `factor` below 1 comes closer. */
export function zoom(view: View, moment: number, factor: number, duration: number): View {
  const span = (view.end - view.start) * factor;
  const limited = Math.min(Math.max(span, Math.min(CLOSEST, duration)), duration);
  const share = (moment - view.start) / (view.end - view.start);
  return within({ start: moment - share * limited, end: moment + (1 - share) * limited }, duration);
}

export function pan(view: View, by: number, duration: number): View {
  return within({ start: view.start + by, end: view.end + by }, duration);
}

/** The view moved just enough that `moment` is inside it; the same object when it already was. */
export function reveal(view: View, moment: number, duration: number): View {
  const span = view.end - view.start;
  const margin = span * 0.04;
  if (moment >= view.start && moment <= view.end - margin) return view;
  if (moment > view.end - margin && view.end >= duration) return view;
  return within({ start: moment - span * 0.1, end: moment + span * 0.9 }, duration);
}

/** Distances between the ruler's marks, in microseconds. */
const STEPS = [
  0.002, 0.004, 0.01, 0.02, 0.04, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 3600,
].map((s) => s * 1e6);

/** The ruler's marks: their distance gives each at least `room` pixels. */
export function ticks(view: View, width: number, room = 84): number[] {
  const least = ((view.end - view.start) / width) * room;
  const step = STEPS.find((candidate) => candidate >= least) ?? 7200e6;
  const marks: number[] = [];
  for (let t = Math.ceil(view.start / step) * step; t <= view.end; t += step) marks.push(t);
  return marks;
}
