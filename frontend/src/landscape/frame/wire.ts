/** What a page and the frame in which ipyvolume draws say to each other. */
import type { Incoming } from "../../pages/_channels";

/** The states on the ground's two sides, in the order of their places. */
export interface Names {
  adults: readonly string[];
  children: readonly string[];
}

export type ToFrame =
  /** Draw the figure of that id. */
  | { kind: "draw"; figure: string; names: Names }
  /** The kernel said something to one of its widgets. */
  | { kind: "heard"; message: Incoming }
  /** Which of the paths are to be seen, in the order in which they are drawn. */
  | { kind: "show"; shown: readonly boolean[] }
  /** Where the film is: what the grown-up does, what the child does, and time, each from -1 to 1. */
  | { kind: "now"; at: readonly [number, number, number] | null };

export type FromFrame =
  | { kind: "ready" }
  /** Something for the kernel, from a widget. */
  | { kind: "say"; id: string; data: unknown }
  | { kind: "drawn" }
  | { kind: "failed"; why: string };
