/**
 * The store that is a file beside the notebook, reached over the widget's comm. Every request has a number and
 * every reply is {id, ok, value | error}: a Python error arrives as a sentence, not as a time-out.
 */
import { signal } from "@preact/signals";
import type { ClientMessage, Edit, ServerMessage } from "../contract";
import type { Sink, Store, StoreState } from "./store";

export interface Reply {
  id: number;
  ok: boolean;
  value?: unknown;
  error?: string;
}

/** The part of an anywidget model that carries messages. */
export interface Line {
  send(content: unknown): void;
  on(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
  off(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
}

const ANSWER_LIMIT = 4000;

export class CommStore implements Store {
  readonly state;
  private sink: Sink | null = null;
  private waiting: Edit[] = [];
  private numbers = new Map<number, ClientMessage | { type: "state" }>();
  private count = 0;
  private deadline: ReturnType<typeof setTimeout> | undefined;

  /** @param place The file's name, for the screen. */
  constructor(
    private readonly line: Line,
    place: string,
  ) {
    this.state = signal<StoreState>({ phase: "connecting", seq: 0, waiting: 0, place, kept: false });
  }

  open(sink: Sink): void {
    this.sink = sink;
    this.line.on("msg:custom", this.hear);
    this.ask({ type: "state" });
  }

  send(edit: Edit): void {
    this.waiting.push(edit);
    this.ask({ type: "edit", edit });
  }

  close(): void {
    clearTimeout(this.deadline);
    this.line.off("msg:custom", this.hear);
  }

  private ask(message: ClientMessage | { type: "state" }): void {
    const id = ++this.count;
    this.numbers.set(id, message);
    this.line.send({ id, message });
    this.update({});
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.silent(), ANSWER_LIMIT);
  }

  /** The kernel is busy, restarting or gone: say so and ask again. */
  private silent(): void {
    this.update({ phase: "offline" });
    this.numbers.clear();
    this.ask({ type: "state" });
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
    if (this.numbers.size === 0) clearTimeout(this.deadline);
    if (reply.ok) return this.message(reply.value as ServerMessage);
    const edit = asked.type === "edit" ? asked.edit.id : null;
    this.message({ type: "refused", edit, reason: reply.error ?? "It was refused.", retry: false });
  }

  private message(message: ServerMessage): void {
    switch (message.type) {
      case "state":
        this.update({ phase: "live", seq: message.seq });
        return this.sink?.onState(message.observation, message.frozen, this.waiting);
      case "ack":
        this.settle(message.edit);
        this.update({ phase: "live", seq: message.seq });
        return this.sink?.onAcknowledged(message.edit);
      case "refused":
        return this.refused(message.edit, message.reason, message.retry);
      case "edited":
        this.settle(message.edit.id);
        this.update({ seq: message.seq });
        return this.sink?.onEdited(message.edit);
      case "frozen":
        return this.sink?.onFrozen();
      case "presence":
        return this.sink?.onPresence(message);
      case "pong":
        return;
    }
  }

  private refused(edit: string | null, reason: string, retry: boolean): void {
    if (retry) {
      this.update({ phase: "full" });
      clearTimeout(this.deadline);
      this.deadline = setTimeout(() => this.silent(), ANSWER_LIMIT);
    } else if (edit) {
      this.settle(edit);
      this.update({ phase: "live" });
    }
    this.sink?.onRefused(retry ? null : edit, reason);
  }

  private settle(id: string): void {
    this.waiting = this.waiting.filter((edit) => edit.id !== id);
  }

  private update(part: Partial<StoreState>): void {
    this.state.value = { ...this.state.value, ...part, waiting: this.waiting.length };
  }
}

function isReply(content: unknown): content is Reply {
  return typeof content === "object" && content !== null && "id" in content && "ok" in content;
}

function isPush(content: unknown): content is { message: ServerMessage } {
  return typeof content === "object" && content !== null && "message" in content && !("id" in content);
}
