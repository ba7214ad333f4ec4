/** The clip tray on the page: keep, order, preview and export what a shared review will show. */
import { useRef } from "preact/hooks";
import type { Tag } from "../contract";
import { upperBound } from "../film/frames";
import { seconds, shortTime } from "../model/time";
import { savedSentence } from "../store/store";
import { useDraft } from "../ui/draft";
import { Icon } from "../ui/icons";
import { Refused } from "../ui/Refused";
import { Theirs } from "../ui/Theirs";
import type { Session } from "../workbench/session";
import { useDragOrder } from "./order";
import { TITLE, type Tray } from "./tray";

interface Props {
  session: Session;
  tray: Tray;
}

export function ClipTray({ session }: { session: Session }) {
  const { tray } = session;
  if (!tray) return null;
  const n = tray.list.value.length;
  return (
    <details
      class="vig-card vig-tray"
      open={tray.open.value}
      onToggle={(event) => {
        if (event.currentTarget.open) tray.show();
        else tray.open.value = false;
      }}
    >
      <summary>
        <h2>Clips for the review</h2>
        <span class="vig-count">{n > 0 ? n : ""}</span>
      </summary>
      {tray.open.value && <Open session={session} tray={tray} />}
    </details>
  );
}

function Open({ session, tray }: Props) {
  const n = tray.list.value.length;
  const { undo } = tray.model.next.value;
  return (
    <>
      <div class="vig-tray-add">
        <button type="button" class="vig-button" onClick={() => tray.addClip()}>
          Keep a clip
        </button>
        <button type="button" class="vig-button" onClick={() => tray.addStill()}>
          Keep a still
        </button>
        <button
          type="button"
          class="vig-quiet"
          aria-label={undo ? `Undo in the tray: ${undo}` : "Undo in the tray"}
          disabled={!undo}
          onClick={() => tray.model.undo()}
        >
          <Icon name="undo" />
        </button>
        <TraySaved session={session} tray={tray} />
      </div>
      {tray.model.refusal.value ? (
        <Refused model={tray.model} />
      ) : (
        <p class="vig-tray-said" role="status">
          {n === 0
            ? (tray.said.value ?? "Set in ( [ ) and out ( ] ) around a moment that went well, then keep it.")
            : tray.said.value}
        </p>
      )}
      {n > 0 && <Clips session={session} tray={tray} />}
      <Advice tray={tray} />
      {n > 0 && <Foot tray={tray} />}
    </>
  );
}

function TraySaved({ session, tray }: Props) {
  tray.model.version.value;
  const state = tray.options.store?.state.value;
  if (!state) return null;
  const all = session.drafts.over(state, tray.model);
  return <span class="vig-saved">{savedSentence(all, tray.model.count, false, "clip")}</span>;
}

function Clips({ session, tray }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const drag = useDragOrder(list, (id, place) => tray.moveTo(id, place));
  const over = drag.over.value;
  return (
    <ol class="vig-clips" ref={list} aria-label="The review, in its order">
      {tray.list.value.map((clip, place) => (
        <li
          key={clip.id}
          data-clip={clip.id}
          class={[
            tray.reel.at.value === place ? "is-on" : "",
            drag.held.value === clip.id ? "is-held" : "",
            over === place ? "is-before" : "",
          ].join(" ")}
        >
          <button
            type="button"
            class="vig-grip"
            aria-label={`Move ${nameOf(clip, place)}, now ${place + 1}: arrow keys`}
            title="Drag, or use the arrow keys"
            onPointerDown={(event) => drag.start(event, clip.id)}
            onKeyDown={(event) => {
              const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
              if (!by) return;
              event.preventDefault();
              event.stopPropagation();
              tray.move(clip.id, by);
              tray.said.value = `Now at ${tray.list.value.findIndex(({ id }) => id === clip.id) + 1}.`;
            }}
          >
            {place + 1}
          </button>
          <ClipRow session={session} tray={tray} clip={clip} place={place} />
        </li>
      ))}
    </ol>
  );
}

const nameOf = (clip: Tag, place: number): string =>
  clip.note || `${clip.end === null ? "still" : "clip"} ${place + 1}`;

function ClipRow({ session, tray, clip, place }: Props & { clip: Tag; place: number }) {
  const name = nameOf(clip, place);
  const save = (title: string, joins: boolean) => tray.rename(clip.id, title, joins);
  const field = { model: tray.model, tag: clip.id, save, line: TITLE };
  const draft = useDraft(session, field, clip.note ?? "", ["Enter"]);
  return (
    <>
      <button
        type="button"
        class="vig-clip-picture"
        aria-label={clip.end === null ? `Show ${name}` : `Play ${name}`}
        onClick={() => tray.play(clip)}
      >
        <Thumb session={session} moment={clip.start} />
        {clip.end !== null && <Icon name="play" />}
      </button>
      <span class="vig-clip-words">
        <input
          type="text"
          maxLength={TITLE}
          placeholder="What is to be seen?"
          aria-label={`Title of ${clip.end === null ? "still" : "clip"} ${place + 1}`}
          {...draft}
        />
        <Theirs session={session} field={field} />
        <span class="vig-time">
          {clip.end === null
            ? `still at ${shortTime(clip.start)}`
            : `${shortTime(clip.start)} · ${seconds(clip.end - clip.start)}`}
        </span>
      </span>
      <button
        type="button"
        class="vig-quiet"
        aria-label={`Take ${name} out`}
        onClick={() => tray.drop(clip.id)}
      >
        <Icon name="bin" />
      </button>
    </>
  );
}

/** The picture nearest to a moment on the scrub sheet. */
function Thumb({ session, moment }: { session: Session; moment: number }) {
  const sheet = session.scrub.value;
  const { film, files } = session;
  const ratio = { aspectRatio: `${film.width} / ${film.height}` };
  if (!sheet || !files.scrub) return <span class="vig-clip-thumb" style={ratio} />;
  const i = Math.max(upperBound(sheet.times, moment) - 1, 0);
  const [x, y] = [i % sheet.columns, Math.floor(i / sheet.columns)];
  const part = (at: number, of: number) => (of > 1 ? `${(at / (of - 1)) * 100}%` : "0");
  return (
    <span
      class="vig-clip-thumb"
      style={{
        ...ratio,
        backgroundImage: `url("${files.scrub}")`,
        backgroundSize: `${sheet.columns * 100}% ${sheet.rows * 100}%`,
        backgroundPosition: `${part(x, sheet.columns)} ${part(y, sheet.rows)}`,
      }}
    />
  );
}

function Advice({ tray }: { tray: Tray }) {
  const advice = tray.advice.value;
  if (advice.length === 0) return null;
  return (
    <ul class="vig-advice" aria-label="Advice">
      {advice.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function Foot({ tray }: { tray: Tray }) {
  const saving = tray.saving.value;
  const plays = tray.reel.at.value;
  return (
    <div class="vig-tray-foot">
      <button type="button" class="vig-primary" onClick={() => tray.preview()}>
        {plays === null ? "Play the review" : `Stop (${plays + 1} of ${tray.list.value.length})`}
      </button>
      {tray.options.save && (
        <button
          type="button"
          class="vig-button"
          disabled={saving.at === "making"}
          onClick={() => void tray.save()}
        >
          {saving.at === "making" ? "Making the films…" : "Export"}
        </button>
      )}
      <span role="status" class={saving.at === "refused" ? "vig-warning" : "vig-tray-said"}>
        {"says" in saving ? saving.says : ""}
      </span>
    </div>
  );
}
