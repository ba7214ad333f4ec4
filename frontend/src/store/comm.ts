/**
 * The store that is a file beside the notebook, reached over the widget's comm. Every request has a number and
 * every reply is {id, ok, value | error}: a Python error arrives as a sentence, not as a time-out. Everything reaches
 * every page that has the notebook open: a reply is for who asked, and an edit, whoever made it, for all.
 */
import { signal } from "@preact/signals";
import type { ClientMessage, Edit, ServerMessage } from "../contract";
import { isReply, type Line, type Reply } from "./ask";
import { nextNumber } from "./asking";
import { type Left, NOWHERE } from "./left";
import type { Sink, Store, StoreState } from "./store";

/** How long an answer may take before the kernel is said to be silent, and how rarely it is asked at last. */
const ANSWER_LIMIT = 4000;
const LONGEST_WAIT = 60_000;

type Question = ClientMessage | { type: "state" };
type Timer = ReturnType<typeof setTimeout>;

export class CommStore implements Store {
  readonly state;
  private sink: Sink | null = null;
  private waiting: Edit[] = [];
  /** What was asked and not answered yet; an answer counts however late it comes. */
  private numbers = new Map<number, Question>();
  /** Those of them that may still be answered: a kernel answers in the order it was asked. */
  private due = new Set<number>();
  /** No edit is sent: the kernel is silent, or cannot save now. */
  private held = false;
  private greeted = false;
  /** The newest state's number. */
  private first = 0;
  private patience = ANSWER_LIMIT;
  private deadline: Timer | undefined;
  private pause = ANSWER_LIMIT;
  private retry: Timer | undefined;
  /** Edits of an earlier view, which may have been saved long ago. */
  private readonly taken = new Set<string>();
  private unwatch = () => {};

  /**
   * @param place The file's name, for the screen.
   * @param number The number of the next question; no other page's may be the same.
   * @param left Where an earlier view of the observation put what it was not answered, and this one puts its own.
   */
  constructor(
    private readonly line: Line,
    place: string,
    private readonly number: () => number = nextNumber,
    private readonly left: Left = NOWHERE,
  ) {
    this.state = signal<StoreState>({ phase: "connecting", seq: 0, waiting: 0, place, kept: false });
  }

  open(sink: Sink): void {
    this.sink = sink;
    this.line.on("msg:custom", this.hear);
    this.waiting = this.left.take();
    if (this.waiting.length > 0) sink.onWaiting(this.waiting);
    this.ask({ type: "state" });
    for (const edit of this.waiting) this.ask({ type: "edit", edit });
    this.unwatch = this.left.watch(() => this.takeLeft());
  }

  /** Takes up what another view could not save; only while this one can, or nobody would send it. */
  private takeLeft(): void {
    if (this.state.value.phase !== "live") return;
    const known = new Set(this.waiting.map(({ id }) => id));
    const edits = this.left.take().filter(({ id }) => !known.has(id));
    if (edits.length === 0) return;
    for (const { id } of edits) this.taken.add(id);
    this.waiting.push(...edits);
    this.sink?.onWaiting(edits);
    for (const edit of edits) this.ask({ type: "edit", edit });
  }

  send(edit: Edit): void {
    this.waiting.push(edit);
    if (this.held) this.update({});
    else this.ask({ type: "edit", edit });
  }

  close(): void {
    clearTimeout(this.deadline);
    clearTimeout(this.retry);
    this.line.off("msg:custom", this.hear);
    this.unwatch();
    this.left.put(this.waiting);
  }

  private ask(message: Question): void {
    const id = this.number();
    this.numbers.set(id, message);
    this.due.add(id);
    try {
      this.line.send({ id, message });
    } catch {
      // A page that knows its kernel to be gone says so at once; it is not answered, like what a silent one is asked.
    }
    this.update({});
    this.expect();
  }

  /** From the last answer on, or the first question after it: what is asked meanwhile gives no more time. */
  private expect(): void {
    if (this.due.size === 0) return;
    this.deadline ??= setTimeout(() => this.silent(), this.patience);
  }

  private answered(): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
    this.expect();
  }

  /**
   * The kernel is busy, restarting or gone. What was sent may all lie before it still: so nothing is sent again, only
   * a ping, ever more rarely. Its answer comes behind those of everything else that arrived.
   */
  private silent(): void {
    this.deadline = undefined;
    this.held = true;
    this.update({ phase: "offline" });
    this.patience = Math.min(this.patience * 2, LONGEST_WAIT);
    this.ask({ type: "ping" });
  }

  /** What is not confirmed is sent again, once and in order; an edit that arrived before is not applied again. */
  private resume(): void {
    this.held = false;
    clearTimeout(this.retry);
    for (const edit of this.waiting) this.ask({ type: "edit", edit });
  }

  private readonly hear = (content: unknown): void => {
    if (isReply(content)) this.answer(content);
    else if (isPush(content)) this.message(content.message);
  };

  private answer(reply: Reply): void {
    const asked = this.numbers.get(reply.id);
    if (!asked) return;
    this.numbers.delete(reply.id);
    this.due.delete(reply.id);
    this.patience = ANSWER_LIMIT;
    if (asked.type === "ping") this.answers(reply.id);
    this.answered();
    const edit = asked.type === "edit" ? asked.edit.id : null;
    if (reply.ok) {
      const value = reply.value as ServerMessage;
      // Whatever else went wrong, no word about another edit is taken for one about this.
      if ((value.type === "ack" || value.type === "refused") && value.edit !== edit) return;
      return this.message(value);
    }
    this.message({ type: "refused", edit, reason: reply.error ?? "It was refused.", retry: false });
  }

  /** A ping is answered: what was asked before it and is not answered now was lost. */
  private answers(ping: number): void {
    const lost = [...this.due].filter((id) => id < ping);
    for (const id of lost) this.due.delete(id);
    if (!this.held || this.state.value.phase === "full") return;
    // A kernel that is only slow has lost nothing, and is not asked for everything again.
    if (lost.length > 0 || !this.greeted) this.ask({ type: "state" });
    else this.update({ phase: "live" });
    this.resume();
  }

  private message(message: ServerMessage): void {
    switch (message.type) {
      case "state":
        this.greeted = true;
        this.first = message.seq;
        this.update({ phase: "live", seq: message.seq });
        this.sink?.onState(message.observation, message.frozen, this.waiting);
        return this.takeLeft();
      case "ack":
        return this.acknowledged(message.edit, message.seq);
      case "refused":
        return this.refused(message.edit, message.reason, message.retry);
      case "edited":
        this.settle(message.edit.id);
        this.update({ seq: Math.max(this.state.value.seq, message.seq) });
        return this.sink?.onEdited(message.edit);
      case "frozen":
        return this.sink?.onFrozen();
      case "presence":
        return this.sink?.onPresence(message);
      case "pong":
        return;
    }
  }

  private acknowledged(edit: string, seq: number): void {
    const settled = this.settle(edit);
    const before = this.taken.delete(edit) ? this.state.value.seq : this.first;
    this.pause = ANSWER_LIMIT;
    this.update({ phase: "live", seq: Math.max(this.state.value.seq, seq) });
    this.sink?.onAcknowledged(edit, seq <= this.first);
    // It was in the state all along, and below what came after it; now it lies above. So the state is asked for anew.
    if (settled && seq <= before) this.ask({ type: "state" });
  }

  private refused(edit: string | null, reason: string, retry: boolean): void {
    if (retry) {
      if (!this.held || this.state.value.phase !== "full") this.later();
    } else if (edit) {
      this.settle(edit);
      this.update({ phase: "live" });
    }
    this.sink?.onRefused(retry ? null : edit, reason);
  }

  /** It cannot be saved now: what waits is sent again after a while, ever more rarely. */
  private later(): void {
    this.held = true;
    this.update({ phase: "full" });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.resume(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_WAIT);
  }

  private settle(id: string): boolean {
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((edit) => edit.id !== id);
    return this.waiting.length < before;
  }

  private update(part: Partial<StoreState>): void {
    this.state.value = { ...this.state.value, ...part, waiting: this.waiting.length };
  }
}

function isPush(content: unknown): content is { message: ServerMessage } {
  return typeof content === "object" && content !== null && "message" in content && !("id" in content);
}
