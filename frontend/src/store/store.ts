/** Where an observation's edits are kept: the service, or a file through the widget's comm. */
import type { ReadonlySignal } from "@preact/signals";
import type { Edit, Observation, PresenceMessage } from "../contract";

/**
 * connecting: never yet answered; live: all is well; offline: it does not answer; full: it cannot keep more now;
 * signed-out: the session is over; not-yours: somebody else is signed in now.
 */
export type Phase = "connecting" | "live" | "offline" | "full" | "signed-out" | "not-yours";

export interface StoreState {
  phase: Phase;
  /** Number of the newest edit that the store has confirmed. */
  seq: number;
  /** Edits that it has not confirmed yet. */
  waiting: number;
  /** Where moments are kept, for people: a file's name, or null for the service. */
  place: string | null;
  /** Whether what waits would survive closing the page. */
  kept: boolean;
}

/** Who else has the observation open, and whether this window may change it. */
export type Presence = Omit<PresenceMessage, "type">;

/** Says who else is there and who may write; null where one is alone with one's own work. */
export function presenceSentence({ windows, watching, writes }: Presence): string | null {
  if (!writes) return "read only: only the person whose work this is can change it";
  const readers = watching === 1 ? "1 person is reading along" : `${watching} people are reading along`;
  if (windows < 2) return watching ? readers : null;
  const open = `open in ${windows} windows, and you can tag in each`;
  return watching ? `${open}; ${readers}` : open;
}

/** Who is told. */
export interface Sink {
  onState(observation: Observation, frozen: boolean, unanswered: readonly Edit[]): void;
  /** @param known The store had it before it told its state. */
  onAcknowledged(edit: string, known?: boolean): void;
  onRefused(edit: string | null, reason: string): void;
  onEdited(edit: Edit): void;
  onFrozen(): void;
  onWaiting(edits: readonly Edit[]): void;
  onPresence(presence: Presence): void;
}

export interface Store {
  readonly state: ReadonlySignal<StoreState>;
  open(sink: Sink): void;
  /** Takes an edit; it is kept until the store answers. */
  send(edit: Edit): void;
  close(): void;
}

/**
 * The state of a page that keeps two things, its moments and its clips: everything that waits is counted, and while
 * clips wait, what keeps them from being saved is said where the moments themselves are well.
 */
export function together(main: StoreState, other: StoreState | undefined): StoreState {
  if (!other || other.waiting === 0) return main;
  return {
    ...main,
    phase: main.phase === "live" ? other.phase : main.phase,
    waiting: main.waiting + other.waiting,
    kept: main.kept && other.kept,
  };
}

const plural = (noun: string): string => noun.replace(/y?$/, (end) => (end ? "ies" : "s"));

/** Says where the work is, as a fact. */
export function savedSentence(state: StoreState, moments: number, frozen: boolean, noun = "moment"): string {
  const all = moments === 1 ? `1 ${noun}` : `all ${moments} ${plural(noun)}`;
  const { phase, waiting, place, kept } = state;
  const where = kept ? "kept on this computer" : "not kept yet: leave this page open";
  if (frozen) return `handed in, ${moments === 1 ? `1 ${noun}` : `${moments} ${plural(noun)}`}`;
  if (shutOut(phase)) return waiting ? `signed out: ${waiting} waiting, ${where}` : "signed out";
  if (phase === "full") return `${waiting} waiting, ${where}: the service is full`;
  if (phase === "offline") return waiting ? `offline: ${waiting} waiting, ${where}` : "offline: reconnecting";
  if (phase === "connecting") return waiting ? `connecting: ${waiting} waiting, ${where}` : "connecting…";
  if (waiting) return "saving…";
  if (moments === 0) return place ? `nothing yet, will be saved in ${place}` : "ready";
  return place ? `${all} saved in ${place}` : `${all} saved`;
}

/** Whether one must sign in before anything more is saved. */
export const shutOut = (phase: Phase): boolean => phase === "signed-out" || phase === "not-yours";

/** Says in one sentence that one must sign in (again), and that nothing is lost by it; null where one need not. */
export function signInSentence({ phase, waiting, kept }: StoreState): string | null {
  if (!shutOut(phase)) return null;
  const changes = waiting === 1 ? "the 1 change" : `the ${waiting} changes`;
  const keep = kept ? "" : "leave this page open and ";
  const again =
    phase === "signed-out"
      ? `${keep}sign in again`
      : `${keep}sign out and sign in as the person who began this`;
  const why = phase === "signed-out" ? "You are signed out" : "Somebody else is signed in here now";
  if (!waiting) return `${why} and nothing is lost: ${again} to go on.`;
  const safe = kept ? " on this computer" : "";
  return `${why} and nothing is lost: ${again}, and ${changes} kept${safe} will be saved.`;
}
