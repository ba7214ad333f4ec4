/**
 * Every moment in a list that does by keyboard and screen reader all that the timeline does by mouse. It is an ARIA
 * grid with one stop for Tab: the arrows move through it, and every key of the `?` sheet works on what is chosen.
 */
import { useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Certainty, Tag } from "../contract";
import { isOpen } from "../model/filter";
import { seconds, timecode } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { chooseTo, selectNext, toggleChosen } from "./acts";
import { FilterBar, PickButton } from "./Filter";
import { LaneSign } from "./LaneButton";

const ROW = 44;
const TALLEST = 8 * ROW;
/** Pixels that the heading takes, the filter, and the filter's count of what is shown. */
const HEAD = 84;
const FILTER = 42;
const COUNT = 28;
/** Rows that are in sight at least; fewer while a moment is selected, whose own card then needs the room. */
const ROWS = 5;
const BESIDE = 3;
const SPARE = 6;
const SURE: Record<Certainty, string> = { sure: "sure", fairly: "fairly sure", unsure: "not sure" };

export function Moments({ session }: { session: Session }) {
  const all = session.model.sorted.value;
  if (all.length === 0) return null;
  const rows = Math.min(all.length, session.model.selected.value ? BESIDE : ROWS);
  const filter = all.length <= 3 ? 0 : FILTER + (isOpen(session.desk.filter.value) ? 0 : COUNT);
  return (
    <section
      class="vig-card vig-moments"
      aria-label="List of moments"
      style={{ "--vig-least": `${HEAD + filter + rows * ROW}px` }}
    >
      <div class="vig-moments-head">
        <h2>
          Moments <span class="vig-count">{all.length}</span>
        </h2>
        <PickButton session={session} />
      </div>
      {all.length > 3 && <FilterBar session={session} />}
      <Grid session={session} />
    </section>
  );
}

function Grid({ session }: { session: Session }) {
  const { desk } = session;
  const tags = desk.listed.value;
  const top = useSignal(0);
  // The same moments may be shown twice in a notebook.
  const grid = useId();
  const box = useRef<HTMLDivElement>(null);
  const row = desk.row.value;
  const here = useComputed(() => desk.listed.value.findIndex((tag) => tag.id === desk.row.value));
  useEffect(() => bringIntoView(box.current, here.value), [row, here.value]);
  // With its last moment the list goes; whoever was in it is to be heard still, to undo that.
  useLayoutEffect(
    () => () => {
      const { root } = desk;
      if (box.current?.contains(document.activeElement) && root instanceof HTMLElement)
        root.focus({ preventScroll: true });
    },
    [],
  );
  // What is selected stays in sight when the list is given less room.
  useEffect(() => {
    if (!box.current || !("ResizeObserver" in globalThis)) return;
    const watch = new ResizeObserver(() => bringIntoView(box.current, here.peek()));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  // Only the rows in sight are made: the list stays quick with fifty thousand.
  const first = Math.max(Math.floor(top.value / ROW) - SPARE, 0);
  const last = Math.min(first + TALLEST / ROW + 2 * SPARE, tags.length);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows that are made only while in sight cannot be a table's.
    <div
      ref={box}
      class="vig-scroll"
      role="grid"
      tabIndex={0}
      aria-label={
        desk.picking.value
          ? "Moments, choosing several: arrows move, Space takes one in or lets it go, Shift V is done"
          : "Moments: arrows move, Shift with arrows chooses several, Enter plays, Delete deletes, ? shows every key"
      }
      aria-multiselectable="true"
      aria-rowcount={tags.length}
      aria-colcount={5}
      aria-activedescendant={here.value >= first && here.value < last ? `${grid}-${row}` : undefined}
      style={{ maxHeight: `${TALLEST}px` }}
      onScroll={(event) => {
        top.value = event.currentTarget.scrollTop;
      }}
      onKeyDown={(event) => inGrid(event, session)}
    >
      {/* A grid's rows may stand in a presentational box; it is as high as all of them. */}
      <div role="presentation" style={{ height: `${tags.length * ROW}px`, paddingTop: `${first * ROW}px` }}>
        {tags.slice(first, last).map((tag, i) => (
          <Moment key={tag.id} session={session} tag={tag} place={first + i + 1} grid={grid} />
        ))}
      </div>
    </div>
  );
}

function bringIntoView(element: HTMLElement | null, place: number): void {
  if (place < 0 || !element) return;
  if (place * ROW < element.scrollTop) element.scrollTop = place * ROW;
  else if ((place + 1) * ROW > element.scrollTop + element.clientHeight)
    element.scrollTop = (place + 1) * ROW - element.clientHeight;
}

/** What keys mean in the list beside their meaning everywhere. */
function inGrid(event: KeyboardEvent, session: Session): void {
  const { model, desk } = session;
  if (event.target !== event.currentTarget || event.altKey) return;
  if (desk.picking.value && !event.shiftKey && picks(event, session)) return event.preventDefault();
  const tags = desk.listed.value;
  const mod = event.ctrlKey || event.metaKey;
  const end = event.key === "Home" ? tags[0] : event.key === "End" ? tags.at(-1) : null;
  if (event.key === "Enter" && !event.shiftKey) session.playSelected();
  else if (end && event.shiftKey) chooseTo(session, end.id);
  else if (end) session.select(end.id);
  else if (event.key === "PageDown") selectNext(session, Math.min(8, tags.length - 1 - place(session)));
  else if (event.key === "PageUp") selectNext(session, -Math.min(8, place(session)));
  else if (event.key === " " && mod && model.selected.value) toggleChosen(session, model.selected.value);
  else return;
  event.preventDefault();
}

/** While several are chosen the arrows only move, and Space takes in or lets go; false for any other key. */
function picks(event: KeyboardEvent, session: Session): boolean {
  const { desk, model } = session;
  const tags = desk.listed.value;
  const here = tags.findIndex((tag) => tag.id === desk.row.value);
  if (event.key === " ") {
    if (desk.row.value) toggleChosen(session, desk.row.value);
    return true;
  }
  if (event.ctrlKey || event.metaKey) return false;
  const to = {
    ArrowUp: here - 1,
    ArrowDown: here + 1,
    PageUp: here - 8,
    PageDown: here + 8,
    Home: 0,
    End: tags.length,
  }[event.key];
  const next = to === undefined ? undefined : tags[Math.min(Math.max(to, 0), tags.length - 1)];
  if (!next) return false;
  desk.cursor.value = next.id;
  session.clock.pause();
  session.clock.seekTime(model.tags.get(next.id)?.start ?? 0);
  return true;
}

const place = ({ desk, model }: Session) =>
  Math.max(
    desk.listed.value.findIndex((tag) => tag.id === model.selected.value),
    0,
  );

interface RowProps {
  session: Session;
  tag: Tag;
  place: number;
  /** What the grid's ids begin with. */
  grid: string;
}

function Moment({ session, tag, place, grid }: RowProps) {
  const { codebook, model } = session;
  const lane = codebook.laneOf(tag.code);
  const chosen = model.chosen.ids.value.has(tag.id);
  const focus = session.desk.row.value === tag.id;
  const name = codebook.short(tag.code);
  const from = timecode(tag.start);
  const people = who(session, tag);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the row it is on.
    // biome-ignore lint/a11y/useSemanticElements: rows that are made only while in sight cannot be a table's.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys of all its rows.
    <div
      id={`${grid}-${tag.id}`}
      role="row"
      class={`vig-row ${chosen ? "is-chosen" : ""} ${focus ? "is-focus" : ""}`}
      aria-rowindex={place}
      aria-selected={chosen}
      onClick={(event) => clicked(event, session, tag)}
    >
      <Cell class="vig-moment-name">
        <LaneSign lane={lane} place={codebook.lanes.indexOf(lane)} />
        {name}
      </Cell>
      <Cell class="vig-time">{from}</Cell>
      <Cell class="vig-moment-length">{tag.end === null ? "point" : seconds(tag.end - tag.start)}</Cell>
      <Cell class="vig-moment-who">
        {people}
        {tag.certainty && <span class="vig-moment-sure"> · {SURE[tag.certainty]}</span>}
        {tag.note && (
          <span class="vig-moment-note">
            <span class="vig-hidden"> Note:</span> · {tag.note}
          </span>
        )}
      </Cell>
      <Cell class="vig-moment-acts">
        <button
          type="button"
          class="vig-quiet"
          tabIndex={-1}
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
            tabIndex={-1}
            aria-label={`Delete ${name} at ${from}`}
            title="Delete"
            onClick={() => model.drop(tag.id)}
          >
            <Icon name="bin" />
          </button>
        )}
      </Cell>
    </div>
  );
}

function Cell({ class: name, children }: { class: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names the row it is on.
    // biome-ignore lint/a11y/useSemanticElements: rows that are made only while in sight cannot be a table's.
    <span role="gridcell" class={name}>
      {children}
    </span>
  );
}

function clicked(event: MouseEvent, session: Session, tag: Tag): void {
  if ((event.target as Element | null)?.closest("button")) return;
  const { desk } = session;
  if (event.shiftKey) return chooseTo(session, tag.id);
  if (event.ctrlKey || event.metaKey || desk.picking.value) return toggleChosen(session, tag.id);
  session.select(tag.id);
}

function who({ model }: Session, tag: Tag): string {
  const name = (id: string) => model.cast.find((member) => member.id === id)?.name ?? id;
  return `${name(tag.actor)} → ${name(tag.target)}`;
}
