/** The selected moment: what it is, who toward whom, what it answers, how sure, from when to when. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Certainty, Member, Tag } from "../contract";
import { say } from "../model/codebook";
import { seconds, timecode } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { Answers } from "./Answers";
import { LaneSign } from "./LaneButton";

export function Detail({ session }: { session: Session }) {
  const tag = session.model.selectedTag.value;
  if (!tag) return <Nothing session={session} />;
  const lane = session.codebook.laneOf(tag.code);
  const place = session.codebook.lanes.indexOf(lane);
  return (
    <section class="vig-card vig-detail" aria-label="Selected moment">
      <header class="vig-detail-head">
        <h2>
          <LaneSign lane={lane} place={place} /> {say(lane.label)}
        </h2>
        {lane.key && <kbd aria-hidden="true">{lane.key}</kbd>}
      </header>
      <fieldset class="vig-plain" disabled={session.readOnly.value}>
        <Behaviours session={session} tag={tag} />
        <Who session={session} tag={tag} />
        <Note session={session} tag={tag} key={tag.id} />
        <Answers session={session} tag={tag} />
        <Times session={session} tag={tag} />
        <Sure session={session} tag={tag} />
      </fieldset>
      <Actions session={session} tag={tag} />
    </section>
  );
}

/** What to do when nothing is selected. */
function Nothing({ session }: { session: Session }) {
  if (session.readOnly.value) return null;
  const { count } = session.model;
  session.model.version.value;
  return (
    <section class="vig-card vig-detail is-empty" aria-label="Selected moment">
      <h2>{count === 0 ? "Your first moment" : "No moment selected"}</h2>
      <p>
        {count === 0
          ? "Play the film. When you see something, press its key or its name and press again when it is over, or drag along its lane."
          : "Choose a moment on the timeline or in the list, or make another."}
      </p>
      {session.coder.hint.value && <p role="status">{session.coder.hint.value}</p>}
    </section>
  );
}

interface Part {
  session: Session;
  tag: Tag;
}

function Behaviours({ session, tag }: Part) {
  const { codebook, model } = session;
  const lane = codebook.laneOf(tag.code);
  const kinds = codebook
    .children(lane.id)
    .filter((code) => code.kind === "either" || (code.kind === "state") === (tag.end !== null));
  const choices = [
    { id: lane.id, text: "none in particular" },
    ...kinds.map((code) => ({ id: code.id, text: say(code.label) })),
  ];
  return (
    <div class="vig-behaviours" role="radiogroup" aria-label={`What it looks like: ${say(lane.label)}`}>
      {choices.map(({ id, text }) => (
        <label key={id} class={tag.code === id ? "is-chosen" : ""}>
          <input
            type="radio"
            name={`code-${tag.id}`}
            checked={tag.code === id}
            onChange={() => model.amend("name", tag.id, { code: id })}
          />
          <span>{text}</span>
        </label>
      ))}
    </div>
  );
}

/** Every pair of cast members that the code allows; few enough to show all. */
function pairs(session: Session, tag: Tag): [Member, Member][] {
  const actors = session.codebook.actors(tag.code, session.model.cast);
  return actors.flatMap((actor) =>
    session.model.cast
      .filter((target) => target.id !== actor.id)
      .map((target): [Member, Member] => [actor, target]),
  );
}

const MOST_CHIPS = 4;

function Who({ session, tag }: Part) {
  const all = pairs(session, tag);
  const { model } = session;
  if (all.length === 0) return null;
  const set = (actor: string, target: string) => model.amend("who", tag.id, { actor, target });
  if (all.length > MOST_CHIPS)
    return (
      <label class="vig-field">
        <span>Who, toward whom</span>
        <select
          value={`${tag.actor} ${tag.target}`}
          onChange={(event) => set(...(event.currentTarget.value.split(" ") as [string, string]))}
        >
          {all.map(([actor, target]) => (
            <option key={`${actor.id} ${target.id}`} value={`${actor.id} ${target.id}`}>
              {actor.name} → {target.name}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <div class="vig-chips" role="radiogroup" aria-label="Who, toward whom">
      {all.map(([actor, target]) => {
        const chosen = tag.actor === actor.id && tag.target === target.id;
        return (
          <label key={`${actor.id} ${target.id}`} class={`vig-chip ${chosen ? "is-chosen" : ""}`}>
            <input
              type="radio"
              name={`who-${tag.id}`}
              checked={chosen}
              onChange={() => set(actor.id, target.id)}
            />
            {actor.name} → {target.name}
          </label>
        );
      })}
    </div>
  );
}

/** Kept when one stops typing for a moment or leaves the field, so that undo goes by thoughts, not letters. */
function Note({ session, tag }: Part) {
  const draft = useSignal<string | null>(null);
  const save = () => {
    if (draft.value !== null) session.model.amend("note", tag.id, { note: draft.value });
    draft.value = null;
  };
  useEffect(() => {
    if (draft.value === null) return;
    const timer = setTimeout(save, 900);
    return () => clearTimeout(timer);
  });
  useEffect(() => save, [tag.id]);
  return (
    <label class="vig-field">
      <span class="vig-hidden">Note</span>
      <textarea
        rows={2}
        maxLength={4000}
        placeholder="What do you see?"
        value={draft.value ?? tag.note ?? ""}
        onInput={(event) => {
          draft.value = event.currentTarget.value;
        }}
        onBlur={save}
      />
    </label>
  );
}

function Times({ session, tag }: Part) {
  const { end } = tag;
  return (
    <div class="vig-times">
      <Nudge label="from" moment={tag.start} onNudge={(n) => nudge(session, tag, "start", n)} />
      {end !== null && <Nudge label="to" moment={end} onNudge={(n) => nudge(session, tag, "end", n)} />}
      <span class="vig-length">{end === null ? "a point in time" : seconds(end - tag.start)}</span>
    </div>
  );
}

/** Moves one edge by frames, and shows the frame it then lies on; an interval keeps at least one frame. */
export function nudge(session: Session, tag: Tag, edge: "start" | "end", n: number): void {
  const { frames, clock, model } = session;
  if (edge === "start") {
    const most = tag.end === null ? frames.start(frames.last) : frames.nudge(tag.end, -1);
    const start = Math.min(frames.nudge(tag.start, n), most);
    model.amend("move start", tag.id, { start });
    clock.seekTime(start);
  } else if (tag.end !== null) {
    const end = Math.max(frames.nudge(tag.end, n), frames.nudge(tag.start, 1));
    model.amend("move end", tag.id, { end });
    clock.seekTime(end - 1);
  }
}

function Nudge({ label, moment, onNudge }: { label: string; moment: number; onNudge: (n: number) => void }) {
  return (
    <span class="vig-nudge">
      <span>{label}</span>
      <button
        type="button"
        class="vig-quiet"
        aria-label={`${label}: one frame earlier`}
        onClick={() => onNudge(-1)}
      >
        ‹
      </button>
      <span class="vig-time">{timecode(moment)}</span>
      <button
        type="button"
        class="vig-quiet"
        aria-label={`${label}: one frame later`}
        onClick={() => onNudge(1)}
      >
        ›
      </button>
    </span>
  );
}

const SURE: [Certainty | null, string][] = [
  [null, "not said"],
  ["sure", "sure"],
  ["fairly", "fairly sure"],
  ["unsure", "not sure"],
];

function Sure({ session, tag }: Part) {
  return (
    <label class="vig-field is-row">
      <span>How sure are you?</span>
      <select
        value={tag.certainty ?? ""}
        onChange={(event) =>
          session.model.amend("certainty", tag.id, {
            certainty: (event.currentTarget.value || null) as Certainty | null,
          })
        }
      >
        {SURE.map(([value, text]) => (
          <option key={text} value={value ?? ""}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Actions({ session, tag }: Part) {
  return (
    <div class="vig-actions">
      <button type="button" class="vig-button" onClick={() => session.playSelected()}>
        <Icon name="play" /> Play moment
      </button>
      {!session.readOnly.value && (
        <button type="button" class="vig-quiet" onClick={() => session.model.drop(tag.id)}>
          <Icon name="bin" /> Delete
        </button>
      )}
    </div>
  );
}
