/** What pointers do on the timeline: scrub, select, make, move, resize, pan, pinch. */
import { type Signal, signal } from "@preact/signals";
import type { Tag } from "../contract";
import type { Session } from "../workbench/session";
import { HEADER, type Hit, hitAt, type Layout, type Row, rowAt } from "./layout";
import { catchEdge } from "./magnet";
import { pan, toTime, type View, within, zoom } from "./view";

export interface Draft {
  tag: Tag;
  row: Row;
  fresh: boolean;
}

type Grip =
  | { kind: "scrub" }
  | { kind: "pan"; x: number; view: View }
  | { kind: "make"; row: Row; anchor: number; x: number }
  | { kind: "tag"; hit: Hit; moment: number; x: number; moved: boolean };

/** Pixels that count as an edge, and that tell a drag from a click. */
const EDGE = { mouse: 6, touch: 16 };
const DRAG = 4;

export class Gestures {
  readonly draft: Signal<Draft | null> = signal(null);
  readonly caught = signal<number | null>(null);
  readonly cursor = signal("default");
  private grip: Grip | null = null;
  private fingers = new Map<number, number>();
  private pinch: { apart: number; middle: number; view: View } | null = null;

  constructor(
    private readonly session: Session,
    private readonly canvas: HTMLCanvasElement,
    private readonly place: () => { layout: Layout; width: number },
  ) {
    canvas.addEventListener("pointerdown", this.down);
    canvas.addEventListener("pointermove", this.move);
    canvas.addEventListener("pointerup", this.up);
    canvas.addEventListener("pointercancel", this.cancel);
    canvas.addEventListener("wheel", this.wheel, { passive: false });
  }

  dispose(): void {
    this.canvas.removeEventListener("pointerdown", this.down);
    this.canvas.removeEventListener("pointermove", this.move);
    this.canvas.removeEventListener("pointerup", this.up);
    this.canvas.removeEventListener("pointercancel", this.cancel);
    this.canvas.removeEventListener("wheel", this.wheel);
  }

  private at(event: MouseEvent): { x: number; y: number; moment: number } {
    const box = this.canvas.getBoundingClientRect();
    const x = event.clientX - box.left;
    return { x, y: event.clientY - box.top, moment: toTime(this.session.view.value, this.place().width, x) };
  }

  /** How long `pixels` are, in microseconds. */
  private length(pixels: number): number {
    const { start, end } = this.session.view.value;
    return ((end - start) / this.place().width) * pixels;
  }

  private hit(event: PointerEvent): Hit | null {
    const { y, moment } = this.at(event);
    const row = rowAt(this.place().layout, y);
    const edge = this.length(event.pointerType === "mouse" ? EDGE.mouse : EDGE.touch);
    return row ? hitAt(row, moment, y, edge, this.session.model.selected.value) : null;
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button > 1) return;
    this.canvas.setPointerCapture(event.pointerId);
    const { x, y, moment } = this.at(event);
    this.fingers.set(event.pointerId, x);
    if (this.fingers.size === 2) return this.beginPinch();
    const { model, clock, readOnly, view } = this.session;
    const row = rowAt(this.place().layout, y);
    const hit = this.hit(event);
    if (event.button === 1 || event.shiftKey) this.grip = { kind: "pan", x, view: view.value };
    else if (y < HEADER || !row) {
      this.grip = { kind: "scrub" };
      clock.pause();
      clock.seekTime(moment);
    } else if (hit) {
      if (model.selected.value !== hit.tag.id) this.session.select(hit.tag.id);
      this.grip = { kind: "tag", hit, moment, x, moved: false };
    } else if (readOnly.value || event.pointerType !== "mouse")
      this.grip = { kind: "pan", x, view: view.value };
    else this.grip = { kind: "make", row, anchor: moment, x };
  };

  private readonly move = (event: PointerEvent): void => {
    const { x, moment } = this.at(event);
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, x);
    if (this.pinch) return this.pinching();
    const { grip } = this;
    if (!grip) return this.hover(event);
    const { clock, frames, view } = this.session;
    if (grip.kind === "scrub") clock.seekTime(moment);
    else if (grip.kind === "pan") view.value = pan(grip.view, -this.length(x - grip.x), frames.duration);
    else if (grip.kind === "make" && (this.draft.value || Math.abs(x - grip.x) > DRAG))
      this.making(grip, moment);
    else if (grip.kind === "tag" && (grip.moved || Math.abs(x - grip.x) > DRAG)) this.dragging(grip, moment);
  };

  private readonly up = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    if (this.pinch) {
      if (this.fingers.size === 0) this.pinch = null;
      return;
    }
    const { grip } = this;
    const draft = this.draft.value;
    this.letGo();
    if (!grip) return;
    const { x, moment } = this.at(event);
    if (draft) return this.commit(draft);
    const clicked = (grip.kind === "make" || grip.kind === "pan") && Math.abs(x - grip.x) <= DRAG;
    if (!clicked) return;
    this.session.model.selected.value = null;
    this.session.clock.pause();
    this.session.clock.seekTime(moment);
  };

  private readonly cancel = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    this.pinch = null;
    this.letGo();
  };

  private readonly wheel = (event: WheelEvent): void => {
    const { view, frames } = this.session;
    const { moment } = this.at(event);
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
    const lines = event.deltaMode === 1 ? 16 : 1;
    const next = sideways
      ? pan(view.value, this.length((event.deltaX || event.deltaY) * lines), frames.duration)
      : zoom(
          view.value,
          moment,
          Math.exp(event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)),
          frames.duration,
        );
    // With nothing left to show the page scrolls on.
    if (next.start === view.value.start && next.end === view.value.end && !event.ctrlKey) return;
    event.preventDefault();
    view.value = next;
  };

  private hover(event: PointerEvent): void {
    const { y } = this.at(event);
    const hit = this.hit(event);
    if (y < HEADER) this.cursor.value = "col-resize";
    else if (!hit) this.cursor.value = this.session.readOnly.value ? "default" : "crosshair";
    else if (this.session.readOnly.value) this.cursor.value = "pointer";
    else this.cursor.value = hit.part === "body" ? "grab" : "ew-resize";
  }

  private making(grip: Grip & { kind: "make" }, moment: number): void {
    const { frames, codebook, model } = this.session;
    const who = codebook.proposed(grip.row.lane.id, model.cast);
    if (!who) return;
    const [low, high] = [
      this.caughtAt(Math.min(grip.anchor, moment)),
      this.caughtAt(Math.max(grip.anchor, moment)),
    ];
    const start = Math.min(low, frames.start(frames.last));
    const end = Math.max(high, frames.end(frames.at(start)));
    const point = grip.row.lane.kind === "point";
    const tag: Tag = { id: "draft", code: grip.row.lane.id, ...who, start, end: point ? null : end };
    this.draft.value = { tag, row: grip.row, fresh: true };
    this.showEdge(moment >= grip.anchor ? end - 1 : start);
  }

  private dragging(grip: Grip & { kind: "tag" }, moment: number): void {
    if (this.session.readOnly.value) return;
    grip.moved = true;
    const { frames } = this.session;
    const { tag, row, part } = grip.hit;
    const by = moment - grip.moment;
    let { start, end } = tag;
    if (part === "end" && end !== null)
      end = Math.max(this.caughtAt(end + by, tag.id), frames.end(frames.at(start)));
    else {
      start = Math.min(Math.max(this.caughtAt(start + by, tag.id), 0), frames.start(frames.last));
      if (part === "start" && end !== null) start = Math.min(start, frames.nudge(end, -1));
      else if (end !== null) [start, end] = this.shifted(tag.start, end, start);
    }
    this.draft.value = { tag: { ...tag, start, end }, row, fresh: false };
    this.showEdge(part === "end" && end !== null ? end - 1 : start);
  }

  /** Moves an interval by whole frames; it keeps its length in time as nearly as frames allow. */
  private shifted(start: number, end: number, to: number): [number, number] {
    const { frames } = this.session;
    const length = end - start;
    const first = Math.max(Math.min(to, frames.snap(frames.duration - length)), 0);
    const last = Math.min(frames.snap(first + length), frames.duration);
    return [first, Math.max(last, frames.end(frames.at(first)))];
  }

  /** The nearest frame edge; another tag's edge or the playhead when one is close. */
  private caughtAt(moment: number, except = "draft"): number {
    const { frames, clock } = this.session;
    const near = catchEdge(
      this.place().layout,
      moment,
      this.length(7),
      except,
      clock.frames.start(clock.shown.value),
    );
    this.caught.value = near;
    return near ?? frames.snap(Math.min(Math.max(moment, 0), frames.duration));
  }

  private showEdge(moment: number): void {
    this.session.clock.pause();
    this.session.clock.seekTime(moment);
  }

  private commit({ tag, row, fresh }: Draft): void {
    const { model, coder } = this.session;
    if (fresh) coder.make(row.lane, tag.start, tag.end);
    else model.amend("move", tag.id, { start: tag.start, end: tag.end });
  }

  private letGo(): void {
    this.grip = null;
    this.draft.value = null;
    this.caught.value = null;
  }

  private beginPinch(): void {
    const [a = 0, b = 0] = [...this.fingers.values()];
    this.letGo();
    this.pinch = { apart: Math.max(Math.abs(a - b), 20), middle: (a + b) / 2, view: this.session.view.value };
  }

  private pinching(): void {
    const { pinch } = this;
    if (!pinch || this.fingers.size < 2) return;
    const [a = 0, b = 0] = [...this.fingers.values()];
    const { width } = this.place();
    const { duration } = this.session.frames;
    const factor = pinch.apart / Math.max(Math.abs(a - b), 20);
    const moment = toTime(pinch.view, width, pinch.middle);
    const zoomed = zoom(pinch.view, moment, factor, duration);
    const shift = (((a + b) / 2 - pinch.middle) / width) * (zoomed.end - zoomed.start);
    this.session.view.value = within({ start: zoomed.start - shift, end: zoomed.end - shift }, duration);
  }
}
