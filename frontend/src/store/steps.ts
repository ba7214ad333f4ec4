/**
 * What can be undone, kept on this computer across a reload: one record for each step, so that the thousandth costs no
 * more than the first. A record's place is given by the database, and each says itself whether it is undone: so several
 * windows on one observation keep theirs beside each other, and the next page has them all in the order they were done.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Kept, Mark, Step } from "../model/history";
import type { ObservationModel } from "../model/observation";

interface Shape extends DBSchema {
  steps: {
    key: number;
    value: { observation: string; step: Step; undone: boolean };
    indexes: { observation: string };
  };
}

export interface Steps {
  read(observation: string): Promise<Kept | null>;
  note(observation: string, mark: Mark): Promise<void>;
}

function open(): Promise<IDBPDatabase<Shape>> {
  return openDB<Shape>("vigwidgets-steps", 2, {
    upgrade(database) {
      // The first version counted its places by the window; what it kept cannot be told apart.
      for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
      database.createObjectStore("steps", { autoIncrement: true }).createIndex("observation", "observation");
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
  /** Where the steps lie that this page made or read. */
  const keys = new WeakMap<Step, number>();
  return {
    async read(observation) {
      const { store } = (await ready()).transaction("steps");
      const index = store.index("observation");
      const [rows, places] = await Promise.all([index.getAll(observation), index.getAllKeys(observation)]);
      for (const [i, { step }] of rows.entries()) keys.set(step, places[i] as number);
      const done = rows.filter((row) => !row.undone);
      const undone = rows.filter((row) => row.undone);
      return { steps: [...done, ...undone].map((row) => row.step), at: done.length };
    },
    async note(observation, mark) {
      const change = (await ready()).transaction("steps", "readwrite");
      const { store } = change;
      if (mark.did === "new") {
        for (const step of mark.forgot) await store.delete(keys.get(step) ?? -1);
        keys.set(mark.step, await store.add({ observation, step: mark.step, undone: false }));
      } else if (mark.did === "gone") {
        await store.delete(keys.get(mark.step) ?? -1);
      } else {
        const key = keys.get(mark.step) ?? -1;
        const row = await store.get(key);
        // Another window may have forgotten it meanwhile.
        if (row) await store.put({ ...row, undone: mark.did === "undo" }, key);
      }
      await change.done;
    },
  };
}

/** Gives a model what an earlier page could undo, and keeps what this one does. */
export async function rememberSteps(model: ObservationModel, steps: Steps = indexedSteps()): Promise<void> {
  // One after the other: a step must not arrive after the mark that it is undone.
  let last: Promise<void> = Promise.resolve();
  const note = (mark: Mark) => {
    last = last.then(() => steps.note(model.id, mark)).catch(() => undefined);
  };
  const kept = await steps.read(model.id).catch(() => null);
  for (const mark of model.restoreHistory(kept ?? { steps: [], at: 0 })) note(mark);
  model.onHistory = note;
}
