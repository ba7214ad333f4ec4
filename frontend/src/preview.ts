/** The anywidget module of ScriptPreview: a film script with the picture of any moment beside it. */
import { h, render } from "preact";
import { Desk } from "./preview/desk";
import { Line, type PreviewModel } from "./preview/line";
import { Preview } from "./preview/Preview";

function show({ model, el }: { model: PreviewModel; el: HTMLElement }): () => void {
  const desk = new Desk(new Line(model), model.get("_text"), model.get("_name"));
  const root = document.createElement("div");
  root.className = "vig vig-preview";
  // The keys are the editor's while the focus is inside it; JupyterLab then leaves them alone.
  root.dataset.lmSuppressShortcuts = "true";
  render(h(Preview, { desk }), root);
  el.append(root);
  desk.begin();
  return () => {
    desk.end();
    render(null, root);
    root.remove();
  };
}

export default { render: show };
