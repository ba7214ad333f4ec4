/** One question over a widget's comm, and its answer. What is asked without a moment's wait for it, see comm.ts. */
import { nextNumber } from "./asking";

/** The part of an anywidget model that carries messages. */
export interface Line {
  send(content: unknown): void;
  on(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
  off(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
}

/** What Python says to a numbered question: a value, or why not, as a sentence. */
export interface Reply {
  id: number;
  ok: boolean;
  value?: unknown;
  error?: string;
}

export interface Answer<Value> {
  value: Value;
  /** What came beside the value, as a copy of our own; null where nothing did. */
  bytes: Uint8Array<ArrayBuffer> | null;
}

/** A kernel that is busy answers late; one that is gone never does. */
const SILENT = "The notebook's kernel does not answer; run the cell again when it is idle.";
const NO_REASON = "That could not be done.";

export function isReply(content: unknown): content is Reply {
  return typeof content === "object" && content !== null && "id" in content && "ok" in content;
}

/**
 * Asks the kernel; fails with its sentence, or with ours when it does not answer in time or is known to be gone.
 *
 * @param patience In milliseconds.
 */
export function ask<Value>(line: Line, message: unknown, patience: number): Promise<Answer<Value>> {
  const id = nextNumber();
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      line.off("msg:custom", heard);
    };
    const silent = () => {
      done();
      reject(new Error(SILENT));
    };
    const timer = setTimeout(silent, patience);
    function heard(content: unknown, buffers: DataView[]) {
      if (!isReply(content) || content.id !== id) return;
      done();
      if (content.ok) resolve({ value: content.value as Value, bytes: copyOf(buffers[0]) });
      else reject(new Error(content.error ?? NO_REASON));
    }
    line.on("msg:custom", heard);
    try {
      line.send({ id, message });
    } catch {
      // A page that knows its kernel to be dead, or its comm to be closed, says so at once.
      silent();
    }
  });
}

function copyOf(view: DataView | undefined): Uint8Array<ArrayBuffer> | null {
  return view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice() : null;
}
