/** Everything that the parts of one page share: the film, its clock, the tags and what is on view. */
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FilmFiles } from "../boot";
import { Tray, type TrayOptions, trayDesk } from "../clips/tray";
import { type CompareOptions, Comparison } from "../compare/comparison";
import type { Film, FrameIndex as FrameTable, Member, Scheme } from "../contract";
import { FilmClock, type Stretch } from "../film/clock";
import { fetchOptional, type Peaks, type ScrubIndex } from "../film/data";
import { FrameIndex } from "../film/frames";
import { clockNamed } from "../film/registry";
import { Look } from "../look/look";
import { Chains } from "../model/chains";
import { Codebook } from "../model/codebook";
import { Coder } from "../model/coding";
import { Drafts } from "../model/drafts";
import { type Across, Lens } from "../model/lens";
import { ObservationModel } from "../model/observation";
import { personKey } from "../model/prefs";
import { isRating } from "../model/rated";
import { Places } from "../player/places";
import { type SecondOptions, SecondView } from "../player/second";
import { Transport } from "../player/transport";
import { Rating, type SheetOptions } from "../rating/rating";
import { type Store, type StoreState, together } from "../store/store";
import { Desk } from "../tagger/desk";
import type { Group } from "../timeline/layout";
import { reveal, type View } from "../timeline/view";
import { Trace } from "../trace/trace";

export interface SessionOptions {
  film: Film;
  frames: Pick<FrameTable, "times" | "duration">;
  scheme: Scheme;
  observation: string;
  files: FilmFiles;
  store: Store | null;
  /** Clocks of one name are one clock: two widgets that name it move together. */
  clockName: string;
  /** Rows in place of the observation's own tags; then nothing can be changed. */
  own?: Group;
  /** Others' moments, to be laid beside one's own. */
  compare?: CompareOptions;
  peaks?: Peaks | null;
  /** Where the pictures of `files.scrub` lie, where that is known already. */
  scrub?: ScrubIndex | null;
  cast?: readonly Member[];
  /** Where clips are collected; none by default. */
  clips?: TrayOptions | null;
  /** What a rating scale's sheet shows; nothing but the sheet itself by default. */
  sheet?: SheetOptions;
  /** Schemes in whose words the tags can be read as well. */
  across?: readonly Across[];
  second?: SecondOptions | null;
  /** Who uses it: keys and reaction time of one's own are kept under a short form of this name. */
  person?: string;
}

export class Session {
  readonly film: Film;
  readonly files: FilmFiles;
  readonly frames: FrameIndex;
  readonly clock: FilmClock;
  readonly codebook: Codebook;
  readonly model: ObservationModel;
  readonly coder: Coder;
  readonly desk: Desk;
  readonly transport: Transport;
  readonly look: Look;
  readonly places: Places;
  /** The second camera, where there is one. */
  readonly second: SecondView | null;
  readonly store: Store | null;
  /** Whether all that was done on the page is saved: moments, clips and what is being written; null without a store. */
  readonly saving: ReadonlySignal<StoreState | null>;
  readonly view: Signal<View>;
  readonly peaks = signal<Peaks | null>(null);
  readonly scrub = signal<ScrubIndex | null>(null);
  readonly captions = signal<string | null>(null);
  /** The language in which the film says what is to be seen, when it does. */
  readonly described = signal<string | null>(null);
  readonly muted = signal(false);
  readonly volume = signal(1);
  readonly sheet = signal(false);
  /** In and out points set by hand. */
  readonly marks = signal<{ start: number | null; end: number | null }>({ start: null, end: null });
  readonly groups: ReadonlySignal<readonly Group[]>;
  readonly readOnly: ReadonlySignal<boolean>;
  /** Notes and titles that are being written. */
  readonly drafts: Drafts;
  /** The clip tray, where clips are collected. */
  readonly tray: Tray | null;
  /** The rating sheet, where the scheme is a scale. */
  readonly rating: Rating | null;
  /** The chains that links make. */
  readonly chains: ReadonlySignal<Chains>;
  readonly trace: Trace;
  readonly comparison: Comparison;
  /** The other ways of reading the tags. */
  readonly lenses: readonly Lens[];
  /** What was just done, for those who cannot see it. */
  readonly said = signal("");
  private readonly ends: (() => void)[] = [];

  constructor(readonly options: SessionOptions) {
    this.film = options.film;
    this.files = options.files;
    this.frames = new FrameIndex(options.frames);
    this.clock = clockNamed(options.clockName, () => new FilmClock(this.frames));
    this.codebook = new Codebook(options.scheme);
    this.store = options.store;
    this.model = new ObservationModel(options.observation, options.cast ?? options.film.cast, options.store);
    this.coder = new Coder(this.model, this.clock, this.codebook);
    this.desk = new Desk(this.model, this.codebook, this.coder, options.person);
    this.chains = computed(() => {
      this.model.version.value;
      return new Chains(this.model.tags);
    });
    this.trace = new Trace(this.model, this.clock, this.coder);
    this.lenses = (options.across ?? []).map((across) => new Lens(across, options.scheme.id));
    this.transport = new Transport(this);
    this.look = new Look(this);
    this.places = new Places(this.film, this.clock, options.observation);
    this.second = options.second ? new SecondView(this.film, this.clock, options.second) : null;
    this.view = signal({ start: 0, end: this.frames.duration });
    const own = computed(() => options.own ?? this.ownRows());
    this.comparison = new Comparison(own, this.codebook, this.clock, options.compare ?? null);
    this.groups = computed(() => this.comparison.groups());
    this.readOnly = computed(() => options.own !== undefined || this.model.closed.value);
    this.tray = options.clips ? new Tray(options.clips, trayDesk(this)) : null;
    const written = this.tray ? [this.model, this.tray.model] : [this.model];
    this.drafts = new Drafts(personKey(options.person), written);
    this.saving = computed(() => {
      const clips = this.tray?.options.store?.state.value;
      return this.store ? this.drafts.over(together(this.store.state.value, clips)) : null;
    });
    const { scale } = options.scheme;
    this.rating = scale ? new Rating(this, scale, options.sheet ?? { total: false, look: "free" }) : null;
    this.peaks.value = options.peaks ?? null;
    this.scrub.value = options.scrub ?? null;
    this.ends.push(effect(() => this.follow(this.clock.time.value)));
    options.store?.open(this.model);
    void this.load();
  }

  private ownRows(): Group {
    return {
      name: null,
      manner: "own",
      tags: this.model.sorted.value.filter((tag) => !isRating(tag)),
    };
  }

  dispose(): void {
    this.drafts.dispose();
    for (const end of this.ends) end();
    this.coder.dispose();
    this.desk.dispose();
    this.transport.dispose();
    this.rating?.dispose();
    this.tray?.dispose();
    this.second?.dispose();
    this.store?.close();
  }

  /** Selects a tag and shows its first frame. */
  select(id: string | null): void {
    this.model.chosen.choose(id === null ? [] : [id]);
    const tag = this.model.selectedTag.value;
    if (tag) {
      this.clock.pause();
      this.clock.seekTime(tag.start);
    }
  }

  /** Plays the selected moment once; a point with a second around it. */
  playSelected(): void {
    const stretch = this.stretchOf(this.model.selected.value);
    if (stretch) this.clock.playStretch(stretch);
  }

  stretchOf(id: string | null): Stretch | null {
    const tag = this.model.tags.get(id ?? "");
    if (!tag) return null;
    if (tag.end !== null) return { start: tag.start, end: tag.end };
    const half = 500_000;
    const last = this.frames.duration;
    return {
      start: this.frames.snap(Math.max(tag.start - half, 0)),
      end: this.frames.snap(Math.min(tag.start + half, last)),
    };
  }

  /** Plays the selected moment, or what lies between the points set by hand, round and round; again: lets go. */
  toggleLoop(): void {
    if (this.clock.loop.value) {
      this.clock.loop.value = null;
      return;
    }
    const { start, end } = this.marks.value;
    const byHand = start !== null || end !== null;
    const stretch = byHand ? null : this.stretchOf(this.model.selected.value);
    this.clock.loop.value = stretch ?? { start: start ?? 0, end: end ?? this.frames.duration };
    if (!this.clock.playing.value) this.clock.play();
  }

  /** Sets the in or the out point at the frame on the screen, which both include; what goes round goes round there. */
  mark(which: "start" | "end"): void {
    const frame = this.clock.frame.value;
    const moment = which === "start" ? this.frames.start(frame) : this.frames.end(frame);
    const next = { ...this.marks.value, [which]: moment };
    if (next.start !== null && next.end !== null && next.end <= next.start)
      next[which === "start" ? "end" : "start"] = null;
    this.marks.value = next;
    if (this.clock.loop.value)
      this.clock.loop.value = { start: next.start ?? 0, end: next.end ?? this.frames.duration };
  }

  clearMarks(): void {
    this.marks.value = { start: null, end: null };
    this.clock.loop.value = null;
  }

  private follow(moment: number): void {
    const view = this.view.peek();
    const next = reveal(view, moment, this.frames.duration);
    if (next !== view) this.view.value = next;
  }

  private async load(): Promise<void> {
    const [peaks, scrub] = await Promise.all([
      fetchOptional<Peaks>(this.files.peaks),
      fetchOptional<ScrubIndex>(this.files.scrubIndex),
    ]);
    if (peaks) this.peaks.value = peaks;
    if (scrub) this.scrub.value = scrub;
  }
}
