/** The keys of tagging: one for each code, and what is done with moments once they are there. */
import * as acts from "../tagger/acts";
import { nudge } from "../tagger/Detail";
import type { Session } from "../workbench/session";
import { codeName } from "./codes";
import type { KeyAction } from "./table";

type Line = [keys: string[], what: string, run: KeyAction["run"], more?: Partial<KeyAction>];

const HELD = { repeats: true };
const EDITS = { edits: true };
const BOTH = { ...HELD, ...EDITS };

function group(name: KeyAction["group"], lines: readonly Line[]): KeyAction[] {
  return lines.map(([keys, what, run, more]) => ({ keys, what, run, group: name, ...more }));
}

const CHOOSING = group("Selected moment", [
  [["ArrowUp"], "Moment before", (s) => acts.selectNext(s, -1), HELD],
  [["ArrowDown"], "Moment after", (s) => acts.selectNext(s, 1), HELD],
  [["Shift+ArrowUp"], "Choose the one before as well", (s) => acts.extend(s, -1), HELD],
  [["Shift+ArrowDown"], "Choose the one after as well", (s) => acts.extend(s, 1), HELD],
  [["Mod+a"], "Choose all that are listed", acts.chooseAll],
  [["Escape"], "Stop a drag, throw away what is growing, else let go", letGo],
  [["p"], "Play it", (s) => s.playSelected()],
  [["Shift+p"], "Play it with a little around it", (s) => s.transport.playAround()],
  [["Shift+z"], "Show it large on the timeline", acts.showChosen],
]);

const CHANGING = group("Selected moment", [
  [["a"], "Start one frame earlier", edge("start", -1), BOTH],
  [["s"], "Start one frame later", edge("start", 1), BOTH],
  [["d"], "End one frame earlier", edge("end", -1), BOTH],
  [["f"], "End one frame later", edge("end", 1), BOTH],
  [["Mod+ArrowLeft"], "Start at the frame on the screen", (s) => acts.edgeHere(s, "start"), EDITS],
  [["Mod+ArrowRight"], "End with the frame on the screen", (s) => acts.edgeHere(s, "end"), EDITS],
  [["Mod+Shift+ArrowLeft"], "Move one frame earlier", (s) => acts.shiftChosen(s, -1), BOTH],
  [["Mod+Shift+ArrowRight"], "Move one frame later", (s) => acts.shiftChosen(s, 1), BOTH],
  [["Mod+k"], "Split at the playhead", acts.splitHere, EDITS],
  [["Mod+j"], "Join the chosen into one", acts.mergeChosen, EDITS],
  [["Mod+d"], "Duplicate, to name it twice", acts.duplicateChosen, EDITS],
  [["Shift+w"], "Who toward whom: the next pair", acts.nextWho, EDITS],
  [["Shift+c"], "How sure: the next answer", acts.nextCertainty, EDITS],
  [["Shift+Enter"], "Write its note", acts.focusNote, EDITS],
  [["Delete", "Backspace"], "Delete", acts.dropChosen, EDITS],
]);

const NAMING = group("Tag", [
  [
    Array.from({ length: 9 }, (_, i) => `Shift+${i + 1}`),
    "Which behaviour of its lane the chosen or growing moment is",
    (s, key) => acts.namePlace(s, Number(key.at(-1)) - 1),
    { ...EDITS, shown: ["Shift+1", "…", "9"] },
  ],
  [["Shift+0"], "No behaviour in particular", (s) => acts.namePlace(s, -1), EDITS],
]);

const PAGE = group("Page", [
  [["/", "Shift+q"], "Find among the moments", acts.focusFilter],
  [["Shift+v"], "Choose several by tapping, or in the list with Space, or stop", togglePicking],
  [
    ["Shift+k"],
    "The keys of the codes",
    (s) => {
      s.desk.dialog.value = "codes";
    },
    EDITS,
  ],
  [
    ["Shift+y"],
    "My reaction time",
    (s) => {
      s.desk.dialog.value = "reaction";
    },
    EDITS,
  ],
]);

const STRENGTH = group("Selected moment", [
  [["Shift+m"], "The next choice of what is said more closely", acts.nextModifier, EDITS],
]);

/** The keys of moments, whichever the scheme. */
export function momentKeys({ codebook }: Session): KeyAction[] {
  const more = codebook.scheme.modifiers?.length ? STRENGTH : [];
  const named = codebook.lanes.some((lane) => codebook.children(lane.id).length > 0) ? NAMING : [];
  return [...CHOOSING, ...CHANGING, ...more, ...named, ...PAGE];
}

/** The keys that tag: every lane's, and those that a person gave to behaviours. */
export function taggingKeys({ codebook, desk }: Session): KeyAction[] {
  return [...desk.keys.value].map(([id, key]) => ({
    keys: [key],
    what: codeName(id, codebook),
    group: "Tag",
    edits: true,
    run: (s) => s.coder.press(id),
    release: (s) => s.coder.release(id),
  }));
}

/** Moves an edge of the selected moment; with several chosen, all move together. */
function edge(which: "start" | "end", by: number): (session: Session) => void {
  return (session) => {
    if (session.model.chosen.ids.value.size > 1) return acts.shiftChosen(session, by);
    const tag = session.model.selectedTag.value;
    if (tag) nudge(session, tag, which, by);
    else session.coder.hint.value = "No moment is selected: choose one first, with ↑ or ↓ or in the list.";
  };
}

function togglePicking({ desk }: Session): void {
  desk.cursor.value = null;
  desk.picking.value = !desk.picking.value;
}

function letGo(session: Session): void {
  if (session.sheet.value) session.sheet.value = false;
  else if (session.trace.now.value) session.trace.stop();
  else if (!acts.abandon(session)) session.model.selected.value = null;
}
