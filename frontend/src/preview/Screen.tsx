/** The picture of a moment, the slider, who does what then, and the film once it is drawn. */
import { shortTime } from "../model/time";
import { type Desk, FRAME, type Told } from "./desk";

export function Screen({ desk }: { desk: Desk }) {
  const told = desk.told.value;
  return (
    <>
      <Picture desk={desk} />
      {told && <Slider desk={desk} told={told} />}
      {told && <Tools desk={desk} told={told} />}
      {told && <Now at={desk.at.value} told={told} />}
      {desk.sheet.value && (
        <div class="vig-preview-sheet">
          <button type="button" class="vig-preview-button" onClick={() => desk.closeSheet()}>
            Close the sheet
          </button>
          <img src={desk.sheet.value} alt="The whole film on one page" />
        </div>
      )}
    </>
  );
}

function Picture({ desk }: { desk: Desk }) {
  if (desk.film.value)
    return (
      <div class="vig-preview-picture">
        {/* biome-ignore lint/a11y/useMediaCaption: the script with every word stands beside it */}
        <video src={desk.film.value} controls autoplay />
        <button type="button" class="vig-preview-button vig-preview-over" onClick={() => desk.closeFilm()}>
          {desk.part.value === "first" ? "First seconds" : "The film"} · close
        </button>
      </div>
    );
  return (
    <div class={`vig-preview-picture ${desk.fault.value ? "is-old" : ""}`}>
      {desk.picture.value ? (
        <img src={desk.picture.value} alt={`The film at ${shortTime(desk.at.value)}`} />
      ) : (
        <p>The picture comes as soon as the script holds.</p>
      )}
    </div>
  );
}

function Slider({ desk, told }: { desk: Desk; told: Told }) {
  return (
    <div class="vig-preview-scrub">
      <div class="vig-preview-beats" aria-hidden="true">
        {told.beats.map((beat) => (
          <span
            key={`${beat.start}-${beat.codes.join()}`}
            title={`${beat.codes[0]}: ${beat.says}`}
            style={{
              left: `${(100 * beat.start) / told.duration}%`,
              width: `${(100 * (beat.end - beat.start)) / told.duration}%`,
            }}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={told.duration - FRAME}
        step={FRAME}
        value={desk.at.value}
        aria-label="Moment"
        aria-valuetext={`${shortTime(desk.at.value)} of ${shortTime(told.duration)}`}
        onInput={(event) => {
          desk.playing.value = false;
          desk.closeFilm();
          desk.show(Number(event.currentTarget.value));
        }}
      />
    </div>
  );
}

function Tools({ desk, told }: { desk: Desk; told: Told }) {
  const news = desk.news.value;
  const playing = desk.playing.value;
  return (
    <div class="vig-preview-tools">
      <button type="button" class="vig-preview-button" onClick={() => void desk.play()}>
        {playing ? "Stop" : "Play, without sound"}
      </button>
      <output class="vig-preview-time">{`${shortTime(desk.at.value)} / ${shortTime(told.duration)}`}</output>
      {told.second && (
        <button
          type="button"
          class="vig-preview-button"
          aria-pressed={desk.second.value}
          onClick={() => {
            desk.second.value = !desk.second.value;
            desk.show(desk.at.value);
          }}
        >
          Second camera
        </button>
      )}
      <button type="button" class="vig-preview-button" onClick={() => void desk.openSheet()}>
        Sheet
      </button>
      <button
        type="button"
        class="vig-preview-button"
        disabled={news?.drawing}
        onClick={() => void desk.drawFilm()}
      >
        {news?.drawing ? `Drawing, ${Math.round(100 * news.share)} %` : "Draw the film"}
      </button>
      {news?.drawn && !news.drawing && (
        <button type="button" class="vig-preview-button" onClick={() => void desk.openFilm("whole")}>
          Play the film
        </button>
      )}
    </div>
  );
}

function Now({ at, told }: { at: number; told: Told }) {
  const acts = told.acts.filter((act) => act.start <= at && at < act.end);
  return (
    <ul class="vig-preview-now" aria-label="At this moment">
      {acts.map((act) => (
        <li key={`${act.actor}-${act.does}-${act.start}`}>
          <b>{told.cast[act.actor] ?? act.actor}</b> {act.does} <i>{told.cast[act.what] ?? act.what}</i>
        </li>
      ))}
      {told.beats
        .filter((beat) => beat.start <= at && at < beat.end)
        .map((beat) => (
          <li key={`${beat.start}-${beat.codes.join()}`} class="is-beat">
            <b>{beat.codes[0]}</b> {beat.says}
          </li>
        ))}
    </ul>
  );
}
