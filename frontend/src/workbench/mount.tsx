/** Puts an exercise page together from what the server wrote into it. */
import { render } from "preact";
import type { Boot } from "../boot";
import { saveArchive } from "../clips/save";
import type { TrayOptions } from "../clips/tray";
import type { FrameIndex as FrameTable } from "../contract";
import { fetchFrames, fetchOptional } from "../film/data";
import { registerBench } from "../film/registry";
import { stayWhereOneWas } from "../film/whereabouts";
import { listen } from "../keys/handler";
import { personKey } from "../model/prefs";
import type { SecondOptions } from "../player/second";
import { RatingPage } from "../rating/Page";
import { keepGrowing } from "../store/growing";
import { indexedOutbox, type Outbox } from "../store/outbox";
import { ServiceStore } from "../store/service";
import { rememberSteps } from "../store/steps";
import { Session } from "./session";
import { Workbench } from "./Workbench";

export interface MountedBench {
  session: Session;
  unmount(): void;
}

/**
 * Mounts the workbench into `el`. A `<video>` element that stands in it already is adopted with what it has
 * loaded, so that the film's first frame does not wait for us. Frames are fetched once; the page is then whole.
 *
 * @throws When the frame index cannot be fetched; the sentence is shown in `el` as well.
 */
export async function mountWorkbench(el: HTMLElement, boot: Boot): Promise<MountedBench> {
  const [frames, second] = await Promise.all([framesOf(el, boot), secondOf(boot)]);
  const video = el.querySelector("video");
  const outbox = indexedOutbox();
  const session = new Session({
    film: boot.film,
    frames,
    scheme: boot.scheme,
    observation: boot.observation,
    files: boot.files,
    store: storeOf(boot, boot.observation, boot.socket, outbox),
    clips: boot.clips ? traySettings(boot, boot.clips, outbox) : null,
    clockName: boot.observation,
    ...(boot.exercise.sheet ? { sheet: boot.exercise.sheet } : {}),
    across: boot.crosswalks ?? [],
    ...(boot.compare ? { compare: boot.compare } : {}),
    person: boot.person.name,
    second,
  });
  // A first look that runs whole begins at the beginning.
  const stays =
    boot.exercise.sheet?.look === "whole" ? () => {} : stayWhereOneWas(session.clock, boot.observation);
  const root = document.createElement("div");
  root.className = "vig vig-page";
  render(page(session, boot, video), root);
  el.replaceChildren(root);
  void rememberSteps(session.model);
  if (session.tray) {
    void rememberSteps(session.tray.model);
    void session.tray.resume(outbox);
  }
  const ends = [
    listen(document, session),
    registerBench(boot.observation, handleOf(session)),
    warnBeforeLeaving(session),
    keepGrowing(session, `${boot.observation}:${personKey(boot.person.name)}`),
    stays,
  ];
  return {
    session,
    unmount() {
      for (const end of ends) end();
      render(null, root);
      session.dispose();
    },
  };
}

function storeOf(boot: Boot, observation: string, socket: string, outbox: Outbox): ServiceStore {
  return new ServiceStore(
    socketAddress(socket),
    observation,
    outbox,
    (address) => new WebSocket(address),
    () => statusOf(`${boot.base}observations/${observation}`),
  );
}

function traySettings(boot: Boot, clips: NonNullable<Boot["clips"]>, outbox: Outbox): TrayOptions {
  const { observation, socket } = clips;
  return {
    observation,
    store: storeOf(boot, observation, socket, outbox),
    save: () => saveArchive(clips.export),
  };
}

/** The page of the exercise's kind. */
function page(session: Session, boot: Boot, video: HTMLVideoElement | null) {
  const Page = session.rating ? RatingPage : Workbench;
  return <Page session={session} boot={boot} video={video} />;
}

/** The second camera, where there is one; the page does without when its frames cannot be fetched. */
async function secondOf({ second }: Boot): Promise<SecondOptions | null> {
  const frames = await fetchOptional<FrameTable>(second?.frames);
  return second && frames ? { ...second, frames } : null;
}

async function framesOf(el: HTMLElement, boot: Boot): Promise<FrameTable> {
  try {
    return await fetchFrames(boot.frames);
  } catch (error) {
    const note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.textContent =
      "The film's frame index could not be fetched; reload the page. Moments that you tagged are kept.";
    el.append(note);
    throw error;
  }
}

/** How the service answers a plain question; only the status is waited for. */
async function statusOf(address: string): Promise<number> {
  const answer = await fetch(address, {
    credentials: "same-origin",
    cache: "no-store",
    headers: { Accept: "application/json" },
  });
  void answer.body?.cancel();
  return answer.status;
}

/** The address of a WebSocket on this host, from a path. */
export function socketAddress(path: string): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** Asks before the page closes only when something would be lost by it. */
function warnBeforeLeaving(session: Session): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    const state = session.saving.value;
    const loose = (state?.waiting ?? 0) + session.coder.growing.value.size;
    if (state && loose > 0 && !state.kept) event.preventDefault();
  };
  window.addEventListener("beforeunload", ask);
  return () => window.removeEventListener("beforeunload", ask);
}

/** What a widget's model may do with a mounted workbench. */
export function handleOf(session: Session) {
  return {
    tags: () => [...session.model.sorted.value],
    subscribe: (changed: () => void) => session.model.version.subscribe(changed),
    seek: (moment: number) => session.clock.seekTime(moment),
    playStretch: (start: number, end: number) => session.clock.playStretch({ start, end }),
  };
}
