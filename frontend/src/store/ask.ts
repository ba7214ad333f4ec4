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

/** How a question is asked again of a kernel that may be busy with other cells. */
export interface Longer {
  /** How long it is waited for in all, in milliseconds. */
  most: number;
  /** Told each time that the kernel kept silent and is asked again. */
  busy?: (() => void) | undefined;
  /** Ends the waiting when nobody wants the answer any more. */
  until?: AbortSignal | undefined;
}

/**
 * Asks the kernel; fails with its sentence, or with ours when it does not answer in time or is known to be gone.
 *
 * @param patience In milliseconds.
 * @param longer Given where a busy kernel is waited for: the question is then put again, each time after twice the
 * wait, in case one was lost; whichever is answered first counts, and a comm that is closed ends it at once.
 */
export function ask<Value>(
  line: Line,
  message: unknown,
  patience: number,
  longer?: Longer,
): Promise<Answer<Value>> {
  const ids = new Set<number>();
  const most = longer?.most ?? patience;
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const done = () => {
      clearTimeout(timer);
      line.off("msg:custom", heard);
      longer?.until?.removeEventListener("abort", silent);
    };
    const silent = () => {
      done();
      reject(new Error(SILENT));
    };
    function heard(content: unknown, buffers: DataView[]) {
      if (!isReply(content) || !ids.has(content.id)) return;
      done();
      if (content.ok) resolve({ value: content.value as Value, bytes: copyOf(buffers[0]) });
      else reject(new Error(content.error ?? NO_REASON));
    }
    function put(wait: number, spent: number) {
      const now = Math.min(wait, most - spent);
      if (now <= 0) return silent();
      if (spent > 0) longer?.busy?.();
      const id = nextNumber();
      ids.add(id);
      timer = setTimeout(() => put(wait * 2, spent + now), now);
      try {
        line.send({ id, message });
      } catch {
        // A page that knows its kernel to be dead, or its comm to be closed, says so at once.
        silent();
      }
    }
    line.on("msg:custom", heard);
    longer?.until?.addEventListener("abort", silent);
    put(patience, 0);
  });
}

function copyOf(view: DataView | undefined): Uint8Array<ArrayBuffer> | null {
  return view ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice() : null;
}
