/** What every page with a kernel does: it knows its line, shows anywidgets, and ends the kernel when it is left. */
import type { Comm } from "./_channels";
import type { KernelModel, Module } from "./_model";

/** What the page says of its kernel; without an id there is none. */
export interface Line {
  id: string;
  channels: string;
  end: string;
  module: string;
}

export const lineOf = (): Line => JSON.parse(document.getElementById("kernel")?.textContent ?? "{}") as Line;

export async function show(line: Line, model: KernelModel, el: HTMLElement): Promise<void> {
  const module = (await import(/* @vite-ignore */ new URL(line.module, location.href).href)) as Module;
  await module.default.initialize?.({ model });
  await module.default.render?.({ model, el });
}

/** The kernel is this page's alone: it goes when the page goes. */
export function leave(line: Line, comm: Comm, xsrf: string): void {
  addEventListener("pagehide", (event) => {
    if (event.persisted) return;
    comm.close();
    navigator.sendBeacon(line.end, new URLSearchParams({ _xsrf: xsrf }));
  });
}
