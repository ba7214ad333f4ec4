/** One item of a rating sheet. Closed: its name and its steps. In focus: what to look for, the anchors, its moments. */
import { useEffect, useRef } from "preact/hooks";
import type { Code, Step, Tag } from "../contract";
import { keyName } from "../keys/name";
import { say } from "../model/codebook";
import { shortTime } from "../model/time";
import { LaneSign } from "../tagger/LaneButton";
import { useDraft } from "../ui/draft";
import { Icon } from "../ui/icons";
import { Theirs } from "../ui/Theirs";
import type { Session } from "../workbench/session";
import { type Rating, ratingId } from "./rating";

interface Props {
  session: Session;
  rating: Rating;
  item: Code;
}

export function ItemCard({ session, rating, item }: Props) {
  const card = useRef<HTMLLIElement>(null);
  const here = rating.item.value === item.id;
  const chosen = rating.stepOf(item.id);
  useEffect(() => {
    if (here) card.current?.scrollIntoView({ block: "nearest" });
  }, [here]);
  // By keyboard only: were it opened at a finger's touch, the step under the finger would move away.
  const focus = (event: FocusEvent) => {
    if ((event.target as Element).matches(":focus-visible")) rating.item.value = item.id;
  };
  return (
    <li ref={card} class={`vig-item ${here ? "is-here" : ""} ${chosen ? "is-rated" : ""}`} onFocusIn={focus}>
      <ItemName session={session} rating={rating} item={item} />
      {here && item.help && <p class="vig-item-help">{say(item.help)}</p>}
      <Steps session={session} rating={rating} item={item} />
      {here && <Foot session={session} rating={rating} item={item} />}
    </li>
  );
}

/** The name: a press puts it in focus and plays what was kept for it. */
function ItemName({ session, rating, item }: Props) {
  const moments = rating.evidence.value.get(item.id)?.length ?? 0;
  const itemKey = session.desk.keys.value.get(item.id);
  const growing = session.coder.growing.value.has(item.id);
  const count = moments === 1 ? "1 moment" : `${moments} moments`;
  return (
    <h3>
      <button
        type="button"
        class="vig-item-name"
        aria-expanded={rating.item.value === item.id}
        title={moments ? `Play its ${count}` : undefined}
        onClick={() => {
          const before = rating.item.value;
          rating.item.value = item.id;
          if (moments && (before === item.id || rating.reel.at.value === null)) rating.playEvidence(item.id);
        }}
      >
        <LaneSign lane={item} place={rating.items.indexOf(item)} />
        <span>{say(item.label)}</span>
        {item.core && <span class="vig-core">core</span>}
        {growing && <span class="vig-dot" aria-hidden="true" />}
        {moments > 0 && <span class="vig-item-count">{count}</span>}
        {itemKey && <kbd aria-hidden="true">{keyName(itemKey)}</kbd>}
      </button>
    </h3>
  );
}

/** The steps as one group of radio buttons; the words stand there in full when the item is in focus. */
function Steps({ session, rating, item }: Props) {
  const chosen = rating.stepOf(item.id)?.id;
  return (
    <fieldset
      class={`vig-steps ${rating.numbers ? "is-numbers" : "is-words"}`}
      disabled={session.readOnly.value}
      aria-label={say(item.label)}
    >
      {rating.steps.map((step) => (
        <label key={step.id} class={chosen === step.id ? "is-chosen" : ""} title={stepText(step, item)}>
          <input
            type="radio"
            name={`${session.options.observation}-${item.id}`}
            value={step.id}
            checked={chosen === step.id}
            onChange={() => {
              rating.item.value = item.id;
              rating.rate(item.id, step.id);
            }}
          />
          {rating.numbers ? <b>{step.value}</b> : step.key && <kbd aria-hidden="true">{step.key}</kbd>}
          <span>
            <span class="vig-step-name">{say(step.label)}</span>
            {anchor(step, item) && <span class="vig-anchor">{anchor(step, item)}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const anchor = (step: Step, item: Code): string => say(item.anchors?.[step.id]);
const stepText = (step: Step, item: Code): string =>
  [say(step.label), anchor(step, item)].filter(Boolean).join(": ");

/** The moments that show it, a note, and taking the rating back. */
function Foot({ session, rating, item }: Props) {
  const moments = rating.evidence.value.get(item.id) ?? [];
  const rated = rating.rated.value.get(item.id);
  const fixed = session.readOnly.value;
  return (
    <div class="vig-item-foot">
      {moments.length > 0 && (
        <ul class="vig-evidence" aria-label={`Moments for ${say(item.label)}`}>
          {moments.map((tag) => (
            <Moment key={tag.id} session={session} tag={tag} />
          ))}
        </ul>
      )}
      {!fixed && (
        <span class="vig-item-actions">
          <button
            type="button"
            class="vig-button"
            onClick={() => {
              session.coder.press(item.id);
              if (session.clock.direction.value !== 1) session.coder.release(item.id);
            }}
          >
            {session.coder.growing.value.has(item.id) ? "It ends here" : "Keep this moment"}
          </button>
          {rated && (
            <button type="button" class="vig-quiet" onClick={() => rating.open(item.id)}>
              Take the rating back
            </button>
          )}
        </span>
      )}
      {rated && <Why session={session} rated={rated} fixed={fixed} key={rated.id} />}
    </div>
  );
}

function Moment({ session, tag }: { session: Session; tag: Tag }) {
  const when = shortTime(tag.start);
  return (
    <li class={session.model.selected.value === tag.id ? "is-chosen" : ""}>
      <button
        type="button"
        class="vig-quiet"
        aria-label={`Play the moment at ${when}`}
        onClick={() => {
          session.rating?.reel.end();
          session.select(tag.id);
          session.playSelected();
        }}
      >
        <Icon name="play" />
        <span class="vig-time">{tag.end === null ? when : `${when}–${shortTime(tag.end)}`}</span>
      </button>
      {!session.readOnly.value && (
        <button
          type="button"
          class="vig-quiet"
          aria-label={`Delete the moment at ${when}`}
          onClick={() => session.model.drop(tag.id)}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

function Why({ session, rated, fixed }: { session: Session; rated: Tag; fixed: boolean }) {
  const { model } = session;
  const tag = ratingId(rated.code);
  const save = (note: string, joins: boolean) => model.amend("note", tag, { note }, joins);
  const field = { model, tag, save };
  const draft = useDraft(session, field, rated.note ?? "");
  return (
    <>
      <label class="vig-field">
        <span>What did you see?</span>
        <textarea
          rows={2}
          maxLength={4000}
          disabled={fixed}
          placeholder="In plain words, without judging"
          {...draft}
        />
      </label>
      <Theirs session={session} field={field} />
    </>
  );
}
