/** What the preview asks of its kernel. */
import { ask, type Line as Comm } from "../store/ask";

/** The part of an anywidget model that is used here. */
export interface PreviewModel extends Comm {
  get(name: "_text" | "_name"): string;
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
  /** A picture or a film; empty where nothing is shown. */
  bytes: Uint8Array<ArrayBuffer>;
}

/** A kernel that draws a film's sheet takes its time, in milliseconds. */
const PATIENCE = 30_000;

export class Line {
  constructor(private readonly model: PreviewModel) {}

  /** Asks the kernel; fails with a sentence. */
  async ask<Value>(message: Ask): Promise<Reply<Value>> {
    const { value, bytes } = await ask<Value>(this.model, message, PATIENCE);
    return { value, bytes: bytes ?? new Uint8Array() };
  }
}
