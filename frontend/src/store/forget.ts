/**
 * What this computer forgets between two people. Wherever somebody signs in, what an earlier person could undo is
 * theirs and is deleted. Edits that still wait for the service stay: each lies under its observation, is read only by
 * that observation's own page, and the service takes it only in its own person's session.
 */
import { deleteDB, openDB } from "idb";

const EDITS = "vigwidgets";
const STEPS = "vigwidgets-steps";

export async function forgetOthers(): Promise<void> {
  const there = (await indexedDB.databases()).map((one) => one.name);
  // Whoever still has it open in another window keeps nothing more in it.
  if (there.includes(STEPS)) await deleteDB(STEPS);
  if (!there.includes(EDITS)) return;
  const database = await openDB(EDITS);
  try {
    if (database.objectStoreNames.contains("history")) await database.clear("history");
  } finally {
    database.close();
  }
}
