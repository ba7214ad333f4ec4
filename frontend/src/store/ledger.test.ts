import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { indexedLedger, Notes } from "./ledger";

/** A browser's local storage that may lose what it holds, or take nothing. */
class Memory {
  readonly texts = new Map<string, string>();
  full = false;
  get length(): number {
    return this.texts.size;
  }
  key = (i: number) => [...this.texts.keys()][i] ?? null;
  getItem = (name: string) => this.texts.get(name) ?? null;
  removeItem = (name: string) => void this.texts.delete(name);
  setItem(name: string, text: string): void {
    if (this.full) throw new DOMException("full", "QuotaExceededError");
    this.texts.set(name, text);
  }
  get storage(): Storage {
    return this as unknown as Storage;
  }
}

const longer = (text: string, than: string | null) => text.length > (than?.length ?? 0);

beforeEach(() => vi.stubGlobal("indexedDB", new IDBFactory()));

test("what the local storage lost comes back, unless it was removed or is older", async () => {
  const notes = new Notes(new Memory().storage, indexedLedger());
  for (const name of ["a:1", "a:2", "a:3", "b:1"]) notes.write(name, "long");
  notes.remove("a:2");
  const memory = new Memory();
  memory.setItem("a:3", "longer");
  const next = new Notes(memory.storage, indexedLedger());
  await vi.waitFor(async () => {
    await next.recover("a:", longer);
    expect(next.names("a:").sort()).toEqual(["a:1", "a:3"]);
  });
  expect([next.read("a:1"), next.read("a:3"), next.names("b:")]).toEqual(["long", "longer", []]);
});

test("a store that is full or a browser without a database stops nobody", async () => {
  const memory = new Memory();
  memory.full = true;
  const no = () => Promise.reject(new Error("no"));
  const notes = new Notes(memory.storage, { write: no, remove: no, list: no });
  notes.write("a", "text");
  notes.remove("a");
  await notes.recover("a", longer);
  expect(notes.names("a")).toEqual([]);
});
