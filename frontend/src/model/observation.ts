/** One observation on the screen: its tags, the selected one, and every way to change them. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Edit, Member, Observation, Tag } from "../contract";
import type { Presence, Sink, Store } from "../store/store";
import { drop } from "./acts";
import { turned } from "./again";
import { History, type Kept, type Mark, type Step } from "./history";
import { editIds } from "./ids";
import { madeFrom } from "./join";
import { type Act, lossSentence, type Unsaved, unsavedWords } from "./losses";
import { byTime } from "./order";
import { inParts, isOne } from "./parts";
import { idOf, inverseOf, type Loss, Replica, type Tags } from "./replica";
import { Selection } from "./selection";

const ELSEWHERE = "Another window has changed this since; what it changed stays as it is.";
const WHOLE_STAYS =
  "Another window has changed this since, so it was neither taken back nor done again; look at it first.";
const TOO_MUCH = "That is more than can be done at once; choose fewer moments.";
const NOT_YET =
  "What is saved has not arrived here yet, so nothing was taken back or done again; try once more in a moment.";
const HANDED_IN =
  "This was handed in meanwhile, so what was just being made or written here was not added to it.";
const NOT_YOURS =
  "This is another person's work, so what was just being made or written here was not added to it.";

export class ObservationModel implements Sink {
  /** Rises with every change of the tags. */
  readonly version = signal(0);
  readonly selected = signal<string | null>(null);
  readonly frozen = signal(false);
  /** Who else has it open; null while that is not known, or nobody else does. */
  readonly presence = signal<Presence | null>(null);
  /** Nothing may be changed here: it is handed in, or another's work. */
  readonly closed = computed(() => this.frozen.value || this.presence.value?.writes === false);
  readonly ready = signal(false);
  /** The store's newest refusal, in its own sentence. */
  readonly refusal = signal<string | null>(null);
  /** The newest edit of this window that was refused for good. */
  readonly refused = signal<Edit | null>(null);
  /** The newest notes of this window that another's change left no place for. */
  readonly unsaved = signal<readonly Unsaved[]>([]);
  private readonly nextId = editIds();
  readonly next = signal<{ undo: string | null; redo: string | null }>({ undo: null, redo: null });
  /** All tags by their beginning, then end, then id. */
  readonly sorted: ReadonlySignal<readonly Tag[]> = computed(() => {
    this.version.value;
    return [...this.replica.tags.values()].sort(byTime);
  });
  readonly selectedTag = computed(() => {
    this.version.value;
    return this.replica.tags.get(this.selected.value ?? "") ?? null;
  });
  /** What is chosen, to be acted on together; the selected one is always among it. */
  readonly chosen = new Selection(this.selected, () => {
    this.version.value;
    return this.replica.tags;
  });
  /** Called with what changed in what undo remembers, to be kept across a reload. */
  onHistory: ((mark: Mark) => void) | null = null;

  private readonly replica = new Replica();
  /** What could not be done and is still being told: the sentence, and of what. */
  private told: { sentence: string; losses: readonly Loss[] } | null = null;
  /** The edits that the store said it has. */
  private readonly had = new Set<string>();
  /** Who asks what an act makes. */
  private listening: Edit[] | null = null;
  private readonly history = new History();
  /** What the edits of this window did of which all is done or nothing, by their ids. */
  private readonly wholes = new Map<string, Mark>();

  constructor(
    readonly id: string,
    public cast: readonly Member[],
    private readonly store: Store | null,
  ) {}

  get tags(): Tags {
    return this.replica.tags;
  }

  /** Those that the store is known to have. */
  get saved(): Tags {
    return this.replica.confirmed;
  }

  get count(): number {
    return this.replica.tags.size;
  }

  /**
   * Changes tags as one step that can be undone. Once it is handed in nothing changes, and that is said.
   *
   * @param joins It goes on with the newest step, and is undone with it.
   */
  change(what: string, changes: Edit["changes"], joins = false): void {
    if (changes.length === 0) return;
    if (this.closed.value) return this.sayClosed();
    const step = { what, forth: changes, back: inverseOf(this.replica.tags, changes) };
    this.send(changes, this.history.push(step, joins));
  }

  /**
   * Changes tags as one step of which all is done or nothing, because its changes only mean something together: where
   * somebody else changed one of the tags meanwhile, none is changed. Returns whether it is sent.
   */
  changeTogether(what: string, changes: Edit["changes"]): boolean {
    const tooMuch = !isOne(madeFrom(this.replica.tags, changes));
    if (this.closed.value) this.sayClosed();
    else if (tooMuch) this.refusal.value = TOO_MUCH;
    else {
      const back = inverseOf(this.replica.tags, changes);
      const step = { what, forth: changes, back, whole: this.nextId() };
      this.send(changes, this.history.push(step), step.whole);
      return true;
    }
    return false;
  }

  /** Does something, and returns the edits that were made by it. */
  made(act: () => void): Edit[] {
    const edits: Edit[] = [];
    const before = this.listening;
    this.listening = edits;
    try {
      act();
    } finally {
      this.listening = before;
    }
    before?.push(...edits);
    return edits;
  }

  /** Sends what an earlier page had made, as it was: a store that has it already does not apply it twice. */
  resend(edits: readonly Edit[]): void {
    const fresh = edits.filter(({ id }) => !this.had.has(id) && !this.replica.waits(id));
    if (fresh.length === 0) return;
    if (this.closed.value) this.sayClosed();
    else this.give(fresh);
  }

  put(what: string, tag: Tag, joins = false): void {
    this.change(what, [{ op: "put", tag }], joins);
  }

  /** Changes some fields of one tag; the same values again are no change. */
  amend(what: string, id: string, fields: Partial<Tag>, joins = false): void {
    const tag = this.replica.tags.get(id);
    if (!tag) return;
    const after = { ...tag, ...fields };
    if (JSON.stringify(after) !== JSON.stringify(tag)) this.put(what, after, joins);
  }

  /** Deletes a tag, and the links that lead to it. */
  drop(id: string): void {
    this.dropAll([id]);
  }

  /** Deletes many as one step. */
  dropAll(ids: Iterable<string>): void {
    const gone = new Set(ids);
    const changes = drop(gone, this.replica.tags);
    const count = changes.filter((change) => change.op === "drop").length;
    if (gone.has(this.selected.value ?? "")) this.selected.value = null;
    this.change(count > 1 ? `delete ${count} moments` : "delete", changes);
  }

  undo(): void {
    if (!this.mayTurn(this.history.ahead.undo)) return;
    const step = this.history.undo();
    if (step) this.turn(step.forth, step.back, { did: "undo", step });
  }

  redo(): void {
    if (!this.mayTurn(this.history.ahead.redo)) return;
    const step = this.history.redo();
    if (step) this.turn(step.back, step.forth, { did: "redo", step });
  }

  /** What an earlier page could undo comes first; returns what was done meanwhile, to be kept. */
  restoreHistory(kept: Kept): Mark[] {
    const meanwhile = this.history.restore(kept);
    for (const step of kept.steps) if (step.whole) this.wholes.set(step.whole, { did: "redo", step });
    this.changed();
    return meanwhile;
  }

  // What the store tells.
  onState(observation: Observation, frozen: boolean, unanswered: readonly Edit[]): void {
    this.cast = observation.cast;
    this.replica.reset(observation.tags, unanswered);
    this.frozen.value = frozen;
    // Who else is there comes after the state, where there is anybody.
    this.presence.value = null;
    this.ready.value = true;
    this.changed();
  }

  onAcknowledged(edit: string, known = false): void {
    this.had.add(edit);
    const mine = this.replica.waits(edit);
    if (this.replica.acknowledge(edit)) this.changed();
    if (mine && !known) this.sayLost();
  }

  onRefused(edit: string | null, reason: string): void {
    const lost = edit ? this.replica.waiting(edit) : null;
    if (edit) this.replica.refuse(edit);
    this.refusal.value = reason;
    this.changed();
    if (lost?.whole) this.notDone(lost.id);
    else if (lost) this.refused.value = lost;
  }

  onEdited(edit: Edit): void {
    this.had.add(edit.id);
    const mine = this.replica.waits(edit.id);
    if (this.replica.receive(edit)) this.changed();
    if (mine) this.sayLost();
  }

  onPresence(presence: Presence): void {
    this.presence.value = presence;
  }

  onFrozen(): void {
    this.frozen.value = true;
  }

  /** Edits that waited on this computer, shown before the store has answered. */
  onWaiting(edits: readonly Edit[]): void {
    for (const edit of edits) this.replica.add(edit);
    this.changed();
  }

  /** Turns a step round; what another window changed since stays, and is said. */
  private turn(from: Edit["changes"], to: Edit["changes"], mark: Mark): void {
    const whole = mark.step.whole !== undefined;
    const { changes, stays } = turned(this.replica.tags, from, to, whole);
    this.send(changes, mark, whole && changes.length > 0 ? this.nextId() : null);
    if (stays) this.refusal.value = whole ? WHOLE_STAYS : ELSEWHERE;
  }

  private mayTurn(step: Step | null): boolean {
    if (this.closed.value || !step) return false;
    const knows = this.knows(step);
    if (!knows) this.refusal.value = NOT_YET;
    return knows;
  }

  /** Before the first state, only what was made here itself is known to stand as it does. */
  private knows(step: Step): boolean {
    return this.ready.value || step.forth.every((change) => this.replica.tags.has(idOf(change)));
  }

  private nameOf(step: Step | null): string | null {
    return step && this.knows(step) ? step.what : null;
  }

  /** What somebody else changed meanwhile stays; whoever could not change it for that is told. */
  private sayLost(): void {
    const lost = this.replica.lost.map((loss) => ({ ...loss, act: this.actOf(loss) }));
    for (const whole of new Set(lost.map((loss) => loss.whole))) if (whole) this.notDone(whole);
    const words = unsavedWords(lost);
    if (words.length > 0) this.unsaved.value = words;
    const before = this.refusal.value === this.told?.sentence ? this.told.losses : [];
    const losses = [...before, ...lost];
    const sentence = lost.length > 0 ? lossSentence(losses) : null;
    if (!sentence) return;
    this.told = { sentence, losses };
    this.refusal.value = sentence;
  }

  /** What this window did by an edit that is whole. */
  private actOf({ whole }: Loss): Act | null {
    const mark = whole ? (this.wholes.get(whole) ?? null) : null;
    return mark && { what: mark.step.what, undoes: mark.did === "undo" };
  }

  /** A step that the store did nothing of is no step; one that it did not take back still stands. */
  private notDone(whole: string): void {
    const mark = this.wholes.get(whole);
    const change = mark ? this.history.notDone(mark) : null;
    if (!change) return;
    this.onHistory?.(change);
    this.changed();
  }

  /** @param whole The id of the one edit of which all is done or nothing. */
  private send(changes: Edit["changes"], mark: Mark, whole: string | null = null): void {
    const { tags, confirmed } = this.replica;
    const made = madeFrom(tags, changes, whole ? tags : confirmed);
    const edits = whole
      ? [{ id: whole, changes: made, whole: true }]
      : inParts(made).map((part): Edit => ({ id: this.nextId(), changes: part }));
    if (whole) this.wholes.set(whole, mark);
    this.refusal.value = null;
    this.give(edits);
    this.onHistory?.(mark);
  }

  private give(edits: readonly Edit[]): void {
    for (const edit of edits) this.replica.add(edit);
    this.listening?.push(...edits);
    this.changed();
    for (const edit of edits) this.store?.send(edit);
  }

  private sayClosed(): void {
    this.refusal.value = this.frozen.value ? HANDED_IN : NOT_YOURS;
  }

  private changed(): void {
    if (this.selected.value && !this.replica.tags.has(this.selected.value)) this.selected.value = null;
    const { undo, redo } = this.history.ahead;
    this.next.value = { undo: this.nameOf(undo), redo: this.nameOf(redo) };
    this.version.value++;
  }
}
