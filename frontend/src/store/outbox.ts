/** Edits that the service has not confirmed, kept on this computer across a reload or a crash. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Edit } from "../contract";

interface Shape extends DBSchema {
  outbox: {
    key: number;
    value: { observation: string; id: string; edit: Edit };
    indexes: { observation: string; id: string };
  };
}

export interface Outbox {
  /** Unconfirmed edits of an observation, oldest first. */
  list(observation: string): Promise<Edit[]>;
  add(observation: string, edit: Edit): Promise<void>;
  remove(edit: string): Promise<void>;
}

function open(): Promise<IDBPDatabase<Shape>> {
  return openDB<Shape>("vigwidgets", 1, {
    upgrade(database) {
      const outbox = database.createObjectStore("outbox", { autoIncrement: true });
      outbox.createIndex("observation", "observation");
      outbox.createIndex("id", "id");
    },
  });
}

/** The outbox in IndexedDB. Every method fails where the browser has none, for example in some private windows. */
export function indexedOutbox(): Outbox {
  let database: Promise<IDBPDatabase<Shape>> | null = null;
  const ready = () => {
    database ??= open();
    return database;
  };
  return {
    async list(observation) {
      const rows = await (await ready()).getAllFromIndex("outbox", "observation", observation);
      return rows.map((row) => row.edit);
    },
    async add(observation, edit) {
      // Strict: on the disk before we say that it is kept.
      const step = (await ready()).transaction("outbox", "readwrite", { durability: "strict" });
      await Promise.all([step.store.add({ observation, id: edit.id, edit }), step.done]);
    },
    async remove(edit) {
      const step = (await ready()).transaction("outbox", "readwrite");
      for (const key of await step.store.index("id").getAllKeys(edit)) await step.store.delete(key);
      await step.done;
    },
  };
}
