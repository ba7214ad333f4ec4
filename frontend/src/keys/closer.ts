/** The keys for looking closer at the picture, for places to come back to, and for a second camera. */
import type { Session } from "../workbench/session";
import type { KeyAction } from "./table";

type Line = [keys: string[], what: string, run: KeyAction["run"], more?: Partial<KeyAction>];

const HELD = { repeats: true };
const EDITS = { edits: true };
/** How much of what is seen one press moves, and how much closer one press goes. */
const STEP = 0.12;
const CLOSER = 0.8;

function group(name: KeyAction["group"], lines: readonly Line[]): KeyAction[] {
  return lines.map(([keys, what, run, more]) => ({ keys, what, run, group: name, ...more }));
}

const LOOK = group("Look closer", [
  [["z"], "Closer, to where the mouse points; again: the whole picture", (s) => s.look.toggle()],
  [["e"], "Closer", (s) => s.look.zoom(CLOSER), HELD],
  [["Shift+e"], "Further away", (s) => s.look.zoom(1 / CLOSER), HELD],
  [["g"], "Look further left", (s) => s.look.pan(-STEP, 0), HELD],
  [["h"], "Look further right", (s) => s.look.pan(STEP, 0), HELD],
  [["t"], "Look further up", (s) => s.look.pan(0, -STEP), HELD],
  [["Shift+t"], "Look further down", (s) => s.look.pan(0, STEP), HELD],
  [["Mod+e"], "Keep this close-up with the selected moment", (s) => s.look.save(), EDITS],
  [["Mod+ArrowDown"], "Darker", (s) => s.look.brighten(-0.1), HELD],
  [["Mod+ArrowUp"], "Brighter", (s) => s.look.brighten(0.1), HELD],
  [["Mod+Shift+x"], "Mirror the picture", (s) => s.look.turn()],
  [["Mod+Shift+f"], "Full screen, and back", (s) => s.transport.fullScreen()],
]);

const PLACES = group("Go to", [
  [["v"], "Set a bookmark here, or take it away", (s) => s.places.toggle()],
  [["{", "Shift+PageUp"], "Chapter or bookmark before", (s) => s.places.go(-1)],
  [["}", "Shift+PageDown"], "Chapter or bookmark after", (s) => s.places.go(1)],
]);

const SECOND = group("Second camera", [
  [["\\"], "Beside each other, or one in the corner", (s) => s.second?.rearrange()],
  [["|"], "Hear the second camera too", hear],
  [["Mod+,"], "Second camera one frame earlier", (s) => s.second?.follower.nudge(-1), HELD],
  [["Mod+."], "Second camera one frame later", (s) => s.second?.follower.nudge(1), HELD],
]);

export function closerKeys(session: Session): KeyAction[] {
  return [...PLACES, ...LOOK, ...(session.second ? SECOND : [])];
}

function hear({ second }: Session): void {
  if (second) second.follower.heard.value = !second.follower.heard.value;
}
