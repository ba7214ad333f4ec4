/** A service at the other end of a WebSocket, driven by hand. */
import type { ClientMessage, Edit, Observation, ServerMessage } from "../contract";
import type { Presence, Sink } from "../store/store";

export class Wire {
  readyState = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly heard: ClientMessage[] = [];

  send(text: string): void {
    this.heard.push(JSON.parse(text));
  }

  close(code = 1006): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code });
  }

  say(message: ServerMessage): void {
    this.readyState = 1;
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  get edits(): string[] {
    return this.heard.flatMap((message) => (message.type === "edit" ? [message.edit.id] : []));
  }

  get socket(): WebSocket {
    return this as unknown as WebSocket;
  }
}

/** Writes down what a store tells. */
export class Listener implements Sink {
  readonly told: string[] = [];
  unanswered: string[] = [];
  onState(_observation: Observation, frozen: boolean, unanswered: readonly Edit[]): void {
    this.unanswered = unanswered.map(({ id }) => id);
    this.told.push(frozen ? "state frozen" : "state");
  }
  onAcknowledged(edit: string): void {
    this.told.push(`ack ${edit}`);
  }
  onRefused(edit: string | null, reason: string): void {
    this.told.push(`refused ${edit} ${reason}`);
  }
  onEdited(edit: Edit): void {
    this.told.push(`edited ${edit.id}`);
  }
  onFrozen(): void {
    this.told.push("frozen");
  }
  onPresence({ windows, watching, writes }: Presence): void {
    this.told.push(`presence ${windows} ${watching} ${writes}`);
  }
  onWaiting(edits: readonly Edit[]): void {
    this.told.push(`waiting ${edits.map(({ id }) => id)}`);
  }
}
