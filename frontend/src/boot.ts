/** What the server puts into an exercise page, so that it shows before any kernel answers. */
import type { CompareOptions } from "./compare/comparison";
import type { Film, Scheme } from "./contract";
import type { Across } from "./model/lens";
import type { SheetOptions } from "./rating/rating";

/** Where the files of one film are fetched from; what a film does not have is absent or null. */
export interface FilmFiles {
  proxy: string;
  poster?: string | null;
  peaks?: string | null;
  scrub?: string | null;
  scrubIndex?: string | null;
  captions?: Record<string, string>;
  /** What is to be seen, in words, by language. */
  descriptions?: Record<string, string>;
}

/** An exercise's terms, as they are for the one who does it. */
export interface Terms {
  says: string;
  /** That it was late already when the page was sent; empty: it was not. */
  now: string;
  /** The moment after which it is late, ISO 8601; null: it never is. */
  lateFrom: string | null;
}

/** What an exercise page says about its exercise. */
export interface ExerciseFacts {
  id: string;
  title: string;
  /** HTML that the service rendered from the author's Markdown. */
  task_html: string;
  helping_question?: string | null;
  minutes: number;
  marking: "none" | "formative" | "summative";
  /** Whether it is rated blind in a set: feedback comes when the set's last is handed in. */
  blind?: boolean;
  /** Whether others who hand in may see these moments, without name and notes. */
  shared?: boolean;
  /** What is done: moments are tagged, or a scale is rated. */
  kind?: "tagging" | "rating";
  /** What a rating sheet shows. */
  sheet?: SheetOptions | null;
  /** Until when, how often still, and what being late means; null where there is no limit of any kind. */
  terms?: Terms | null;
  /** Where it stands in the pathway, for example "Level 1 · step 2 of 3". */
  place?: string | null;
}

/** The JSON in `<script type="application/json" id="boot">`. */
export interface Boot {
  base: string;
  film: Film;
  /** Address of frames.json (a FrameIndex). */
  frames: string;
  files: FilmFiles;
  /** A second camera of the same scene; `offset` is its film time minus the first's, in microseconds. */
  second?: { film: Film; frames: string; files: FilmFiles; offset: number } | null;
  scheme: Scheme;
  /** Schemes in whose words the tags can be read as well. */
  crosswalks?: Across[];
  /** Whose moments may be laid beside one's own: only those that the exercise allows, and only once it is handed in. */
  compare?: CompareOptions | null;
  /** Where clips are collected, and where their files come from; absent where none are. */
  clips?: { observation: string; socket: string; export: string } | null;
  /** The observation's id. */
  observation: string;
  /** Path of the edits' WebSocket. */
  socket: string;
  /** Address to POST to in order to hand in; null where nothing is handed in (an author trying it out). */
  handIn: string | null;
  xsrf: string;
  exercise: ExerciseFacts;
  person: { name: string; role: string };
  /** Where "back" leads; the pathway by default. */
  home?: string;
}
