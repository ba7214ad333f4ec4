/**
 * The keys of the film. Digits and single letters are what a scheme's lanes ask for first; what an editing desk always
 * had (J K L, I and O with Shift, because I is the initiative) keeps its place, and the rest has Shift or a sign.
 */
import { SPEEDS } from "../film/clock";
import { zoomAll, zoomBy } from "../timeline/ZoomButtons";
import type { Session } from "../workbench/session";
import type { KeyAction } from "./table";

/** Makes the keys of one group. */
function group(name: KeyAction["group"], lines: readonly Line[]): KeyAction[] {
  return lines.map(([keys, what, run, more]) => ({ keys, what, run, group: name, ...more }));
}
type Line = [keys: string[], what: string, run: KeyAction["run"], more?: Partial<KeyAction>];

const HELD = { repeats: true };

const PLAY = group("Play", [
  [[" "], "Play or pause", (s) => s.clock.toggle()],
  [
    ["k"],
    "Stop, or play; held, with J or L: one frame, held longer: creeping",
    (s) => s.transport.shuttle.hold(),
    { release: (s) => s.transport.shuttle.letGo() },
  ],
  [
    ["l"],
    "Play; again for twice and four times as fast",
    (s) => s.transport.shuttle.press(1),
    { release: (s) => s.transport.shuttle.release() },
  ],
  [
    ["j"],
    "Play backwards; again for faster",
    (s) => s.transport.shuttle.press(-1),
    { release: (s) => s.transport.shuttle.release() },
  ],
  [[","], "Slower", (s) => changeSpeed(s, -1)],
  [["."], "Faster", (s) => changeSpeed(s, 1)],
  [["q"], "Quick review: a little back, then play", (s) => s.transport.review()],
  [["w"], "Walk: step through the loop or the moment by itself", (s) => s.transport.walk()],
  [["c"], "Captions: on, in the next language, off", captions],
  [[";"], "What is to be seen in words, on or off", described],
  [
    ["m"],
    "Sound on or off",
    (s) => {
      s.muted.value = !s.muted.value;
    },
  ],
  [["Shift+h"], "Show or hide the film's tools", (s) => s.transport.prefs.toggle("tools")],
]);

const GO = group("Go to", [
  [["ArrowLeft"], "One frame back", (s) => s.clock.step(-1), HELD],
  [["ArrowRight"], "One frame on", (s) => s.clock.step(1), HELD],
  [["<"], "Some frames back (set how many in the film's tools)", frames(-1), HELD],
  [[">"], "Some frames on", frames(1), HELD],
  [["u"], "0.2 s back", (s) => s.clock.skip(-0.2), HELD],
  [["o"], "0.2 s on", (s) => s.clock.skip(0.2), HELD],
  [["Shift+ArrowLeft"], "One second back", (s) => s.clock.skip(-1), HELD],
  [["Shift+ArrowRight"], "One second on", (s) => s.clock.skip(1), HELD],
  [["PageUp", "Shift+j"], "Five seconds back", (s) => s.clock.skip(-5), HELD],
  [["PageDown", "Shift+l"], "Five seconds on", (s) => s.clock.skip(5), HELD],
  [["Home"], "To the beginning", (s) => s.clock.seekFrame(0)],
  [["End"], "To the last frame", (s) => s.clock.seekFrame(s.frames.last)],
]);

const LOOP = group("In and out", [
  [["[", "Shift+i"], "In: from this frame", (s) => s.mark("start")],
  [["]", "Shift+o"], "Out: to this frame", (s) => s.mark("end")],
  [["r"], "Loop from in to out, else the selected moment; again to stop", (s) => s.toggleLoop()],
  [["Shift+a"], "In one frame earlier", (s) => s.transport.nudgeMark("start", -1), HELD],
  [["Shift+s"], "In one frame later", (s) => s.transport.nudgeMark("start", 1), HELD],
  [["Shift+d"], "Out one frame earlier", (s) => s.transport.nudgeMark("end", -1), HELD],
  [["Shift+f"], "Out one frame later", (s) => s.transport.nudgeMark("end", 1), HELD],
  [["Shift+r"], "Take in and out away", (s) => s.clearMarks()],
]);

const TIMELINE = group("Timeline", [
  [["+", "="], "Zoom in", (s) => zoomBy(s, 0.625), HELD],
  [["-"], "Zoom out", (s) => zoomBy(s, 1.6), HELD],
  [["0"], "Show the whole film", zoomAll],
]);

export const FILM_KEYS: readonly KeyAction[] = [...PLAY, ...GO, ...LOOP, ...TIMELINE];

export function changeSpeed({ clock }: Session, by: number): void {
  const speeds: readonly number[] = SPEEDS;
  const here = speeds.findIndex((speed) => speed >= clock.speed.value);
  clock.setSpeed(speeds[Math.min(Math.max(here + by, 0), speeds.length - 1)] ?? 1);
}

function frames(way: 1 | -1): KeyAction["run"] {
  return ({ clock, transport }) => clock.step(way * transport.prefs.get("frames"));
}

export function described(session: Session): void {
  const [first] = Object.keys(session.files.descriptions ?? {});
  session.described.value = session.described.value ? null : (first ?? null);
}

/** Off, then each language: the reader's own first, then as the film names them. */
export function nextCaptions(session: Session): string | null {
  const own = navigator.language.split("-")[0];
  const all = Object.keys(session.files.captions ?? {});
  const languages = [...all.filter((one) => one.split("-")[0] === own), ...all];
  const order: (string | null)[] = [null, ...new Set(languages)];
  return order[(order.indexOf(session.captions.value) + 1) % order.length] ?? null;
}

export function captions(session: Session): void {
  session.captions.value = nextCaptions(session);
}
