/** What pointers do on the timeline: scrub, select, make, move, resize, pan, pinch. */
import { type Signal, signal } from "@preact/signals";
import type { Tag } from "../contract";
import { edgeNumber, shift } from "../model/acts";
import type { Session } from "../workbench/session";
import { DRAG, eased } from "./ease";
import type { Grip } from "./grip";
import { Hold } from "./hold";
import { HEADER, type Hit, hitAt, type Layout, type Row, rowAt, touched } from "./layout";
import { catchEdge, shifted } from "./magnet";
import type { Draft, Lifted, Marquee } from "./overlay";
import { pan, toTime, type View, within, zoom } from "./view";

/** Pixels that count as an edge. */
const EDGE = { mouse: 6, touch: 16 };

export class Gestures {
  readonly draft: Signal<Draft | null> = signal(null);
  readonly caught = signal<number | null>(null);
  readonly marquee = signal<Marquee | null>(null);
  readonly cursor = signal("default");
  private grip: Grip | null = null;
  private readonly hold = new Hold();
  private readonly over = new AbortController();
  /** Where the playhead stood when the grip began: it then goes along with what is dragged, and must not hold it. */
  private playhead: number | null = null;
  /** Where the film stood when the grip had begun. */
  private stood = 0;
  private fingers = new Map<number, number>();
  private pinch: { apart: number; middle: number; view: View } | null = null;

  constructor(
    private readonly session: Session,
    private readonly canvas: HTMLCanvasElement,
    private readonly place: () => { layout: Layout; width: number },
  ) {
    const { signal } = this.over;
    canvas.addEventListener("pointerdown", this.down, { signal });
    canvas.addEventListener("pointermove", this.move, { signal });
    canvas.addEventListener("pointerup", this.up, { signal });
    canvas.addEventListener("pointercancel", this.cancel, { signal });
    canvas.addEventListener("touchstart", this.claim, { passive: false, signal });
    canvas.addEventListener("touchmove", this.claim, { passive: false, signal });
    canvas.addEventListener("contextmenu", this.menu, { signal });
    canvas.addEventListener("wheel", this.wheel, { passive: false, signal });
    window.addEventListener("keydown", this.key, { capture: true, signal });
  }

  dispose(): void {
    this.hold.end();
    this.over.abort();
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
    return row ? hitAt(row, moment, y, edge, this.session.model.selected.value, this.standsBack) : null;
  }

  private readonly down = (event: PointerEvent): void => {
    if (event.button > 1) return;
    this.canvas.setPointerCapture(event.pointerId);
    const { x, y, moment } = this.at(event);
    this.fingers.set(event.pointerId, x);
    if (this.fingers.size === 2) return this.beginPinch();
    const row = rowAt(this.place().layout, y);
    this.grip = this.gripOf(event, { x, y, moment }, row);
    this.playhead = this.standing(this.grip);
    this.stood = this.session.clock.time.value;
  };

  /** The playhead as an edge that stands still; none where it marks an edge of what is held. */
  private standing(grip: Grip | null): number | null {
    const { frames, clock } = this.session;
    const now = clock.time.value;
    if (grip?.kind !== "tag") return now;
    const { start, end } = grip.hit.tag;
    return now === start || (end !== null && frames.at(now) === frames.at(end - 1)) ? null : now;
  }

  private gripOf(
    event: PointerEvent,
    { x, y, moment }: { x: number; y: number; moment: number },
    row: Row | null,
  ): Grip | null {
    const { model, clock, readOnly, view, desk } = this.session;
    const several = event.shiftKey || event.ctrlKey || event.metaKey || desk.picking.value;
    if (event.button === 1) return { kind: "pan", x, view: view.value };
    if (y < HEADER || !row) {
      clock.pause();
      clock.seekTime(moment);
      return { kind: "scrub" };
    }
    const hit = this.hit(event);
    if (several && row.group.manner === "own") {
      const was = model.chosen.ids.value;
      if (!hit) return { kind: "choose", anchor: moment, x, y, before: this.kept(event), was };
      model.chosen.toggle(hit.tag.id);
      return null;
    }
    if (hit) {
      const others = hit.part === "body" ? this.othersOf(hit.tag) : [];
      if (others.length === 0 && (model.selected.value !== hit.tag.id || model.chosen.ids.value.size > 1))
        this.session.select(hit.tag.id);
      return { kind: "tag", hit, moment, x, moved: false, others };
    }
    const others = row.group.manner !== "own";
    const pans: Grip = { kind: "pan", x, view: view.value };
    if (readOnly.value || others) return pans;
    if (event.pointerType === "mouse") return { kind: "make", row, anchor: moment, x, drawn: false };
    this.hold.begin({ x, y }, () => this.draws({ kind: "make", row, anchor: moment, x, drawn: false }));
    return pans;
  }

  /** The finger has stayed on an empty place of a lane: what comes under it from now on is a moment. */
  private draws(grip: Grip & { kind: "make" }): void {
    this.grip = grip;
    this.making(grip, grip.anchor);
    navigator.vibrate?.(12);
  }

  /** What stays chosen when a rectangle chooses more: all with Ctrl, nothing otherwise. */
  private kept(event: PointerEvent): ReadonlySet<string> {
    const { model, desk } = this.session;
    return event.ctrlKey || event.metaKey || desk.picking.value ? model.chosen.ids.value : new Set();
  }

  /** Moments that are not looked at let the pointer through. */
  private readonly standsBack = (tag: Tag): boolean => {
    const { matching } = this.session.desk;
    return matching.value !== null && !matching.value.has(tag.id) && !this.isChosen(tag.id);
  };

  private readonly isChosen = (id: string): boolean => this.session.model.chosen.ids.value.has(id);

  /** The other chosen moments, which move with this one; none when it is not chosen itself. */
  private othersOf(tag: Tag): Lifted[] {
    const others: Lifted[] = [];
    if (!this.isChosen(tag.id) || this.session.model.chosen.ids.value.size < 2) return others;
    for (const row of this.place().layout.rows)
      row.tags.forEach((other, i) => {
        if (other.id !== tag.id && row.group.manner === "own" && this.isChosen(other.id))
          others.push({ tag: other, row, depth: row.depths[i] as number });
      });
    return others;
  }

  private readonly move = (event: PointerEvent): void => {
    const { x, y, moment } = this.at(event);
    if (this.fingers.has(event.pointerId)) this.fingers.set(event.pointerId, x);
    if (this.pinch) return this.pinching();
    this.hold.moved({ x, y });
    const { grip } = this;
    if (!grip) return this.hover(event);
    const { clock, frames, view } = this.session;
    if (grip.kind === "scrub") clock.seekTime(moment);
    else if (grip.kind === "pan") view.value = pan(grip.view, -this.length(x - grip.x), frames.duration);
    else if (grip.kind === "choose") this.choosing(grip, moment, y);
    else if (grip.kind === "make" && (grip.drawn || Math.abs(x - grip.x) > DRAG)) {
      grip.drawn = true;
      this.making(grip, moment);
    } else if (grip.kind === "tag" && (grip.moved || Math.abs(x - grip.x) > DRAG))
      this.dragging(grip, moment + this.length(eased(x - grip.x) - (x - grip.x)));
  };

  private readonly up = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    if (this.pinch) {
      if (this.fingers.size === 0) this.pinch = null;
      return;
    }
    const { grip } = this;
    const draft = this.draft.value;
    const chose = this.marquee.value !== null;
    this.letGo();
    if (!grip || chose) return;
    const { x, moment } = this.at(event);
    if (grip.kind === "make" && !grip.drawn && draft && draft.tag.end !== null)
      return this.session.desk.say("Stay on an empty place, then draw along the lane.");
    if (draft) return this.commit(draft);
    if (grip.kind === "tag" && this.onlyPlayed(grip.hit.row))
      return this.session.comparison.playTag(grip.hit.tag);
    if (grip.kind === "tag" && grip.others.length) return this.session.select(grip.hit.tag.id);
    const clicked = grip.kind !== "scrub" && grip.kind !== "tag" && Math.abs(x - grip.x) <= DRAG;
    if (!clicked) return;
    this.session.model.selected.value = null;
    this.session.clock.pause();
    this.session.clock.seekTime(moment);
  };

  /** When comparing, a click plays what cannot be changed. */
  private onlyPlayed({ group }: Row): boolean {
    const { comparison, readOnly } = this.session;
    return comparison.active.value && (group.manner !== "own" || readOnly.value);
  }

  /** A finger on a moment moves it: the browser must not take it for scrolling. It comes after the pointer. */
  private readonly claim = (event: TouchEvent): void => {
    const { grip } = this;
    const moves = grip?.kind === "tag" && grip.hit.row.group.manner === "own" && !this.session.readOnly.value;
    const draws = grip?.kind === "make" || grip?.kind === "choose";
    if (event.cancelable && (moves || draws || this.pinch)) event.preventDefault();
  };

  /** Nor for asking for its menu. */
  private readonly menu = (event: Event): void => {
    if (this.grip?.kind === "make") event.preventDefault();
  };

  private readonly cancel = (event: PointerEvent): void => {
    this.fingers.delete(event.pointerId);
    this.pinch = null;
    if (this.draft.value) this.session.desk.say("That was interrupted, and nothing was changed.");
    this.letGo();
  };

  /** Escape takes a drag back, before anybody else hears of it. */
  private readonly key = (event: KeyboardEvent): void => {
    const { grip } = this;
    if (event.key !== "Escape" || !(this.draft.value || this.marquee.value)) return;
    event.preventDefault();
    event.stopPropagation();
    if (grip?.kind === "choose") this.session.model.chosen.choose(grip.was);
    else this.session.clock.seekTime(this.stood);
    this.session.desk.say("The drag was stopped, and nothing was changed.");
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
    this.draft.value = { tag, row: grip.row, depth: 0, fresh: true, others: [] };
    this.showEdge(moment >= grip.anchor ? end - 1 : start);
  }

  private choosing(grip: Grip & { kind: "choose" }, moment: number, y: number): void {
    const box = {
      start: Math.min(grip.anchor, moment),
      end: Math.max(grip.anchor, moment),
      top: Math.max(Math.min(grip.y, y), HEADER),
      bottom: Math.max(grip.y, y),
    };
    this.marquee.value = box;
    const found = touched(this.place().layout, box, box.top, box.bottom, this.standsBack);
    this.session.model.chosen.choose([...grip.before, ...found]);
  }

  private dragging(grip: Grip & { kind: "tag" }, moment: number): void {
    if (this.session.readOnly.value || grip.hit.row.group.manner !== "own") return;
    grip.moved = true;
    if (grip.others.length) return this.draggingMany(grip, moment);
    const { frames } = this.session;
    const { tag, row, part } = grip.hit;
    const by = moment - grip.moment;
    let { start, end } = tag;
    if (part === "end" && end !== null)
      end = Math.max(this.caughtAt(end + by, tag.id), frames.end(frames.at(start)));
    else {
      start = Math.min(Math.max(this.caughtAt(start + by, tag.id), 0), frames.start(frames.last));
      if (part === "start" && end !== null) start = Math.min(start, frames.nudge(end, -1));
      else if (end !== null) [start, end] = shifted(frames, tag.start, end, start);
    }
    const depth = row.depths[row.tags.indexOf(tag)] ?? 0;
    this.draft.value = { tag: { ...tag, start, end }, row, depth, fresh: false, others: [] };
    this.showEdge(part === "end" && end !== null ? end - 1 : start);
  }

  /** All that are chosen move by as many frames as the one that is held. */
  private draggingMany(grip: Grip & { kind: "tag" }, moment: number): void {
    const { frames } = this.session;
    const { tag, row } = grip.hit;
    const to = this.caughtAt(tag.start + moment - grip.moment, tag.id);
    const held = { tag, row, depth: row.depths[row.tags.indexOf(tag)] ?? 0 };
    const all = [...grip.others, held];
    const by = edgeNumber(to, frames) - edgeNumber(tag.start, frames);
    const changes = shift(
      all.map((one) => one.tag),
      by,
      frames,
    );
    const moved = all.map((one, i) => {
      const change = changes[i];
      return change?.op === "put" ? { ...one, tag: change.tag } : one;
    });
    const [last] = moved.slice(-1);
    if (!last) return;
    this.draft.value = { ...last, fresh: false, others: moved.slice(0, -1) };
    this.showEdge(last.tag.start);
  }

  /** The nearest frame edge; another tag's edge or the playhead when one is close. */
  private caughtAt(moment: number, except = "draft"): number {
    const { frames } = this.session;
    const near = catchEdge(
      this.place().layout,
      moment,
      this.length(7),
      (id) => id === except || (this.draft.value?.others.length ? this.isChosen(id) : false),
      this.playhead,
    );
    this.caught.value = near;
    return near ?? frames.snap(Math.min(Math.max(moment, 0), frames.duration));
  }

  private showEdge(moment: number): void {
    this.session.clock.pause();
    this.session.clock.seekTime(moment);
  }

  private commit({ tag, row, fresh, others }: Draft): void {
    const { model, coder } = this.session;
    if (fresh) return coder.make(row.lane, tag.start, tag.end);
    if (others.length === 0) return model.amend("move", tag.id, { start: tag.start, end: tag.end });
    const moved = [tag, ...others.map((other) => other.tag)];
    const changed = moved.filter((one) => model.tags.get(one.id)?.start !== one.start);
    model.change(
      `move ${moved.length} moments`,
      changed.map((one) => ({ op: "put", tag: one })),
    );
  }

  private letGo(): void {
    this.hold.end();
    this.grip = null;
    this.draft.value = null;
    this.caught.value = null;
    this.marquee.value = null;
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
