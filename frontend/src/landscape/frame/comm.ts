/** A widget's line to its kernel, as Jupyter's widgets know it; here it goes to the page, which holds the real one. */
import type { Incoming } from "../../pages/_channels";

interface Status {
  iopub?: { status?: (message: unknown) => void };
}
interface Heard {
  content: { comm_id: string; data: unknown };
  buffers: DataView[];
}

/** The kernel is not told more often than this, in milliseconds: turning a figure is no news for it. */
const CALM = 50;
const IDLE = { content: { execution_state: "idle" } };

export class FrameComm {
  readonly target_name = "jupyter.widget";
  private heard: ((message: Heard) => void) | null = null;
  private first: ((message: Incoming) => void) | null = null;
  private number = 0;

  constructor(
    readonly comm_id: string,
    private readonly say: (data: unknown) => void,
  ) {}

  /** Asks for the widget's whole state. */
  state(): Promise<Incoming> {
    return new Promise((done) => {
      this.first = done;
      this.say({ method: "request_state" });
    });
  }

  take(message: Incoming): void {
    // An echo tells only what is known here already.
    if (message.data.method === "echo_update") return;
    if (this.first && message.data.method === "update") {
      this.first(message);
      this.first = null;
    } else this.heard?.({ content: { comm_id: this.comm_id, data: message.data }, buffers: message.buffers });
  }

  open(): string {
    return this.next();
  }

  send(data: unknown, callbacks?: Status): string {
    this.say(data);
    setTimeout(() => callbacks?.iopub?.status?.(IDLE), CALM);
    return this.next();
  }

  close(): string {
    return this.next();
  }

  on_msg(heard: (message: Heard) => void): void {
    this.heard = heard;
  }

  on_close(): void {}

  private next(): string {
    this.number += 1;
    return `${this.comm_id}-${this.number}`;
  }
}
