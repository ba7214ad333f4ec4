/** How the picture is looked at: how close, how bright, mirrored; and the close-ups that a moment brings along. */
import { computed, signal } from "@preact/signals";
import type { Session } from "../workbench/session";
import { type Box, boxAt, fitted, isWhole, panBy, toLook, WHOLE, withLook, zoomAt } from "./box";

/** Where Z goes the first time: the middle, two and a half times as large. */
const CLOSER: Box = { x: 0.3, y: 0.3, width: 0.4, height: 0.4 };
/** A tag keeps no more (see the contract). */
const MOST_LOOKS = 64;
export const BRIGHTNESS = { least: 0.5, most: 3, step: 0.1 } as const;

/** Whether the reader's system asks for less movement. */
function calm(): boolean {
  return globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
}

/** A part of the picture of that size, with a point in its middle. */
function around({ x, y }: { x: number; y: number }, size: number): Box {
  return { x: x - size / 2, y: y - size / 2, width: size, height: size };
}

export class Look {
  /** What the person chose; it stays while a moment's own close-up is followed. */
  readonly own = signal<Box>(WHOLE);
  readonly brightness = signal(1);
  readonly mirror = signal(false);
  /** Whether the next drag over the picture draws the part to look at. */
  readonly drawing = signal(false);
  /** A part being drawn. */
  readonly draft = signal<Box | null>(null);
  /** A sentence about the last change; `seen` only when the picture does not show it by itself. */
  readonly said = signal({ text: "", seen: false });
  /** The moment whose close-ups are set aside, because the person looked elsewhere since. */
  private readonly aside = signal<string | null>(null);
  /** The point of the picture under a resting mouse; null when it is elsewhere. */
  pointed: { x: number; y: number } | null = null;
  private last: Box = CLOSER;

  /** The selected moment's close-up now; null when there is none, or it is not to be followed. */
  readonly followed = computed<Box | null>(() => {
    const { clock, model, transport } = this.session;
    const tag = model.selectedTag.value;
    if (!tag?.looks?.length || this.aside.value === tag.id || !transport.prefs.get("follow")) return null;
    const stretch = this.session.stretchOf(tag.id);
    const now = clock.time.value;
    if (!stretch || now < stretch.start || now >= stretch.end) return null;
    return boxAt(tag.looks, now, !calm());
  });
  readonly box = computed(() => this.followed.value ?? this.own.value);
  readonly zoomed = computed(() => !isWhole(this.box.value));
  /** How many times as large as the whole, with one decimal. */
  readonly times = computed(() => (1 / this.box.value.width).toFixed(1));

  constructor(private readonly session: Session) {}

  /** Shows this part of the picture from now on. */
  show(box: Box): void {
    const tag = this.session.model.selectedTag.peek();
    this.aside.value = tag?.looks?.length ? tag.id : null;
    this.own.value = fitted(box);
    if (!isWhole(this.own.value)) this.last = this.own.value;
  }

  /** Closer (`factor` under 1) or further, about a point of the picture or the middle of what is seen. */
  zoom(factor: number, about?: { x: number; y: number }): void {
    const box = this.box.value;
    const { x, y } = about ?? { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    this.show(zoomAt(box, factor, x, y));
  }

  pan(across: number, down: number): void {
    if (this.zoomed.value) this.show(panBy(this.box.value, this.mirror.value ? -across : across, down));
  }

  /** To the whole picture; from there to what the mouse points at, else to where one looked closer before. */
  toggle(): void {
    const { pointed, last } = this;
    if (this.zoomed.value) this.show(WHOLE);
    else if (pointed) this.show(around(pointed, last.width));
    else this.show(last);
  }

  /** Goes back to the close-ups of the selected moment. */
  follow(): void {
    this.aside.value = null;
    this.session.transport.prefs.set("follow", 1);
  }

  /** Keeps what is seen with the selected moment, from this frame on; says why not when it cannot. */
  save(): void {
    const { model, clock, frames, readOnly } = this.session;
    const tag = model.selectedTag.value;
    if (readOnly.value) return;
    if (!tag) return this.say("Select a moment first; then what you see is kept with it.");
    const looks = withLook(tag.looks ?? [], toLook(this.box.value, frames.start(clock.frame.value)));
    if (looks.length > MOST_LOOKS) return this.say(`A moment keeps ${MOST_LOOKS} close-ups at most.`);
    model.amend("close-up", tag.id, { looks });
    // From here on the moment brings it along; elsewhere the picture is whole.
    this.own.value = WHOLE;
    this.follow();
    this.say(
      looks.length === 1
        ? "Close-up kept with the moment."
        : `${looks.length} close-ups; the picture glides.`,
    );
  }

  /** Takes the close-ups of the selected moment away. */
  forget(): void {
    const tag = this.session.model.selectedTag.value;
    if (!tag?.looks?.length || this.session.readOnly.value) return;
    this.session.model.amend("take close-ups away", tag.id, { looks: [] });
    this.say("Close-ups taken away.");
  }

  brighten(by: number): void {
    const { least, most } = BRIGHTNESS;
    this.brightness.value = Math.min(
      Math.max(Math.round((this.brightness.value + by) * 100) / 100, least),
      most,
    );
    this.tell(`Brightness ${Math.round(this.brightness.value * 100)} %`);
  }

  turn(): void {
    this.mirror.value = !this.mirror.value;
    this.tell(this.mirror.value ? "Mirrored: left is right." : "As it was filmed.");
  }

  private say(text: string): void {
    this.said.value = { text, seen: true };
  }

  /** For those who hear the page. */
  private tell(text: string): void {
    this.said.value = { text, seen: false };
  }
}
