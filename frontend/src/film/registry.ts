/**
 * What the modules of one page share, whichever bundle they came in: film clocks by name, and mounted
 * workbenches by observation. It lies on `window`, because a page's script and a widget's are two modules.
 */
import type { Edit, Tag } from "../contract";
import type { FilmClock } from "./clock";

/** What a widget's model needs of a workbench that is already on the page. */
export interface BenchHandle {
  tags(): Tag[];
  /** Calls back after every change; returns the way to stop. */
  subscribe(changed: () => void): () => void;
  seek(moment: number): void;
  playStretch(start: number, end: number): void;
}

interface Shared {
  clocks: Map<string, FilmClock>;
  benches: Map<string, BenchHandle>;
  waiting: Set<() => void>;
  /** What renders widgets, by build. */
  renderers: Record<string, (context: unknown) => () => void>;
  /** Edits that widgets' views left unanswered, by observation; see store/left.ts. */
  left?: Map<string, Edit[]>;
  /** Who is to be told that there are some, by observation. */
  leftWatchers?: Map<string, Set<() => void>>;
}

declare global {
  interface Window {
    __vigwidgets?: Shared;
  }
}

export function shared(): Shared {
  window.__vigwidgets ??= { clocks: new Map(), benches: new Map(), waiting: new Set(), renderers: {} };
  return window.__vigwidgets;
}

/** Returns the clock of that name, made the first time it is asked for. */
export function clockNamed(name: string, make: () => FilmClock): FilmClock {
  const { clocks } = shared();
  const known = clocks.get(name);
  if (known) return known;
  const clock = make();
  clocks.set(name, clock);
  return clock;
}

/** Makes a workbench known by its observation; returns the way to take it back. */
export function registerBench(observation: string, handle: BenchHandle): () => void {
  const { benches, waiting } = shared();
  benches.set(observation, handle);
  for (const tell of [...waiting]) tell();
  return () => {
    if (benches.get(observation) === handle) benches.delete(observation);
  };
}

/** Calls back with the workbench of an observation, now or when it is mounted; returns the way to stop waiting. */
export function whenBench(observation: string, found: (bench: BenchHandle) => void): () => void {
  const { benches, waiting } = shared();
  const look = () => {
    const bench = benches.get(observation);
    if (!bench) return;
    waiting.delete(look);
    found(bench);
  };
  waiting.add(look);
  look();
  return () => void waiting.delete(look);
}
