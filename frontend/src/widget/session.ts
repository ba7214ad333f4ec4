/** One session for each Python widget, however many times it is shown. */
import type { TrayOptions } from "../clips/tray";
import type { Film } from "../contract";
import type { Peaks } from "../film/data";
import { CommStore } from "../store/comm";
import { keepGrowing } from "../store/growing";
import { leftOf } from "../store/left";
import { rememberSteps } from "../store/steps";
import { Session } from "../workbench/session";
import { exportBeside } from "./export";
import { obey, type WidgetModel } from "./model";
import { joinSecond, secondOf } from "./second";
import { scrubSource, textSources } from "./source";

interface Shown {
  session: Session;
  views: number;
  end(): void;
}

const shown = new WeakMap<WidgetModel, Shown>();
let own = 0;

/** A player's scheme is empty: it has no lanes. */
const NO_SCHEME = { id: "none", version: "1", title: { en: "" }, codes: [] };

/** Returns the widget's session and the way to give it back; the last to do so ends it. */
export function borrowSession(model: WidgetModel): { session: Session; release: () => void } {
  const known = shown.get(model) ?? open(model);
  known.views++;
  shown.set(model, known);
  return {
    session: known.session,
    release() {
      known.views--;
      if (known.views > 0) return;
      shown.delete(model);
      known.end();
    },
  };
}

function traySettings(model: WidgetModel): TrayOptions {
  return {
    observation: model.get("_drawer"),
    store: storeOf(model),
    save: () => exportBeside(model),
  };
}

function storeOf(model: WidgetModel): CommStore {
  return new CommStore(model, model.get("_place"), undefined, leftOf(model.get("_drawer")));
}

function open(model: WidgetModel): Shown {
  const kind = model.get("_kind");
  const film = model.get("_film") as Film;
  const scrub = scrubSource(model);
  const peaks = model.get("_peaks");
  // A player and a clip tray have no lanes.
  const bare = kind === "player" || kind === "clips";
  // Lanes without a picture of their own move with the player of the same film.
  const shares = kind === "player" || !model.get("_video");
  const session = new Session({
    film,
    frames: model.get("_frames"),
    scheme: bare ? NO_SCHEME : model.get("_scheme"),
    // Whatever is kept in this browser lies under the file's place: a process may make up the observation's id, and a
    // copied file has the same.
    observation: bare ? `${kind}-${film.id}` : model.get("_drawer"),
    files: {
      proxy: "",
      captions: textSources(model.get("_captions")),
      descriptions: textSources(model.get("_descriptions") ?? {}),
      scrub: scrub.url,
    },
    scrub: scrub.index,
    store: bare ? null : storeOf(model),
    clockName: shares ? `film-${film.id}` : `widget-${++own}`,
    second: secondOf(model),
    across: bare ? [] : (model.get("_across") ?? []),
    compare: { observers: bare ? [] : (model.get("_compare") ?? []) },
    clips: kind === "clips" ? traySettings(model) : null,
    ...(kind === "rating" ? { sheet: model.get("_sheet") ?? { total: false, look: "free" } } : {}),
    peaks: "peaks" in peaks ? (peaks as Peaks) : null,
  });
  if (kind === "clips") session.tray?.show();
  const part = joinSecond(session, model);
  const grows = session.store ? keepGrowing(session, model.get("_drawer")) : () => {};
  if (session.store) void rememberSteps(session.model);
  if (session.tray) void rememberSteps(session.tray.model);
  const stop = obey(model, {
    seek: (moment) => session.clock.seekTime(moment),
    playStretch: (start, end) => session.clock.playStretch({ start, end }),
  });
  return {
    session,
    views: 0,
    end() {
      grows();
      stop();
      part();
      scrub.release();
      session.dispose();
    },
  };
}
