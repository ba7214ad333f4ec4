/** The anywidget module of Player, Tagger and Workbench. */
import { h, render } from "preact";
import { shared } from "./film/registry";
import { listen } from "./keys/handler";
import { bindToPage } from "./widget/bind";
import type { RenderContext } from "./widget/model";
import { borrowSession } from "./widget/session";
import { ClipsView, PlayerView, RatingView, TaggerView, WorkbenchView } from "./widget/Views";

/** Named by its own content; the build writes it. */
declare const __BUILD__: string;

const VIEWS = {
  player: PlayerView,
  tagger: TaggerView,
  workbench: WorkbenchView,
  rating: RatingView,
  clips: ClipsView,
};

/** Links the styles once, where they are served rather than sent. */
export function styles(url: string): void {
  if (document.querySelector(`link[href="${CSS.escape(url)}"], link[href$="${url.split("/").pop()}"]`))
    return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

function show({ model, el }: RenderContext): () => void {
  if (model.get("_kind") === "workbench" && !("id" in model.get("_film"))) return bindToPage({ model, el });
  const { session, release } = borrowSession(model);
  const root = document.createElement("div");
  root.className = "vig vig-widget";
  // The keys are the widget's while the focus is inside it; JupyterLab then leaves them alone.
  root.tabIndex = -1;
  root.dataset.lmSuppressShortcuts = "true";
  root.setAttribute("aria-label", "Film and lanes");
  const focus = (event: Event) => {
    const target = event.target as HTMLElement | null;
    if (!target?.closest("button, input, select, textarea, a, dialog")) root.focus({ preventScroll: true });
  };
  root.addEventListener("pointerdown", focus);
  render(h(VIEWS[model.get("_kind")], { session, model }), root);
  el.append(root);
  const stop = listen(root, session);
  return () => {
    stop();
    render(null, root);
    root.remove();
    release();
  };
}

/**
 * A notebook loads this module once for each widget class, or more often; widgets that share a clock must share its
 * signals too, so the first one loaded of a build renders for all.
 */
const renderers = shared().renderers;
renderers[__BUILD__] ??= show as (context: unknown) => () => void;
const first = renderers[__BUILD__] ?? show;

export default { render: (context: RenderContext) => first(context) };
