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

/** How long a piece of the film may take, in milliseconds. */
const PIECE_LIMIT = 10_000;

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
  told: (share: number) => void,
  view: View = "first",
): Promise<{ url: string; release: () => void }> {
  const { film, source } = filmOf(model, view);
  const { shelved, name = "proxy.mp4", bytes, limit } = source;
  const base = serverBase();
  if (shelved && base !== null && film.id) {
    const url = `${base}vig/films/${film.id}/${name}`;
    const answer = await fetch(url, { method: "HEAD", credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) return { url, release: () => {} };
  }
  if (bytes > limit)
    throw new Error(
      `This film has ${Math.round(bytes / 1e6)} MB, and at most ${Math.round(limit / 1e6)} MB go through the kernel. ` +
        "Install vigwidgets[serve] beside JupyterLab: its extension streams films of any size.",
    );
  const url = URL.createObjectURL(await filmBytes(model, told, view));
  return { url, release: () => URL.revokeObjectURL(url) };
}

function filmOf(model: WidgetModel, view: View): { film: Partial<Film>; source: Source } {
  const second = model.get("_second");
  if (view === "second" && second && "film" in second) return second as SecondTraits;
  return { film: model.get("_film"), source: model.get("_source") };
}

/** Reads the whole film through the comm. */
async function filmBytes(model: WidgetModel, told: (share: number) => void, view: View): Promise<Blob> {
  const pieces: BlobPart[] = [];
  let start = 0;
  for (;;) {
    const { size, bytes } = await askPiece(model, start, view);
    pieces.push(bytes);
    start += bytes.byteLength;
    told(start / size);
    if (start >= size || bytes.byteLength === 0) return new Blob(pieces, { type: "video/mp4" });
  }
}

async function askPiece(
  model: WidgetModel,
  start: number,
  view: View,
): Promise<{ size: number; bytes: Uint8Array<ArrayBuffer> }> {
  const { value, bytes } = await ask<{ size: number } | null>(
    model,
    { type: "film", start, view },
    PIECE_LIMIT,
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
