// Written by `npm run contract` from vigwidgets/contract/contract.schema.json: do not edit.

/**
 * A short name for a thing: letters, digits, dot, dash and underscore.
 */
export type Id = string;
/**
 * Film time: whole microseconds from the original's first displayed frame.
 */
export type Microseconds = number;
/**
 * The part that a person plays on film.
 */
export type Role =
  "child" | "parent" | "client" | "guider" | "supervisor" | "relative" | "worker" | "visitor";
/**
 * How sure the observer is.
 */
export type Certainty = "sure" | "fairly" | "unsure";
/**
 * The first half of a SHA-256.
 */
export type Digest = string;
/**
 * The number of a page's edit, from 1 on; 0 is none.
 */
export type Count = number;
/**
 * What a browser sends over the edits' WebSocket, or a widget over its comm.
 */
export type ClientMessage = SendEdit | SendPing;
/**
 * What a store answers.
 */
export type ServerMessage =
  StateMessage | AckMessage | RefusedMessage | EditedMessage | FrozenMessage | PresenceMessage | PongMessage;

/**
 * The words of the project as types. Python and TypeScript are generated from this file: `make contract`.
 */
export interface Contract {
  film?: Film;
  frame_index?: FrameIndex;
  scheme?: Scheme;
  crosswalk?: Crosswalk;
  observation?: Observation;
  observation_file?: ObservationFile;
  edit?: Edit;
  truth?: Truth;
  sent?: ClientMessage;
  received?: ServerMessage;
}
/**
 * A film that is ready to be watched.
 */
export interface Film {
  format: "vig-film";
  version: 1;
  id: Id;
  title: string;
  /**
   * How many frames are displayed.
   */
  frames: number;
  duration: Microseconds;
  /**
   * Upright, square pixels.
   */
  width: number;
  height: number;
  /**
   * Frames per second as a fraction such as 30000/1001; null when it varies.
   */
  rate: string | null;
  sound: boolean;
  cast: Member[];
  /**
   * Languages that captions exist in.
   */
  captions: string[];
  /**
   * Parts of the film by rising moments; empty: it has none.
   *
   * @maxItems 500
   */
  chapters?: Chapter[];
  /**
   * What intake did to it, a sentence each.
   */
  done: string[];
  /**
   * The script a synthetic film was drawn from; null for a real one.
   */
  script: string | null;
  original: Original | null;
}
/**
 * One member of a film's cast.
 */
export interface Member {
  id: Id;
  role: Role;
  name: string;
}
/**
 * Where a part of a film begins.
 */
export interface Chapter {
  at: Microseconds;
  title: string;
}
/**
 * The file that was taken in. Its name is not kept: names of files name families.
 */
export interface Original {
  sha256: string;
  bytes: number;
  container: string;
  video: string;
  audio?: string | null;
}
/**
 * When every displayed frame of a film begins, in film time; a frame lasts until the next begins, the last until duration.
 */
export interface FrameIndex {
  film: Id;
  /**
   * Strictly rising; the first is 0.
   *
   * @minItems 1
   */
  times: Microseconds[];
  duration: Microseconds;
}
/**
 * What may be coded, in one version.
 */
export interface Scheme {
  id: Id;
  version: string;
  title: Labels;
  about?: Labels;
  /**
   * @minItems 1
   * @maxItems 500
   */
  codes: Code[];
  /**
   * @maxItems 16
   */
  modifiers?: Modifier[];
  scale?: Scale;
}
/**
 * One text in several languages, by BCP 47 tag.
 */
export interface Labels {
  [k: string]: string;
}
/**
 * Something that may be coded. A code without a parent has a lane of its own on the timeline.
 */
export interface Code {
  id: Id;
  parent: string | null;
  label: Labels;
  short?: Labels;
  help?: Labels;
  /**
   * point: no end; state: an end; either: the coder chooses.
   */
  kind: "point" | "state" | "either";
  /**
   * Roles that may act; absent means every role.
   */
  actors?: Role[];
  /**
   * Codes that the same actor cannot show at the same moment.
   */
  excludes?: Id[];
  /**
   * How its key works while the film plays. press: once to begin, once to end; hold: as long as it is held; either: a short press begins, a long one holds (also when absent). A code that begins ends those that it excludes.
   */
  live?: "press" | "hold" | "either";
  /**
   * The key that tags it, as KeyboardEvent.key.
   */
  key?: string;
  colour?: string;
  /**
   * Rating scales: one of those that carry the scale.
   */
  core?: boolean;
  /**
   * Rating scales: what each step looks like for this item, by the step's id.
   */
  anchors?: {
    [k: string]: Labels;
  };
}
/**
 * What may be said more closely of a tag, for example how strong it is: one choice, or none. Tag.modifiers holds it by id.
 */
export interface Modifier {
  id: Id;
  label: Labels;
  /**
   * Codes that it is for, with those under them; absent means every code.
   */
  codes?: Id[];
  /**
   * @minItems 1
   * @maxItems 32
   */
  choices: Choice[];
}
/**
 * One value of a modifier.
 */
export interface Choice {
  id: Id;
  label: Labels;
}
/**
 * Makes a scheme a rating scale: each of its lanes is an item. A tag of an item with the modifier `rating` is its rating, has the id `rating.<item>` and lasts the whole film; a tag of an item without it is evidence.
 */
export interface Scale {
  /**
   * @minItems 2
   * @maxItems 10
   */
  steps: Step[];
  /**
   * A total from here on calls for a closer look.
   */
  cutoff?: number | null;
  cutoff_says?: Labels1;
  wording: Labels2;
}
/**
 * One step of a rating scale.
 */
export interface Step {
  id: Id;
  label: Labels;
  /**
   * What it adds to the total; null where the scale has words and no numbers.
   */
  value: number | null;
  /**
   * The digit that chooses it.
   */
  key?: string;
}
/**
 * One text in several languages, by BCP 47 tag.
 */
export interface Labels1 {
  [k: string]: string;
}
/**
 * One text in several languages, by BCP 47 tag.
 */
export interface Labels2 {
  [k: string]: string;
}
/**
 * Two schemes laid side by side, so that tags made in one can be read in the other's words.
 */
export interface Crosswalk {
  id: Id;
  /**
   * The first scheme's id and the second's.
   *
   * @minItems 2
   * @maxItems 2
   */
  schemes: Id[];
  about: Labels;
  /**
   * Codes that both schemes have under one id, with those under them.
   *
   * @maxItems 100
   */
  same?: Id[];
  /**
   * @minItems 1
   * @maxItems 500
   */
  rows: CrosswalkRow[];
}
/**
 * One row: what the sources lay side by side. No code on one side: they give no counterpart.
 */
export interface CrosswalkRow {
  /**
   * Codes of the first scheme.
   *
   * @maxItems 32
   */
  first: Id[];
  /**
   * Codes of the second scheme.
   *
   * @maxItems 32
   */
  second: Id[];
  /**
   * Codes of the second scheme that the sources name beside the row, not as its counterpart.
   *
   * @maxItems 32
   */
  beside?: Id[];
  says?: Labels;
}
/**
 * One observer's coding of one film under one scheme version.
 */
export interface Observation {
  format: "vig-observation";
  version: 1;
  id: Id;
  film: Id;
  /**
   * Film time: whole microseconds from the original's first displayed frame.
   */
  duration: number;
  scheme: SchemeRef;
  /**
   * A short name for a thing: letters, digits, dot, dash and underscore.
   */
  observer: string;
  /**
   * @minItems 1
   * @maxItems 32
   */
  cast: Member[];
  /**
   * @maxItems 100000
   */
  tags: Tag[];
}
/**
 * A scheme by name and version.
 */
export interface SchemeRef {
  id: Id;
  version: string;
}
/**
 * One thing seen: who does what toward whom, from when to when. The interval is half-open, [start, end).
 */
export interface Tag {
  id: Id;
  code: Id;
  actor: Id;
  target: Id;
  start: Microseconds;
  /**
   * null: a point in time.
   */
  end: number | null;
  modifiers?: {
    [k: string]: string;
  };
  certainty?: Certainty | null;
  note?: string;
  /**
   * @maxItems 32
   */
  links?: Link[];
  /**
   * Where to look closer while it plays, by rising moments; between two the picture glides.
   *
   * @maxItems 64
   */
  looks?: Look[];
}
/**
 * From this tag to another, for example the initiative that it answers.
 */
export interface Link {
  kind: "answers" | "continues" | "precedes";
  to: Id;
}
/**
 * A part of the picture, from a moment on: a box in ten-thousandths of the picture's width and height.
 */
export interface Look {
  at: Microseconds;
  /**
   * Its left edge; x + width is 10000 at most.
   */
  x: number;
  /**
   * Its upper edge; y + height is 10000 at most.
   */
  y: number;
  width: number;
  height: number;
}
/**
 * What a file beside a notebook holds: an observation, and which edits are in it already, which is no part of it.
 */
export interface ObservationFile {
  format: "vig-observation";
  version: 1;
  id: Id;
  film: Id;
  /**
   * Film time: whole microseconds from the original's first displayed frame.
   */
  duration: number;
  scheme: SchemeRef;
  /**
   * A short name for a thing: letters, digits, dot, dash and underscore.
   */
  observer: string;
  /**
   * @minItems 1
   * @maxItems 32
   */
  cast: Member[];
  /**
   * @maxItems 100000
   */
  tags: Tag[];
  /**
   * What each said that has a name and no number, by its id.
   */
  edits?: {
    [k: string]: Digest;
  };
  /**
   * What is known of the edits that pages number, by the page's name.
   */
  pages?: {
    [k: string]: PageEdits;
  };
}
/**
 * Which of one page's edits, counted from 1, a file holds: those above unsure up to newest, but for the missing.
 */
export interface PageEdits {
  newest: Count;
  /**
   * The number of a page's edit, from 1 on; 0 is none.
   */
  unsure: number;
  /**
   * Rising.
   *
   * @maxItems 256
   */
  missing: Count[];
  /**
   * The newest edit of each moment, or of one field of it (its id, a space and the field), that was changed after the first of the missing.
   */
  later: {
    [k: string]: Count;
  };
  /**
   * What each of the newest edits said, by its number.
   */
  said?: {
    [k: string]: Digest;
  };
}
/**
 * What one act of the observer changes; what is not allowed in it refuses all of it. Its id, made by the client, makes a replay harmless.
 */
export interface Edit {
  id: Id;
  /**
   * @minItems 1
   * @maxItems 1000
   */
  changes: (Put | Drop)[];
  /**
   * Its changes only mean something together: none of them is made where somebody else's change leaves any of them something undone.
   */
  whole?: boolean;
}
/**
 * Add a tag, or replace the one that has its id; where that was changed meanwhile, only what this put itself changes is replaced.
 */
export interface Put {
  op: "put";
  tag: Tag;
  /**
   * The tag as it was when the change was made; left out, the whole tag is replaced.
   */
  was?: Tag | null;
  /**
   * The tag as the store had last confirmed it then, where edits of the same page still waited.
   */
  knew?: Tag | null;
  /**
   * What somebody else saved since stays as it is, and a tag that is not there stays away (change) or is made (make). Left out, as by older pages: what the put changes counts, and the tag is made.
   */
  how?: ("change" | "make") | null;
}
/**
 * Take a tag away; one that somebody else changed meanwhile stays.
 */
export interface Drop {
  op: "drop";
  id: Id;
  /**
   * The tag as it was when the change was made; left out, it is taken away however it is.
   */
  was?: Tag | null;
  /**
   * The tag as the store had last confirmed it then, where edits of the same page still waited.
   */
  knew?: Tag | null;
}
/**
 * What there is to be seen in a synthetic film.
 */
export interface Truth {
  format: "vig-truth";
  version: 1;
  film: Id;
  duration: Microseconds;
  scheme: SchemeRef;
  /**
   * @minItems 1
   */
  cast: Member[];
  beats: Beat[];
  open: Open[];
}
/**
 * What an expert codes in a synthetic film. Every code named is right.
 */
export interface Beat {
  id: Id;
  /**
   * @minItems 1
   */
  codes: Id[];
  actor: Id;
  target: Id;
  start: Microseconds;
  /**
   * null: a point in time.
   */
  end: number | null;
  /**
   * Film time: whole microseconds from the original's first displayed frame.
   */
  edge: number;
  /**
   * What can be seen, in a sentence for the trainee.
   */
  says: string;
  /**
   * The beat that this one answers.
   */
  answers?: string | null;
  /**
   * A failed moment: never in a clip shown to a parent.
   */
  not_for_parent?: boolean;
}
/**
 * A stretch that counts neither way.
 */
export interface Open {
  start: Microseconds;
  end: Microseconds;
  why: string;
}
export interface SendEdit {
  type: "edit";
  edit: Edit;
}
export interface SendPing {
  type: "ping";
}
/**
 * First on every connection: the whole observation after edit number seq.
 */
export interface StateMessage {
  type: "state";
  seq: number;
  observation: Observation;
  /**
   * Handed in: nothing may change any more.
   */
  frozen: boolean;
}
/**
 * The edit is on disk; 0: it was there before anything was numbered here.
 */
export interface AckMessage {
  type: "ack";
  edit: Id;
  seq: number;
}
/**
 * The edit was refused and changed nothing.
 */
export interface RefusedMessage {
  type: "refused";
  edit: string | null;
  reason: string;
  /**
   * Whether the same edit may go through later (a full disk), so that it must be kept.
   */
  retry: boolean;
}
/**
 * Another window of the same observation made this edit.
 */
export interface EditedMessage {
  type: "edited";
  edit: Edit;
  seq: number;
}
/**
 * The observation was handed in.
 */
export interface FrozenMessage {
  type: "frozen";
}
/**
 * Who else has the observation open now, and whether this window may change it.
 */
export interface PresenceMessage {
  type: "presence";
  /**
   * Open windows of the person whose observation it is, this one included if it is theirs.
   */
  windows: number;
  /**
   * Open windows of people who may read it only, this one included if it is one.
   */
  watching: number;
  /**
   * Whether what this window sends may change the observation.
   */
  writes: boolean;
}
export interface PongMessage {
  type: "pong";
}
