/**
 * Words that are being written. They are saved 900 ms after the first letter at the latest and when the page goes, and
 * until then each letter is kept in this browser: a page that was killed in between loses none. A draft counts as
 * something that waits, so that nobody is told that all is saved.
 *
 * Where the same words were changed elsewhere since the draft was begun, it is not saved over them: whoever writes is
 * asked, and who leaves it unanswered keeps both. Words whose moment is gone are kept to be copied.
 */
import { computed, effect, signal, untracked } from "@preact/signals";
import type { Edit } from "../contract";
import { browserStorage } from "../player/prefs";
import type { StoreState } from "../store/store";
import { both } from "./both";
import { type Kept, lineOf, readKept } from "./keptDraft";
import type { Unsaved } from "./losses";
import { Lost, type Why } from "./lost";
import type { ObservationModel } from "./observation";

/** The longest that a letter waits, and the longest pause within one thought (one step to undo), in ms. */
export const PATIENCE = 900;

/** After so long, in ms, a moment that is not there is taken for deleted. */
const COMES_BACK = 6000;

/** A field of words: whose they are, and how they are saved. */
export interface Field {
  model: ObservationModel;
  /** The tag whose note they are. */
  tag: string;
  /** `joins`: they go on with what was saved before, and are one step with it. */
  save(text: string, joins: boolean): void;
  /** The most letters, where it is a field of one line. */
  line?: number;
}

const BOTH_KEPT =
  "This was changed elsewhere while it was being written here, so both are kept, one after the other.";

interface Draft {
  field: Field;
  /** What was saved, and shown here, when it was begun. */
  before: string;
  text: string;
  joins: boolean;
  timer: ReturnType<typeof setTimeout>;
}

/** What was saved of a field that one has not left: as it was written, and as it was taken. */
interface Written {
  text: string;
  note: string;
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
  /** The fields that have the focus, and what stands in each. */
  private readonly entered = new Map<string, { field: Field; words: () => string }>();
  /** By a field's name: what it last saved. */
  private readonly written = new Map<string, Written>();
  /** Words that have no moment any more. */
  readonly lost = new Lost(
    (name, text) => this.put(name, { before: "", text, edits: [] }),
    (name) => this.storage?.removeItem(name),
  );
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
    this.ends.push(this.watch(models));
    for (const model of models)
      this.ends.push(
        effect(() => {
          const { value: edit } = model.refused;
          if (edit) untracked(() => this.keepWords(model, edit));
        }),
        effect(() => {
          const { value: words } = model.unsaved;
          untracked(() => this.keepUnsaved(model, words));
        }),
      );
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

  /** A field has the focus. */
  enter(field: Field, words: () => string): void {
    this.entered.set(this.nameOf(field), { field, words });
  }

  /**
   * Takes what stands in a field now.
   *
   * @param seen What was saved as far as the field showed it; unless it is given, what it last saved itself.
   */
  write(field: Field, text: string, seen?: string): void {
    const name = this.nameOf(field);
    const draft = this.open.value.get(name);
    const now = Date.now();
    const pause = now - (this.touched.get(name) ?? 0);
    this.touched.set(name, now);
    const own = this.written.get(name)?.note;
    const before = draft?.before ?? (own === noteOf(field) ? own : (seen ?? own ?? noteOf(field)));
    this.kept.value = this.put(name, { before, text, edits: [], ...lineOf(field) });
    this.set(name, {
      field,
      before,
      text,
      joins: draft?.joins ?? pause < PATIENCE,
      timer: draft?.timer ?? setTimeout(() => this.save(field), PATIENCE),
    });
  }

  /** What a field shows: what is being written into it, or was and is saved; else what is saved. */
  shows(field: Field, saved: string): string {
    const name = this.nameOf(field);
    const draft = this.open.value.get(name);
    if (draft) return draft.text;
    const written = this.written.get(name);
    // What is saved may be trimmed.
    return written?.note === saved ? written.text : saved;
  }

  /** What was saved elsewhere while one wrote into a field, and would be lost by saving it; null: nothing. */
  theirs(field: Field): string | null {
    field.model.version.value;
    const draft = this.open.value.get(this.nameOf(field));
    return draft ? theirsOver(draft) : null;
  }

  /** Ends that two have written the same: with one's own words, with the others', or with both. */
  settleWith(field: Field, whose: "own" | "theirs" | "both"): void {
    const name = this.nameOf(field);
    const draft = this.open.value.get(name);
    if (!draft) return;
    if (whose === "both") return this.finish(name);
    if (whose === "theirs") {
      this.forget(name, draft);
      return this.storage?.removeItem(name);
    }
    // Undone, it is the others' words again.
    this.set(name, { ...draft, before: noteOf(field), joins: false });
    this.save(field);
  }

  /** Saves what waits in a field; not over what another has saved there since it was begun. */
  save(field: Pick<Field, "model" | "tag">): void {
    const name = this.nameOf(field);
    const draft = this.open.value.get(name);
    if (draft && theirsOver(draft) === null) this.finish(name);
  }

  /** One has left a field: what is written into it next is another thought. */
  leave(field: Pick<Field, "model" | "tag">): void {
    this.save(field);
    const name = this.nameOf(field);
    this.entered.delete(name);
    this.touched.delete(name);
    if (this.written.delete(name)) this.set(name, this.open.value.get(name) ?? null);
  }

  /** A field is there no more: nobody can be asked. */
  close(field: Pick<Field, "model" | "tag">): void {
    this.finish(this.nameOf(field));
    this.leave(field);
  }

  saveAll(): void {
    for (const name of [...this.open.value.keys()]) this.finish(name);
  }

  /** What a store says, with the drafts counted; of one model, or of all. */
  over(state: StoreState, model?: ObservationModel): StoreState {
    const waiting = this.owners.value.filter((one) => !model || one === model).length;
    if (waiting === 0) return state;
    return { ...state, waiting: state.waiting + waiting, kept: state.kept && this.kept.value };
  }

  /** The line and the disk may not take it any more; what is kept here stays for the next page. */
  private readonly go = (): void => {
    for (const [name, draft] of [...this.open.value]) {
      const before = noteOf(draft.field);
      const edits = draft.field.model.made(() => this.settle(name));
      if (this.lost.has(name)) continue;
      this.put(name, { before, text: noteOf(draft.field), edits, ...lineOf(draft.field) });
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

  private finish(name: string): void {
    if (!this.open.value.has(name)) return;
    this.settle(name);
    if (!this.lost.has(name)) this.storage?.removeItem(name);
  }

  /** Saves a draft: beside what another has saved since, and kept to be copied where it cannot be saved at all. */
  private settle(name: string): void {
    const draft = this.open.value.get(name);
    if (!draft) return;
    const { field, text, joins } = draft;
    const theirs = theirsOver(draft);
    this.forget(name, draft);
    if (!field.model.tags.has(field.tag))
      return this.lost.add(name, whyGone(field.model), text, this.entered.has(name));
    const whole = theirs === null ? text : both(theirs, text, field.line);
    if (field.model.closed.value) this.lost.add(name, "closed", text);
    else if (whole === null) return this.lost.add(name, "changed", text);
    field.save(whole ?? text, joins && theirs === null);
    this.written.set(name, { text: whole ?? text, note: noteOf(field) });
    if (theirs !== null && !field.model.closed.value) field.model.refusal.value = BOTH_KEPT;
  }

  private forget(name: string, draft: Draft): void {
    clearTimeout(draft.timer);
    this.written.delete(name);
    this.set(name, null);
  }

  /** Sees to words whose moment is deleted elsewhere while they are written. */
  private watch(models: readonly ObservationModel[]): () => void {
    return effect(() => {
      for (const model of models) model.version.value;
      for (const [name, { field }] of [...this.open.peek(), ...this.entered])
        if (field.model.ready.peek() && !field.model.tags.has(field.tag)) untracked(() => this.strand(name));
    });
  }

  /** The moment of a field is gone; so will the field be. */
  private strand(name: string): void {
    const at = this.entered.get(name);
    if (at && !this.open.value.has(name)) this.lost.add(name, whyGone(at.field.model), at.words(), true);
    this.settle(name);
    this.entered.delete(name);
  }

  /** Words that were saved too late. */
  private keepUnsaved(model: ObservationModel, unsaved: readonly Unsaved[]): void {
    for (const { tag, words, gone } of unsaved) {
      const name = this.nameOf({ model, tag });
      if (this.lost.knows(name, words)) continue;
      this.lost.add(name, gone ? "gone" : "theirs", words);
    }
  }

  /** Words that waited to be saved, and were refused. */
  private keepWords(model: ObservationModel, { changes }: Edit): void {
    for (const change of changes) {
      const words = change.op === "put" ? (change.tag.note ?? "") : "";
      if (change.op !== "put" || words === (change.was?.note ?? "")) continue;
      const name = this.nameOf({ model, tag: change.tag.id });
      if ((model.tags.get(change.tag.id)?.note ?? "").startsWith(words) || this.lost.knows(name, words))
        continue;
      this.lost.add(name, model.closed.value ? "closed" : "refused", words);
    }
  }

  /** What an earlier page left is saved; beside the words that were written elsewhere since, where there are any. */
  private takeUp(model: ObservationModel): () => void {
    const begins = this.nameOf({ model, tag: "" });
    const { storage } = this;
    const left = new Map(
      Array.from({ length: storage?.length ?? 0 }, (_, i) => storage?.key(i) ?? "")
        .filter((name) => name.startsWith(begins))
        .map((name) => [name.slice(begins.length), readKept(storage?.getItem(name) ?? null)]),
    );
    let later: ReturnType<typeof setTimeout> | undefined;
    const stop = effect(() => {
      model.version.value;
      if (!model.ready.value || left.size === 0) return;
      for (const [tag, kept] of [...left]) {
        if (!model.tags.has(tag)) continue;
        left.delete(tag);
        untracked(() => this.again(model, tag, kept));
      }
      // A moment that grew when the page went is made a little later.
      later ??= setTimeout(() => {
        for (const [tag, kept] of left)
          if (kept?.text) this.lost.add(`${begins}${tag}`, whyGone(model), kept.text);
      }, COMES_BACK);
    });
    return () => {
      stop();
      clearTimeout(later);
    };
  }

  /** Saves what an earlier page left of one field. */
  private again(model: ObservationModel, tag: string, kept: Kept | null): void {
    const name = this.nameOf({ model, tag });
    const now = model.tags.get(tag)?.note ?? "";
    this.lost.drop(name);
    this.storage?.removeItem(name);
    if (!kept || now === kept.text) return;
    const theirs = isOver(now, kept) ? now : null;
    if (kept.edits.length > 0) {
      // They may have been saved, and changed since by somebody who had read them.
      if (theirs === null) model.resend(kept.edits);
      return;
    }
    const whole = theirs === null ? kept.text : both(theirs, kept.text, kept.line);
    if (whole === null || model.closed.value)
      return this.lost.add(name, model.closed.value ? "closed" : "changed", kept.text);
    model.amend("note", tag, { note: whole });
    if (theirs !== null) model.refusal.value = BOTH_KEPT;
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

/** What is saved where a draft is to be, if that is neither what it was begun from nor part of it. */
function theirsOver(draft: Draft): string | null {
  const now = noteOf(draft.field);
  return isOver(now, draft) ? now : null;
}

const isOver = (now: string, { before, text }: Pick<Kept, "before" | "text">): boolean =>
  now !== before && !text.startsWith(now);

/** Why words have no moment. */
const whyGone = ({ closed }: ObservationModel): Why => (closed.value ? "closed" : "gone");

const noteOf = ({ model, tag }: Field): string => model.tags.get(tag)?.note ?? "";
