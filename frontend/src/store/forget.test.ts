import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, expect, test, vi } from "vitest";
import { tag } from "../testing/paig";
import { forgetOthers } from "./forget";
import { indexedOutbox } from "./outbox";

const dump = async () => {
  const found: Record<string, unknown[]> = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await openDB(name as string);
    for (const store of database.objectStoreNames) found[`${name}/${store}`] = await database.getAll(store);
    database.close();
  }
  return found;
};

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

test("what an earlier person could undo is gone for the next, and what waits for the service stays", async () => {
  const database = await openDB("vigwidgets", 1, {
    upgrade(made) {
      const edits = made.createObjectStore("outbox", { autoIncrement: true });
      edits.createIndex("observation", "observation");
      edits.createIndex("id", "id");
      made.createObjectStore("history");
    },
  });
  await database.put("history", { steps: ["Ann's"] }, "obs-ann");
  database.close();
  const steps = await openDB("vigwidgets-steps", 1, {
    upgrade(made) {
      made.createObjectStore("steps");
    },
  });
  await steps.put("steps", "Ann's", ["obs-ann", 0]);
  steps.close();
  const outbox = indexedOutbox();
  const waits = { id: "waits", changes: [{ op: "put" as const, tag: tag("t", 0, 40_000) }] };
  await outbox.add("obs-ann", { ...waits, id: "sent" });
  await outbox.add("obs-ann", waits);
  await outbox.remove("sent");

  await forgetOthers();
  const kept = await dump();
  expect(kept["vigwidgets/history"] ?? []).toEqual([]);
  expect(kept["vigwidgets-steps/steps"]).toBeUndefined();
  expect(kept["vigwidgets/outbox"]).toHaveLength(1);
  // The next person's page asks for its own observation, and is given nothing of Ann's.
  expect(await outbox.list("obs-ben")).toEqual([]);
  expect(await outbox.list("obs-ann")).toEqual([waits]);
});

test("a computer on which nobody has worked yet is left as it is", async () => {
  await forgetOthers();
  expect(await indexedDB.databases()).toEqual([]);
});
