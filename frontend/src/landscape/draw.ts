/** Draws a landscape on a canvas. */
import { at, axis, ends, type Flat, flat, type Landscape, type Point, type View } from "./space";

export interface Ink {
  ink: string;
  soft: string;
  line: string;
  accent: string;
  now: string;
  card: string;
}

export interface Scene {
  land: Landscape;
  view: View;
  /** Where the film is, in microseconds. */
  moment: number;
  /** Which visit is pointed at; -1: none. */
  pointed: number;
}

/** Where the middle of space lies on the canvas, and how large one is, in CSS pixels. */
export interface Frame {
  x: number;
  y: number;
  size: number;
}

export const frameOf = (width: number, height: number): Frame => ({
  x: width / 2,
  y: height * 0.44,
  size: Math.min(width / 4, height / 3.5),
});

type Pen = CanvasRenderingContext2D;

export function draw(pen: Pen, { land, view, moment, pointed }: Scene, frame: Frame, ink: Ink): void {
  const on = (point: Point): Flat => {
    const [x, y, near] = flat(point, view);
    return [frame.x + x * frame.size, frame.y + y * frame.size, near];
  };
  ground(pen, land, on, ink);
  path(pen, land, on, ink, pointed);
  const here = at(land, moment);
  if (here) dot(pen, on(here), 7, ink.now, ink.card);
}

/** The grid on the ground with the names of both sides' states, and the axis of time. */
function ground(pen: Pen, land: Landscape, on: (point: Point) => Flat, ink: Ink): void {
  pen.strokeStyle = ink.line;
  pen.lineWidth = 1;
  const edges = (count: number) => Array.from({ length: count + 1 }, (_, i) => (i / count) * 2 - 1);
  for (const x of edges(land.adults.length)) line(pen, on([x, -1, -1]), on([x, 1, -1]));
  for (const y of edges(land.children.length)) line(pen, on([-1, y, -1]), on([1, y, -1]));
  const [near, far] = nearSide(on);
  pen.font = "12px system-ui, sans-serif";
  pen.fillStyle = ink.soft;
  land.adults.forEach((name, i) => {
    label(pen, on([axis(i, land.adults.length), far.y * 1.12, -1]), name, on([0, 0, -1]));
  });
  land.children.forEach((name, i) => {
    label(pen, on([near.x * 1.12, axis(i, land.children.length), -1]), name, on([0, 0, -1]));
  });
  pen.strokeStyle = ink.soft;
  const foot = CORNERS.reduce((left, corner) => (on(corner)[0] < on(left)[0] ? corner : left));
  line(pen, on(foot), on([foot[0], foot[1], 1]));
  label(pen, on([foot[0], foot[1], 1.1]), "time ↑", on([0, 0, 1]));
}

const CORNERS: readonly Point[] = [
  [-1, -1, -1],
  [-1, 1, -1],
  [1, 1, -1],
  [1, -1, -1],
];

/** Which sides of the ground are turned to the eye: that is where names can be read. */
function nearSide(on: (point: Point) => Flat): [{ x: number }, { y: number }] {
  const x = on([1, 0, -1])[2] > on([-1, 0, -1])[2] ? 1 : -1;
  const y = on([0, 1, -1])[2] > on([0, -1, -1])[2] ? 1 : -1;
  return [{ x }, { y }];
}

function path(pen: Pen, land: Landscape, on: (point: Point) => Flat, ink: Ink, pointed: number): void {
  let before: Flat | null = null;
  land.visits.forEach((visit, i) => {
    const [from, to] = ends(visit, land).map(on) as [Flat, Flat];
    const quiet = visit[2] === 0 && visit[3] === 0;
    pen.strokeStyle = ink.soft;
    pen.lineWidth = 1;
    pen.globalAlpha = 0.45;
    if (before) line(pen, before, from);
    pen.globalAlpha = quiet ? 0.35 : 1;
    pen.strokeStyle = i === pointed ? ink.now : ink.accent;
    pen.lineWidth = i === pointed ? 7 : 4;
    pen.lineCap = "round";
    line(pen, from, to);
    pen.globalAlpha = 1;
    if (!quiet) dot(pen, from, 3.5, i === pointed ? ink.now : ink.accent, ink.card);
    before = to;
  });
}

function line(pen: Pen, [ax, ay]: Flat, [bx, by]: Flat): void {
  pen.beginPath();
  pen.moveTo(ax, ay);
  pen.lineTo(bx, by);
  pen.stroke();
}

function dot(pen: Pen, [x, y]: Flat, radius: number, colour: string, round: string): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
  pen.strokeStyle = round;
  pen.lineWidth = 1.5;
  pen.stroke();
}

/** A name outside of the ground, on the side away from its middle. */
function label(pen: Pen, [x, y]: Flat, name: string, [middle]: Flat): void {
  pen.textAlign = Math.abs(x - middle) < 20 ? "center" : x < middle ? "right" : "left";
  pen.textBaseline = "middle";
  pen.fillText(name, x, y);
}
