/** The feedback page's player: one's own moments and the expert's over each other, to be looked at, not changed. */
import { render } from "preact";
import type { FilmFiles } from "../boot";
import type { Observer } from "../compare/align";
import { Compare } from "../compare/Compare";
import type { CompareOptions } from "../compare/comparison";
import { momentOfBeat } from "../compare/marked";
import type { Beat, Film, FrameIndex as FrameTable, Scheme, Tag } from "../contract";
import { fetchFrames } from "../film/data";
import { listen } from "../keys/handler";
import { Sheet } from "../keys/Sheet";
import { isRating } from "../model/rated";
import { Player } from "../player/Player";
import type { SheetOptions } from "../rating/rating";
import { RatingSheet } from "../rating/Sheet";
import type { Group } from "../timeline/layout";
import { Timeline } from "../timeline/Timeline";
import { Session } from "../workbench/session";
import { KeysButton } from "../workbench/TopBar";

export interface ReviewOptions {
  film: Film;
  /** Address of frames.json, or the index itself. */
  frames: string | FrameTable;
  files: FilmFiles;
  scheme: Scheme;
  /** One's own moments. */
  tags: Tag[];
  /** What the expert saw; leave it out where the exercise does not show it. */
  beats?: Beat[];
  /** What a rating sheet shows. */
  sheet?: SheetOptions | null;
  /** What stands over one's own lanes. */
  names?: { own?: string };
  /** Others whom the exercise allows to be laid beside, and what counts as the same moment. */
  compare?: CompareOptions;
  /** Shows the player alone, without lanes: where something else stands beside it. */
  alone?: boolean;
}

export interface MountedReview {
  session: Session;
  /** Goes to a stretch (microseconds), plays it once and stops on its last frame. */
  seekAndPlay(start: number, end: number): void;
  /** Goes to a moment and stays there. */
  seek(moment: number): void;
  unmount(): void;
}

/** Room around a point when it is played, in microseconds. */
const AROUND = 700_000;

/** An expert's beat as a tag, under the first of the codes that it allows. */
export function tagOfBeat(beat: Beat): Tag {
  return {
    id: momentOfBeat(beat),
    code: beat.codes[0] ?? "",
    actor: beat.actor,
    target: beat.target,
    start: beat.start,
    end: beat.end,
    note: beat.says,
    links: beat.answers ? [{ kind: "answers", to: momentOfBeat({ id: beat.answers }) }] : [],
  };
}

/** The expert's beats and whoever else may be laid beside one's own moments. */
function compareOf({ beats, names, compare }: ReviewOptions): CompareOptions {
  const who = names?.own?.replace(/ saw$/, "").replace(/^You$/, "you") ?? "you";
  return {
    ...compare,
    who,
    observers: [...(beats ? [expertOf(beats, compare)] : []), ...(compare?.observers ?? [])],
  };
}

function expertOf(beats: readonly Beat[], compare: CompareOptions | undefined): Observer {
  const tags = beats.map(tagOfBeat);
  return {
    id: "expert",
    name: "The expert",
    tags,
    ...(compare?.marked ? { paired: compare.marked.paired } : {}),
    accepts: Object.fromEntries(beats.map(({ codes }, i) => [(tags[i] as Tag).id, codes])),
  };
}

/** Mounts a read-only player and timeline; a `<video>` in `el` is adopted. Keys work on the whole page. */
export async function mountReview(el: HTMLElement, options: ReviewOptions): Promise<MountedReview> {
  const frames = typeof options.frames === "string" ? await fetchFrames(options.frames) : options.frames;
  const own: Group = {
    name: options.names?.own ?? "You saw",
    manner: "own",
    tags: options.tags.filter((tag) => !isRating(tag)),
  };
  const compare = compareOf(options);
  const session = new Session({
    film: options.film,
    frames,
    scheme: options.scheme,
    observation: `review-${options.film.id}`,
    files: options.files,
    store: null,
    clockName: `review-${options.film.id}`,
    own,
    compare,
    ...(options.sheet ? { sheet: { ...options.sheet, look: "free" as const } } : {}),
  });
  session.model.onState(
    observationOf(options, [own.tags, ...compare.observers.map(({ tags }) => tags)]),
    true,
    [],
  );
  const video = el.querySelector("video");
  const root = document.createElement("div");
  root.className = "vig vig-review";
  render(
    <>
      <Player session={session} adopt={video} />
      {!options.alone && (
        <>
          <Timeline session={session} />
          <Compare session={session} />
          <RatingSheet session={session} />
        </>
      )}
      <p class="vig-review-foot">
        <KeysButton session={session} />
      </p>
      <Sheet session={session} />
    </>,
    root,
  );
  el.replaceChildren(root);
  const stop = listen(document, session);
  return {
    session,
    seekAndPlay: (start, end) => play(session, start, end),
    seek: (moment) => session.clock.seekTime(moment),
    unmount() {
      stop();
      render(null, root);
      session.dispose();
    },
  };
}

function play(session: Session, start: number, end: number): void {
  const { frames } = session;
  const point = end <= start;
  const from = point ? Math.max(start - AROUND, 0) : start;
  const to = point ? Math.min(start + AROUND, frames.duration) : end;
  session.clock.playStretch({ start: frames.snap(from), end: frames.snap(to) });
}

/** All moments shown, so that selecting and playing them works as on the exercise page. */
function observationOf(options: ReviewOptions, rows: readonly (readonly Tag[])[]) {
  return {
    format: "vig-observation" as const,
    version: 1 as const,
    id: `review-${options.film.id}`.slice(0, 64),
    film: options.film.id,
    duration: options.film.duration,
    scheme: { id: options.scheme.id, version: options.scheme.version },
    observer: "review",
    cast: options.film.cast,
    tags: [...options.tags.filter(isRating), ...rows.flat()],
  };
}
