/**
 * What still grows when the page goes, or the browser is killed, is kept in this browser, and the next page makes it
 * the moment that it had come to be. It has one id from the beginning, so that it is never there twice.
 */
import { effect } from "@preact/signals";
import type { Tag } from "../contract";
import type { Codebook } from "../model/codebook";
import type { Coder } from "../model/coding";
import { newId } from "../model/ids";
import type { ObservationModel } from "../model/observation";
import { browserStorage } from "../player/prefs";
import { browserLocks, Hold, ifFree, type Locks } from "./hold";

/** How often it is written while it grows; and how long a page is silent before it may be taken for dead, in ms. */
const BEAT = 500;
const SILENT = 4000;

interface Kept {
  /** When it was written; 0: the page said that it goes. */
  at: number;
  tags: Tag[];
}

interface Desk {
  model: ObservationModel;
  coder: Coder;
  codebook: Codebook;
}

/** Where it is kept, and how a page shows that it lives, where the browser has that. */
interface Browser {
  storage: Storage;
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
  const all = `vig:growing:${owner}:`;
  const mine = `${all}${newId("page")}`;
  const ends = [
    keep(desk, storage, mine, new Hold(locks, mine)),
    watchForOthers(desk),
    takeUpLater(desk, all, mine, { storage, locks }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** Writes down what grows, for as long as it does. */
function keep({ coder }: Desk, storage: Storage, mine: string, hold: Hold): () => void {
  let written = 0;
  const write = () => {
    hold.take();
    written = Date.now();
    put(storage, mine, { at: written, tags: coder.unfinished() });
  };
  const stop = effect(() => {
    const none = coder.lasting.value.length === 0;
    if (none && written) {
      storage.removeItem(mine);
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
    coder.closeAll();
    // The line and the disk may not take it any more; this does.
    put(storage, mine, { at: 0, tags });
  };
  // A page that is shown again as it was has it itself.
  const back = () => storage.removeItem(mine);
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
function takeUpLater(desk: Desk, all: string, mine: string, browser: Browser): () => void {
  let later: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  const look = () =>
    takeUp(browser, all, mine, (name) => {
      if (!ended) makeMoments(desk, browser.storage, name);
    });
  const stop = effect(() => {
    if (!desk.model.ready.value || later) return;
    look();
    later = setTimeout(look, SILENT + BEAT);
  });
  return () => {
    ended = true;
    stop();
    clearTimeout(later);
  };
}

function put(storage: Storage, name: string, kept: Kept): void {
  try {
    storage.setItem(name, JSON.stringify(kept));
  } catch {
    // A full or closed store: the service has it as soon as it is ended.
  }
}

/** Finds what pages left that are no more. */
function takeUp({ storage, locks }: Browser, all: string, mine: string, make: (name: string) => void): void {
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  for (const name of names.filter((one) => one.startsWith(all) && one !== mine)) {
    const kept = read(storage.getItem(name));
    if (kept && Date.now() - kept.at < SILENT) continue;
    // A page that said that it goes need not be asked whether it sleeps.
    if (kept?.at) void ifFree(locks, name, () => make(name));
    else make(name);
  }
}

/** Makes moments of what a page left. */
function makeMoments({ model, codebook }: Desk, storage: Storage, name: string): void {
  const kept = read(storage.getItem(name));
  storage.removeItem(name);
  for (const tag of kept?.tags ?? [])
    if (!model.tags.has(tag.id) && codebook.code(tag.code)) model.put(`add ${codebook.short(tag.code)}`, tag);
}

function read(text: string | null): Kept | null {
  try {
    const { at, tags } = JSON.parse(text ?? "") as Kept;
    const good = (tag: Tag) =>
      typeof tag?.id === "string" && Number.isSafeInteger(tag.start) && tag.end !== null;
    return Number.isSafeInteger(at) && Array.isArray(tags) ? { at, tags: tags.filter(good) } : null;
  } catch {
    return null;
  }
}
