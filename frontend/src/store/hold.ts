/**
 * A sign that a page lives, which no page can leave behind: the browser takes it back when the page is gone, however
 * it went, and leaves it to a page that only sleeps. Where the browser has no such thing (a page that did not come
 * over https or from this computer), nothing is ever held.
 */

/** The part of the browser's locks that is used here. */
export type Locks = Pick<LockManager, "request">;

export function browserLocks(): Locks | null {
  return globalThis.navigator?.locks ?? null;
}

export class Hold {
  private letGo: (() => void) | null = null;

  constructor(
    private readonly locks: Locks | null,
    private readonly name: string,
  ) {}

  /** Holds it from now on; again changes nothing. */
  take(): void {
    if (this.letGo || !this.locks) return;
    const held = new Promise<void>((done) => {
      this.letGo = done;
    });
    // A browser that refuses it is one that has none.
    this.locks.request(this.name, () => held).catch(() => undefined);
  }

  release(): void {
    this.letGo?.();
    this.letGo = null;
  }
}

/** Does something if nobody holds the name, and while nobody can. */
export async function ifFree(locks: Locks | null, name: string, act: () => void): Promise<void> {
  if (!locks) return act();
  let refused = true;
  const asked = locks.request(name, { ifAvailable: true }, (lock) => {
    refused = false;
    if (lock) act();
  });
  await asked.catch(() => refused && act());
}
