/** The Python widget as the browser sees it. */
import type { Observer } from "../compare/align";
import type { Film, FrameIndex as FrameTable, Scheme } from "../contract";
import type { Peaks, ScrubIndex } from "../film/data";
import type { Across } from "../model/lens";
import type { SheetOptions } from "../rating/rating";
import type { Line } from "../store/ask";

/** How a film can be fetched. */
export interface Source {
  shelved: boolean;
  /** Of the file that is played; proxy.mp4 when absent. */
  name?: string;
  bytes: number;
  limit: number;
}

export interface SecondTraits {
  film: Film;
  frames: Pick<FrameTable, "times" | "duration">;
  peaks: Peaks | Record<string, never>;
  source: Source;
}

/** Traits, as vigwidgets/widgets names them. */
export interface Traits {
  _kind: "player" | "tagger" | "workbench" | "rating" | "clips";
  _film: Film | Record<string, never>;
  _frames: Pick<FrameTable, "times" | "duration">;
  _peaks: Peaks | Record<string, never>;
  _captions: Record<string, string>;
  _descriptions?: Record<string, string>;
  /** Where each small picture lies on the sheet; both are empty, or absent, where there is none. */
  _scrub?: ScrubIndex | Record<string, never>;
  /** A JPEG. */
  _scrub_sheet?: DataView;
  _source: Source;
  /** A player's second camera; empty without one, absent in other widgets. */
  _second?: SecondTraits | Record<string, never>;
  /** In microseconds; absent in other widgets than the player. */
  _offset?: number;
  _scheme: Scheme;
  _across: Across[];
  _compare: Observer[];
  _observation_id: string;
  /** The name under which this browser keeps what belongs to the file and is not in it yet. */
  _drawer: string;
  _place: string;
  _video: boolean;
  /** Absent but for a rating sheet. */
  _sheet?: SheetOptions;
  _question: string;
  _task: string;
  _tags_json: string;
}

/** The part of an anywidget model that is used here. */
export interface WidgetModel extends Line {
  get<Name extends keyof Traits>(name: Name): Traits[Name];
  set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void;
  save_changes(): void;
  on(event: "change:_offset", changed: () => void): void;
  on(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
  off(event: "change:_offset", changed: () => void): void;
  off(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
}

export interface RenderContext {
  model: WidgetModel;
  el: HTMLElement;
}

/** What Python may ask of the film. */
export type Command = { command: "seek"; time: number } | { command: "play"; start: number; end: number };

/** Carries Python's commands out; returns the way to stop. */
export function obey(
  model: WidgetModel,
  film: { seek(moment: number): void; playStretch(start: number, end: number): void },
): () => void {
  const heard = (content: unknown) => {
    if (typeof content !== "object" || content === null || !("command" in content)) return;
    const told = content as Command;
    if (told.command === "seek") film.seek(told.time);
    else if (told.command === "play") film.playStretch(told.start, told.end);
  };
  model.on("msg:custom", heard);
  return () => model.off("msg:custom", heard);
}
