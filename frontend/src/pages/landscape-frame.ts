/**
 * The frame in which ipyvolume draws. It has no origin, no cookies and no network but for its own scripts: all that it
 * knows of the kernel comes from the page around it, and goes back there.
 */
import * as base from "@jupyter-widgets/base";
import { Shelf } from "../landscape/frame/amd";
import {
  chooseByHand,
  type FigureView,
  fill,
  hideAxisNames,
  leaveWheel,
  nameGround,
  showPaths,
  stepBack,
  turnByKeys,
} from "../landscape/frame/figure";
import { Manager } from "../landscape/frame/manager";
import type { FromFrame, ToFrame } from "../landscape/frame/wire";

const shelf = new Shelf();
const manager = new Manager(shelf, (id, data) => tell({ kind: "say", id, data }));
let shown: readonly boolean[] | null = null;
let figure: base.DOMWidgetModel | null = null;
let mark: ReturnType<typeof nameGround> = () => {};

function tell(message: FromFrame): void {
  // The page cannot be named from here: this frame has no origin, and does not learn the page's. It is shown in no
  // other house's page, by its policy.
  parent.postMessage(message, "*");
}

addEventListener("message", ({ source, data }: MessageEvent<ToFrame>) => {
  if (source !== parent) return;
  if (data.kind === "heard") manager.hear(data.message);
  else if (data.kind === "draw") draw(data).catch((error) => tell({ kind: "failed", why: String(error) }));
  else if (data.kind === "show") {
    shown = data.shown;
    if (figure) showPaths(figure, shown);
  } else if (data.kind === "now") mark(data.at);
});

async function load(): Promise<void> {
  shelf.put("@jupyter-widgets/base", base);
  const modules = JSON.parse(document.getElementById("modules")?.textContent ?? "{}") as Record<
    string,
    string
  >;
  // One needs the other, in the order of the list.
  for (const [name, url] of Object.entries(modules)) await shelf.load(name, url);
}

async function draw({ figure: id, names }: ToFrame & { kind: "draw" }): Promise<void> {
  await loaded;
  const model = (await manager.get_model(id)) as base.DOMWidgetModel;
  fill(model);
  hideAxisNames(model);
  const view = (await manager.create_view(model)) as unknown as FigureView;
  document.body.append(view.el);
  view.trigger("displayed");
  stepBack(view);
  turnByKeys(view);
  leaveWheel();
  chooseByHand(view);
  mark = nameGround(view, names);
  figure = model;
  if (shown) showPaths(model, shown);
  tell({ kind: "drawn" });
}

const loaded = load();
loaded.then(
  () => tell({ kind: "ready" }),
  (error) => tell({ kind: "failed", why: String(error) }),
);
