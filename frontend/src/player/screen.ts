/** Makes a video element ready to be a screen. */
import type { FilmFiles } from "../boot";
import type { Film } from "../contract";

export function dress(video: HTMLVideoElement, film: Film, files: FilmFiles): void {
  video.classList.add("vig-video");
  video.playsInline = true;
  video.controls = false;
  video.disablePictureInPicture = true;
  video.preload = "auto";
  video.setAttribute("aria-label", film.title);
  if (files.poster && !video.poster) video.poster = files.poster;
  addTracks(video, "captions", files.captions);
  addTracks(video, "descriptions", files.descriptions);
  if (!video.getAttribute("src") && files.proxy) video.src = files.proxy;
}

function addTracks(
  video: HTMLVideoElement,
  kind: "captions" | "descriptions",
  urls: Record<string, string> = {},
): void {
  const there = [...video.querySelectorAll("track")].filter((track) => track.kind === kind);
  for (const [language, url] of Object.entries(urls)) {
    if (there.some((track) => track.srclang === language)) continue;
    const track = document.createElement("track");
    Object.assign(track, { kind, srclang: language, src: url, label: language });
    video.append(track);
  }
}
