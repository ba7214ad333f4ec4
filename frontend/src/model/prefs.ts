/** What a person likes, kept in this browser and nowhere else. Where the browser keeps nothing, it lasts a page. */

/** A short name for whoever uses this browser: names of people are not written into it. */
export function personKey(name: string | undefined): string {
  let hash = 0x811c9dc5;
  for (const letter of name ?? "") hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
  return hash.toString(36);
}

/** Reads what was kept; null when there is nothing, or nothing that can be read. */
export function recall(name: string): unknown {
  try {
    const text = globalThis.localStorage?.getItem(`vig:${name}`);
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** Keeps a value; null forgets it. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) globalThis.localStorage?.removeItem(`vig:${name}`);
    else globalThis.localStorage?.setItem(`vig:${name}`, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing forgets it with the page; nothing else is lost.
  }
}
