/** The film in its dark room: the picture, a bar to scrub, and large calm controls. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Session } from "../workbench/session";
import { Controls } from "./Controls";
import { Scrub } from "./Scrub";

interface Props {
  session: Session;
  /** A video element that is on the page already: it is moved here, playing or not, with what it has loaded. */
  adopt?: HTMLVideoElement | null;
}

export function Player({ session, adopt }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  // Before the next paint: a film that is on the page already must not blink.
  useLayoutEffect(() => {
    const place = stage.current;
    if (!place) return;
    const video = adopt ?? document.createElement("video");
    dress(video, session);
    if (video.parentElement !== place) place.prepend(video);
    return session.clock.attach(video);
  }, [session, adopt]);

  const { clock, film } = session;
  const problem = clock.problem.value;
  return (
    <section class="vig-room" aria-label={`Film: ${film.title}`}>
      <div
        ref={stage}
        class="vig-stage"
        style={{ aspectRatio: `${film.width} / ${film.height}`, "--ratio": film.width / film.height }}
      >
        {problem && (
          <p class="vig-problem" role="alert">
            {problem}
          </p>
        )}
        {!clock.exact.value && !problem && !clock.playing.value && (
          <p class="vig-inexact" role="status">
            frame not confirmed: this browser may show its neighbour
          </p>
        )}
      </div>
      <Captions session={session} />
      <Scrub session={session} />
      <Controls session={session} />
    </section>
  );
}

function dress(video: HTMLVideoElement, session: Session): void {
  const { files, clock } = session;
  video.classList.add("vig-video");
  video.playsInline = true;
  video.controls = false;
  video.preload = "auto";
  video.setAttribute("aria-label", session.film.title);
  video.onclick = () => clock.toggle();
  if (files.poster && !video.poster) video.poster = files.poster;
  for (const [language, url] of Object.entries(files.captions ?? {})) {
    if ([...video.querySelectorAll("track")].some((track) => track.srclang === language)) continue;
    const track = document.createElement("track");
    Object.assign(track, { kind: "captions", srclang: language, src: url, label: language });
    video.append(track);
  }
  if (!video.getAttribute("src") && files.proxy) video.src = files.proxy;
}

/** Turns the browser's captions on and off, and keeps sound and volume as chosen. */
function Captions({ session }: { session: Session }) {
  const chosen = session.captions.value;
  const muted = session.muted.value;
  const volume = session.volume.value;
  useEffect(() => {
    const video = session.clock.attached;
    if (!video) return;
    video.muted = muted;
    video.volume = volume;
    for (const track of video.textTracks) track.mode = track.language === chosen ? "showing" : "disabled";
  });
  return null;
}
