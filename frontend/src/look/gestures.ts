/** What pointers do on the picture: click to play, drag to move it, draw what to look at, wheel and pinch. */
import type { Session } from "../workbench/session";
import { panBy } from "./box";
import { between, pointUnder, type Size } from "./stage";

/** Pixels that tell a drag from a click, and a drawn box from a slip. */
const DRAG = 5;
const LEAST_DRAWN = 0.03;
/** How much closer one turn of the wheel goes at most: a mouse's notch is as large as twenty steps of a touchpad. */
const NOTCH = 1.25;

interface Point {
  x: number;
  y: number;
}

type Grip = { kind: "press"; from: Point } | { kind: "pan"; from: Point } | { kind: "draw"; from: Point };

export class LookGestures {
  private readonly fingers = new Map<number, Point>();
  private grip: Grip | null = null;
  private pinched = false;

  constructor(
    private readonly session: Session,
    private readonly pane: HTMLElement,
    private readonly ratio: number,
  ) {
    pane.addEventListener("pointerdown", this.down);
    pane.addEventListener("pointermove", this.move);
    pane.addEventListener("pointerup", this.up);
    pane.addEventListener("pointercancel", this.cancel);
    pane.addEventListener("pointerleave", this.leave);
    pane.addEventListener("wheel", this.wheel, { passive: false });
  }

  dispose(): void {
    const { pane } = this;
    pane.removeEventListener("pointerdown", this.down);
    pane.removeEventListener("pointermove", this.move);
    pane.removeEventListener("pointerup", this.up);
    pane.removeEventListener("pointercancel", this.cancel);
    pane.removeEventListener("pointerleave", this.leave);
    pane.removeEventListener("wheel", this.wheel);
  }

  private get size(): Size {
    return { width: this.pane.clientWidth, height: this.pane.clientHeight };
  }

  private at(event: MouseEvent): Point {
    const box = this.pane.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  /** The point of the picture under a point of the pane. */
  private under(point: Point): Point {
    const { look } = this.session;
    return pointUnder(point, look.box.value, this.size, this.ratio, look.mirror.value);
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const { look } = this.session;
    const from = this.at(event);
    this.fingers.set(event.pointerId, from);
    if (this.fingers.size === 2) {
      look.draft.value = null;
      this.grip = null;
      this.pinched = true;
      return;
    }
    this.pinched = false;
    const draws = look.drawing.value || event.shiftKey;
    this.grip = { kind: draws ? "draw" : "press", from };
    if (draws || look.zoomed.value) this.pane.setPointerCapture(event.pointerId);
  };

  private readonly move = (event: PointerEvent): void => {
    const before = this.fingers.get(event.pointerId);
    const now = this.at(event);
    if (event.pointerType === "mouse") this.session.look.pointed = this.under(now);
    if (!before) return;
    if (this.fingers.size === 2) this.pinch(event.pointerId, before, now);
    this.fingers.set(event.pointerId, now);
    const { look } = this.session;
    const { grip } = this;
    if (!grip) return;
    if (grip.kind === "draw") look.draft.value = between(this.under(grip.from), this.under(now));
    else if (grip.kind === "pan") this.drag(before, now);
    else if (look.zoomed.value && Math.hypot(now.x - grip.from.x, now.y - grip.from.y) > DRAG) {
      this.grip = { kind: "pan", from: grip.from };
      this.drag(grip.from, now);
    }
  };

  private readonly up = (event: PointerEvent): void => {
    const { grip } = this;
    const { look, clock } = this.session;
    this.fingers.delete(event.pointerId);
    const draft = look.draft.value;
    this.letGo();
    if (!grip || this.pinched) return;
    if (grip.kind === "draw") {
      look.drawing.value = false;
      if (draft && Math.max(draft.width, draft.height) >= LEAST_DRAWN) look.show(draft);
      return;
    }
    const at = this.at(event);
    if (grip.kind === "press" && Math.hypot(at.x - grip.from.x, at.y - grip.from.y) <= DRAG) clock.toggle();
  };

  private readonly leave = (): void => {
    this.session.look.pointed = null;
  };

  private readonly cancel = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    this.letGo();
  };

  /** With Ctrl (which is what two fingers on a touchpad send) always; by itself where there is no page to scroll. */
  private readonly wheel = (event: WheelEvent): void => {
    const { look } = this.session;
    const whole = !look.zoomed.value && !document.fullscreenElement;
    if (!event.ctrlKey && !event.metaKey && whole) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    const turned = Math.exp(event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002));
    look.zoom(Math.min(Math.max(turned, 1 / NOTCH), NOTCH), this.under(this.at(event)));
  };

  private drag(from: Point, to: Point): void {
    const { look } = this.session;
    const [a, b] = [this.under(from), this.under(to)];
    const box = look.box.value;
    look.show(panBy(box, (a.x - b.x) / box.width, (a.y - b.y) / box.height));
  }

  private pinch(id: number, before: Point, now: Point): void {
    const [other] = [...this.fingers].filter(([finger]) => finger !== id).map(([, point]) => point);
    if (!other) return;
    const apart = (point: Point) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 12);
    const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
    this.session.look.zoom(apart(before) / apart(now), this.under(middle));
    this.drag({ x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 }, middle);
  }

  private letGo(): void {
    this.grip = null;
    this.session.look.draft.value = null;
  }
}
