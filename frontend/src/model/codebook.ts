/** A scheme with its codes at hand, and the defaults that tagging takes from it. */
import { signal } from "@preact/signals";
import type { Code, Labels, Member, Modifier, Role, Scheme } from "../contract";
import { language } from "./language";
import type { Lens } from "./lens";

/** The text in the reader's language, else English, else whichever there is. */
export function say(labels: Labels | undefined, reader = language.value): string {
  if (!labels) return "";
  return labels[reader] ?? labels.en ?? Object.values(labels)[0] ?? "";
}

/** Roles that answer rather than begin, in the order in which they are proposed as actors. */
const ANSWERING: Role[] = [
  "parent",
  "guider",
  "worker",
  "supervisor",
  "relative",
  "client",
  "visitor",
  "child",
];
const BEGINNING: Role[] = ["child", "client"];

export class Codebook {
  readonly lanes: readonly Code[];
  /** In which other scheme's words codes are read now; null: in their own. */
  readonly lens = signal<Lens | null>(null);
  private readonly byId: ReadonlyMap<string, Code>;

  constructor(readonly scheme: Scheme) {
    this.byId = new Map(scheme.codes.map((code) => [code.id, code]));
    this.lanes = scheme.codes.filter((code) => code.parent === null);
  }

  code(id: string): Code | undefined {
    return this.byId.get(id);
  }

  /** The code on whose lane `id` is drawn; the first lane for a code that is not known. */
  laneOf(id: string): Code {
    let code = this.byId.get(id);
    while (code?.parent) code = this.byId.get(code.parent);
    return code ?? (this.lanes[0] as Code);
  }

  children(id: string): Code[] {
    return this.scheme.codes.filter((code) => code.parent === id);
  }

  /** What may be said more closely of a tag with this code. */
  modifiers(id: string): Modifier[] {
    const above = new Set<string>();
    for (let code = this.byId.get(id); code; code = this.byId.get(code.parent ?? "")) above.add(code.id);
    return (this.scheme.modifiers ?? []).filter((one) => !one.codes || one.codes.some((at) => above.has(at)));
  }

  /** Whether one actor cannot show both at the same moment; what a lane excludes, all under it exclude. */
  exclude(a: string, b: string): boolean {
    return this.names(a, b) || this.names(b, a);
  }

  private names(a: string, b: string): boolean {
    const others = new Set<string>();
    for (let code = this.byId.get(b); code; code = this.byId.get(code.parent ?? "")) others.add(code.id);
    for (let code = this.byId.get(a); code; code = this.byId.get(code.parent ?? ""))
      if (code.id !== b && code.excludes?.some((id) => others.has(id) && id !== code?.id)) return true;
    return false;
  }

  /** What stands on a tag: the behaviour's short name, or its lane's; through the lens when there is one. */
  short(id: string): string {
    const code = this.byId.get(id);
    if (!code) return id;
    return this.across(id, (other) => say(other.short ?? other.label)) ?? say(code.short ?? code.label);
  }

  label(id: string): string {
    const code = this.byId.get(id);
    if (!code) return id;
    return this.across(id, (other) => say(other.label)) ?? say(code.label);
  }

  private across(id: string, name: (other: Code) => string): string | null {
    const lens = this.lens.value;
    if (!lens) return null;
    const names = lens.counterpart(id, this.laneOf(id).id).codes.map(name);
    return names.join(" · ") || "no counterpart";
  }

  /** A lane on which the child (or client) begins; the other lanes answer it. */
  begins(id: string): boolean {
    return this.laneOf(id).actors?.every((role) => BEGINNING.includes(role)) ?? false;
  }

  /** Who may act in this code. */
  actors(id: string, cast: readonly Member[]): Member[] {
    const roles = this.byId.get(id)?.actors;
    return roles ? cast.filter((member) => roles.includes(member.role)) : [...cast];
  }

  /** Who is proposed as actor and target of a new tag; null when nobody on film may show the code. */
  proposed(id: string, cast: readonly Member[]): { actor: string; target: string } | null {
    const allowed = this.actors(id, cast);
    const order = this.begins(id) ? BEGINNING : ANSWERING;
    const rank = (member: Member) => order.indexOf(member.role) >>> 0;
    const actor = allowed.sort((a, b) => rank(a) - rank(b))[0];
    if (!actor) return null;
    const others = cast.filter((member) => member.id !== actor.id);
    const target = others.find(
      (member) => BEGINNING.includes(member.role) === !BEGINNING.includes(actor.role),
    );
    return { actor: actor.id, target: (target ?? others[0] ?? actor).id };
  }
}
