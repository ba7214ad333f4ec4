/**
 * What can be undone, kept on this computer across a reload: one record for each step, so that the thousandth costs no
 * more than the first, and a record that says where one stands.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Kept, Mark, Step } from "../model/history";
import type { ObservationModel } from "../model/observation";

interface Shape extends DBSchema {
  steps: { key: [string, number]; value: Step };
  places: { key: string; value: { at: number; length: number } };
}

export interface Steps {
  read(observation: string): Promise<Kept | null>;
  note(observation: string, mark: Mark): Promise<void>;
}

function open(): Promise<IDBPDatabase<Shape>> {
  return openDB<Shape>("vigwidgets-steps", 1, {
    upgrade(database) {
      database.createObjectStore("steps");
      database.createObjectStore("places");
    },
    // A newer page must not wait for an older one.
    blocking(_now, _next, event) {
      (event.target as IDBDatabase).close();
    },
  });
}

/** The steps in IndexedDB. Every method fails where the browser has none. */
export function indexedSteps(): Steps {
  let database: Promise<IDBPDatabase<Shape>> | null = null;
  const ready = () => {
    database ??= open();
    return database;
  };
  const after = (observation: string, place: number) =>
    IDBKeyRange.bound([observation, place], [observation, Number.MAX_SAFE_INTEGER]);
  return {
    async read(observation) {
      const step = (await ready()).transaction(["steps", "places"]);
      const place = await step.objectStore("places").get(observation);
      if (!place) return null;
      const steps = await step.objectStore("steps").getAll(after(observation, 0));
      return { steps: steps.slice(0, place.length), at: Math.min(place.at, steps.length) };
    },
    async note(observation, { at, length, step }) {
      const change = (await ready()).transaction(["steps", "places"], "readwrite");
      const steps = change.objectStore("steps");
      if (step) {
        // What had been undone is forgotten, with the step that the new one replaces.
        await steps.delete(after(observation, at - 1));
        await steps.put(step, [observation, at - 1]);
      }
      await change.objectStore("places").put({ at, length }, observation);
      await change.done;
    },
  };
}

/** Gives a model what an earlier page could undo, and keeps what this one does. */
export async function rememberSteps(model: ObservationModel, steps: Steps = indexedSteps()): Promise<void> {
  // One after the other: a step must not arrive after the place that counts it.
  let last: Promise<void> = Promise.resolve();
  const note = (mark: Mark) => {
    last = last.then(() => steps.note(model.id, mark)).catch(() => undefined);
  };
  const kept = await steps.read(model.id).catch(() => null);
  for (const mark of model.restoreHistory(kept ?? { steps: [], at: 0 })) note(mark);
  model.onHistory = note;
}
