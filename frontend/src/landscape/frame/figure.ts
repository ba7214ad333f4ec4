/** ipyvolume's figure in its frame: as large as the frame, turned by keys too, with names on the ground's sides. */
import type { DOMWidgetModel, DOMWidgetView, WidgetModel } from "@jupyter-widgets/base";
import { axis } from "../space";
import type { Names } from "./wire";

/** What is used of a three.js camera. */
interface Camera {
  position: { x: number; y: number; z: number; set(x: number, y: number, z: number): void };
  lookAt(x: number, y: number, z: number): void;
  updateMatrixWorld(): void;
  projectionMatrix: { elements: number[] };
  matrixWorldInverse: { elements: number[]; getInverse(of: unknown): void };
  matrixWorld: unknown;
}

/** What is used of ipyvolume's view. */
export interface FigureView extends DOMWidgetView {
  camera: Camera;
  canvas_container: HTMLElement;
  renderer: { domElement: HTMLCanvasElement };
  update(): void;
  _real_update(): void;
  readId(x: number, y: number): number;
  on_id_click(id: number, x: number, y: number): void;
}

/** From which width on, as a share of the height, there is room for the names. */
const WIDE = 1.15;
const STEP = 0.12;
const STEEPEST = 1.45;
/** How far a finger may move and still have chosen, and how near to a point, in CSS pixels. */
const STILL = 8;
const NEAR = 22;
/** How far outside of the ground its names stand, and what the sides are called, where the ground ends at 1. */
const OUTSIDE = 1.12;
const FURTHER = 1.12;

/** Makes the figure as large as the frame, now and whenever that changes. */
export function fill(model: DOMWidgetModel): void {
  const grow = () => model.set({ width: innerWidth, height: innerHeight });
  addEventListener("resize", grow);
  grow();
}

/** Steps back where the frame is narrow, so that the names on both sides have room. */
export function stepBack(view: FigureView): void {
  const { position } = view.camera;
  const far = Math.max(1, WIDE / (innerWidth / innerHeight));
  position.set(position.x * far, position.y * far, position.z * far);
}

/** Turns the figure by the arrow keys; time stays upright. */
export function turnByKeys(view: FigureView): void {
  view.el.tabIndex = 0;
  view.el.setAttribute("role", "img");
  view.el.setAttribute(
    "aria-label",
    "The landscape; the arrow keys turn it, and the list has its points as buttons",
  );
  addEventListener("keydown", (event) => {
    const way = { ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0], ArrowUp: [0, STEP], ArrowDown: [0, -STEP] }[
      event.key
    ];
    if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    turn(view, way[0] as number, way[1] as number);
  });
}

function turn(view: FigureView, by: number, up: number): void {
  const { position } = view.camera;
  const far = Math.hypot(position.x, position.y, position.z);
  const round = Math.atan2(position.x, position.z) + by;
  const tilt = Math.min(Math.max(Math.asin(position.y / far) + up, -STEEPEST), STEEPEST);
  const flat = far * Math.cos(tilt);
  position.set(flat * Math.sin(round), far * Math.sin(tilt), flat * Math.cos(round));
  view.camera.lookAt(0, 0, 0);
  view.update();
}

/** Leaves the wheel to the page round the frame; with Ctrl, or two fingers on a pad, it brings nearer. */
export function leaveWheel(): void {
  addEventListener("wheel", (event) => event.ctrlKey || event.stopPropagation(), { capture: true });
}

/** Hides what ipyvolume writes at its axes: the names stand there. */
export function hideAxisNames(model: DOMWidgetModel): void {
  const style = structuredClone(model.get("style")) as { axes?: { label?: object } };
  model.set("style", { ...style, axes: { ...style.axes, label: { ...style.axes?.label, visible: false } } });
}

/** Lets a finger choose: ipyvolume knows the mouse alone, and only the very point. */
export function chooseByHand(view: FigureView): void {
  const canvas = view.renderer.domElement;
  let from: { x: number; y: number; touch: boolean } | null = null;
  canvas.addEventListener("pointerdown", ({ offsetX: x, offsetY: y, pointerType }) => {
    from = { x, y, touch: pointerType !== "mouse" };
  });
  canvas.addEventListener("pointerup", ({ offsetX: x, offsetY: y }) => {
    const still = from && Math.hypot(x - from.x, y - from.y) < STILL;
    // What lies exactly under a mouse, ipyvolume has seen itself when it was pressed.
    const seen = from && !from.touch && isPoint(view, x, y);
    from = null;
    if (!still || seen) return;
    const near = nearest(view, x, y);
    if (near) view.on_id_click(view.readId(near.x, near.y), near.x, near.y);
  });
}

/** The background's number has all bits set, or none. */
function isPoint(view: FigureView, x: number, y: number): boolean {
  const id = view.readId(x, y);
  return id !== 0 && id !== 0xffffff;
}

function nearest(view: FigureView, x: number, y: number): { x: number; y: number } | null {
  for (let off = 0; off <= NEAR; off += 3)
    for (let part = 0; part < Math.max(1, off * 2); part++) {
      const angle = (part / Math.max(1, off * 2)) * 2 * Math.PI;
      const there = { x: x + off * Math.cos(angle), y: y + off * Math.sin(angle) };
      if (isPoint(view, there.x, there.y)) return there;
    }
  return null;
}

type Place = readonly [x: number, y: number, z: number];

/**
 * Writes the states' names beside the ground, on the sides that are turned to the eye, and marks where the film is.
 * Returns the way to say where that is.
 */
export function nameGround(view: FigureView, names: Names): (at: Place | null) => void {
  const layer = document.createElement("div");
  layer.className = "names";
  layer.setAttribute("aria-hidden", "true");
  view.canvas_container.append(layer);
  const labels = labelsOf(layer, names);
  const mark = labelOf(layer, "", "is-now");
  let now: Place | null = null;
  const place = () => {
    const { position } = view.camera;
    const side = { x: position.x < 0 ? -1 : 1, z: position.z < 0 ? -1 : 1 };
    const [middle] = onScreen(view, [0, -1, 0]);
    for (const { label, at, row } of labels) {
      const [left, top] = onScreen(view, at(side));
      // Away from the ground, whatever the length of the name: all of a side's to the same hand.
      const from = onScreen(view, row(side))[0] < middle ? "-100%" : "0";
      label.style.transform = `translate(${from}, -50%) translate(${left}px, ${top}px)`;
    }
    mark.hidden = now === null;
    if (!now) return;
    const [left, top] = onScreen(view, [now[0], now[2], now[1]]);
    mark.style.transform = `translate(-50%, -50%) translate(${left}px, ${top}px)`;
  };
  const real = view._real_update.bind(view);
  view._real_update = () => {
    real();
    place();
  };
  view.update();
  return (at) => {
    now = at;
    place();
  };
}

interface Side {
  x: number;
  z: number;
}

/** A name, where it stands when the eye is on that side, and the middle of the row that it stands in. */
interface Label {
  label: HTMLElement;
  at(side: Side): Place;
  row(side: Side): Place;
}

function labelsOf(layer: HTMLElement, { adults, children }: Names): Label[] {
  const adult = ({ z }: Side): Place => [0, -1, z * OUTSIDE];
  const child = ({ x }: Side): Place => [x * OUTSIDE, -1, 0];
  const corner = (): Place => [-1, 1.12, -1];
  const side = (name: string) => labelOf(layer, name, "is-side");
  const across = (name: string, x: number): Label => ({
    label: labelOf(layer, name),
    at: ({ z }) => [x, -1, z * OUTSIDE],
    row: adult,
  });
  const away = (name: string, z: number): Label => ({
    label: labelOf(layer, name),
    at: ({ x }) => [x * OUTSIDE, -1, z],
    row: child,
  });
  return [
    { label: side("time ↑"), at: corner, row: corner },
    ...adults.map((name, i) => across(name, axis(i, adults.length))),
    ...children.map((name, i) => away(name, axis(i, children.length))),
    { label: side("the grown-up"), at: ({ x, z }) => [-x * FURTHER, -1, z * OUTSIDE], row: adult },
    { label: side("the child"), at: ({ x, z }) => [x * OUTSIDE, -1, -z * FURTHER], row: child },
  ];
}

function labelOf(layer: HTMLElement, name: string, kind = ""): HTMLElement {
  const label = document.createElement("span");
  label.className = kind;
  label.textContent = name;
  layer.append(label);
  return label;
}

/** Lays a point of the landscape, each axis from -1 to 1, onto the frame. */
function onScreen(view: FigureView, [x, y, z]: Place): [number, number] {
  const { camera } = view;
  const [cx, cy, cz] = view.model.get("camera_center") as Place;
  camera.updateMatrixWorld();
  camera.matrixWorldInverse.getInverse(camera.matrixWorld);
  // ipyvolume's box is one wide, and stands in the middle.
  const seen = times(camera.matrixWorldInverse.elements, [x / 2 - cx, y / 2 - cy, z / 2 - cz, 1]);
  const [across, up, , away] = times(camera.projectionMatrix.elements, seen) as [
    number,
    number,
    number,
    number,
  ];
  const { clientWidth, clientHeight } = view.renderer.domElement;
  return [((across / away + 1) / 2) * clientWidth, ((1 - up / away) / 2) * clientHeight];
}

/** A matrix of three.js, column by column, times a vector. */
function times(matrix: readonly number[], vector: readonly number[]): number[] {
  return [0, 1, 2, 3].map((row) =>
    vector.reduce((sum, value, column) => sum + (matrix[column * 4 + row] ?? 0) * value, 0),
  );
}

/** Shows some paths and hides the others: each is two scatters, its line and its points; the ground stays. */
export function showPaths(model: WidgetModel, shown: readonly boolean[]): void {
  const scatters = model.get("scatters") as WidgetModel[];
  shown.forEach((on, path) => {
    for (const scatter of scatters.slice(2 * path, 2 * path + 2)) scatter.set("visible", on);
  });
}
