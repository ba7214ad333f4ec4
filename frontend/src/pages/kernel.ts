/**
 * The page's line to its notebook's kernel. It is loaded last: film and tagging neither need it nor wait for it.
 *
 * Only anywidget models are bound, and only what they need of Jupyter's protocol is spoken: comm messages over one
 * WebSocket. Widgets of other packages need Jupyter's own manager, which this page does not carry.
 */
import { type Comm, openChannels } from "./_channels";
import { KernelModel, type Module } from "./_model";

interface Line {
  id: string;
  channels: string;
  end: string;
  module: string;
}

const line = JSON.parse(document.getElementById("kernel")?.textContent ?? "{}") as Line;
const places = [...document.querySelectorAll<HTMLElement>("[data-model]")];
if (line.id) connect();
else rest();

/** Says quietly that the notebook is not there; nothing that the page keeps depends on it. */
function rest(): void {
  const note = document.getElementById("kernel-note");
  if (note) note.hidden = false;
}

function connect(): void {
  const comm = openChannels(line.channels, rest);
  const models = new Map<string, KernelModel>();
  for (const place of places) {
    const id = place.dataset.model ?? "";
    const model = new KernelModel((data) => comm.say(id, data));
    models.set(id, model);
    model.once("ready", () => void show(model, place));
  }
  comm.hear = (message) => models.get(message.id)?.take(message);
  comm.opened = () => {
    for (const id of models.keys()) comm.say(id, { method: "request_state" });
  };
  leave(comm);
}

async function show(model: KernelModel, el: HTMLElement): Promise<void> {
  const module = (await import(/* @vite-ignore */ new URL(line.module, location.href).href)) as Module;
  await module.default.initialize?.({ model });
  await module.default.render?.({ model, el });
}

/** The kernel is this page's alone: it goes when the page goes. */
function leave(comm: Comm): void {
  const xsrf = (JSON.parse(document.getElementById("boot")?.textContent ?? "{}") as { xsrf?: string }).xsrf;
  addEventListener("pagehide", (event) => {
    if (event.persisted) return;
    comm.close();
    navigator.sendBeacon(line.end, new URLSearchParams({ _xsrf: xsrf ?? "" }));
  });
}
