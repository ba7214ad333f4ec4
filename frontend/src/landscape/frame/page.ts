/** The page's side of the frame: it opens it, hands it the kernel's words, and carries back what it wants to say. */
import type { Comm, Incoming } from "../../pages/_channels";
import type { FromFrame, Names, ToFrame } from "./wire";

export interface Figure {
  element: HTMLIFrameElement;
  hear(message: Incoming): void;
  show(shown: readonly boolean[]): void;
  /** Marks where the film is; null where the path is not. */
  now(at: readonly [number, number, number] | null): void;
}

interface FigureOptions {
  url: string;
  /** The figure's model. */
  model: string;
  names: Names;
  comm: Comm;
  drawn(): void;
  failed(why: string): void;
}

export function openFigure({ url, model, names, comm, drawn, failed }: FigureOptions): Figure {
  const element = document.createElement("iframe");
  // No origin: what runs there reaches neither this page nor the session.
  element.setAttribute("sandbox", "allow-scripts");
  element.title = "The landscape, to be turned";
  element.src = url;
  const waiting: ToFrame[] = [];
  let ready = false;
  const tell = (message: ToFrame) => {
    if (ready) element.contentWindow?.postMessage(message, "*");
    else waiting.push(message);
  };
  addEventListener("message", ({ source, data }: MessageEvent<FromFrame>) => {
    if (source !== element.contentWindow || typeof data !== "object" || data === null) return;
    if (data.kind === "say") comm.say(String(data.id), data.data);
    else if (data.kind === "drawn") drawn();
    else if (data.kind === "failed") failed(String(data.why));
    else if (data.kind === "ready") {
      ready = true;
      for (const message of waiting.splice(0)) tell(message);
    }
  });
  tell({ kind: "draw", figure: model, names });
  return {
    element,
    // ipyvolume reads each buffer from its beginning to its end, so each has one of its own.
    hear: (message) => tell({ kind: "heard", message: { ...message, buffers: message.buffers.map(alone) } }),
    show: (shown) => tell({ kind: "show", shown }),
    now: (at) => tell({ kind: "now", at }),
  };
}

const alone = ({ buffer, byteOffset, byteLength }: DataView): DataView =>
  new DataView(buffer.slice(byteOffset, byteOffset + byteLength));
