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
import { BOTH_KEPT, isOver, type Kept, lineOf } from "./keptDraft";
import { takeUpLeft } from "./leftDrafts";
import type { Unsaved } from "./losses";
import { Lost, type Why, whyGone } from "./lost";
import type { ObservationModel } from "./observation";
import { thing } from "./thing";

/** The longest that a letter waits, and the longest pause within one thought (one step to undo), in ms. */
export const PATIENCE = 900;

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

interface Draft {
  field: Field;
  /** What was saved, and shown here, when it was begun. */
  before: string;
  text: string;
  joins: boolean;
  /** What it is about, for example "the moment at 00:04.0". */
  about: string;
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
  private readonly entered = new Map<string, { field: Field; about: string; words: () => string }>();
  /** By a field's name: what it last saved. */
  private readonly written = new Map<string, Written>();
  /** Words that have no moment any more. */
  readonly lost: Lost;
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
    this.lost = new Lost(storage);
    for (const model of models) {
      this.lost.takeUp(this.nameOf({ model, tag: "" }));
      this.ends.push(takeUpLeft(model, this.nameOf({ model, tag: "" }), storage, this.lost));
    }
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
    this.entered.set(this.nameOf(field), { field, about: aboutOf(field), words });
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
    const about = draft?.about ?? aboutOf(field);
    this.kept.value = this.put(name, { before, text, edits: [], about, ...lineOf(field) });
    this.set(name, {
      field,
      before,
      text,
      joins: draft?.joins ?? pause < PATIENCE,
      about,
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

  /** Whether there is room for one's own words beside the others'. */
  mayKeepBoth(field: Field): boolean {
    const draft = this.open.value.get(this.nameOf(field));
    return !draft || both(theirsOver(draft) ?? "", draft.text, field.line) !== null;
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
      const [before, both] = [noteOf(draft.field), theirsOver(draft) !== null];
      let saved = true;
      const edits = draft.field.model.made(() => {
        saved = this.settle(name);
      });
      // What could not be saved is kept among the lost words.
      if (!saved) {
        this.storage?.removeItem(name);
        continue;
      }
      this.put(name, { before, text: noteOf(draft.field), edits, both, ...lineOf(draft.field) });
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
    this.storage?.removeItem(name);
  }

  /** Saves a draft beside what another has saved since; false: it could not be, and is kept to be copied. */
  private settle(name: string): boolean {
    const draft = this.open.value.get(name);
    if (!draft) return true;
    const { field, text, joins } = draft;
    const theirs = theirsOver(draft);
    this.forget(name, draft);
    const whole = theirs === null ? text : both(theirs, text, field.line);
    const why = whyNot(field);
    if (why || whole === null) {
      this.lost.add({ draft: name, about: draft.about }, why ?? "changed", text, this.writes(field));
      return false;
    }
    field.save(whole, joins && theirs === null);
    this.written.set(name, { text: whole, note: noteOf(field) });
    if (theirs !== null) field.model.refusal.value = BOTH_KEPT;
    return true;
  }

  /** Whether somebody is in a field that is about to go. */
  private writes(field: Field): boolean {
    return !field.model.tags.has(field.tag) && this.entered.has(this.nameOf(field));
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
    if (this.open.value.has(name)) this.finish(name);
    else if (at) this.lost.add({ draft: name, about: at.about }, whyGone(at.field.model), at.words(), true);
    this.entered.delete(name);
  }

  /** Words that were saved too late. */
  private keepUnsaved(model: ObservationModel, unsaved: readonly Unsaved[]): void {
    for (const { tag, words, about, gone } of unsaved)
      this.lost.add({ draft: this.nameOf({ model, tag }), about }, gone ? "gone" : "theirs", words);
  }

  /** Words that waited to be saved, and were refused. */
  private keepWords(model: ObservationModel, { changes }: Edit): void {
    for (const change of changes) {
      const words = change.op === "put" ? (change.tag.note ?? "") : "";
      if (change.op !== "put" || words === (change.was?.note ?? "")) continue;
      const name = this.nameOf({ model, tag: change.tag.id });
      if ((model.tags.get(change.tag.id)?.note ?? "").startsWith(words)) continue;
      const why = model.closed.value ? "closed" : "refused";
      this.lost.add({ draft: name, about: thing(change.tag) }, why, words);
    }
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

const aboutOf = ({ model, tag }: Field): string => thing(model.tags.get(tag));

/** Why words cannot be saved into their field; null: they can, if there is room for them. */
function whyNot(field: Field): Why | null {
  if (!field.model.tags.has(field.tag)) return whyGone(field.model);
  return field.model.closed.value ? "closed" : null;
}

const noteOf = ({ model, tag }: Field): string => model.tags.get(tag)?.note ?? "";
