/** Draws the timeline's still part: ruler, sound, lanes, links and tags. Only what is in view costs anything. */

import type { Mark } from "../compare/comparison";
import { paintForm, paintPointForm } from "../compare/forms";
import type { Tag } from "../contract";
import type { Peaks } from "../film/data";
import type { Codebook } from "../model/codebook";
import { shortTime, timecode } from "../model/time";
import { paintArcs } from "./arcs";
import { laneColour, mix } from "./colours";
import { barBox, eachVisible, type Layout, type Row, RULER, WAVE } from "./layout";
import { drawSign } from "./signs";
import { ticks, toX, type View } from "./view";

export interface Scene {
  view: View;
  width: number;
  layout: Layout;
  codebook: Codebook;
  selected: string | null;
  /** All that are chosen. */
  chosen: ReadonlySet<string>;
  /** What is looked at; the rest stands back. Null: everything. */
  matching: ReadonlySet<string> | null;
  /** Every moment of the selected one's chain. */
  chain: ReadonlySet<string>;
  /** Moments that one is shown now, when comparing. */
  pointed: ReadonlySet<string>;
  /** Agreement and difference with others, when comparing. */
  marks: ReadonlyMap<string, Mark> | null;
  /** Tags that are being dragged: they are drawn elsewhere. */
  lifted: ReadonlySet<string>;
  /** Lane names stand inside the lanes where there is no room beside them. */
  names: boolean;
  peaks: Peaks | null;
  frames: { times: readonly number[]; at(moment: number): number };
  ink: Ink;
}

/** Colours and faces, read from the design tokens. */
export interface Ink {
  card: string;
  line: string;
  ink: string;
  soft: string;
  faint: string;
  wave: string;
  now: string;
  accent: string;
  sans: string;
}

export function readInk(element: Element): Ink {
  const style = getComputedStyle(element);
  const of = (name: string, other: string) => style.getPropertyValue(`--vig-${name}`).trim() || other;
  return {
    card: of("card", "#ffffff"),
    line: of("line", "#e7dfd3"),
    ink: of("ink", "#1c2326"),
    soft: of("ink-soft", "#505b5f"),
    faint: of("ink-faint", "#666f71"),
    wave: "#aebfbd",
    now: of("now", "#c8452d"),
    accent: of("accent", "#1d6b66"),
    sans: of("sans", "sans-serif"),
  };
}

/** Text needs this many pixels of bar. */
const TEXT_ROOM = 30;

/** How much is left to see of what is not looked at. */
const BACK = 0.18;

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, layout, ink } = scene;
  context.clearRect(0, 0, width, layout.height);
  paintRuler(context, scene);
  paintWave(context, scene);
  for (const row of layout.rows) paintLane(context, scene, row);
  paintArcs(context, scene);
  context.textBaseline = "middle";
  context.font = `600 11.5px ${ink.sans}`;
  for (const row of layout.rows) paintTags(context, scene, row);
}

function paintRuler(context: CanvasRenderingContext2D, scene: Scene): void {
  const { view, width, ink, frames, layout } = scene;
  context.font = `11px ${ink.sans}`;
  context.textBaseline = "middle";
  context.fillStyle = ink.faint;
  const close = view.end - view.start < 12_000_000;
  for (const mark of ticks(view, width)) {
    const x = Math.round(toX(view, width, mark)) + 0.5;
    context.fillRect(x - 0.5, RULER - 6, 1, 6);
    if (x < width - 40)
      context.fillText(close ? timecode(mark) : shortTime(mark).replace(/\.0$/, ""), x + 4, RULER / 2);
  }
  paintFrameMarks(context, scene, frames, layout.height);
}

/** When frames are wide enough to tell apart, each has a fine line. */
function paintFrameMarks(
  context: CanvasRenderingContext2D,
  { view, width, ink }: Scene,
  frames: Scene["frames"],
  height: number,
): void {
  const first = frames.at(view.start);
  const last = frames.at(view.end);
  if (width / (last - first + 1) < 7) return;
  context.fillStyle = ink.line;
  for (let i = first; i <= last; i++)
    context.fillRect(Math.round(toX(view, width, frames.times[i] as number)), RULER, 1, height - RULER);
}

function paintWave(context: CanvasRenderingContext2D, { view, width, peaks, ink }: Scene): void {
  const middle = RULER + WAVE / 2;
  context.fillStyle = ink.wave;
  if (!peaks) return;
  const perPixel = ((view.end - view.start) / width / 1e6) * peaks.rate;
  const from = (view.start / 1e6) * peaks.rate;
  for (let x = 0; x < width; x += 3) {
    const first = Math.floor(from + x * perPixel);
    const last = Math.max(first + 1, Math.floor(from + (x + 3) * perPixel));
    let loudest = 0;
    for (let i = first; i < last; i++) loudest = Math.max(loudest, peaks.peaks[i] ?? 0);
    const half = Math.max((loudest / 100) * (WAVE / 2 - 3), 0.5);
    context.fillRect(x, middle - half, 2, half * 2);
  }
}

function paintLane(
  context: CanvasRenderingContext2D,
  { width, ink, names, codebook }: Scene,
  row: Row,
): void {
  context.fillStyle = ink.line;
  if (!row.joined) context.fillRect(0, row.top, width, 1);
  context.font = `600 12px ${ink.sans}`;
  context.textBaseline = "middle";
  if (row.heads && row.group.name && names) {
    context.fillStyle = ink.ink;
    context.fillText(row.group.name, 6, row.top - 11);
  }
  if (!names) return;
  context.font = `11px ${ink.sans}`;
  context.fillStyle = laneColour(row.lane);
  drawSign(context, row.place, 10, row.top + 10, 4);
  context.fillStyle = ink.soft;
  const name = row.joined ? "" : `${codebook.short(row.lane.id)} `;
  context.fillText(row.caption ? `${name}· ${row.caption}` : name, 20, row.top + 10.5);
}

function paintTags(context: CanvasRenderingContext2D, scene: Scene, row: Row): void {
  const { chosen, lifted } = scene;
  const matching = row.group.manner === "own" ? scene.matching : null;
  const free = (tag: Tag) => !chosen.has(tag.id) && !lifted.has(tag.id);
  if (matching) {
    context.globalAlpha = BACK;
    sweep(context, scene, row, (tag) => free(tag) && !matching.has(tag.id));
    context.globalAlpha = 1;
  }
  sweep(context, scene, row, (tag) => free(tag) && (!matching || matching.has(tag.id)));
  if (chosen.size > 0) sweep(context, scene, row, (tag) => chosen.has(tag.id) && !lifted.has(tag.id));
}

/** Draws those tags in view that `which` takes, by time. */
function sweep(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: Row,
  which: (tag: Tag) => boolean,
): void {
  const { view, width } = scene;
  const filled = [-1, -1, -1];
  eachVisible(row, view, (tag, depth, i) => {
    // Where many tags share a pixel one of them is enough.
    const right = toX(view, width, tag.end ?? tag.start);
    if (right <= (filled[depth] as number) || !which(tag)) return;
    filled[depth] = Math.ceil(right * 2) / 2;
    const next = row.tags[i + 1];
    paintTag(context, scene, row, tag, depth, next ? toX(view, width, next.start) : width);
  });
}

/** Draws one tag; `next` is where the following one begins, so that a point's name has room. */
export function paintTag(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: Row,
  tag: Tag,
  depth: number,
  next: number,
): void {
  const box = barBox(row, depth);
  const colour = laneColour(row.lane);
  const left = toX(scene.view, scene.width, tag.start);
  const chosen = tag.id === scene.selected || scene.chosen.has(tag.id) || scene.pointed.has(tag.id);
  if (tag.end === null) return paintPoint(context, scene, row, tag, box, left, next, chosen);
  const length = Math.max(toX(scene.view, scene.width, tag.end) - left, 2);
  if (length < 5 && !chosen) {
    context.fillStyle = colour;
    context.fillRect(left, box.top, length, box.height);
    return;
  }
  if (chosen) paintRing(context, scene.ink, left, box.top, length, box.height);
  paintBar(context, scene, row, tag, [left + 0.5, box.top, length - 1, box.height]);
  const mark = scene.marks?.get(tag.id);
  if (mark) {
    const light = row.group.manner === "own" ? "#ffffff" : colour;
    paintForm(context, mark, [left + 0.5, box.top, length - 1, box.height], light, scene.ink);
  }
  if (length > TEXT_ROOM) paintText(context, scene, row, tag, left, length, box);
}

function paintBar(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: Row,
  tag: Tag,
  [x, y, w, h]: [number, number, number, number],
): void {
  const colour = laneColour(row.lane);
  const expert = row.group.manner === "expert";
  context.beginPath();
  context.roundRect(x, y, w, h, Math.min(6, w / 2));
  context.fillStyle = expert ? mix(colour, scene.ink.card, 0.86) : colour;
  context.fill();
  // A fine light edge keeps tags that lie over each other apart.
  context.strokeStyle = scene.ink.card;
  context.lineWidth = 1;
  context.stroke();
  if (expert || tag.certainty === "unsure") {
    context.save();
    context.strokeStyle = expert ? colour : scene.ink.card;
    context.lineWidth = 1.5;
    if (tag.certainty === "unsure") context.setLineDash([4, 3]);
    context.beginPath();
    context.roundRect(x + 1, y + 1, Math.max(w - 2, 1), h - 2, Math.min(5, w / 2));
    context.stroke();
    context.restore();
  }
}

function paintText(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: Row,
  tag: Tag,
  left: number,
  length: number,
  box: { top: number; height: number },
): void {
  // The words stay in view while their bar is scrolled out of it.
  const from = Math.max(left, 0) + 7;
  const room = left + length - from - 5;
  if (room < TEXT_ROOM - 13) return;
  const words = fitted(context, scene.codebook.short(tag.code), room, codeIsLane(row, tag));
  if (!words) return;
  context.fillStyle = row.group.manner === "expert" ? mix(laneColour(row.lane), "#000000", 0.25) : "#ffffff";
  context.fillText(words, from, box.top + box.height / 2 + 0.5);
}

/** A word that does not fit ends in an ellipsis; the lane's own name, which stands beside it, is left out. */
function fitted(context: CanvasRenderingContext2D, words: string, room: number, whole: boolean): string {
  if (context.measureText(words).width <= room) return words;
  if (whole) return "";
  let end = words.length - 1;
  while (end > 0 && context.measureText(`${words.slice(0, end)}…`).width > room) end--;
  return end < 2 ? "" : `${words.slice(0, end).trimEnd()}…`;
}

function paintRing(
  context: CanvasRenderingContext2D,
  ink: Ink,
  x: number,
  y: number,
  w: number,
  h: number,
): void {
  context.lineWidth = 2;
  context.strokeStyle = ink.ink;
  context.fillStyle = ink.card;
  context.beginPath();
  context.roundRect(x - 3, y - 3, w + 6, h + 6, 8);
  context.fill();
  context.stroke();
}

function paintPoint(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: Row,
  tag: Tag,
  box: { top: number; height: number },
  x: number,
  next: number,
  chosen: boolean,
): void {
  const { ink } = scene;
  const middle = box.top + box.height / 2;
  if (chosen) paintRing(context, ink, x - 8, box.top, 16, box.height);
  const expert = row.group.manner === "expert";
  context.fillStyle = laneColour(row.lane);
  drawSign(context, row.place, x, middle, expert ? 8 : 8.5);
  if (expert) {
    context.fillStyle = ink.card;
    drawSign(context, row.place, x, middle, 5);
  }
  const mark = scene.marks?.get(tag.id);
  if (mark) paintPointForm(context, mark, x, middle, ink);
  const words = scene.codebook.short(tag.code);
  if (codeIsLane(row, tag) || next - x < 24 + words.length * 6.4) return;
  context.save();
  context.font = `11.5px ${ink.sans}`;
  context.fillStyle = ink.soft;
  context.fillText(words, x + (chosen ? 15 : 12), middle + 0.5);
  context.restore();
}

const codeIsLane = (row: Row, tag: Tag) => tag.code === row.lane.id;
