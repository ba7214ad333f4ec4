/** Which moments are looked at: by lane or behaviour, by who acts, by words. Pure. */
import type { Member, Tag } from "../contract";
import { type Codebook, say } from "./codebook";

export interface Filter {
  /** A lane with all under it, or one behaviour; null for all. */
  code: string | null;
  /** Who acts; null for everybody. */
  actor: string | null;
  /** Words that stand in the note or in a name; all of them, in any order. */
  text: string;
}

export const EVERYTHING: Filter = { code: null, actor: null, text: "" };

export function isOpen(filter: Filter): boolean {
  return filter.code === null && filter.actor === null && filter.text.trim() === "";
}

/** Returns what decides whether a tag is looked at. */
export function matcher(filter: Filter, codebook: Codebook, cast: readonly Member[]): (tag: Tag) => boolean {
  const words = fold(filter.text).split(/\s+/).filter(Boolean);
  const names = new Map(cast.map((member) => [member.id, member.name]));
  const known = new Map<string, string>();
  const nameOf = (code: string) => {
    let name = known.get(code);
    if (name === undefined) {
      const lane = codebook.laneOf(code);
      name = fold(`${codebook.label(code)} ${codebook.short(code)} ${say(lane.label)}`);
      known.set(code, name);
    }
    return name;
  };
  return (tag) => {
    if (filter.actor !== null && tag.actor !== filter.actor) return false;
    if (filter.code !== null && tag.code !== filter.code && !under(tag.code, filter.code, codebook))
      return false;
    if (words.length === 0) return true;
    const text = `${nameOf(tag.code)} ${fold(`${tag.note ?? ""} ${names.get(tag.actor)} ${names.get(tag.target)}`)}`;
    return words.every((word) => text.includes(word));
  };
}

function under(code: string, above: string, codebook: Codebook): boolean {
  let parent = codebook.code(code)?.parent;
  while (parent) {
    if (parent === above) return true;
    parent = codebook.code(parent)?.parent;
  }
  return false;
}

/** Without capitals and accents: who looks for "bebe" finds "bébé". */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
