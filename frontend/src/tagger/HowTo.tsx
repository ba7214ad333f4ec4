/** How to make a moment on this page: as its lanes are tagged, with keys or with fingers. */
import type { Code } from "../contract";
import { keyName } from "../keys/name";
import { sayings } from "../model/manner";
import { keyboard } from "../ui/hands";
import type { Session } from "../workbench/session";

/** "Press" where there are keys, "tap" where there are fingers. */
export function handed(text: string): string {
  if (keyboard.value) return text;
  return text.replace(/\bPress\b/g, "Tap").replace(/\bpress\b/g, "tap");
}

export function HowTo({ session }: { session: Session }) {
  const { lanes } = session.codebook;
  const lasting = lanes.some(({ kind }) => kind === "state");
  return (
    <ul class="vig-how">
      {sayings(lanes).map(({ lanes: of, before, after }) => (
        <li key={after}>
          {handed(before)}{" "}
          {of ? of.map((lane, i) => <Named key={lane.id} {...{ session, lane, i }} />) : others(lanes)}{" "}
          {handed(after)}
        </li>
      ))}
      {lasting && (
        <li>
          {handed("With the film paused, one press marks one second.")}
          {keyboard.value && " Drag its ends, or draw a moment along its lane."}
        </li>
      )}
    </ul>
  );
}

function others(lanes: readonly Code[]): string {
  const any = sayings(lanes).length > 1 ? "any other" : "a";
  return keyboard.value ? `${any} name or its key` : `${any} name`;
}

function Named({ session, lane, i }: { session: Session; lane: Code; i: number }) {
  const key = session.desk.keys.value.get(lane.id);
  return (
    <>
      {i > 0 && ", "}
      <b>{session.codebook.short(lane.id)}</b>
      {keyboard.value && key && (
        <>
          {" "}
          <kbd>{keyName(key)}</kbd>
        </>
      )}
    </>
  );
}
