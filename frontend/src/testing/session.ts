/** A page's session without a page: a film of four seconds, the small scheme, and no store. */
import type { Film, Tag } from "../contract";
import { shared } from "../film/registry";
import { Session } from "../workbench/session";
import { CAST, evenFrames, observation, SCHEME, tag } from "./paig";

const FILM = { id: "hello", title: "Hello", cast: CAST, duration: 4_000_000 } as Film;

/** Four moments, one after the other. */
const FOUR: Tag[] = ["a", "b", "c", "d"].map((id, i) => tag(id, i * 400_000, i * 400_000 + 200_000));

/** Opens it as on a first visit: nothing is left of any test before. */
export function openSession(tags: Tag[] = FOUR): Session {
  localStorage.clear();
  shared().clocks.clear();
  const session = new Session({
    film: FILM,
    frames: evenFrames(100),
    scheme: SCHEME,
    observation: "obs-1",
    files: { proxy: "" },
    store: null,
    clockName: "t",
  });
  session.model.onState(observation(tags), false, []);
  return session;
}
