/** Which key tags which code: the scheme's, or the one that a person likes better in this browser. */
import { type Codebook, say } from "../model/codebook";

/** Keys of one's own, by code. */
export type Personal = Readonly<Record<string, string>>;

/** Keys for lanes to which their scheme gives none, in this order. */
const SPARE = [..."1234567890", ..."bghnvxyztewo"];

/** What a scheme or a person may use: one sign, or a letter with Shift. */
const SIGN = /^(?:Shift\+\p{Ll}|[^\p{Z}\p{C}])$/u;

/** The key of every code that has one: every lane does; a behaviour has one when a person gave it one. */
export function codeKeys(codebook: Codebook, personal: Personal): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const give = (code: string, key: string) => {
    keys.set(code, key);
    taken.add(key);
  };
  for (const code of codebook.scheme.codes) {
    const own = personal[code.id];
    if (own && !taken.has(own)) give(code.id, own);
  }
  for (const code of codebook.scheme.codes) {
    const key = plain(code.key);
    if (key && !keys.has(code.id) && !taken.has(key)) give(code.id, key);
  }
  for (const lane of codebook.lanes) {
    if (keys.has(lane.id)) continue;
    const free = SPARE.find((key) => !taken.has(key));
    if (free) give(lane.id, free);
  }
  return keys;
}

/** The key of a behaviour among its lane's, with the moment selected or growing: Shift and its number. */
export function placeKey(place: number): string | null {
  return place < 9 ? `Shift+${place + 1}` : null;
}

/** Why a person cannot give `key` to `code`; null when they can. `others` names what else has a key. */
export function refuseKey(
  key: string,
  code: string,
  codebook: Codebook,
  keys: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
): string | null {
  if (key === "Dead")
    return "That key makes accents on this keyboard and would not reach the page; choose another.";
  if (!SIGN.test(key)) return "Choose one letter, digit or sign, or a letter with Shift.";
  for (const [other, its] of keys)
    if (its === key && other !== code)
      return `That key already tags “${codebook.label(other)}”; change that one first, or choose another.`;
  const what = others.get(key);
  return what ? `That key is “${what}” on this page; choose another.` : null;
}

/** Reads keys of one's own out of what was kept; what is not a key of a code is left out. */
export function readPersonal(kept: unknown, codebook: Codebook): Personal {
  if (typeof kept !== "object" || kept === null) return {};
  return Object.fromEntries(
    Object.entries(kept).filter(
      ([code, key]) => codebook.code(code) && typeof key === "string" && SIGN.test(key),
    ),
  );
}

/** A code as it stands in a list of keys: a behaviour after its lane. */
export function codeName(id: string, codebook: Codebook): string {
  const lane = codebook.laneOf(id);
  return lane.id === id ? codebook.label(id) : `${say(lane.short ?? lane.label)}: ${codebook.label(id)}`;
}

function plain(key: string | null | undefined): string | null {
  if (!key) return null;
  return key.length === 1 ? key.toLowerCase() : key;
}
