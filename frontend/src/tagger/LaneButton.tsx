/** One lane as a button: press to tag, or press and hold. Its sign, its name and its key. */
import type { Code } from "../contract";
import { keyName } from "../keys/name";
import { language } from "../model/language";
import { doesNow } from "../model/manner";
import { laneColour } from "../timeline/colours";
import { signPath } from "../timeline/signs";
import { phone } from "../ui/hands";
import type { Session } from "../workbench/session";
import { GrowingLine } from "./GrowingLine";

interface Props {
  session: Session;
  lane: Code;
  place: number;
  /** Whose lane it is, where there are several groups. */
  label?: string | null;
}

export function LaneSign({ lane, place }: { lane: Code; place: number }) {
  return (
    <svg
      class="vig-sign"
      viewBox="-1.1 -1.1 2.2 2.2"
      width="12"
      height="12"
      aria-hidden="true"
      focusable="false"
    >
      <path d={signPath(place)} fill={laneColour(lane)} />
    </svg>
  );
}

export function LaneButton({ session, lane, place, label }: Props) {
  const { coder, codebook, desk, clock } = session;
  const key = desk.keys.value.get(lane.id);
  const growing = coder.lanes.value.has(lane.id);
  const name = codebook.short(lane.id);
  if (session.readOnly.value)
    return (
      <span class="vig-lane-name" title={codebook.label(lane.id)}>
        <LaneSign lane={lane} place={place} />
        <span lang={language.value}>{name}</span>
        {label && <span class="vig-hidden">, {label}</span>}
      </span>
    );
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget instanceof Element && event.currentTarget.setPointerCapture(event.pointerId);
    coder.press(lane.id);
  };
  return (
    <button
      type="button"
      class={`vig-lane ${growing ? "is-growing" : ""}`}
      style={{ "--lane": laneColour(lane) }}
      aria-pressed={growing}
      aria-keyshortcuts={key}
      title={`${codebook.label(lane.id)}: ${growing ? "press to end" : doesNow(lane, clock.direction.value === 1)}`}
      onPointerDown={press}
      onPointerUp={() => coder.release(lane.id)}
      onPointerCancel={() => coder.release(lane.id)}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        // A click without a pointer comes from the keyboard or a screen reader: a whole tap.
        if (event.detail !== 0) return;
        coder.press(lane.id);
        coder.release(lane.id);
      }}
    >
      <LaneSign lane={lane} place={place} />
      <span class="vig-lane-text" lang={language.value}>
        {name}
      </span>
      {growing && <span class="vig-dot" aria-hidden="true" />}
      {key && <kbd aria-hidden="true">{keyName(key)}</kbd>}
    </button>
  );
}

/** All lanes as large buttons, for fingers. */
export function LaneButtons({ session }: { session: Session }) {
  if (session.readOnly.value) return null;
  return (
    <>
      <fieldset class="vig-lane-grid" aria-label="Tag what you see">
        {session.codebook.lanes.map((lane, place) => (
          <LaneButton key={lane.id} session={session} lane={lane} place={place} />
        ))}
      </fieldset>
      {phone.value && <GrowingLine session={session} />}
    </>
  );
}
