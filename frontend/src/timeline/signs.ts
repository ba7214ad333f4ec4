/** Each lane has a sign of its own form, so that nothing is told by colour alone. Paths lie in a box from -1 to 1. */

function polygon(corners: number, turn = 0, inner = 1): string {
  const steps = inner === 1 ? corners : corners * 2;
  const points = Array.from({ length: steps }, (_, i) => {
    const angle = ((i / steps) * 2 + turn) * Math.PI - Math.PI / 2;
    const r = inner !== 1 && i % 2 ? inner : 1;
    return `${(r * Math.cos(angle)).toFixed(3)} ${(r * Math.sin(angle)).toFixed(3)}`;
  });
  return `M${points.join("L")}Z`;
}

/** Drop, round, square, triangle, lozenge, hexagon, star; then again from the second. */
const SIGNS = [
  "M0 1C-1 .15 -.95 -.95 0 -.95C.95 -.95 1 .15 0 1Z",
  "M-.9 0A.9 .9 0 1 1 .9 0A.9 .9 0 1 1 -.9 0Z",
  "M-.8 -.8H.8V.8H-.8Z",
  polygon(3),
  polygon(4),
  polygon(6),
  polygon(5, 0, 0.45),
];

/** The outline of the sign of a scheme's `place`-th lane. */
export function signPath(place: number): string {
  return SIGNS[place < SIGNS.length ? place : 1 + ((place - 1) % (SIGNS.length - 1))] as string;
}

const made = new Map<number, Path2D>();

/** Draws a lane's sign around a point; `size` is half its height in pixels. */
export function drawSign(
  context: CanvasRenderingContext2D,
  place: number,
  x: number,
  y: number,
  size: number,
): void {
  let path = made.get(place);
  if (!path) {
    path = new Path2D(signPath(place));
    made.set(place, path);
  }
  context.save();
  context.translate(x, y);
  context.scale(size, size);
  context.fill(path);
  context.restore();
}
