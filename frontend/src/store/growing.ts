/**
 * What still grows when the page goes, or the browser is killed, is kept in this browser, and the next page makes it
 * the moment that it had come to be. It has one id from the beginning, so that it is never there twice.
 */
import { effect } from "@preact/signals";
import type { Edit, Tag } from "../contract";
import type { Codebook } from "../model/codebook";
import type { Coder } from "../model/coding";
import { newId } from "../model/ids";
import type { ObservationModel } from "../model/observation";
import { browserStorage } from "../player/prefs";
import { browserLocks, Hold, ifFree, type Locks } from "./hold";
import { indexedLedger, type Ledger, Notes } from "./ledger";

/** How often it is written while it grows; and how long a page is silent before it may be taken for dead, in ms. */
const BEAT = 500;
const SILENT = 4000;
const GONE = 0;

interface Kept {
  /** When it was written; GONE: the page said that it goes. */
  at: number;
  tags: Tag[];
  /** What was sent when it went: the same edits again are harmless, where new ones would undo what came after. */
  edits: Edit[];
}

interface Desk {
  model: ObservationModel;
  coder: Coder;
  codebook: Codebook;
}

/** What a browser has to keep it in, and to show that a page lives. */
interface Browser {
  storage: Storage | null;
  ledger: Ledger;
  locks: Locks | null;
}

/**
 * Keeps what grows, and takes up what an earlier page left. Returns the way to stop.
 *
 * @param owner Whose it is: the observation and the person.
 */
export function keepGrowing(desk: Desk, owner: string, browser: Partial<Browser> = {}): () => void {
  const storage = browser.storage ?? browserStorage();
  const locks = browser.locks === undefined ? browserLocks() : browser.locks;
  if (!storage) return () => {};
  const notes = new Notes(storage, browser.ledger ?? indexedLedger());
  const all = `vig:growing:${owner}:`;
  const mine = `${all}${newId("page")}`;
  const ends = [
    keep(desk, notes, mine, new Hold(locks, mine)),
    watchForOthers(desk),
    takeUpLater(desk, notes, locks, all, mine),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/**
 * Writes down what grows, for as long as it does. What is written later always says so, even where the clock is set back
 * meanwhile.
 */
function keep({ coder, model }: Desk, notes: Notes, mine: string, hold: Hold): () => void {
  let written = 0;
  const write = () => {
    hold.take();
    written = Math.max(Date.now(), written + 1);
    notes.write(mine, textOf(written, coder.unfinished()));
  };
  const stop = effect(() => {
    const none = coder.lasting.value.length === 0;
    if (none && written) {
      notes.remove(mine);
      hold.release();
    }
    if (none) written = 0;
    else if (Date.now() - written >= BEAT) write();
  });
  // Paused, nothing grows on: that it lives must be said all the same.
  const beat = setInterval(() => written && write(), BEAT);
  const go = () => {
    if (coder.growing.value.size === 0) return;
    const tags = coder.unfinished();
    const edits = model.made(() => coder.closeAll());
    // The line and the disk may not take it any more; this does.
    notes.write(mine, textOf(GONE, tags, edits));
  };
  // A page that is shown again as it was has it itself.
  const back = () => notes.remove(mine);
  globalThis.addEventListener?.("pagehide", go);
  globalThis.addEventListener?.("pageshow", back);
  return () => {
    stop();
    clearInterval(beat);
    hold.release();
    globalThis.removeEventListener?.("pagehide", go);
    globalThis.removeEventListener?.("pageshow", back);
  };
}

/**
 * What grows here and is a moment already was made one by another window, which took this one for dead: it slept for
 * long, in a browser without holds. From then on it is that moment, and whatever was written into it stays.
 */
function watchForOthers({ model, coder }: Desk): () => void {
  return effect(() => {
    model.version.value;
    for (const [code, { id }] of coder.growing.value) if (model.tags.has(id)) coder.leave(code);
  });
}

/** Takes up what is left as soon as the moments are known, and once more when the silent can be told from the dead. */
function takeUpLater(desk: Desk, notes: Notes, locks: Locks | null, all: string, mine: string): () => void {
  let later: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const make = (name: string) => {
    if (!ended) makeMoments(desk, notes, name);
  };
  const others = () => notes.names(all).filter((name) => name !== mine);
  /** What each page had written when it was looked at first: a page that lives writes something else before long. */
  const first = new Map<string, string | null>();
  const look = (again: boolean) => {
    const once = () => {
      const silent = (name: string) => again && first.get(name) === notes.read(name);
      takeUp(notes, locks, others(), make, silent);
      if (!again) for (const name of others()) first.set(name, notes.read(name));
    };
    once();
    void notes.recover(all, isNewer).then(() => ended || once());
  };
  const stop = effect(() => {
    if (!desk.model.ready.value || later) return;
    look(false);
    later = setTimeout(() => look(true), SILENT + BEAT);
  });
  return () => {
    ended = true;
    stop();
    clearTimeout(later);
  };
}

/**
 * Finds what pages left that are no more.
 *
 * @param silent Whether a page wrote nothing for long, whatever the clock says, which may have been set back.
 */
function takeUp(
  notes: Notes,
  locks: Locks | null,
  names: string[],
  make: (name: string) => void,
  silent: (name: string) => boolean,
): void {
  for (const name of names) {
    const kept = read(notes.read(name));
    if (kept && Date.now() - kept.at < SILENT && !silent(name)) continue;
    // A page that said that it goes need not be asked whether it sleeps.
    if (kept && kept.at !== GONE) void ifFree(locks, name, () => make(name));
    else make(name);
  }
}

/** Makes moments of what a page left. */
function makeMoments({ model, codebook }: Desk, notes: Notes, name: string): void {
  const kept = read(notes.read(name));
  notes.remove(name);
  if (kept && kept.edits.length > 0) return model.resend(kept.edits.filter((edit) => !isThere(model, edit)));
  for (const tag of kept?.tags ?? [])
    if (!model.tags.has(tag.id) && codebook.code(tag.code)) model.put(`add ${codebook.short(tag.code)}`, tag);
}

const isThere = (model: ObservationModel, { changes }: Edit): boolean =>
  changes.some((change) => change.op === "put" && model.tags.has(change.tag.id));

const textOf = (at: number, tags: Tag[], edits: Edit[] = []): string =>
  JSON.stringify({ at, tags, edits } satisfies Kept);

/** What was said last: a page that went said nothing more. */
function isNewer(text: string, than: string | null): boolean {
  const [at, before] = [read(text)?.at ?? -1, read(than)?.at ?? -1];
  return before !== GONE && (at === GONE || at > before);
}

function read(text: string | null): Kept | null {
  try {
    const { at, tags, edits } = JSON.parse(text ?? "") as Kept;
    const good = (tag: Tag) =>
      typeof tag?.id === "string" && Number.isSafeInteger(tag.start) && tag.end !== null;
    return Number.isSafeInteger(at) && Array.isArray(tags)
      ? { at, tags: tags.filter(good), edits: Array.isArray(edits) ? edits : [] }
      : null;
  } catch {
    return null;
  }
}
