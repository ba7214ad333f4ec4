/** The row of controls under the picture. */
import { SPEEDS } from "../film/clock";
import { captions, described } from "../keys/film";
import { shortTime, timecode } from "../model/time";
import { Icon, type IconName } from "../ui/icons";
import type { Session } from "../workbench/session";

export function Controls({ session }: { session: Session }) {
  const { clock } = session;
  const playing = clock.playing.value;
  // As in a live meeting: what would stop or move the film is out of reach, for the keyboard as well.
  const live = clock.live.value;
  return (
    <div class="vig-controls">
      <div class="vig-transport">
        <RoomButton
          icon="review"
          label={`Quick review: ${session.transport.prefs.get("preRoll")} s back, then play`}
          keys="Q"
          disabled={live}
          onClick={() => session.transport.review()}
        />
        <RoomButton
          icon="back"
          label="One frame back"
          keys="←"
          disabled={live}
          onClick={() => clock.step(-1)}
        />
        <button
          type="button"
          class="vig-play"
          aria-label={playing ? "Pause" : "Play"}
          title={playing ? "Pause (space)" : "Play (space)"}
          onClick={() => clock.toggle()}
        >
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <RoomButton
          icon="forth"
          label="One frame on"
          keys="→"
          disabled={live}
          onClick={() => clock.step(1)}
        />
      </div>
      <div class="vig-clock">
        <span class="vig-time">{timecode(clock.time.value)}</span>
        <span class="vig-frame">frame {clock.frame.value}</span>
        {session.places.chapter.value && (
          <span class="vig-chapter">{session.places.chapter.value.title}</span>
        )}
      </div>
      <div class="vig-more">
        <Speed session={session} />
        <LoopButton session={session} />
        <CaptionButton session={session} />
        <DescribedButton session={session} />
        {session.film.sound && <Volume session={session} />}
        <RoomButton
          icon="tools"
          label="The film's tools"
          keys="Shift H"
          pressed={session.transport.prefs.get("tools") === 1}
          disabled={live}
          onClick={() => session.transport.prefs.toggle("tools")}
        />
        {document.fullscreenEnabled && (
          <RoomButton
            icon="full"
            label="Full screen"
            keys="Ctrl Shift F"
            onClick={() => session.transport.fullScreen()}
          />
        )}
      </div>
    </div>
  );
}

interface ButtonProps {
  icon: IconName;
  label: string;
  keys?: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

export function RoomButton({ icon, label, keys, pressed, disabled, onClick }: ButtonProps) {
  return (
    <button
      type="button"
      class="vig-room-button"
      aria-label={label}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
      title={keys ? `${label} (${keys})` : label}
      disabled={disabled ?? false}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

function Speed({ session }: { session: Session }) {
  const { clock } = session;
  const now = clock.speed.value;
  const known = SPEEDS.some((speed) => speed === now) ? SPEEDS : [...SPEEDS, now].sort((a, b) => a - b);
  return (
    <label class="vig-speed" title="Speed (, and .)">
      <span class="vig-hidden">Speed</span>
      <select
        value={String(now)}
        disabled={clock.live.value}
        onChange={(event) => clock.setSpeed(Number(event.currentTarget.value))}
      >
        {known.map((speed) => (
          <option key={speed} value={String(speed)}>
            {speed}×
          </option>
        ))}
      </select>
    </label>
  );
}

function LoopButton({ session }: { session: Session }) {
  const loop = session.clock.loop.value;
  const what = session.model.selectedTag.value ? "the selected moment" : "between in and out";
  return (
    <button
      type="button"
      class="vig-room-button vig-loop"
      aria-pressed={loop !== null}
      disabled={session.clock.live.value}
      title={
        loop ? "Stop looping (R)" : `Loop ${what} (R); set in and out with [ and ], or Shift I and Shift O`
      }
      onClick={() => session.toggleLoop()}
    >
      <Icon name="loop" />
      <span>{loop ? `${shortTime(loop.start)}–${shortTime(loop.end)}` : "loop"}</span>
    </button>
  );
}

function CaptionButton({ session }: { session: Session }) {
  const languages = Object.keys(session.files.captions ?? {});
  if (languages.length === 0) return null;
  const chosen = session.captions.value;
  return (
    <button
      type="button"
      class="vig-room-button"
      aria-pressed={chosen !== null}
      aria-label="Captions"
      title={languages.length > 1 ? `Captions (C): ${languages.join(", ")}, off` : "Captions (C)"}
      onClick={() => captions(session)}
    >
      {chosen && languages.length > 1 ? `CC ${chosen}` : "CC"}
    </button>
  );
}

function DescribedButton({ session }: { session: Session }) {
  if (Object.keys(session.files.descriptions ?? {}).length === 0) return null;
  return (
    <button
      type="button"
      class="vig-room-button"
      aria-pressed={session.described.value !== null}
      aria-label="In words"
      title="What is to be seen, in words (;)"
      onClick={() => described(session)}
    >
      AD
    </button>
  );
}

function Volume({ session }: { session: Session }) {
  const muted = session.muted.value || session.volume.value === 0;
  return (
    <span class="vig-volume">
      <RoomButton
        icon={muted ? "mute" : "sound"}
        label={muted ? "Sound on" : "Sound off"}
        keys="M"
        onClick={() => {
          session.muted.value = !session.muted.value;
        }}
      />
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={session.muted.value ? 0 : session.volume.value}
        aria-label="Volume"
        style={{ "--share": `${(session.muted.value ? 0 : session.volume.value) * 100}%` }}
        onInput={(event) => {
          session.volume.value = Number(event.currentTarget.value);
          session.muted.value = false;
        }}
      />
    </span>
  );
}
