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
  for (const [language, url] of Object.entries(files.captions ?? {})) {
    if ([...video.querySelectorAll("track")].some((track) => track.srclang === language)) continue;
    const track = document.createElement("track");
    Object.assign(track, { kind: "captions", srclang: language, src: url, label: language });
    video.append(track);
  }
  if (!video.getAttribute("src") && files.proxy) video.src = files.proxy;
}
