/** A finger that stays where it came down: from then on it draws, where it would otherwise move the view. */
import { DRAG } from "./ease";

/** How long it stays, in milliseconds: longer than a tap, shorter than a browser waits before its own menu. */
const STAYS = 400;
/** A finger is never as still as a mouse. */
const SHAKES = 2 * DRAG;

export class Hold {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private from = { x: 0, y: 0 };

  begin(from: { x: number; y: number }, stayed: () => void): void {
    this.end();
    this.from = from;
    this.timer = setTimeout(stayed, STAYS);
  }

  moved({ x, y }: { x: number; y: number }): void {
    if (Math.hypot(x - this.from.x, y - this.from.y) > SHAKES) this.end();
  }

  end(): void {
    clearTimeout(this.timer);
  }
}
