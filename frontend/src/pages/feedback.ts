/**
 * The feedback page's script: the review player takes the place of the plain film, and each moment plays in it.
 * Without it the page still reads whole, the film has the browser's own controls, and moments can be linked to.
 */
import { effect } from "@preact/signals";
import { mountLandscape } from "../landscape/mount";
import type { Landscape } from "../landscape/space";
import { type MountedReview, mountReview, type ReviewOptions } from "../review/mount";
import { listsAt } from "./_lists";
import { momentAt, type Stretch, stretchOf } from "./_moments";
import { chooseOtherwise } from "./_otherwise";
import { playPlain } from "./_plain";
import { fetchSides, showTolerance } from "./_sides";

/** What a moment is played in: the review player, or the plain film until (or if ever) that is there. */
interface Screen {
  play(stretch: Stretch): void;
  show(stretch: Stretch): void;
}

const room = document.getElementById("review");
const boot = document.getElementById("boot")?.textContent;
const said = document.getElementById("review-said");
/** The links that play a moment: they change with the slider. */
const links = () => [...document.querySelectorAll<HTMLAnchorElement>("a[data-start]")];

document.addEventListener("click", chooseOtherwise);
if (room && boot) start(room, JSON.parse(boot) as ReviewOptions);

function start(element: HTMLElement, options: ReviewOptions): void {
  let screen = plainScreen(element);
  document.addEventListener("click", (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-start]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    const stretch = stretchOf(link.hash, options.film.duration);
    if (stretch) {
      point(link);
      bringIntoView(element);
      screen.play(stretch);
    }
  });
  const land = landscape(element, (stretch) => screen.play(stretch), options.names?.own);
  const sides = sidesOf();
  addEventListener("hashchange", () => arrive(screen, options.film.duration));
  mountReview(element, options).then(
    (review) => {
      screen = {
        play: ({ start, end }) => review.seekAndPlay(start, end),
        show: ({ start }) => review.seek(start),
      };
      arrive(screen, options.film.duration);
      follow(review, land, sides);
    },
    () => arrive(screen, options.film.duration),
  );
}

/** The section with figures; it is fetched at once, so that it is there when the page is printed. */
function sidesOf(): Promise<HTMLElement | null> {
  const place = document.getElementById("agreement");
  return place ? fetchSides(place).then((there) => (there ? place : null)) : Promise.resolve(null);
}

function landscape(element: HTMLElement, play: (stretch: Stretch) => void, own = "You saw") {
  const place = document.getElementById("landscape");
  const data = document.getElementById("landscape-data")?.textContent;
  if (!place || !data) return null;
  const there = JSON.parse(data) as { own?: Landscape; expert?: Landscape };
  const lands: [string, Landscape][] = [];
  if (there.expert) lands.push(["As the expert saw it", there.expert]);
  if (there.own) lands.push([`As ${own.replace(/^You /, "you ")} it`, there.own]);
  return mountLandscape(place, {
    lands,
    play: (start, end) => {
      bringIntoView(element);
      play({ start, end });
    },
  });
}

/** Lets the drawings follow the film, and the slider. */
function follow(
  { session }: MountedReview,
  land: ReturnType<typeof mountLandscape> | null,
  sides: Promise<HTMLElement | null>,
): void {
  const { clock, comparison } = session;
  const lists = document.querySelector<HTMLElement>(".moments");
  if (lists) {
    const show = listsAt(lists, undefined, (paired, edge) => {
      comparison.given.value = paired && { edge, paired };
    });
    effect(() => show(comparison.within.value));
  }
  if (land) effect(() => land.show(clock.time.value));
  void sides.then((place) => {
    if (place)
      effect(() => {
        if (comparison.within.value !== null) showTolerance(place, comparison.within.value);
      });
  });
}

/** Goes to the moment that the address names, without playing: whoever opens a link decides when it sounds. */
function arrive(screen: Screen, duration: number): void {
  const stretch = stretchOf(location.hash, duration);
  if (!stretch) return;
  const link = momentAt(stretch, links());
  if (link) point(link);
  screen.show(stretch);
}

function point(link: HTMLAnchorElement): void {
  for (const other of links()) other.removeAttribute("aria-current");
  link.setAttribute("aria-current", "true");
  link.closest("details")?.setAttribute("open", "");
  if (said) said.textContent = `Playing: ${link.textContent?.replace(/\s+/g, " ").trim() ?? ""}`;
}

function bringIntoView(element: HTMLElement): void {
  const film = element.querySelector("video") ?? element;
  const box = film.getBoundingClientRect();
  if (box.top < 0 || box.bottom > innerHeight) film.scrollIntoView({ block: "start" });
}

function plainScreen(element: HTMLElement): Screen {
  const video = element.querySelector("video");
  return {
    play: (stretch) => video && playPlain(video, stretch),
    show: ({ start }) => {
      if (video) video.currentTime = start / 1_000_000;
    },
  };
}
