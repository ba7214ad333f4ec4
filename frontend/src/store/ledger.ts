/**
 * What still grows, written down where it is at once out of the browser's hands: what a browser is told to keep in its
 * local storage may be on the disk only a minute later, and is lost with it until then.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

export interface Ledger {
  write(name: string, text: string): Promise<unknown>;
  remove(name: string): Promise<unknown>;
  /** What lies under names that begin so, as pairs of name and text. */
  list(beginning: string): Promise<[string, string][]>;
}

interface Shape extends DBSchema {
  growing: { key: string; value: string };
}

/** The ledger in IndexedDB. Every method fails where the browser has none. */
export function indexedLedger(): Ledger {
  let database: Promise<IDBPDatabase<Shape>> | null = null;
  const ready = () => {
    database ??= openDB<Shape>("vigwidgets-growing", 1, {
      upgrade: (made) => void made.createObjectStore("growing"),
    });
    return database;
  };
  return {
    write: async (name, text) => (await ready()).put("growing", text, name),
    remove: async (name) => (await ready()).delete("growing", name),
    async list(beginning) {
      const { store } = (await ready()).transaction("growing");
      const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
      const [names, texts] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
      return names.map((name, i) => [name, texts[i] ?? ""]);
    },
  };
}

/** Short texts under names, in the local storage and in the ledger: the one answers at once, the other forgets nothing. */
export class Notes {
  constructor(
    private readonly storage: Storage,
    private readonly ledger: Ledger,
  ) {}

  names(beginning: string): string[] {
    const all = Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i) ?? "");
    return all.filter((name) => name.startsWith(beginning));
  }

  read(name: string): string | null {
    return this.storage.getItem(name);
  }

  write(name: string, text: string): void {
    this.put(name, text);
    this.ledger.write(name, text).catch(() => undefined);
  }

  remove(name: string): void {
    this.storage.removeItem(name);
    this.ledger.remove(name).catch(() => undefined);
  }

  /** Brings back what the local storage lost; `newer` says whether the first text is. */
  async recover(beginning: string, newer: (text: string, than: string | null) => boolean): Promise<void> {
    const left = await this.ledger.list(beginning).catch(() => []);
    for (const [name, text] of left) if (newer(text, this.read(name))) this.put(name, text);
  }

  private put(name: string, text: string): void {
    try {
      this.storage.setItem(name, text);
    } catch {
      // A full or closed store: the ledger may have it.
    }
  }
}
