/**
 * The feedback page's script: the review player takes the place of the plain film, and each moment plays in it.
 * Without it the page still reads whole, the film has the browser's own controls, and moments can be linked to.
 */
import { mountReview, type ReviewOptions } from "../review/mount";
import { momentAt, type Stretch, stretchOf } from "./_moments";
import { playPlain } from "./_plain";

/** What a moment is played in: the review player, or the plain film until (or if ever) that is there. */
interface Screen {
  play(stretch: Stretch): void;
  show(stretch: Stretch): void;
}

const room = document.getElementById("review");
const boot = document.getElementById("boot")?.textContent;
const said = document.getElementById("review-said");
const links = [...document.querySelectorAll<HTMLAnchorElement>("a[data-start]")];

if (room && boot) start(room, JSON.parse(boot) as ReviewOptions);

function start(element: HTMLElement, options: ReviewOptions): void {
  let screen = plainScreen(element);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      const stretch = stretchOf(link.hash, options.film.duration);
      if (stretch) {
        point(link);
        bringIntoView(element);
        screen.play(stretch);
      }
    });
  }
  addEventListener("hashchange", () => arrive(screen, options.film.duration));
  mountReview(element, options).then(
    (review) => {
      screen = {
        play: ({ start, end }) => review.seekAndPlay(start, end),
        show: ({ start }) => review.seek(start),
      };
      arrive(screen, options.film.duration);
    },
    () => arrive(screen, options.film.duration),
  );
}

/** Goes to the moment that the address names, without playing: whoever opens a link decides when it sounds. */
function arrive(screen: Screen, duration: number): void {
  const stretch = stretchOf(location.hash, duration);
  if (!stretch) return;
  const link = momentAt(stretch, links);
  if (link) point(link);
  screen.show(stretch);
}

function point(link: HTMLAnchorElement): void {
  for (const other of links) other.removeAttribute("aria-current");
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
