/** A page's session without a page: a film of four seconds, the small scheme, and no store. */
import type { Film, Scheme, Tag } from "../contract";
import { shared } from "../film/registry";
import { Session } from "../workbench/session";
import { CAST, evenFrames, observation, SCHEME, tag } from "./paig";

/** Four moments, one after the other. */
const FOUR: Tag[] = ["a", "b", "c", "d"].map((id, i) => tag(id, i * 400_000, i * 400_000 + 200_000));

interface Opening {
  /** What the film is besides its length, which its frames give. */
  film?: Partial<Film>;
  /** How many, 25 a second. */
  frames?: number;
  scheme?: Scheme;
  /** Who uses it. */
  person?: string;
  tags?: Tag[];
  /** Opened once more: what was left in the browser is there still. By default it is a first visit. */
  again?: boolean;
}

/** Opens it with its tags; on a first visit nothing is left of any test before. */
export function openSession(opening: Opening = {}): Session {
  const { film, frames = 100, scheme = SCHEME, person = "", tags = FOUR, again = false } = opening;
  if (!again) {
    localStorage.clear();
    shared().clocks.clear();
  }
  const index = evenFrames(frames);
  const session = new Session({
    film: { id: "hello", title: "Hello", cast: CAST, duration: index.duration, ...film } as Film,
    frames: index,
    scheme,
    observation: "obs-1",
    files: { proxy: "" },
    store: null,
    clockName: "t",
    person,
  });
  session.model.onState(observation(tags), false, []);
  return session;
}
