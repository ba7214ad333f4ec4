/** Draws the links between moments: from what came before to what came after, the selected chain with its times. */
import type { Tag } from "../contract";
import { type Joint, jointsOf, type Kind } from "../model/chains";
import { seconds } from "../model/time";
import { laneColour } from "./colours";
import { barBox, type Layout, type Row } from "./layout";
import type { Scene } from "./paint";
import { toX } from "./view";

/** How many links may be in view and still be drawn. */
const MOST = 300;
/** The kind of a link as a line: it is told by its form. */
const DASHES: Record<Kind, number[]> = { answers: [], continues: [6, 3], precedes: [1.5, 3.5] };

interface Spot {
  row: Row;
  depth: number;
}

interface Index {
  joints: readonly Joint[];
  spots: ReadonlyMap<string, Spot>;
}

const indexes = new WeakMap<Layout, Index>();

/** Where every linked moment lies; made once for a layout. */
export function indexOf(layout: Layout): Index {
  const known = indexes.get(layout);
  if (known) return known;
  const tags = new Map<string, Tag>();
  const spots = new Map<string, Spot>();
  for (const row of layout.rows) for (const tag of row.tags) tags.set(tag.id, tag);
  const joints = jointsOf(tags);
  const linked = new Set(joints.flatMap(({ from, to }) => [from.id, to.id]));
  if (linked.size)
    for (const row of layout.rows)
      row.tags.forEach((tag, i) => {
        if (linked.has(tag.id)) spots.set(tag.id, { row, depth: row.depths[i] as number });
      });
  const index = { joints, spots };
  indexes.set(layout, index);
  return index;
}

export function paintArcs(context: CanvasRenderingContext2D, scene: Scene): void {
  const { joints, spots } = indexOf(scene.layout);
  const { view, chain, lifted } = scene;
  const inView = joints.filter(
    ({ from, to }) =>
      Math.min(from.start, to.start) <= view.end &&
      Math.max(from.start, to.start) >= view.start &&
      !lifted.has(from.id) &&
      !lifted.has(to.id),
  );
  if (inView.length > MOST) return;
  const strong = (joint: Joint) => chain.has(joint.from.id) && chain.has(joint.to.id);
  // The selected chain lies over the others.
  for (const joint of inView) if (!strong(joint)) paintArc(context, scene, spots, joint, false);
  for (const joint of inView) if (strong(joint)) paintArc(context, scene, spots, joint, true);
  context.setLineDash([]);
}

type Ends = { x0: number; y0: number; x1: number; y1: number; bend: number };

function ends(scene: Scene, joint: Joint, a: Spot, b: Spot): Ends {
  const [from, to] = [barBox(a.row, a.depth), barBox(b.row, b.depth)];
  const x0 = toX(scene.view, scene.width, joint.from.start);
  const x1 = toX(scene.view, scene.width, joint.to.start) + 5;
  if (a.row === b.row) return { x0: x0 + 5, y0: from.top, x1, y1: to.top, bend: -14 };
  const down = from.top < to.top;
  const y0 = down ? from.top + from.height + 1 : from.top - 1;
  const y1 = down ? to.top - 1 : to.top + to.height + 1;
  return { x0, y0, x1, y1, bend: (y1 - y0) * 0.55 };
}

function paintArc(
  context: CanvasRenderingContext2D,
  scene: Scene,
  spots: Index["spots"],
  joint: Joint,
  strong: boolean,
): void {
  const [a, b] = [spots.get(joint.from.id), spots.get(joint.to.id)];
  if (!a || !b) return;
  const { x0, y0, x1, y1, bend } = ends(scene, joint, a, b);
  const same = a.row === b.row;
  context.strokeStyle = strong ? scene.ink.ink : laneColour(a.row.lane);
  context.lineWidth = strong ? 2 : 1.5;
  context.setLineDash(DASHES[joint.kind]);
  context.beginPath();
  context.moveTo(x0, y0);
  context.bezierCurveTo(x0, y0 + bend, x1, same ? y1 + bend : y1 - bend, x1, y1);
  context.stroke();
  context.setLineDash([]);
  paintTip(context, x1, y1, same || y1 > y0 ? 1 : -1);
  if (strong) paintLatency(context, scene, joint, x0, x1, barBox(b.row, b.depth));
}

/** The end at which it arrives: a small arrow, pointing down or up. */
function paintTip(context: CanvasRenderingContext2D, x: number, y: number, way: 1 | -1): void {
  context.fillStyle = context.strokeStyle;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 3.5, y - 5 * way);
  context.lineTo(x + 3.5, y - 5 * way);
  context.closePath();
  context.fill();
}

function paintLatency(
  context: CanvasRenderingContext2D,
  { ink, width }: Scene,
  joint: Joint,
  x0: number,
  x1: number,
  to: { top: number; height: number },
): void {
  const words = seconds(joint.latency);
  context.font = `600 11px ${ink.sans}`;
  context.textBaseline = "middle";
  const room = context.measureText(words).width + 10;
  // Just before what came after, on its lane; where there is no room for it, above that.
  const before = x1 - 12 - room;
  const fits = before >= Math.min(x0, x1 - 12) - 4;
  const left = Math.min(Math.max(fits ? before : x1 - 5 - room / 2, 2), width - room - 2);
  const y = fits ? to.top + to.height / 2 : to.top - 6;
  context.fillStyle = ink.card;
  context.strokeStyle = ink.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left, y - 8, room, 16, 8);
  context.fill();
  context.stroke();
  context.fillStyle = ink.ink;
  context.fillText(words, left + 5, y + 0.5);
}
