/** A kernel with one Python widget that several pages have open, as vigwidgets/widgets/_tagger.py answers. */
import type { ClientMessage, Edit, ServerMessage, Tag } from "../contract";
import { applyTo, idOf } from "../model/replica";
import type { Line } from "../store/ask";
import { observation } from "./paig";

type Heard = (content: unknown, buffers: DataView[]) => void;
interface Asked {
  id: number;
  message: ClientMessage | { type: "state" };
}

/** One page's end of the comm. */
export class PageLine implements Line {
  private readonly heard = new Set<Heard>();
  constructor(private readonly kernel: Kernel) {}
  send(content: unknown): void {
    this.kernel.asked.push(structuredClone(content) as Asked);
  }
  on(_event: "msg:custom", heard: Heard): void {
    this.heard.add(heard);
  }
  off(_event: "msg:custom", heard: Heard): void {
    this.heard.delete(heard);
  }
  say(content: unknown): void {
    for (const heard of this.heard) heard(structuredClone(content), []);
  }
}

export class Kernel {
  readonly tags = new Map<string, Tag>();
  readonly asked: Asked[] = [];
  /** It cannot save now. */
  full = false;
  /** Edits that go wrong in it. */
  readonly bad = new Set<string>();
  private readonly pages = new Set<PageLine>();
  private readonly seen = new Map<string, number>();
  private readonly held = new Map<number, string>();
  /** By a page's name, a moment's and a field's: the number of the page's newest edit of it. */
  private readonly newest = new Map<string, number>();

  /** A page opens the widget. */
  page(): PageLine {
    const line = new PageLine(this);
    this.pages.add(line);
    return line;
  }

  leave(line: PageLine): void {
    this.pages.delete(line);
  }

  /** Answers what was asked first; false when nothing was. */
  step(): boolean {
    const asked = this.asked.shift();
    if (!asked) return false;
    const { id, message } = asked;
    if (message.type === "edit" && this.bad.has(message.edit.id))
      this.tell({ id, ok: false, error: "It went wrong." });
    else this.tell({ id, ok: true, value: this.answer(message, Math.floor(id / 2 ** 24)) });
    return true;
  }

  run(): void {
    while (this.step());
  }

  private answer(message: Asked["message"], page: number): ServerMessage {
    if (message.type === "ping") return { type: "pong" };
    if (message.type === "edit") return this.edit(message.edit, page);
    this.held.delete(page);
    const tags = [...this.tags.values()];
    return { type: "state", seq: this.seen.size, observation: observation(tags), frozen: false };
  }

  private edit(edit: Edit, page: number): ServerMessage {
    if (this.full || (this.held.get(page) ?? edit.id) !== edit.id) {
      if (!this.held.has(page)) this.held.set(page, edit.id);
      return { type: "refused", edit: edit.id, reason: "Not now.", retry: true };
    }
    this.held.delete(page);
    if (!this.seen.has(edit.id)) {
      if (this.late(edit)) return { type: "refused", edit: edit.id, reason: "Too late.", retry: false };
      applyTo(this.tags, edit);
      this.seen.set(edit.id, this.seen.size + 1);
      this.tell({ message: { type: "edited", edit, seq: this.seen.size } });
    }
    return { type: "ack", edit: edit.id, seq: this.seen.get(edit.id) as number };
  }

  /** Whether a later edit of its page has changed the same; as vigwidgets/observations/_pages.py says. */
  private late(edit: Edit): boolean {
    const { id, changes } = edit;
    const [, page, count] = /^(edit-[0-9a-f]{16})-(\d+)$/.exec(id) ?? [];
    if (!page) return false;
    const number = Number(count);
    const parts = changes.flatMap((change) => partsOf(change).map((part) => `${page} ${part}`));
    const later = (part: string) => (this.newest.get(part) ?? 0) > number;
    if (parts.some(later)) return true;
    if (edit.whole && applyTo(new Map(this.tags), edit).length > 0) return false;
    const there = changes.filter(
      (one) => one.op === "drop" || one.how !== "change" || this.tags.has(idOf(one)),
    );
    for (const part of there.flatMap(partsOf)) this.newest.set(`${page} ${part}`, number);
    return false;
  }

  /** Whatever a kernel says reaches every page. */
  private tell(content: unknown): void {
    for (const page of this.pages) page.say(content);
  }
}

const FIELDS = ["code", "actor", "target", "time", "modifiers", "certainty", "note", "links", "looks"];

/** The parts of a moment that a change touches: all, but where it says what it was made from. */
function partsOf(change: Edit["changes"][number]): string[] {
  if (change.op === "drop" || !change.was || change.how === "make")
    return FIELDS.map((field) => `${idOf(change)} ${field}`);
  const { tag, was } = change;
  const differs = (field: string) => {
    const value = (of: Tag) => JSON.stringify((of as unknown as Record<string, unknown>)[field]);
    return value(tag) !== value(was);
  };
  const times = differs("start") || differs("end") ? ["time"] : [];
  return [...times, ...FIELDS.filter(differs)].map((field) => `${idOf(change)} ${field}`);
}
