/**
 * Words that are being written. They are saved 900 ms after the first letter at the latest and when the page goes, and
 * until then each letter is kept in this browser: a page that was killed in between loses none. A draft counts as
 * something that waits, so that nobody is told that all is saved.
 */
import { computed, effect, signal } from "@preact/signals";
import type { Edit } from "../contract";
import { browserStorage } from "../player/prefs";
import type { StoreState } from "../store/store";
import type { ObservationModel } from "./observation";

/** The longest that a letter waits, and the longest pause within one thought (one step to undo), in ms. */
export const PATIENCE = 900;

/** A field of words: whose they are, and how they are saved. */
export interface Field {
  model: ObservationModel;
  /** The tag whose note they are. */
  tag: string;
  /** `joins`: they go on with what was saved before, and are one step with it. */
  save(text: string, joins: boolean): void;
}

interface Draft {
  field: Field;
  text: string;
  joins: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** What is kept of a draft: what was saved when it was begun, and what stands there instead. */
interface Kept {
  before: string;
  text: string;
  /** What was sent when the page went: the same again is harmless, where new words would undo what came after. */
  edits: Edit[];
}

export class Drafts {
  private readonly open = signal<ReadonlyMap<string, Draft>>(new Map());
  /** Whose each draft is. */
  private readonly owners = computed(() => [...this.open.value.values()].map(({ field }) => field.model));
  /** Whether what is being written would survive closing the page. */
  private readonly kept = signal(true);
  /** What was left for the next page when this one was hidden. */
  private readonly left = new Set<string>();
  /** When a letter of each field was written last. */
  private readonly touched = new Map<string, number>();
  private readonly ends: (() => void)[] = [];

  /**
   * @param owner A short name of the person whose words they are.
   * @param models What they may belong to; what an earlier page left is taken up as soon as these are there.
   */
  constructor(
    private readonly owner: string,
    models: readonly ObservationModel[],
    private readonly storage: Storage | null = browserStorage(),
  ) {
    for (const model of models) this.ends.push(this.takeUp(model));
    globalThis.addEventListener?.("pagehide", this.go);
    globalThis.addEventListener?.("pageshow", this.back);
    globalThis.document?.addEventListener("visibilitychange", this.turn);
    this.ends.push(() => {
      globalThis.removeEventListener?.("pagehide", this.go);
      globalThis.removeEventListener?.("pageshow", this.back);
      globalThis.document?.removeEventListener("visibilitychange", this.turn);
    });
  }

  dispose(): void {
    this.saveAll();
    for (const end of this.ends) end();
  }

  /** Takes what stands in a field now. */
  write(field: Field, text: string): void {
    const name = this.nameOf(field);
    const draft = this.open.value.get(name);
    const now = Date.now();
    const pause = now - (this.touched.get(name) ?? 0);
    this.touched.set(name, now);
    this.kept.value = this.put(name, { before: noteOf(field), text, edits: [] });
    this.set(name, {
      field,
      text,
      joins: draft?.joins ?? pause < PATIENCE,
      timer: draft?.timer ?? setTimeout(() => this.save(field), PATIENCE),
    });
  }

  /** Saves what waits in a field. */
  save(field: Pick<Field, "model" | "tag">): void {
    const name = this.nameOf(field);
    if (this.settle(name)) this.storage?.removeItem(name);
  }

  /** One has left a field: what is written into it next is another thought. */
  leave(field: Pick<Field, "model" | "tag">): void {
    this.save(field);
    this.touched.delete(this.nameOf(field));
  }

  saveAll(): void {
    for (const { field } of [...this.open.value.values()]) this.save(field);
  }

  /** What a store says, with the drafts counted; of one model, or of all. */
  over(state: StoreState, model?: ObservationModel): StoreState {
    const waiting = this.owners.value.filter((one) => !model || one === model).length;
    if (waiting === 0) return state;
    return { ...state, waiting: state.waiting + waiting, kept: state.kept && this.kept.value };
  }

  /** The line and the disk may not take it any more; what is kept here stays for the next page. */
  private readonly go = (): void => {
    for (const [name, { field, text }] of [...this.open.value]) {
      const before = read(this.storage?.getItem(name) ?? null)?.before ?? noteOf(field);
      const edits = field.model.made(() => this.settle(name));
      this.put(name, { before, text, edits });
      this.left.add(name);
    }
  };

  /** A page that is seen again saves by itself. */
  private readonly back = (): void => {
    for (const name of this.left) if (!this.open.value.has(name)) this.storage?.removeItem(name);
    this.left.clear();
  };

  private readonly turn = (): void => {
    if (document.visibilityState === "hidden") this.go();
    else this.back();
  };

  private settle(name: string): boolean {
    const draft = this.open.value.get(name);
    if (!draft) return false;
    clearTimeout(draft.timer);
    this.set(name, null);
    draft.field.save(draft.text, draft.joins);
    return true;
  }

  /** What an earlier page left is saved, unless the words were changed elsewhere since. */
  private takeUp(model: ObservationModel): () => void {
    const begins = this.nameOf({ model, tag: "" });
    const { storage } = this;
    const left = new Map(
      Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "")
        .filter((name) => name.startsWith(begins))
        .map((name) => [name.slice(begins.length), read(storage?.getItem(name) ?? null)]),
    );
    return effect(() => {
      model.version.value;
      if (!model.ready.value) return;
      for (const [tag, kept] of [...left]) {
        const there = model.tags.get(tag);
        if (!there) continue;
        left.delete(tag);
        storage?.removeItem(`${begins}${tag}`);
        if (!kept || (there.note ?? "") !== kept.before) continue;
        if (kept.edits.length > 0) model.resend(kept.edits);
        else model.amend("note", tag, { note: kept.text });
      }
    });
  }

  private nameOf({ model, tag }: Pick<Field, "model" | "tag">): string {
    return `vig:draft:${model.id}:${this.owner}:${tag}`;
  }

  private set(name: string, draft: Draft | null): void {
    const next = new Map(this.open.value);
    if (draft) next.set(name, draft);
    else next.delete(name);
    this.open.value = next;
  }

  private put(name: string, kept: Kept): boolean {
    try {
      this.storage?.setItem(name, JSON.stringify(kept));
      return this.storage !== null;
    } catch {
      return false;
    }
  }
}

const noteOf = ({ model, tag }: Field): string => model.tags.get(tag)?.note ?? "";

function read(text: string | null): Kept | null {
  try {
    const { before, text: written, edits } = JSON.parse(text ?? "") as Kept;
    if (typeof before !== "string" || typeof written !== "string") return null;
    return { before, text: written, edits: Array.isArray(edits) ? edits : [] };
  } catch {
    return null;
  }
}
