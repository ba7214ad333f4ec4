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

/** How often it is written while it grows; and how long a page is silent before it is taken for dead, in ms. */
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

/**
 * Keeps what grows, and takes up what an earlier page left. Returns the way to stop.
 *
 * @param owner Whose it is: the observation and the person.
 */
export function keepGrowing(desk: Desk, owner: string, storage = browserStorage()): () => void {
  if (!storage) return () => {};
  const { model, coder } = desk;
  const all = `vig:growing:${owner}:`;
  const mine = `${all}${newId("page")}`;
  let written = 0;
  const write = (at = Date.now()) => {
    written = Date.now();
    put(storage, mine, { at, tags: coder.unfinished() });
  };
  const ends = [
    effect(() => {
      const none = coder.lasting.value.length === 0;
      if (none && written) storage.removeItem(mine);
      if (none) written = 0;
      else if (Date.now() - written >= BEAT) write();
    }),
  ];
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
  let later: ReturnType<typeof setTimeout> | undefined;
  ends.push(
    effect(() => {
      if (!model.ready.value || later) return;
      takeUp(desk, storage, all, mine);
      later = setTimeout(() => takeUp(desk, storage, all, mine), SILENT + BEAT);
    }),
  );
  return () => {
    for (const end of ends) end();
    clearInterval(beat);
    clearTimeout(later);
    globalThis.removeEventListener?.("pagehide", go);
    globalThis.removeEventListener?.("pageshow", back);
  };
}

function put(storage: Storage, name: string, kept: Kept): void {
  try {
    storage.setItem(name, JSON.stringify(kept));
  } catch {
    // A full or closed store: the service has it as soon as it is ended.
  }
}

/** Makes moments of what pages left that are no more. */
function takeUp({ model, codebook }: Desk, storage: Storage, all: string, mine: string): void {
  const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  for (const name of names.filter((one) => one.startsWith(all) && one !== mine)) {
    const kept = read(storage.getItem(name));
    if (kept && Date.now() - kept.at < SILENT) continue;
    storage.removeItem(name);
    for (const tag of kept?.tags ?? [])
      if (!model.tags.has(tag.id) && codebook.code(tag.code))
        model.put(`add ${codebook.short(tag.code)}`, tag);
  }
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
