/** Every key in one table: the keys work from it, and the `?` sheet is written from it. */
import { SPEEDS } from "../film/clock";
import { say } from "../model/codebook";
import { nudge } from "../tagger/Detail";
import { zoomAll, zoomBy } from "../timeline/ZoomButtons";
import type { Session } from "../workbench/session";

export interface KeyAction {
  /** As KeyboardEvent.key, with "Shift+", "Mod+" (Ctrl or ⌘) before it; letters in lower case. */
  keys: string[];
  what: string;
  group: "Play" | "Look" | "Tag" | "Selected moment" | "Page";
  run(session: Session): void;
  /** When the key comes up again. */
  release?(session: Session): void;
  /** Whether holding the key repeats it. */
  repeats?: boolean;
  /** Only where tags may be changed. */
  edits?: boolean;
}

const PLAYING: KeyAction[] = [
  { keys: [" ", "k"], what: "Play or pause", group: "Play", run: (s) => s.clock.toggle() },
  { keys: ["l"], what: "Play; again for faster", group: "Play", run: forward },
  { keys: ["j"], what: "Play backwards", group: "Play", run: (s) => s.clock.playBackwards() },
  { keys: [","], what: "Slower", group: "Play", run: (s) => changeSpeed(s, -1) },
  { keys: ["."], what: "Faster", group: "Play", run: (s) => changeSpeed(s, 1) },
  { keys: ["["], what: "Loop from this frame", group: "Play", run: (s) => s.mark("start") },
  { keys: ["]"], what: "Loop to this frame", group: "Play", run: (s) => s.mark("end") },
  {
    keys: ["r"],
    what: "Loop the selected moment, or stop looping",
    group: "Play",
    run: (s) => s.toggleLoop(),
  },
  { keys: ["Shift+r"], what: "Take the loop's ends away", group: "Play", run: (s) => s.clearMarks() },
  { keys: ["c"], what: "Captions on or off", group: "Play", run: captions },
  { keys: ["m"], what: "Sound on or off", group: "Play", run: toggleSound },
];

const LOOKING: KeyAction[] = [
  { keys: ["ArrowLeft"], what: "One frame back", group: "Look", repeats: true, run: (s) => s.clock.step(-1) },
  { keys: ["ArrowRight"], what: "One frame on", group: "Look", repeats: true, run: (s) => s.clock.step(1) },
  {
    keys: ["Shift+ArrowLeft"],
    what: "One second back",
    group: "Look",
    repeats: true,
    run: (s) => s.clock.skip(-1),
  },
  {
    keys: ["Shift+ArrowRight"],
    what: "One second on",
    group: "Look",
    repeats: true,
    run: (s) => s.clock.skip(1),
  },
  { keys: ["Home"], what: "To the beginning", group: "Look", run: (s) => s.clock.seekFrame(0) },
  { keys: ["End"], what: "To the last frame", group: "Look", run: (s) => s.clock.seekFrame(s.frames.last) },
  {
    keys: ["+", "="],
    what: "Zoom the timeline in",
    group: "Look",
    repeats: true,
    run: (s) => zoomBy(s, 0.625),
  },
  { keys: ["-"], what: "Zoom the timeline out", group: "Look", repeats: true, run: (s) => zoomBy(s, 1.6) },
  { keys: ["0"], what: "Show the whole film", group: "Look", run: zoomAll },
];

const SELECTED: KeyAction[] = [
  {
    keys: ["ArrowUp"],
    what: "Moment before",
    group: "Selected moment",
    repeats: true,
    run: (s) => selectNext(s, -1),
  },
  {
    keys: ["ArrowDown"],
    what: "Moment after",
    group: "Selected moment",
    repeats: true,
    run: (s) => selectNext(s, 1),
  },
  { keys: ["p"], what: "Play it", group: "Selected moment", run: (s) => s.playSelected() },
  {
    keys: ["a"],
    what: "Start one frame earlier",
    group: "Selected moment",
    repeats: true,
    edits: true,
    run: edge("start", -1),
  },
  {
    keys: ["s"],
    what: "Start one frame later",
    group: "Selected moment",
    repeats: true,
    edits: true,
    run: edge("start", 1),
  },
  {
    keys: ["d"],
    what: "End one frame earlier",
    group: "Selected moment",
    repeats: true,
    edits: true,
    run: edge("end", -1),
  },
  {
    keys: ["f"],
    what: "End one frame later",
    group: "Selected moment",
    repeats: true,
    edits: true,
    run: edge("end", 1),
  },
  {
    keys: ["Delete", "Backspace"],
    what: "Delete it",
    group: "Selected moment",
    edits: true,
    run: dropSelected,
  },
  { keys: ["Escape"], what: "Let it go", group: "Selected moment", run: letGo },
];

const PAGE: KeyAction[] = [
  { keys: ["Mod+z"], what: "Undo", group: "Page", repeats: true, edits: true, run: (s) => s.model.undo() },
  {
    keys: ["Mod+Shift+z", "Mod+y"],
    what: "Redo",
    group: "Page",
    repeats: true,
    edits: true,
    run: (s) => s.model.redo(),
  },
  { keys: ["?"], what: "This sheet", group: "Page", run: toggleSheet },
];

/** The keys of a page; each lane of its scheme has the key that the scheme gives it. */
export function keyTable(session: Session): KeyAction[] {
  const lanes = session.codebook.lanes.flatMap((lane): KeyAction[] =>
    lane.key
      ? [
          {
            keys: [lane.key.length === 1 ? lane.key.toLowerCase() : lane.key],
            what: say(lane.label),
            group: "Tag",
            edits: true,
            run: (s) => s.coder.press(lane.id),
            release: (s) => s.coder.release(lane.id),
          },
        ]
      : [],
  );
  // A scheme's own keys come before ours.
  return [...lanes, ...PLAYING, ...LOOKING, ...SELECTED, ...PAGE];
}

function forward(session: Session): void {
  if (session.clock.direction.value === 1) changeSpeed(session, 1);
  else session.clock.play();
}

function changeSpeed({ clock }: Session, by: number): void {
  const speeds: readonly number[] = SPEEDS;
  const here = speeds.findIndex((speed) => speed >= clock.speed.value);
  clock.setSpeed(speeds[Math.min(Math.max(here + by, 0), speeds.length - 1)] ?? 1);
}

function captions(session: Session): void {
  const [first] = Object.keys(session.files.captions ?? {});
  session.captions.value = session.captions.value ? null : (first ?? null);
}

function selectNext(session: Session, by: number): void {
  const tags = session.model.sorted.value;
  const here = tags.findIndex((tag) => tag.id === session.model.selected.value);
  const now = session.clock.time.value;
  const nearest =
    by > 0 ? tags.findIndex((tag) => tag.start >= now) : tags.findLastIndex((tag) => tag.start <= now);
  const next = tags[here < 0 ? nearest : here + by];
  if (next) session.select(next.id);
}

function edge(which: "start" | "end", by: number): (session: Session) => void {
  return (session) => {
    const tag = session.model.selectedTag.value;
    if (tag) nudge(session, tag, which, by);
  };
}

function toggleSound(session: Session): void {
  session.muted.value = !session.muted.value;
}

function toggleSheet(session: Session): void {
  session.sheet.value = !session.sheet.value;
}

function dropSelected(session: Session): void {
  if (session.model.selected.value) session.model.drop(session.model.selected.value);
}

function letGo(session: Session): void {
  if (session.sheet.value) session.sheet.value = false;
  else session.model.selected.value = null;
}
