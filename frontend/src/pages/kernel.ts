/**
 * The page's line to its notebook's kernel. It is loaded last: film and tagging neither need it nor wait for it.
 *
 * Only anywidget models are bound, and only what they need of Jupyter's protocol is spoken: comm messages over one
 * WebSocket. Widgets of other packages need Jupyter's own manager, which this page does not carry.
 */
import { openChannels } from "./_channels";
import { leave, lineOf, show } from "./_kernel";
import { KernelModel } from "./_model";

const line = lineOf();
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
    model.once("ready", () => void show(line, model, place));
  }
  comm.hear = (message) => models.get(message.id)?.take(message);
  comm.opened = () => {
    for (const id of models.keys()) comm.say(id, { method: "request_state" });
  };
  const xsrf = (JSON.parse(document.getElementById("boot")?.textContent ?? "{}") as { xsrf?: string }).xsrf;
  leave(line, comm, xsrf ?? "");
}
