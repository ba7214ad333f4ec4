/** The landscape on a page: it turns under the hand and by the arrow keys, and a point of it plays in the film. */
import { shortTime } from "../model/time";
import { draw, type Frame, frameOf, type Ink } from "./draw";
import { type Landscape, pick, said, turned, USUAL, type View, type Visit } from "./space";

export interface LandscapeOptions {
  /** Whose landscapes there are, under what they are called on their button. */
  lands: readonly (readonly [name: string, land: Landscape])[];
  play(start: number, end: number): void;
}

export interface MountedLandscape {
  /** Marks where the film is. */
  show(moment: number): void;
}

const HEIGHT = 560;
/** How near one must point, in CSS pixels. */
const NEAR = 24;
/** How far a hand may move and still have clicked. */
const STILL = 5;
const STEP = 0.12;

export function mountLandscape(place: HTMLElement, { lands, play }: LandscapeOptions): MountedLandscape {
  const canvas = document.createElement("canvas");
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  const says = paragraph("landscape-says soft");
  says.setAttribute("role", "status");
  const list = document.createElement("details");
  list.className = "more";
  const state = { land: lands[0]?.[1] as Landscape, view: { ...USUAL } as View, moment: 0, pointed: -1 };
  let waiting = false;

  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      paint(canvas, state);
    });
  };
  const point = (visit: Visit | null) => {
    state.pointed = visit ? state.land.visits.indexOf(visit) : -1;
    says.textContent = visit
      ? `${shortTime(visit[0])} – ${shortTime(visit[1])}: ${said(visit, state.land)}`
      : HINT;
    redraw();
  };
  const choose = (land: Landscape) => {
    state.land = land;
    canvas.setAttribute(
      "aria-label",
      `${land.visits.length} stretches; the list below has the same in words`,
    );
    listOf(list, land, play);
    point(null);
  };

  const under = (event: PointerEvent): Visit | null => {
    const box = canvas.getBoundingClientRect();
    const frame = frameOf(box.width, box.height);
    const found = pick(
      state.land,
      state.view,
      (event.clientX - box.left - frame.x) / frame.size,
      (event.clientY - box.top - frame.y) / frame.size,
    );
    return found && found.off * frame.size < NEAR ? found.visit : null;
  };
  turnByHand(canvas, {
    turn: (by, up) => {
      state.view = turned(state.view, by, up);
      redraw();
    },
    over: (event) => point(under(event)),
    click: (event) => {
      const visit = under(event);
      point(visit);
      if (visit) play(visit[0], visit[1]);
    },
  });
  canvas.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[
      event.key
    ];
    if (!way) return;
    event.preventDefault();
    // The page's own keys step through the film; here they turn.
    event.stopPropagation();
    state.view = turned(state.view, way[0] as number, way[1] as number);
    redraw();
  });
  new ResizeObserver(redraw).observe(canvas);
  place.replaceChildren(chips(lands, choose), canvas, says, list);
  choose(state.land);
  return {
    show(moment) {
      state.moment = moment;
      redraw();
    },
  };
}

const HINT = "Drag to turn it, or use the arrow keys; choose a stretch to play it.";

function paragraph(name: string): HTMLParagraphElement {
  const made = document.createElement("p");
  made.className = name;
  return made;
}

/** A button for each landscape, where there are several. */
function chips(lands: LandscapeOptions["lands"], choose: (land: Landscape) => void): HTMLElement {
  const row = document.createElement("div");
  row.className = "landscape-who";
  if (lands.length < 2) return row;
  const buttons = lands.map(([name, land], i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = name;
    button.setAttribute("aria-pressed", String(i === 0));
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      choose(land);
    });
    return button;
  });
  row.append(...buttons);
  return row;
}

/** The same in words, for those who do not look, or cannot turn it. */
function listOf(details: HTMLElement, land: Landscape, play: LandscapeOptions["play"]): void {
  const summary = document.createElement("summary");
  summary.textContent = "The same as a list";
  const list = document.createElement("ol");
  list.className = "landscape-list";
  for (const visit of land.visits) {
    if (visit[2] === 0 && visit[3] === 0) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = shortTime(visit[0]);
    button.setAttribute("aria-label", `Play ${shortTime(visit[0])}, ${said(visit, land)}`);
    button.addEventListener("click", () => play(visit[0], visit[1]));
    const row = document.createElement("li");
    row.append(button, ` ${said(visit, land)}`);
    list.append(row);
  }
  details.replaceChildren(summary, list);
}

function paint(canvas: HTMLCanvasElement, scene: Parameters<typeof draw>[1]): void {
  const pen = canvas.getContext("2d");
  const width = canvas.clientWidth;
  if (!pen || !width) return;
  const fine = devicePixelRatio || 1;
  const height = Math.min(HEIGHT, Math.max(300, width * 0.8));
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * fine);
  canvas.height = Math.round(height * fine);
  pen.setTransform(fine, 0, 0, fine, 0, 0);
  const frame: Frame = frameOf(width, height);
  draw(pen, scene, frame, inkOf(canvas));
}

function inkOf(element: HTMLElement): Ink {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue(`--vig-${name}`).trim();
  return {
    ink: of("ink"),
    soft: of("ink-soft"),
    line: of("line"),
    accent: of("accent"),
    now: of("now"),
    card: of("card"),
  };
}

interface Hand {
  turn(by: number, up: number): void;
  over(event: PointerEvent): void;
  click(event: PointerEvent): void;
}

function turnByHand(canvas: HTMLCanvasElement, hand: Hand): void {
  let from: { x: number; y: number; moved: number } | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    from = { x: event.clientX, y: event.clientY, moved: 0 };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return hand.over(event);
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    from = { x: event.clientX, y: event.clientY, moved: from.moved + Math.abs(dx) + Math.abs(dy) };
    hand.turn(dx / 160, dy / 160);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (from && from.moved < STILL) hand.click(event);
    from = null;
  });
  canvas.addEventListener("pointercancel", () => {
    from = null;
  });
}
