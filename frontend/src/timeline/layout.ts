/** Puts tags on rows, finds those in a stretch of time quickly, and what lies under the pointer. */
import type { Code, Tag } from "../contract";
import type { Codebook } from "../model/codebook";
import { byTime } from "../model/order";
import type { View } from "./view";

export const RULER = 22;
export const WAVE = 34;
export const HEADER = RULER + WAVE;
const ROW = 30;
/** Room for a lane's name above its tags, where there is none beside them. */
const NAME = 14;
const DEEPER = 12;
const DEEPEST = 3;
const GROUP_GAP = 26;

/** Whose tags a group of rows shows. */
export interface Group {
  /** Its name; null where there is only one. */
  name: string | null;
  manner: "own" | "expert";
  tags: readonly Tag[];
}

export interface Row {
  lane: Code;
  /** Place of the lane in the scheme: it decides the shape of its sign. */
  place: number;
  group: Group;
  /** First row of a named group: the name stands above it. */
  heads: boolean;
  /** It belongs to the lane of the row above it. */
  joined: boolean;
  /** Whose it is, where the rows of one lane lie together. */
  caption: string | null;
  top: number;
  height: number;
  /** Pixels above its tags, for its name. */
  lead: number;
  /** By beginning. */
  tags: readonly Tag[];
  /** How far down each tag is drawn when tags overlap: 0, 1 or 2. */
  depths: Uint8Array;
  /** The latest end among the tags up to each, so that a search by time can begin in the right place. */
  reaches: Float64Array;
}

export interface Layout {
  rows: readonly Row[];
  height: number;
}

/** Lays out every lane of every group. Costs one sort of the tags; done when they change, never while drawing. */
export function layOut(
  groups: readonly Group[],
  codebook: Codebook,
  lanes: readonly Code[],
  names = false,
  together = false,
): Layout {
  if (together) return layOutTogether(groups, codebook, lanes, names);
  let top = HEADER;
  const rows: Row[] = [];
  for (const group of groups) {
    const byLane = new Map<string, Tag[]>(lanes.map((lane) => [lane.id, []]));
    for (const tag of group.tags) byLane.get(codebook.laneOf(tag.code).id)?.push(tag);
    lanes.forEach((lane, i) => {
      const heads = i === 0 && group.name !== null;
      if (heads) top += GROUP_GAP;
      const place: Place = {
        lane,
        place: codebook.lanes.indexOf(lane),
        group,
        heads,
        joined: false,
        caption: null,
        top,
        lead: names ? NAME : 0,
      };
      const row = makeRow(place, byLane.get(lane.id) ?? []);
      rows.push(row);
      top += row.height;
    });
  }
  return { rows, height: top + 6 };
}

/** Every group's row of a lane under each other, lane after lane; those on which nobody has anything are left out. */
function layOutTogether(
  groups: readonly Group[],
  codebook: Codebook,
  lanes: readonly Code[],
  names: boolean,
): Layout {
  const tags = groups.map((group) => {
    const byLane = new Map<string, Tag[]>();
    for (const tag of group.tags) {
      const { id } = codebook.laneOf(tag.code);
      const known = byLane.get(id);
      if (known) known.push(tag);
      else byLane.set(id, [tag]);
    }
    return byLane;
  });
  const used = lanes.filter((lane) => tags.some((byLane) => byLane.has(lane.id)));
  let top = HEADER;
  const rows: Row[] = [];
  for (const lane of used.length ? used : lanes)
    groups.forEach((group, i) => {
      const place = codebook.lanes.indexOf(lane);
      const caption = group.name?.replace(/ saw$/, "") ?? null;
      const lead = names ? NAME : 0;
      const at = { lane, place, group, heads: false, joined: i > 0, caption, top, lead };
      const row = makeRow(at, tags[i]?.get(lane.id) ?? []);
      rows.push(row);
      top += row.height;
    });
  return { rows, height: top + 6 };
}

type Place = Pick<Row, "lane" | "place" | "group" | "heads" | "joined" | "caption" | "top" | "lead">;

function makeRow(place: Place, tags: Tag[]): Row {
  tags.sort(byTime);
  const depths = new Uint8Array(tags.length);
  const reaches = new Float64Array(tags.length);
  const free = new Float64Array(DEEPEST);
  let reach = 0;
  let deepest = 0;
  tags.forEach((tag, i) => {
    const end = tag.end ?? tag.start;
    let depth = 0;
    while (depth < DEEPEST - 1 && (free[depth] as number) > tag.start) depth++;
    free[depth] = end;
    depths[i] = depth;
    deepest = Math.max(deepest, depth);
    reach = Math.max(reach, end);
    reaches[i] = reach;
  });
  return { ...place, height: place.lead + ROW + DEEPER * deepest, tags, depths, reaches };
}

/** The first tag of a row that may still be seen from `moment` on. */
export function firstFrom(row: Row, moment: number): number {
  let low = 0;
  let high = row.reaches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((row.reaches[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls back for every tag of a row that touches the view. */
export function eachVisible(row: Row, view: View, visit: (tag: Tag, depth: number, i: number) => void): void {
  for (let i = firstFrom(row, view.start); i < row.tags.length; i++) {
    const tag = row.tags[i] as Tag;
    if (tag.start > view.end) break;
    if ((tag.end ?? tag.start) >= view.start) visit(tag, row.depths[i] as number, i);
  }
}

/** Where a tag's bar lies inside its row, in pixels from the top of the canvas. */
export function barBox(row: Row, depth: number): { top: number; height: number } {
  return { top: row.top + row.lead + 5 + depth * DEEPER, height: ROW - 10 };
}

export function rowAt(layout: Layout, y: number): Row | null {
  return layout.rows.find((row) => y >= row.top && y < row.top + row.height) ?? null;
}

export type Part = "body" | "start" | "end";
export interface Hit {
  tag: Tag;
  row: Row;
  part: Part;
}

/**
 * What lies at a place of the canvas: topmost first, the selected tag before all others.
 *
 * @param edge How near an edge counts as the edge, in microseconds.
 * @param skip What cannot be taken hold of now.
 */
export function hitAt(
  row: Row,
  moment: number,
  y: number,
  edge: number,
  selected: string | null,
  skip: (tag: Tag) => boolean = () => false,
): Hit | null {
  let best: Hit | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  eachVisible(row, { start: moment - 2 * edge, end: moment + 2 * edge }, (tag, depth) => {
    if (skip(tag)) return;
    const box = barBox(row, depth);
    const end = tag.end ?? tag.start;
    const slack = tag.end === null ? edge * 1.5 : edge;
    if (moment < tag.start - slack || moment > end + slack) return;
    const outside =
      Math.max(tag.start - moment, moment - end, 0) + Math.max(box.top - y, y - box.top - box.height, 0);
    const distance = tag.id === selected ? -1 : outside;
    if (distance > bestDistance) return;
    bestDistance = distance;
    best = { tag, row, part: partAt(tag, moment, edge) };
  });
  return best;
}

function partAt(tag: Tag, moment: number, edge: number): Part {
  if (tag.end === null) return "body";
  // A short tag keeps a middle to be moved by.
  const reach = Math.min(edge, (tag.end - tag.start) / 3);
  if (moment <= tag.start + reach) return "start";
  if (moment >= tag.end - reach) return "end";
  return "body";
}

/** Own tags that a rectangle of the canvas touches: between two moments and two heights. */
export function touched(
  layout: Layout,
  stretch: View,
  top: number,
  bottom: number,
  skip: (tag: Tag) => boolean = () => false,
): string[] {
  const found: string[] = [];
  for (const row of layout.rows) {
    if (row.group.manner !== "own" || row.top > bottom || row.top + row.height < top) continue;
    eachVisible(row, stretch, (tag, depth) => {
      const box = barBox(row, depth);
      if (box.top <= bottom && box.top + box.height >= top && !skip(tag)) found.push(tag.id);
    });
  }
  return found;
}
