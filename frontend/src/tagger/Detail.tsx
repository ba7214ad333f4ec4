/** The selected moment: what it is, who toward whom, what it answers, how sure, from when to when. */
import { ChainCard, Connect } from "../chains/ChainCard";
import type { Certainty, Tag } from "../contract";
import { placeKey } from "../keys/codes";
import { keyName } from "../keys/name";
import { CloseUps } from "../look/CloseUps";
import { say } from "../model/codebook";
import { seconds, timecode } from "../model/time";
import { LensNote } from "../schemes/Words";
import { useDraft } from "../ui/draft";
import { phone } from "../ui/hands";
import { Icon } from "../ui/icons";
import { Theirs } from "../ui/Theirs";
import type { Session } from "../workbench/session";
import { duplicateChosen, recodeChosen, setCertainty, splitHere } from "./acts";
import { BehaviourList } from "./Behaviours";
import { Clashes } from "./Clashes";
import { Growing } from "./Growing";
import { HowTo } from "./HowTo";
import { LaneSign } from "./LaneButton";
import { Many } from "./Many";
import { Modifiers } from "./Modifiers";
import { Who } from "./Who";

interface DetailProps {
  session: Session;
  /** Whether what grows is told in a line of its own, under the lanes. */
  line?: boolean;
}

export function Detail({ session, line }: DetailProps) {
  return (
    <>
      {!phone.value && !line && <Growing session={session} />}
      <Selected session={session} />
    </>
  );
}

function Selected({ session }: { session: Session }) {
  const tag = session.model.selectedTag.value;
  if (!tag) return session.coder.newest.value ? null : <Nothing session={session} />;
  if (session.model.chosen.ids.value.size > 1) return <Many session={session} />;
  const lane = session.codebook.laneOf(tag.code);
  const place = session.codebook.lanes.indexOf(lane);
  return (
    <section class="vig-card vig-detail" aria-label="Selected moment">
      <header class="vig-detail-head">
        <h2>
          <LaneSign lane={lane} place={place} /> {session.codebook.label(lane.id)}
        </h2>
        <LaneKey session={session} lane={lane.id} />
      </header>
      <LensNote session={session} code={tag.code} />
      <fieldset class="vig-plain" disabled={session.readOnly.value}>
        <Behaviours session={session} tag={tag} />
        <Modifiers session={session} tag={tag} />
        <Who session={session} tag={tag} />
        <Note session={session} tag={tag} key={tag.id} />
        <Connect session={session} tag={tag} />
        <Times session={session} tag={tag} />
        <Clashes session={session} tag={tag} />
        <Sure session={session} tag={tag} />
        <Lane session={session} tag={tag} />
      </fieldset>
      <CloseUps session={session} tag={tag} />
      <ChainCard session={session} />
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
      {count === 0 ? (
        <>
          <p>Play the film, and mark what you see.</p>
          <HowTo session={session} />
        </>
      ) : (
        <p>Choose a moment on the timeline or in the list, or make another.</p>
      )}
      {session.coder.hint.value && <p role="status">{session.coder.hint.value}</p>}
    </section>
  );
}

interface Part {
  session: Session;
  tag: Tag;
}

function Behaviours({ session, tag }: Part) {
  const { codebook } = session;
  const lane = codebook.laneOf(tag.code);
  const kinds = codebook
    .children(lane.id)
    .filter((code) => code.kind === "either" || (code.kind === "state") === (tag.end !== null));
  const all = codebook.children(lane.id);
  // While something grows these keys name that instead: its own list has them.
  const free = session.coder.newest.value === null;
  const keyOf = (id: string) =>
    session.desk.keys.value.get(id) ?? (free ? placeKey(all.findIndex((code) => code.id === id)) : null);
  const choices = [
    { id: lane.id, text: "none in particular", key: free ? "Shift+0" : null },
    ...kinds.map((code) => ({ id: code.id, text: say(code.label), key: keyOf(code.id) })),
  ];
  return (
    <BehaviourList
      label={`What it looks like: ${say(lane.label)}`}
      name={`code-${tag.id}`}
      choices={choices}
      key={tag.id}
      chosen={tag.code}
      folds
      choose={(id) => recodeChosen(session, id)}
    />
  );
}

/** Saved while one writes; undo goes by thoughts, not letters. */
function Note({ session, tag }: Part) {
  const { model } = session;
  const save = (note: string, joins: boolean) => model.amend("note", tag.id, { note }, joins);
  const field = { model, tag: tag.id, save };
  const draft = useDraft(session, field, tag.note ?? "");
  return (
    <>
      <label class="vig-field">
        <span class="vig-hidden">Note</span>
        <textarea rows={2} maxLength={4000} placeholder="What do you see?" {...draft} />
      </label>
      <Theirs session={session} field={field} />
    </>
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
        onChange={(event) => setCertainty(session, (event.currentTarget.value || null) as Certainty | null)}
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

/** Another lane, when it turns out to be something else. */
function Lane({ session, tag }: Part) {
  const { codebook } = session;
  return (
    <label class="vig-field is-row">
      <span>It is rather</span>
      <select
        value={codebook.laneOf(tag.code).id}
        onChange={(event) => recodeChosen(session, event.currentTarget.value)}
      >
        {codebook.lanes.map((lane) => (
          <option key={lane.id} value={lane.id}>
            {say(lane.label)}
          </option>
        ))}
      </select>
    </label>
  );
}

function LaneKey({ session, lane }: { session: Session; lane: string }) {
  const key = session.desk.keys.value.get(lane);
  return key ? <kbd aria-hidden="true">{keyName(key)}</kbd> : null;
}

function Actions({ session, tag }: Part) {
  const { start, end } = tag;
  const now = session.clock.time.value;
  const inside = end !== null && start < now && now < end;
  return (
    <div class="vig-actions">
      <button
        type="button"
        class="vig-button"
        aria-label="Play moment"
        title="Play this moment (P)"
        onClick={() => session.playSelected()}
      >
        <Icon name="play" /> Play
      </button>
      {!session.readOnly.value && (
        <>
          <button
            type="button"
            class="vig-quiet"
            disabled={!inside}
            title={
              inside ? "Split at the playhead (Ctrl K)" : "To split it, put the playhead inside it (Ctrl K)"
            }
            onClick={() => splitHere(session)}
          >
            Split
          </button>
          <button
            type="button"
            class="vig-quiet"
            title="Duplicate, to name it twice (Ctrl D)"
            onClick={() => duplicateChosen(session)}
          >
            Duplicate
          </button>
          <button
            type="button"
            class="vig-quiet"
            aria-label="Delete"
            title="Delete (Del)"
            onClick={() => session.model.drop(tag.id)}
          >
            <Icon name="bin" />
          </button>
        </>
      )}
    </div>
  );
}
