/** Numbered requests to the widget's kernel, each with its reply. */
import { nextNumber } from "../store/asking";

/** The part of an anywidget model that is used here. */
export interface PreviewModel {
  get(name: "_text" | "_name"): string;
  send(content: unknown): void;
  on(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
  off(event: "msg:custom", heard: (content: unknown, buffers: DataView[]) => void): void;
}

/** What can be asked; see vigwidgets/films/_script_messages.py. */
export type Ask =
  | { type: "check"; text: string }
  | { type: "frame"; at: number; second: boolean }
  | { type: "sheet" }
  | { type: "news" }
  | { type: "draw" }
  | { type: "film"; part: "first" | "whole" };

export interface Reply<Value> {
  value: Value;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A kernel that draws a film's sheet takes its time; one that is gone never answers. In milliseconds. */
const PATIENCE = 30_000;

export class Line {
  constructor(private readonly model: PreviewModel) {}

  /** Asks the kernel; fails with its sentence, or with ours when it does not answer. */
  ask<Value>(message: Ask): Promise<Reply<Value>> {
    const id = nextNumber();
    const { model } = this;
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        model.off("msg:custom", heard);
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error("The notebook's kernel does not answer; run the cell again when it is idle."));
      }, PATIENCE);
      function heard(content: unknown, buffers: DataView[]) {
        const reply = content as { id?: number; ok?: boolean; error?: string; value?: Value };
        if (reply?.id !== id) return;
        done();
        if (!reply.ok) return reject(new Error(reply.error ?? "That could not be done."));
        const [view] = buffers;
        const bytes = view
          ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
          : new Uint8Array();
        resolve({ value: reply.value as Value, bytes });
      }
      model.on("msg:custom", heard);
      model.send({ id, message });
    });
  }
}
