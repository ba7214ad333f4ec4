/**
 * The store that is the service: edits go over a WebSocket and stay in the outbox until they are acknowledged.
 * After a lost connection the service's state comes first, then what it has not confirmed is sent again, in order.
 */
import { signal } from "@preact/signals";
import type { ClientMessage, Edit, ServerMessage } from "../contract";
import type { Outbox } from "./outbox";
import { type Phase, type Sink, type Store, type StoreState, shutOut } from "./store";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 8000;
const PING_EVERY = 15_000;
const ANSWER_LIMIT = 8000;
const DOUBT_LIMIT = 1000;
const DATABASE_LIMIT = 2000;
/** The socket's closing code when the session is over. */
const SIGNED_OUT = 4401;
/** A browser does not tell why a socket was not opened; the same question as a plain request is answered with these. */
const SHUT: Record<number, Phase> = { 401: "signed-out", 403: "not-yours" };

type Timer = ReturnType<typeof setTimeout>;

export class ServiceStore implements Store {
  readonly state = signal<StoreState>({ phase: "connecting", seq: 0, waiting: 0, place: null, kept: true });
  private socket: WebSocket | null = null;
  private sink: Sink | null = null;
  private waiting: Edit[] = [];
  private greeted = false;
  /** This computer's database did not say what an earlier page left in it. */
  private unlisted = false;
  /** What was settled meanwhile. */
  private settled = new Set<string>();
  /** The edits that wait and are not known to be kept on this computer. */
  private unkept = new Set<string>();
  /** The state's number when the line was opened, and the edits that were laid over it then. */
  private first = 0;
  private laid = new Set<string>();
  private stale = false;
  private wait = FIRST_WAIT;
  private closed = false;
  private retry: Timer | undefined;
  /** Set while something was refused for now: then what waits is sent again. */
  private again: Timer | undefined;
  private pulse: Timer | undefined;
  private deadline: Timer | undefined;
  /** What this line has yet to answer: edits by their id, "state" and "ping". */
  private owed = new Set<string>();

  /**
   * @param url Address of the observation's socket.
   * @param observation Its id, under which unconfirmed edits are kept.
   * @param ask Asks for the observation without a socket and gives the answer's status; fails where none comes.
   */
  constructor(
    private readonly url: string,
    private readonly observation: string,
    private readonly outbox: Outbox,
    private readonly connect: (url: string) => WebSocket = (address) => new WebSocket(address),
    private readonly ask: () => Promise<number> = () => Promise.resolve(0),
  ) {}

  open(sink: Sink): void {
    this.sink = sink;
    globalThis.addEventListener?.("online", this.hurry);
    globalThis.addEventListener?.("offline", this.doubt);
    globalThis.addEventListener?.("focus", this.comeBack);
    void this.begin();
  }

  send(edit: Edit): void {
    this.waiting.push(edit);
    this.update({});
    this.keep(edit);
    if (this.greeted) this.transmit({ type: "edit", edit });
  }

  close(): void {
    this.closed = true;
    globalThis.removeEventListener?.("online", this.hurry);
    globalThis.removeEventListener?.("offline", this.doubt);
    globalThis.removeEventListener?.("focus", this.comeBack);
    for (const timer of [this.retry, this.again, this.pulse, this.deadline]) clearTimeout(timer);
    this.socket?.close();
  }

  /** What an earlier page left in the outbox comes first; then the line is opened. */
  private async begin(): Promise<void> {
    const left = this.outbox.list(this.observation);
    try {
      this.take(await inTime(left));
    } catch {
      // A database that hangs must not keep anybody from working; what lies in it is sent once it answers.
      this.unlisted = true;
      this.update({});
      void left.then(
        (late) => this.takeLate(late),
        () => undefined,
      );
    }
    this.dial();
  }

  /** Puts what waited already before what waits now; returns whether there was anything. */
  private take(left: readonly Edit[]): boolean {
    const known = new Set(this.waiting.map((edit) => edit.id));
    const older = left.filter((edit) => !known.has(edit.id) && !this.settled.has(edit.id));
    this.waiting = [...older, ...this.waiting];
    this.unlisted = false;
    if (older.length) this.sink?.onWaiting(older);
    this.update({});
    return older.length > 0;
  }

  private takeLate(left: readonly Edit[]): void {
    if (!this.closed && this.take(left)) this.redial();
  }

  /** Keeps an edit on this computer; while the database does not say that it is kept, nobody is told so. */
  private keep(edit: Edit): void {
    const added = this.outbox.add(this.observation, edit);
    inTime(added).catch(() => {
      if (!this.waiting.includes(edit)) return;
      this.unkept.add(edit.id);
      this.update({});
      void added.then(
        () => this.unkept.delete(edit.id) && this.update({}),
        () => undefined,
      );
    });
  }

  private dial(): void {
    if (this.closed) return;
    clearTimeout(this.retry);
    const socket = this.connect(this.url);
    this.socket = socket;
    this.greeted = false;
    this.rest();
    this.expectAnswer("state");
    socket.onmessage = (event) =>
      this.socket === socket && this.hear(JSON.parse(event.data) as ServerMessage);
    socket.onclose = (event) => this.socket === socket && this.lost(event?.code);
  }

  private lost(code?: number): void {
    const refusedAtTheDoor = !this.greeted && code !== SIGNED_OUT;
    this.socket = null;
    this.greeted = false;
    clearTimeout(this.pulse);
    this.rest();
    if (this.closed) return;
    if (code === SIGNED_OUT) this.update({ phase: "signed-out" });
    else if (!shutOut(this.state.value.phase)) this.update({ phase: "offline" });
    if (refusedAtTheDoor) void this.askWhy();
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.dial(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private async askWhy(): Promise<void> {
    const status = await this.ask().catch(() => 0);
    if (this.closed || this.greeted) return;
    this.update({ phase: SHUT[status] ?? "offline" });
  }

  /** Whoever signed in in another window and comes back need not wait. */
  private readonly comeBack = (): void => {
    if (shutOut(this.state.value.phase)) this.hurry();
  };

  /** The network is said to be gone: a line that still answers soon is kept, any other is given up at once. */
  private readonly doubt = (): void => {
    if (!this.greeted) return;
    this.transmit({ type: "ping" });
    this.setDeadline(DOUBT_LIMIT);
  };

  private readonly hurry = (): void => {
    if (this.socket) return;
    this.wait = FIRST_WAIT;
    this.dial();
  };

  private hear(message: ServerMessage): void {
    this.answered(message);
    switch (message.type) {
      case "state":
        return this.greet(message.seq, () =>
          this.sink?.onState(message.observation, message.frozen, this.waiting),
        );
      case "ack":
        this.settle(message.edit);
        this.update({ phase: "live", seq: Math.max(this.state.value.seq, message.seq) });
        this.sink?.onAcknowledged(message.edit, message.seq <= this.first);
        return this.lift(message.edit, message.seq <= this.first);
      case "refused":
        return this.refused(message.edit, message.reason, message.retry);
      case "edited":
        return this.edited(message.edit, message.seq);
      case "frozen":
        return this.sink?.onFrozen();
      case "presence":
        return this.sink?.onPresence(message);
      case "pong":
        return;
    }
  }

  private greet(seq: number, show: () => void): void {
    this.greeted = true;
    this.wait = FIRST_WAIT;
    this.first = seq;
    this.laid = new Set(this.waiting.map((edit) => edit.id));
    this.stale = false;
    show();
    this.update({ phase: "live", seq });
    for (const edit of this.waiting) this.transmit({ type: "edit", edit });
    this.beat();
  }

  /**
   * Somebody else's edit is saved, or one of ours by another window, which found it in the outbox. If that is the one
   * for whose sake this line takes nothing now, it will not come on this line again, and only a new line is free.
   */
  private edited(edit: Edit, seq: number): void {
    const ours = this.settle(edit.id);
    this.update({ seq: Math.max(this.state.value.seq, seq) });
    this.sink?.onEdited(edit);
    if (ours && this.state.value.phase === "full") this.redial();
  }

  private refused(edit: string | null, reason: string, retry: boolean): void {
    if (retry) {
      // Another window has brought it meanwhile, so that it will not come again, and this line waits for it.
      if (edit && !this.waits(edit)) return this.redial();
      this.update({ phase: "full" });
      // Not anew for each: whoever works on without a pause would put it off for ever.
      this.again ??= setTimeout(() => this.resend(), LONGEST_WAIT / 2);
      return;
    }
    if (edit) this.settle(edit);
    this.update({});
    this.sink?.onRefused(edit, reason);
    if (edit) this.lift(edit, false);
  }

  /**
   * An edit is answered. If the service had it all along (the browser died after the acknowledgement, before the
   * outbox was cleared, or an earlier page left it for this one), what came after it is in the state as well, and lies
   * below it now: a moment that was taken back would stand there again. So the state is asked for anew, once for all
   * that were laid over it.
   */
  private lift(edit: string, known: boolean): void {
    if (!this.laid.delete(edit) && !known) return;
    this.stale ||= known;
    if (this.stale && this.laid.size === 0) this.redial();
  }

  /** On this line nothing is expected any more, and nothing sent again. */
  private rest(): void {
    clearTimeout(this.deadline);
    clearTimeout(this.again);
    this.deadline = this.again = undefined;
    this.owed.clear();
  }

  private redial(): void {
    const old = this.socket;
    this.socket = null;
    old?.close();
    this.dial();
  }

  private resend(): void {
    this.again = undefined;
    if (this.greeted) for (const edit of this.waiting) this.transmit({ type: "edit", edit });
  }

  private waits(id: string): boolean {
    return this.waiting.some((edit) => edit.id === id);
  }

  private settle(id: string): boolean {
    if (!this.waits(id)) return false;
    this.waiting = this.waiting.filter((edit) => edit.id !== id);
    this.unkept.delete(id);
    if (this.unlisted) this.settled.add(id);
    this.outbox.remove(id).catch(() => undefined);
    return true;
  }

  private transmit(message: ClientMessage): void {
    if (this.socket?.readyState !== 1) return;
    this.socket.send(JSON.stringify(message));
    this.expectAnswer(message.type === "edit" ? message.edit.id : message.type);
  }

  /** A line that does not answer is dead, whatever the browser thinks, and however much is asked of it meanwhile. */
  private expectAnswer(what: string): void {
    this.owed.add(what);
    if (this.deadline === undefined) this.setDeadline(ANSWER_LIMIT);
  }

  /** Whatever is heard shows that the line lives; it has so long again for what it still owes. */
  private answered(message: ServerMessage): void {
    const { type } = message;
    if (type === "pong") this.owed.delete("ping");
    else if (type === "edited") this.owed.delete(message.edit.id);
    else if (type === "ack" || type === "refused") this.owed.delete(message.edit ?? "");
    else this.owed.delete(type);
    clearTimeout(this.deadline);
    this.deadline = undefined;
    if (this.owed.size > 0) this.setDeadline(ANSWER_LIMIT);
  }

  private setDeadline(limit: number): void {
    clearTimeout(this.deadline);
    const socket = this.socket;
    this.deadline = setTimeout(() => {
      if (this.socket !== socket) return;
      socket?.close();
      this.lost();
    }, limit);
  }

  private beat(): void {
    clearTimeout(this.pulse);
    this.pulse = setTimeout(() => {
      if (!this.greeted) return;
      this.transmit({ type: "ping" });
      this.beat();
    }, PING_EVERY);
  }

  private update(part: Partial<StoreState>): void {
    const kept = !this.unlisted && this.unkept.size === 0;
    this.state.value = { ...this.state.value, ...part, kept, waiting: this.waiting.length };
  }
}

/** Fails when the database takes too long to answer; what was asked of it goes on. */
function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error("The database does not answer.")), DATABASE_LIMIT);
    void answer.then(done, fail).finally(() => clearTimeout(timer));
  });
}
