/** Every moment in a list that does by keyboard and screen reader all that the timeline does by mouse. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Member, Tag } from "../contract";
import { seconds, timecode } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { LaneSign } from "./LaneButton";

const ROW = 44;
const TALLEST = 8 * ROW;
const SPARE = 6;

export function Moments({ session }: { session: Session }) {
  const tags = session.model.sorted.value;
  const top = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  const selected = session.model.selected.value;
  useEffect(() => {
    const i = tags.findIndex((tag) => tag.id === selected);
    const element = box.current;
    if (i < 0 || !element) return;
    if (i * ROW < element.scrollTop) element.scrollTop = i * ROW;
    else if ((i + 1) * ROW > element.scrollTop + element.clientHeight)
      element.scrollTop = (i + 1) * ROW - element.clientHeight;
  }, [selected]);
  if (tags.length === 0) return null;
  // Only the rows in sight are made: the list stays quick with ten thousand.
  const first = Math.max(Math.floor(top.value / ROW) - SPARE, 0);
  const last = Math.min(first + TALLEST / ROW + 2 * SPARE, tags.length);
  return (
    <section class="vig-card vig-moments" aria-label="List of moments">
      <h2>
        Moments <span class="vig-count">{tags.length}</span>
      </h2>
      <div
        ref={box}
        class="vig-scroll"
        style={{ maxHeight: `${TALLEST}px` }}
        onScroll={(event) => {
          top.value = event.currentTarget.scrollTop;
        }}
      >
        <ol style={{ height: `${tags.length * ROW}px`, paddingTop: `${first * ROW}px` }}>
          {tags.slice(first, last).map((tag, i) => (
            <Moment key={tag.id} session={session} tag={tag} place={first + i + 1} all={tags.length} />
          ))}
        </ol>
      </div>
    </section>
  );
}

function Moment({ session, tag, place, all }: { session: Session; tag: Tag; place: number; all: number }) {
  const { codebook, model } = session;
  const lane = codebook.laneOf(tag.code);
  const chosen = model.selected.value === tag.id;
  const name = codebook.short(tag.code);
  const from = timecode(tag.start);
  return (
    <li class={chosen ? "is-chosen" : ""} aria-setsize={all} aria-posinset={place}>
      <button type="button" class="vig-moment" aria-current={chosen} onClick={() => session.select(tag.id)}>
        <LaneSign lane={lane} place={codebook.lanes.indexOf(lane)} />
        <span class="vig-time">{from}</span>
        <span class="vig-moment-name">{name}</span>
        <span class="vig-moment-who">{who(tag, model.cast)}</span>
        <span class="vig-moment-length">{tag.end === null ? "point" : seconds(tag.end - tag.start)}</span>
      </button>
      <button
        type="button"
        class="vig-quiet"
        aria-label={`Play ${name} at ${from}`}
        title="Play"
        onClick={() => {
          model.selected.value = tag.id;
          session.playSelected();
        }}
      >
        <Icon name="play" />
      </button>
      {!session.readOnly.value && (
        <button
          type="button"
          class="vig-quiet"
          aria-label={`Delete ${name} at ${from}`}
          title="Delete"
          onClick={() => model.drop(tag.id)}
        >
          <Icon name="bin" />
        </button>
      )}
    </li>
  );
}

function who(tag: Tag, cast: readonly Member[]): string {
  const name = (id: string) => cast.find((member) => member.id === id)?.name ?? id;
  return `${name(tag.actor)} → ${name(tag.target)}`;
}
