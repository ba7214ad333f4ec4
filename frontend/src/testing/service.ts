/** The service behind its sockets, as vigwidgets/service/edits.py answers, and the outbox that windows share. */
import type { ClientMessage, Edit, ServerMessage, Tag } from "../contract";
import { applyTo } from "../model/replica";
import type { Outbox } from "../store/outbox";
import { observation } from "./paig";

export class Service {
  readonly log: Edit[] = [];
  readonly lines = new Set<ServiceLine>();
  /** It cannot save now. */
  full = false;

  get tags(): Map<string, Tag> {
    const tags = new Map<string, Tag>();
    for (const edit of this.log) applyTo(tags, edit);
    return tags;
  }

  /** The number under which an edit was saved; 0: it was not. */
  number(edit: string): number {
    return this.log.findIndex(({ id }) => id === edit) + 1;
  }
}

/** One window's socket: what it says lies in wait until it is served, and the answers until they are delivered. */
export class ServiceLine {
  readyState = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  private readonly asked: ClientMessage[] = [];
  private readonly said: string[] = [];
  private held = "";
  private opened = false;

  constructor(private readonly service: Service) {
    service.lines.add(this);
  }

  get socket(): WebSocket {
    return this as unknown as WebSocket;
  }

  send(text: string): void {
    if (this.readyState < 3) this.asked.push(JSON.parse(text));
  }

  /** The line is lost, or given up. */
  close(): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.service.lines.delete(this);
    queueMicrotask(() => this.onclose?.({ code: 1006 }));
  }

  /** The service deals with one message. */
  serve(): void {
    if (this.readyState === 3) return;
    if (!this.opened) return this.open();
    const message = this.asked.shift();
    if (message?.type === "ping") this.say({ type: "pong" });
    else if (message) this.edit(message.edit);
  }

  /** One message of the service arrives. */
  deliver(): void {
    const text = this.said.shift();
    if (!text || this.readyState === 3) return;
    this.readyState = 1;
    this.onmessage?.({ data: text });
  }

  private open(): void {
    this.opened = true;
    const whole = observation([...this.service.tags.values()]);
    this.say({ type: "state", seq: this.service.log.length, observation: whole, frozen: false });
  }

  private edit(edit: Edit): void {
    const { service } = this;
    if ((this.held && this.held !== edit.id) || service.full) {
      this.held ||= edit.id;
      return this.say({ type: "refused", edit: edit.id, reason: "Not now.", retry: true });
    }
    this.held = "";
    const fresh = service.number(edit.id) === 0;
    if (fresh) service.log.push(edit);
    const seq = service.number(edit.id);
    this.say({ type: "ack", edit: edit.id, seq });
    if (!fresh) return;
    for (const line of service.lines)
      if (line !== this && line.opened) line.say({ type: "edited", edit, seq });
  }

  private say(message: ServerMessage): void {
    this.said.push(JSON.stringify(message));
  }
}

/** The outbox of one computer, as one window has it: a window that was killed writes no more. */
export class SharedOutbox {
  rows: { observation: string; edit: Edit }[] = [];

  of(lives: () => boolean): Outbox {
    return {
      list: async (observation) =>
        this.rows.filter((row) => row.observation === observation).map(({ edit }) => edit),
      add: async (observation, edit) => {
        await null;
        if (lives()) this.rows.push({ observation, edit });
      },
      remove: async (id) => {
        await null;
        if (lives()) this.rows = this.rows.filter(({ edit }) => edit.id !== id);
      },
    };
  }
}
