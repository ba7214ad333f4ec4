/** The whole film as a bar: drag to look through it; the small picture shows what is there. */
import { useSignal } from "@preact/signals";
import { upperBound } from "../film/frames";
import { timecode } from "../model/time";
import type { Session } from "../workbench/session";

export function Scrub({ session }: { session: Session }) {
  const { clock, frames } = session;
  const hover = useSignal<number | null>(null);
  const share = (clock.frame.value / Math.max(frames.last, 1)) * 100;
  const peek = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    hover.value = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1);
  };
  return (
    <div
      class="vig-scrub"
      onPointerMove={peek}
      onPointerLeave={() => {
        hover.value = null;
      }}
    >
      <input
        type="range"
        min={0}
        max={frames.last}
        step={1}
        value={clock.frame.value}
        disabled={clock.live.value}
        aria-label="Place in the film"
        aria-valuetext={`${timecode(clock.time.value)}, frame ${clock.frame.value}`}
        style={{ "--share": `${share}%` }}
        onInput={(event) => {
          clock.pause();
          clock.seekFrame(Number(event.currentTarget.value));
        }}
      />
      <Marks session={session} />
      {hover.value !== null && <Thumbnail session={session} share={hover.value} />}
    </div>
  );
}

/** In and out, chapters and bookmarks on the bar. */
function Marks({ session }: { session: Session }) {
  const { clock, frames, marks, places } = session;
  const at = (moment: number) => `${(moment / frames.duration) * 100}%`;
  const { start, end } = clock.loop.value ?? marks.value;
  const marked = start !== null || end !== null;
  return (
    <div class="vig-scrub-marks" aria-hidden="true">
      {marked && (
        <span
          class={`vig-scrub-loop${clock.loop.value ? " is-on" : ""}`}
          style={{ left: at(start ?? 0), right: `calc(100% - ${at(end ?? frames.duration)})` }}
        />
      )}
      {places.all.value.map(({ kind, at: moment }) => (
        <span key={`${kind}-${moment}`} class={`vig-scrub-place is-${kind}`} style={{ left: at(moment) }} />
      ))}
    </div>
  );
}

function Thumbnail({ session, share }: { session: Session; share: number }) {
  const sheet = session.scrub.value;
  const moment = share * session.frames.duration;
  const left = `clamp(60px, ${share * 100}%, calc(100% - 60px))`;
  if (!sheet || !session.files.scrub)
    return (
      <div class="vig-thumb is-bare" style={{ left }} aria-hidden="true">
        <span>{timecode(moment)}</span>
      </div>
    );
  const i = Math.max(upperBound(sheet.times, moment) - 1, 0);
  const [x, y] = [(i % sheet.columns) * sheet.width, Math.floor(i / sheet.columns) * sheet.height];
  return (
    <div class="vig-thumb" style={{ left }} aria-hidden="true">
      <div
        style={{
          width: `${sheet.width}px`,
          height: `${sheet.height}px`,
          background: `url("${session.files.scrub}") -${x}px -${y}px`,
        }}
      />
      <span>{timecode(moment)}</span>
    </div>
  );
}
