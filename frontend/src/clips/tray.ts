/** The clip tray: clips and stills for a shared review, kept as an observation of their own, in their order. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Edit, Member, Tag } from "../contract";
import type { FilmClock, Stretch } from "../film/clock";
import { Reel } from "../film/reel";
import { newId } from "../model/ids";
import { ObservationModel } from "../model/observation";
import type { Outbox } from "../store/outbox";
import type { Store } from "../store/store";
import type { Session } from "../workbench/session";
import { adviceOn } from "./advice";

/** The modifier that says where in the review a clip comes. */
const PLACE = "place";
/** Where a clip without a place comes: last. */
const NOWHERE = 1e9;
/** A title's longest. */
export const TITLE = 80;

export interface TrayOptions {
  observation: string;
  store: Store | null;
  /** Makes the files; resolves with a sentence about them. Absent where nothing can be exported. */
  save?: () => Promise<string>;
}

/** What the tray asks of the page. */
export interface Desk {
  clock: FilmClock;
  cast: readonly Member[];
  /** In and out, as far as they are set. */
  marks(): { start: number | null; end: number | null };
  /** The selected moment. */
  selected(): Stretch | null;
}

/** What a tray finds on its page. */
export function trayDesk(session: Session): Desk {
  return {
    clock: session.clock,
    cast: session.options.cast ?? session.film.cast,
    marks: () => session.marks.value,
    selected: () => session.stretchOf(session.model.selected.value),
  };
}

export type Saving = { at: "idle" | "making" } | { at: "done" | "refused"; says: string };

export class Tray {
  readonly model: ObservationModel;
  readonly list: ReadonlySignal<readonly Tag[]>;
  readonly advice: ReadonlySignal<readonly string[]>;
  readonly reel: Reel;
  readonly open = signal(false);
  /** Why the newest press made nothing, or what it made. */
  readonly said = signal<string | null>(null);
  readonly saving = signal<Saving>({ at: "idle" });
  private opened = false;
  private disposed = false;

  constructor(
    readonly options: TrayOptions,
    private readonly desk: Desk,
  ) {
    this.model = new ObservationModel(options.observation, desk.cast, options.store);
    this.list = computed(() => [...this.model.sorted.value].sort((a, b) => placeOf(a) - placeOf(b)));
    this.advice = computed(() => adviceOn(this.list.value));
    this.reel = new Reel(desk.clock);
  }

  /** Connects at first use: a page whose tray stays shut asks for nothing. */
  show(): void {
    this.open.value = true;
    this.connect();
  }

  /** Sends what an earlier page left on this computer, if anything is there, whether or not the tray is opened. */
  async resume(outbox: Pick<Outbox, "list">): Promise<void> {
    const left = await outbox.list(this.options.observation).catch(() => []);
    if (left.length > 0 && !this.disposed) this.connect();
  }

  private connect(): void {
    if (this.opened) return;
    this.opened = true;
    this.options.store?.open(this.model);
  }

  dispose(): void {
    this.disposed = true;
    this.reel.dispose();
    if (this.opened) this.options.store?.close();
  }

  /** Keeps what lies between in and out, else the selected moment. */
  addClip(): void {
    this.show();
    const stretch = this.stretch();
    if (!stretch) {
      this.said.value = "Set in and out first ( [ and ] ), or choose a moment that lasts.";
      return;
    }
    this.add("clip", stretch.start, stretch.end);
  }

  /** Keeps the frame on the screen. */
  addStill(): void {
    this.show();
    this.add("still", this.desk.clock.time.value, null);
  }

  rename(id: string, title: string, joins = false): void {
    this.model.amend("title", id, { note: title.trim().slice(0, TITLE) }, joins);
  }

  drop(id: string): void {
    this.said.value = null;
    this.model.drop(id);
  }

  /** Puts a clip at a place of the review, counted from 0; the others make room. */
  moveTo(id: string, place: number): void {
    const order = this.list.value.map((clip) => clip.id);
    const from = order.indexOf(id);
    if (from < 0) return;
    order.splice(from, 1);
    order.splice(Math.min(Math.max(place, 0), order.length), 0, id);
    const changes = order.flatMap((name, i) => {
      const clip = this.model.tags.get(name);
      return clip && placeOf(clip) !== i + 1 ? [{ op: "put" as const, tag: placedAt(clip, i + 1) }] : [];
    });
    if (order[from] !== id) this.model.change("move", changes);
  }

  move(id: string, by: number): void {
    this.moveTo(id, this.list.value.findIndex((clip) => clip.id === id) + by);
  }

  /** Plays one clip, or goes to a still. */
  play(clip: Tag): void {
    this.reel.end();
    if (clip.end === null) {
      this.desk.clock.pause();
      this.desk.clock.seekTime(clip.start);
    } else this.desk.clock.playStretch({ start: clip.start, end: clip.end });
  }

  /** Plays the whole review, clip after clip; once more, it stops. */
  preview(): void {
    this.show();
    if (this.reel.at.value !== null) this.reel.end();
    else this.reel.play(this.list.value);
  }

  /** Makes the files of what is saved. */
  async save(): Promise<void> {
    const { save, store } = this.options;
    if (!save || this.saving.value.at === "making") return;
    if (store && store.state.value.waiting > 0) {
      this.saving.value = { at: "refused", says: "Not everything is saved yet; try again in a moment." };
      return;
    }
    this.saving.value = { at: "making" };
    try {
      this.saving.value = { at: "done", says: await save() };
    } catch (error) {
      this.saving.value = { at: "refused", says: error instanceof Error ? error.message : String(error) };
    }
  }

  private stretch(): Stretch | null {
    const { start, end } = this.desk.marks();
    const chosen = start !== null && end !== null ? { start, end } : this.desk.selected();
    return chosen && chosen.end > chosen.start ? chosen : null;
  }

  private add(code: "clip" | "still", start: number, end: number | null): void {
    const { cast } = this.desk;
    const actor = cast.find((member) => member.role === "child") ?? cast[0];
    if (!actor || this.model.frozen.value) return;
    const target = cast.find((member) => member.id !== actor.id) ?? actor;
    this.saving.value = { at: "idle" };
    this.said.value = code === "clip" ? "Kept as a clip." : "Kept as a still.";
    this.model.change(
      `add ${code}`,
      this.placed({
        id: newId("clip"),
        code,
        actor: actor.id,
        target: target.id,
        start,
        end,
        modifiers: {},
        certainty: null,
        note: "",
        links: [],
      }),
    );
  }

  /** A new clip comes last, after those that were kept before the others had arrived, and so have no place yet. */
  private placed(clip: Tag): Edit["changes"] {
    if (!this.model.ready.value) return [{ op: "put", tag: clip }];
    const places = this.list.value.map(placeOf);
    const last = Math.max(0, ...places.filter((at) => at < NOWHERE));
    const without = [...this.list.value.filter((_, i) => places[i] === NOWHERE), clip];
    return without.map((tag, i) => ({ op: "put" as const, tag: placedAt(tag, last + i + 1) }));
  }
}

const placedAt = (clip: Tag, place: number): Tag => ({
  ...clip,
  modifiers: { ...clip.modifiers, [PLACE]: String(place) },
});

/** Where in the review it comes; what is no number comes last. */
function placeOf(clip: Tag): number {
  const text = clip.modifiers?.[PLACE] ?? "";
  return /^\d{1,9}$/.test(text) ? Number(text) : NOWHERE;
}
