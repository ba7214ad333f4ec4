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
}

export const NOWHERE: Left = { put: () => {}, take: () => [] };

/** Keeps it for as long as the page lives, by the observation's id: whoever opens that again has it. */
export function leftOf(observation: string): Left {
  const places = () => {
    const here = shared();
    // A page may hold a module of an earlier build, which knew of no such place.
    here.left ??= new Map();
    return here.left;
  };
  return {
    put(edits) {
      if (edits.length) places().set(observation, [...(places().get(observation) ?? []), ...edits]);
    },
    take() {
      const edits = places().get(observation) ?? [];
      places().delete(observation);
      return edits;
    },
  };
}
