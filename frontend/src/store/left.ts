/**
 * What a widget's view had not been answered when it went: after a restart of the kernel the cell is run again, and the
 * view that comes sends it. What the file had all along is not applied twice, because it names the edits that it holds.
 */
import type { Edit } from "../contract";
import { shared } from "../film/registry";

export interface Left {
  put(edits: readonly Edit[]): void;
  /** Gives what lies here to one who asks, once. */
  take(): Edit[];
  /** Calls back whenever something is put here; returns the way to stop. */
  watch(told: () => void): () => void;
}

export const NOWHERE: Left = { put: () => {}, take: () => [], watch: () => () => {} };

/**
 * Keeps it for as long as the page lives: whoever opens the file again has it.
 *
 * @param drawer The file's own name for what is not in it yet; the same in the next kernel, and another one for a copy.
 */
export function leftOf(drawer: string): Left {
  const places = () => {
    const here = shared();
    // A page may hold a module of an earlier build, which knew of no such place.
    here.left ??= new Map();
    return here.left;
  };
  const watchers = () => {
    const here = shared();
    here.leftWatchers ??= new Map();
    return here.leftWatchers;
  };
  return {
    put(edits) {
      if (edits.length === 0) return;
      places().set(drawer, [...(places().get(drawer) ?? []), ...edits]);
      for (const told of [...(watchers().get(drawer) ?? [])]) told();
    },
    take() {
      const edits = places().get(drawer) ?? [];
      places().delete(drawer);
      return edits;
    },
    watch(told) {
      const all = watchers().get(drawer) ?? new Set();
      watchers().set(drawer, all.add(told));
      return () => void all.delete(told);
    },
  };
}
