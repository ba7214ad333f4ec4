/** Several moments are chosen: what can be done with all of them at once, each as one step to undo. */
import type { Certainty } from "../contract";
import { say } from "../model/codebook";
import { seconds } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import * as acts from "./acts";
import { pairs } from "./Who";

export function Many({ session }: { session: Session }) {
  const tags = session.model.chosen.tags.value;
  const [first] = tags;
  if (!first) return null;
  const end = tags.reduce((latest, tag) => Math.max(latest, tag.end ?? tag.start), 0);
  return (
    <section class="vig-card vig-detail" aria-label="Chosen moments">
      <header class="vig-detail-head">
        <h2>{tags.length} moments chosen</h2>
        <button
          type="button"
          class="vig-quiet"
          onClick={() => {
            session.model.selected.value = null;
          }}
        >
          Let go
        </button>
      </header>
      <p class="vig-length">within {seconds(end - first.start)}; what you change here changes them all</p>
      <fieldset class="vig-plain" disabled={session.readOnly.value}>
        <Naming session={session} />
        <People session={session} />
        <Sureness session={session} />
        <Moving session={session} />
      </fieldset>
      {!session.readOnly.value && <Doing session={session} />}
    </section>
  );
}

/** A choice that is made of all: it shows what they share, or that they differ. */
interface FieldProps {
  label: string;
  /** Undefined where they differ. */
  value: string | undefined;
  options: readonly { id: string; text: string }[];
  onChange(value: string): void;
}

function Field({ label, value, options, onChange }: FieldProps) {
  return (
    <label class="vig-field is-row">
      <span>{label}</span>
      <select value={value ?? "?"} onChange={(event) => onChange(event.currentTarget.value)}>
        {value === undefined && (
          <option value="?" disabled>
            they differ
          </option>
        )}
        {options.map(({ id, text }) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function shared<T>(values: readonly T[]): T | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function Naming({ session }: { session: Session }) {
  const { codebook, model } = session;
  const options = codebook.lanes.flatMap((lane) => [
    { id: lane.id, text: say(lane.label) },
    ...codebook.children(lane.id).map((code) => ({ id: code.id, text: `\u2003${say(code.label)}` })),
  ]);
  return (
    <Field
      label="What it is"
      value={shared(model.chosen.tags.value.map(({ code }) => code))}
      options={options}
      onChange={(id) => acts.recodeChosen(session, id)}
    />
  );
}

function People({ session }: { session: Session }) {
  const tags = session.model.chosen.tags.value;
  const all = new Map(
    tags.flatMap((tag) =>
      pairs(session, tag).map(([a, b]) => [`${a.id} ${b.id}`, `${a.name} → ${b.name}`] as const),
    ),
  );
  return (
    <Field
      label="Who, toward whom"
      value={shared(tags.map(({ actor, target }) => `${actor} ${target}`))}
      options={[...all].map(([id, text]) => ({ id, text }))}
      onChange={(both) => acts.setWho(session, ...(both.split(" ") as [string, string]))}
    />
  );
}

const SURE = [
  { id: "", text: "not said" },
  { id: "sure", text: "sure" },
  { id: "fairly", text: "fairly sure" },
  { id: "unsure", text: "not sure" },
];

function Sureness({ session }: { session: Session }) {
  return (
    <Field
      label="How sure"
      value={shared(session.model.chosen.tags.value.map(({ certainty }) => certainty ?? ""))}
      options={SURE}
      onChange={(value) => acts.setCertainty(session, (value || null) as Certainty | null)}
    />
  );
}

function Moving({ session }: { session: Session }) {
  return (
    <div class="vig-times">
      <span class="vig-nudge">
        <span>move all</span>
        <button
          type="button"
          class="vig-quiet"
          aria-label="Move all one frame earlier"
          onClick={() => acts.shiftChosen(session, -1)}
        >
          ‹
        </button>
        <span>a frame</span>
        <button
          type="button"
          class="vig-quiet"
          aria-label="Move all one frame later"
          onClick={() => acts.shiftChosen(session, 1)}
        >
          ›
        </button>
      </span>
    </div>
  );
}

function Doing({ session }: { session: Session }) {
  return (
    <div class="vig-actions">
      <button type="button" class="vig-button" onClick={() => acts.mergeChosen(session)}>
        Join into one
      </button>
      <button type="button" class="vig-quiet" onClick={() => acts.duplicateChosen(session)}>
        Duplicate
      </button>
      <button
        type="button"
        class="vig-quiet"
        aria-label="Delete all"
        onClick={() => acts.dropChosen(session)}
      >
        <Icon name="bin" /> Delete
      </button>
    </div>
  );
}
