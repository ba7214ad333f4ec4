/** How a drag begins: a hand that shakes moves nothing, and what is moved does not leap when it is let go. */

/** Pixels that tell a drag from a click. */
export const DRAG = 4;
/** From here on, in pixels, what is dragged lies right under the pointer. */
const CAUGHT_UP = 12;

/** How far something goes that is dragged by `pixels`: nowhere at first, then a little faster until it has caught up. */
export function eased(pixels: number): number {
  const far = Math.abs(pixels);
  if (far >= CAUGHT_UP) return pixels;
  return (Math.sign(pixels) * Math.max(far - DRAG, 0) * CAUGHT_UP) / (CAUGHT_UP - DRAG);
}
