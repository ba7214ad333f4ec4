/**
 * The landscape's page. At once there are the film, a drawing of our own and the list; when the kernel has drawn its
 * figure with ipyvolume, that takes the drawing's place. Whoever waits for no kernel misses nothing that is told.
 */
import { effect } from "@preact/signals";
import { registerBench } from "../film/registry";
import { type Figure, openFigure } from "../landscape/frame/page";
import { mountLandscape } from "../landscape/mount";
import { at, type Landscape } from "../landscape/space";
import { type MountedReview, mountReview, type ReviewOptions } from "../review/mount";
import { openChannels } from "./_channels";
import { leave, lineOf, show } from "./_kernel";
import { KernelModel } from "./_model";
import { playPlain } from "./_plain";

interface Page {
  /** The name under which the kernel's widget finds the film. */
  film: string;
  /** Where the frame is for the figure; empty where ipyvolume is not installed. */
  figure: string;
  xsrf: string;
}

const read = <Data>(id: string) => JSON.parse(document.getElementById(id)?.textContent ?? "null") as Data;
const room = document.getElementById("review");
const place = document.getElementById("landscape");
const says = document.getElementById("drawn-by");
const page = read<Page>("page");
const lands = read<{ own?: Landscape; expert?: Landscape }>("landscape-data");
/** In the order in which the kernel draws them. */
const paths = [lands.own, lands.expert].filter((land) => land !== undefined);
let review: MountedReview | null = null;
let figure: Figure | null = null;

if (room && place) start(room, place);

function start(film: HTMLElement, side: HTMLElement): void {
  const options = read<ReviewOptions>("boot");
  const play = (from: number, to: number) => {
    bringIntoView(film);
    const video = film.querySelector("video");
    if (review) review.seekAndPlay(from, to);
    else if (video) playPlain(video, { start: from, end: to });
  };
  const own = (options.names?.own ?? "You saw").replace(/^You /, "you ");
  const names = paths.map((land) => (land === lands.own ? `As ${own} it` : "As the expert saw it"));
  const drawing = mountLandscape(side, { lands: paths.map((land, i) => [names[i] ?? "", land]), play });
  if (says) side.querySelector("details")?.before(says);
  // Where all is one column, a long list would push everything else away.
  if (matchMedia("(min-width: 1001px)").matches) side.querySelector("details")?.setAttribute("open", "");
  // What somebody saw is not to be changed here: the kernel's widget only ever plays.
  registerBench(page.film, {
    tags: () => [],
    subscribe: () => () => {},
    seek: (moment) => review?.seek(moment),
    playStretch: play,
  });
  void mountReview(film, { ...options, alone: true }).then((mounted) => {
    review = mounted;
    effect(() => {
      const moment = mounted.session.clock.time.value;
      drawing.show(moment);
      mark(moment);
    });
  });
  // The page is whole when the kernel has run its notebook; what is above does not wait for that.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => connect(side));
  else connect(side);
}

/** Marks where the film is, on the path that is shown; where both are, on the first. */
function mark(moment: number): void {
  const path = paths[Math.max(0, shown().indexOf(true))];
  figure?.now(path ? at(path, moment) : null);
}

function connect(side: HTMLElement): void {
  const line = lineOf();
  const places = [...document.querySelectorAll<HTMLElement>("[data-model]")];
  if (!line.id || places.length < 2 || !page.figure) return stay();
  const [film, drawn] = places as [HTMLElement, HTMLElement];
  const comm = openChannels(line.channels, rest);
  const id = film.dataset.model ?? "";
  const model = new KernelModel((data) => comm.say(id, data));
  model.once("ready", () => void show(line, model, film));
  const opened = openFigure({
    url: page.figure,
    model: drawn.dataset.model ?? "",
    names: paths[0] as Landscape,
    comm,
    drawn: () => take(side, opened),
    failed: stay,
  });
  comm.hear = (message) => {
    if (message.id === id) model.take(message);
    else opened.hear(message);
  };
  comm.opened = () => comm.say(id, { method: "request_state" });
  side.querySelector("canvas")?.after(opened.element);
  leave(line, comm, page.xsrf);
}

/** The figure takes the drawing's place; from now on both paths can be seen over one ground. */
function take(side: HTMLElement, opened: Figure): void {
  figure = opened;
  side.classList.add("is-figure");
  if (says)
    says.textContent =
      "Drawn by ipyvolume. Drag to turn it, or use the arrow keys; with Ctrl the wheel brings it nearer. Choose a point to play it.";
  const row = side.querySelector<HTMLElement>(".landscape-who");
  const others = [...(row?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
  if (row && others.length > 1) {
    const both = document.createElement("button");
    both.type = "button";
    both.className = "chip";
    both.textContent = "Both";
    row.prepend(both);
    for (const button of [both, ...others])
      button.addEventListener("click", () => {
        for (const other of [both, ...others]) other.setAttribute("aria-pressed", String(other === button));
        opened.show(shown());
        mark(review?.session.clock.time.value ?? 0);
      });
    both.click();
  }
  mark(review?.session.clock.time.value ?? 0);
}

/** Which paths are chosen: by their buttons, where there are several. */
function shown(): boolean[] {
  const buttons = [...(place?.querySelectorAll(".landscape-who button") ?? [])];
  const chosen = buttons.findIndex((button) => button.getAttribute("aria-pressed") === "true");
  if (buttons.length <= paths.length) return paths.map((_, i) => chosen < 0 || i === chosen);
  return paths.map((_, i) => chosen <= 0 || i === chosen - 1);
}

/** No kernel, or no WebGL: the drawing that is there stays. */
function stay(why = ""): void {
  if (why) console.warn("The figure:", why);
  if (says) says.textContent = "The figure of ipyvolume is not there; this drawing shows the same.";
}

/** The kernel has gone: what it drew can still be turned, and the list plays. */
function rest(): void {
  if (says)
    says.textContent =
      "The notebook behind this page is resting. The list still plays each stretch; reload the page to choose in the figure again.";
}

function bringIntoView(element: HTMLElement): void {
  const film = element.querySelector("video") ?? element;
  const box = film.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) film.scrollIntoView({ block: "start" });
}
