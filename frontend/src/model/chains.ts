/**
 * Links between moments, and the chains that they make: an initiative, its reception, the response, the next turn.
 * Latencies are shown, never judged.
 */
import type { Tag } from "../contract";
import type { Codebook } from "./codebook";
import { byTime } from "./order";
import type { Tags } from "./replica";

type Link = NonNullable<Tag["links"]>[number];
export type Kind = Link["kind"];

/** One link, from what came before to what came after. */
export interface Joint {
  from: Tag;
  to: Tag;
  kind: Kind;
  /** From beginning to beginning, in microseconds. */
  latency: number;
}

/** How far back a moment is offered as what came before, in microseconds. */
export const REACH = 20_000_000;
const OFFERED = 8;

/** Every link whose two ends are there. A tag that "precedes" another comes before it; otherwise its link leads back. */
export function jointsOf(tags: Tags): Joint[] {
  const joints: Joint[] = [];
  for (const tag of tags.values())
    for (const link of tag.links ?? []) {
      const other = tags.get(link.to);
      if (!other || other === tag) continue;
      const [from, to] = link.kind === "precedes" ? [tag, other] : [other, tag];
      joints.push({ from, to, kind: link.kind, latency: to.start - from.start });
    }
  return joints;
}

/** Everything that is linked to everything: the chain of each tag. */
export class Chains {
  readonly joints: readonly Joint[];
  private readonly around = new Map<string, Joint[]>();

  constructor(tags: Tags) {
    this.joints = jointsOf(tags);
    for (const joint of this.joints)
      for (const end of [joint.from, joint.to]) {
        const known = this.around.get(end.id);
        if (known) known.push(joint);
        else this.around.set(end.id, [joint]);
      }
  }

  /** The moments of the chain that a tag is part of, in the order of the film; empty when it is linked to none. */
  of(id: string | null): Tag[] {
    if (id === null || !this.around.has(id)) return [];
    const found = new Map<string, Tag>();
    const next = [id];
    for (let at = next.pop(); at !== undefined; at = next.pop())
      for (const { from, to } of this.around.get(at) ?? [])
        for (const end of [from, to])
          if (!found.has(end.id)) {
            found.set(end.id, end);
            next.push(end.id);
          }
    return [...found.values()].sort(byTime);
  }

  /** The link that leads to a tag from before; the nearest when there are several. */
  into(id: string): Joint | null {
    const links = (this.around.get(id) ?? []).filter((joint) => joint.to.id === id);
    return links.sort((a, b) => a.latency - b.latency)[0] ?? null;
  }

  /** Whether nothing follows from it yet. */
  isTip(id: string): boolean {
    return !(this.around.get(id) ?? []).some((joint) => joint.from.id === id);
  }

  has(id: string): boolean {
    return this.around.has(id);
  }
}

/**
 * What a moment may follow from, likeliest first: the open end of a chain or an initiative of the other's that nobody
 * has answered, then what else the other did, then what the same person did; each nearest first.
 */
export function candidatesBefore(
  tag: Tag,
  sorted: readonly Tag[],
  codebook: Codebook,
  chains: Chains,
): Tag[] {
  const rank = (other: Tag): number => {
    const open = chains.isTip(other.id) || chains.into(tag.id)?.from.id === other.id;
    const begun = codebook.begins(other.code) && other.actor !== tag.actor;
    if (open && (begun || chains.has(other.id))) return 0;
    return other.actor !== tag.actor ? 1 : 2;
  };
  return sorted
    .filter((other) => other.id !== tag.id && other.start <= tag.start && tag.start - other.start <= REACH)
    .filter((other) => chains.into(other.id)?.from.id !== tag.id)
    .sort((a, b) => rank(a) - rank(b) || b.start - a.start)
    .slice(0, OFFERED);
}

const BACK: readonly Kind[] = ["answers", "continues"];

/** What a tag follows from by a link of its own. */
export function followed(tag: Tag): string | null {
  return tag.links?.find((link) => BACK.includes(link.kind))?.to ?? null;
}

/** The tag's links with what it follows from replaced: another's act is answered, one's own continued. */
export function linksFollowing(tag: Tag, before: Tag | null): Link[] {
  const others = (tag.links ?? []).filter((link) => !BACK.includes(link.kind));
  if (!before) return others;
  return [...others, { kind: before.actor === tag.actor ? "continues" : "answers", to: before.id }];
}

/** The next of the candidates after the one that it follows from now; null after the last. */
export function nextCandidate(tag: Tag, candidates: readonly Tag[]): Tag | null {
  const now = followed(tag);
  const here = candidates.findIndex((other) => other.id === now);
  return candidates[now === null ? 0 : here < 0 ? 0 : here + 1] ?? null;
}
