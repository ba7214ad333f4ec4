/** Returns a fresh id such as `tag-3f9c2a7e51d04b86`: 64 random bits. */
export function newId(kind: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${kind}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * Counts what one page changes in one observation: `edit-3f9c2a7e51d04b86-1`, `-2`, … A store that keeps no log knows by
 * the number which of two came first.
 */
export function editIds(): () => string {
  const page = newId("edit");
  let newest = 0;
  return () => `${page}-${++newest}`;
}
