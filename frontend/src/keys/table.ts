/** Every key in one table: the keys work from it, and the `?` sheet is written from it. */
import { say } from "../model/codebook";
import { nudge } from "../tagger/Detail";
import type { Session } from "../workbench/session";
import { claim } from "./claims";
import { FILM_KEYS } from "./film";

export interface KeyAction {
  /** As KeyboardEvent.key, with "Shift+", "Mod+" (Ctrl or ⌘) before it; letters in lower case. */
  keys: string[];
  what: string;
  group: "Play" | "Go to" | "In and out" | "Look closer" | "Timeline" | "Tag" | "Selected moment" | "Page";
  run(session: Session): void;
  /** When the key comes up again. */
  release?(session: Session): void;
  /** Whether holding the key repeats it. */
  repeats?: boolean;
  /** Only where tags may be changed. */
  edits?: boolean;
}

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
    keys: ["Shift+p"],
    what: "Play it with a little around it",
    group: "Selected moment",
    run: (s) => s.transport.playAround(),
  },
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
  return claim(lanes, [...FILM_KEYS, ...SELECTED, ...PAGE]);
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
