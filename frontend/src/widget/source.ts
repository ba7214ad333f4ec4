/**
 * Where a widget's film comes from: our server extension, which streams it, else the kernel, in pieces, up to a
 * stated size.
 */
import type { Film } from "../contract";
import type { ScrubIndex } from "../film/data";
import { ask } from "../store/ask";
import type { SecondTraits, Source, WidgetModel } from "./model";

/** Which of a player's two cameras. */
export type View = "first" | "second";

/** A piece of the film is asked for again after this long, then twice as long, until this much is over: milliseconds. */
const PIECE_PATIENCE = 10_000;
const PIECE_LIMIT = 600_000;

/** What is told of a film on its way, and whether it is still wanted. */
export interface Waiting {
  /** How much of it is here, from 0 to 1. */
  told?: (share: number) => void;
  /** The kernel does not answer and is asked again: it runs other cells, most likely. */
  busy?: (() => void) | undefined;
  until?: AbortSignal | undefined;
}

/** The notebook server's address, where a page of Jupyter or Voila states it. */
export function serverBase(): string | null {
  const text = document.getElementById("jupyter-config-data")?.textContent;
  if (!text) return null;
  try {
    const base = (JSON.parse(text) as { baseUrl?: unknown }).baseUrl;
    return typeof base === "string" ? base.replace(/\/?$/, "/") : null;
  } catch {
    return null;
  }
}

/** Returns an address that a video element can play, and the way to let go of it. */
export async function filmSource(
  model: WidgetModel,
  view: View = "first",
  waiting: Waiting = {},
): Promise<{ url: string; release: () => void }> {
  const { film, source } = filmOf(model, view);
  const { shelved, name = "proxy.mp4", bytes, limit } = source;
  const base = serverBase();
  if (shelved && base !== null && film.id) {
    const url = `${base}vig/films/${film.id}/${name}`;
    const answer = await fetch(url, { method: "HEAD", credentials: "same-origin" }).catch(() => null);
    // A film of the same id in the server's own folder may be another one.
    const size = Number(answer?.headers.get("Content-Length") ?? bytes);
    if (answer?.ok && size === bytes) return { url, release: () => {} };
  }
  if (bytes > limit)
    throw new Error(
      `This film has ${Math.round(bytes / 1e6)} MB, and at most ${Math.round(limit / 1e6)} MB go through the kernel. ` +
        "Install vigwidgets[serve] beside JupyterLab: its extension streams films of any size.",
    );
  const url = URL.createObjectURL(await filmBytes(model, view, waiting));
  return { url, release: () => URL.revokeObjectURL(url) };
}

function filmOf(model: WidgetModel, view: View): { film: Partial<Film>; source: Source } {
  const second = model.get("_second");
  if (view === "second" && second && "film" in second) return second as SecondTraits;
  return { film: model.get("_film"), source: model.get("_source") };
}

/** Reads the whole film through the comm. */
async function filmBytes(model: WidgetModel, view: View, waiting: Waiting): Promise<Blob> {
  const pieces: BlobPart[] = [];
  let start = 0;
  for (;;) {
    const { size, bytes } = await askPiece(model, start, view, waiting);
    pieces.push(bytes);
    start += bytes.byteLength;
    waiting.told?.(start / size);
    if (start >= size || bytes.byteLength === 0) return new Blob(pieces, { type: "video/mp4" });
  }
}

async function askPiece(
  model: WidgetModel,
  start: number,
  view: View,
  { busy, until }: Waiting,
): Promise<{ size: number; bytes: Uint8Array<ArrayBuffer> }> {
  const { value, bytes } = await ask<{ size: number } | null>(
    model,
    { type: "film", start, view },
    PIECE_PATIENCE,
    { most: PIECE_LIMIT, busy, until },
  );
  if (!value || !bytes) throw new Error("The film could not be read.");
  return { size: value.size, bytes };
}

/** The small pictures of the whole film, as far as the kernel has them, and the way to let go of them. */
export function scrubSource(model: WidgetModel): {
  index: ScrubIndex | null;
  url: string | null;
  release(): void;
} {
  const index = model.get("_scrub");
  const sheet = model.get("_scrub_sheet");
  if (!index || !("times" in index) || !sheet?.byteLength)
    return { index: null, url: null, release: () => {} };
  const bytes = new Uint8Array(sheet.buffer, sheet.byteOffset, sheet.byteLength).slice();
  const url = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  return { index: index as ScrubIndex, url, release: () => URL.revokeObjectURL(url) };
}

/** Captions or descriptions as addresses that a track element takes. */
export function textSources(captions: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(captions).map(([language, text]) => [
      language,
      URL.createObjectURL(new Blob([text], { type: "text/vtt" })),
    ]),
  );
}
