/** The second camera of a Python player: where its film comes from, and the offset that both sides may set. */
import { effect } from "@preact/signals";
import type { Peaks } from "../film/data";
import type { SecondOptions } from "../player/second";
import type { Session } from "../workbench/session";
import type { SecondTraits, WidgetModel } from "./model";
import { filmSource } from "./source";

/** An offset goes to Python this long after its last change, in milliseconds. */
const CALM = 250;

export function secondOf(model: WidgetModel): SecondOptions | null {
  const told = model.get("_second");
  if (!told || !("film" in told)) return null;
  const { film, frames, peaks } = told as SecondTraits;
  return {
    film,
    frames,
    files: { proxy: "" },
    offset: model.get("_offset") ?? 0,
    peaks: "peaks" in peaks ? (peaks as Peaks) : null,
  };
}

/** Fetches the second film and keeps the offset the same on both sides; returns the way to stop. */
export function joinSecond(session: Session, model: WidgetModel): () => void {
  const { second } = session;
  if (!second) return () => {};
  const over = new AbortController();
  let release = () => {};
  const busy = () => {
    second.said.value = "The notebook is working; the second film comes when it is done.";
  };
  filmSource(model, "second", { busy, until: over.signal }).then(
    (source) => {
      release = source.release;
      if (over.signal.aborted) return release();
      second.said.value = "";
      second.source.value = source.url;
    },
    (error: Error) => {
      second.said.value = error.message;
    },
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const offset = second.follower.offset.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (model.get("_offset") === offset) return;
      model.set("_offset", offset);
      model.save_changes();
    }, CALM);
  });
  const told = () => second.setOffset(model.get("_offset") ?? 0);
  model.on("change:_offset", told);
  return () => {
    over.abort();
    clearTimeout(timer);
    stop();
    model.off("change:_offset", told);
    release();
  };
}
