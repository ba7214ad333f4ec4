/** What a key press is called, whichever keyboard it was made on. */

/** Signs that a German or French keyboard, or a Mac's, makes with AltGr or Option. */
const THIRD = /^[[\]{}<>|\\/~@]$/;

/** The name of a press as the key table writes it; null while another modifier is held. */
export function pressName(event: KeyboardEvent): string | null {
  const third = THIRD.test(event.key) && (event.altKey || event.getModifierState?.("AltGraph"));
  if (event.altKey && !third) return null;
  // AltGr counts as Ctrl and Alt together on some systems.
  const mod = !third && (event.ctrlKey || event.metaKey);
  const key = event.key.length === 1 ? latin(event) : event.key;
  // A sign that needs Shift on this keyboard (`?`, `+`) is its own name.
  const shift = event.shiftKey && (key.length > 1 || /\p{Ll}/u.test(key));
  return `${mod ? "Mod+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/**
 * Every name that a press may go by, best first. The digits' row counts by place: on a French keyboard it gives
 * signs and needs Shift for digits, on others the other way round; with Shift it is `Shift+1` on all of them.
 */
export function pressNames(event: KeyboardEvent): string[] {
  const name = pressName(event);
  if (name === null) return [];
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (!digit || name.startsWith("Mod+") || event.altKey) return [name];
  return [event.shiftKey ? `Shift+${digit}` : digit, name];
}

/** In lower case; what a Greek or Cyrillic keyboard writes goes by the letter in that place. */
function latin(event: KeyboardEvent): string {
  const key = event.key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(event.code)?.[1];
  return place && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]/u.test(key)
    ? place.toLowerCase()
    : key;
}
