/** What the keys, the buttons and the list do with moments: one step each, said aloud, with a reason when not done. */
import type { Certainty, Tag } from "../contract";
import {
  amendAll,
  type Changes,
  type Done,
  duplicate,
  merge,
  type Refused,
  recode,
  shift,
  split,
} from "../model/acts";
import { shortTime } from "../model/time";
import { within } from "../timeline/view";
import type { Session } from "../workbench/session";

const many = (count: number, one = "moment") => (count === 1 ? one : `${count} ${one}s`);

/** Carries an act out: it changes the tags and chooses what came of it, or the reason is shown. */
function carryOut({ model, desk }: Session, what: string, outcome: Done | Refused): void {
  if ("why" in outcome) {
    model.refusal.value = outcome.why;
    return;
  }
  if (!outcome.together) model.change(what, outcome.changes);
  else if (!model.changeTogether(what, outcome.changes)) return;
  model.chosen.choose(outcome.choose);
  desk.say(`${what[0]?.toUpperCase()}${what.slice(1)}: done.`);
}

/** Changes all that is chosen, where that changes anything. */
function alter({ model, desk }: Session, what: string, changes: Changes): void {
  if (changes.length === 0) return;
  const name = changes.length > 1 ? `${what} of ${many(changes.length)}` : what;
  const ids = model.chosen.ids.value;
  const focus = model.selected.value;
  model.change(name, changes);
  model.chosen.choose(ids, focus ?? undefined);
  desk.say(`Changed: ${name}.`);
}

/** The moments that an act is about; those under the playhead when none is chosen. */
function chosenOrHere({ model, clock }: Session): readonly Tag[] {
  const chosen = model.chosen.tags.value;
  if (chosen.length) return chosen;
  const now = clock.time.value;
  return model.sorted.value.filter((tag) => tag.start < now && now < (tag.end ?? tag.start));
}

export function splitHere(session: Session): void {
  carryOut(session, "split", split(chosenOrHere(session), session.clock.time.value));
}

export function mergeChosen(session: Session): void {
  const { model } = session;
  carryOut(session, "merge", merge(model.chosen.tags.value, model.tags, session.codebook));
}

export function duplicateChosen(session: Session): void {
  carryOut(session, "duplicate", duplicate(session.model.chosen.tags.value));
}

/** Throws away what was begun last and still grows; false when nothing grows. */
export function abandon({ coder, codebook, desk }: Session): boolean {
  const code = coder.abandon();
  if (code !== null) desk.say(`Thrown away while it grew: ${codebook.short(code)}.`);
  return code !== null;
}

/** What grows is the newest thing that was done. Where what was chosen is gone by it, its twin is chosen again. */
export function undo(session: Session): void {
  if (abandon(session)) return;
  const { model } = session;
  const were = model.chosen.tags.value;
  model.undo();
  if (were.length === 0 || model.chosen.tags.value.length > 0) return;
  model.chosen.choose(were.flatMap((gone) => model.sorted.value.find((tag) => isTwin(tag, gone))?.id ?? []));
}

const isTwin = (a: Tag, b: Tag): boolean => a.code === b.code && a.start === b.start && a.end === b.end;

export function dropChosen({ model, desk }: Session): void {
  const ids = model.chosen.ids.value;
  if (ids.size === 0) return;
  model.dropAll(ids);
  desk.say(`Deleted ${many(ids.size)}. Control Z brings ${ids.size === 1 ? "it" : "them"} back.`);
}

export function recodeChosen(session: Session, id: string): void {
  const { model, codebook, frames } = session;
  const code = codebook.code(id);
  if (!code) return;
  alter(session, "name", recode(model.chosen.tags.value, code, codebook, model.cast, frames));
}

/** Names the behaviour at a place of each chosen moment's lane; -1 is none in particular. */
export function namePlace(session: Session, place: number): void {
  const { model, codebook, coder, frames } = session;
  if (coder.refine(place)) {
    const growing = coder.newest.value?.[1];
    if (growing) session.desk.say(`Growing: ${codebook.short(growing.code)}.`);
    return;
  }
  const changes = model.chosen.tags.value.flatMap((tag) => {
    const lane = codebook.laneOf(tag.code);
    const code = place < 0 ? lane : codebook.children(lane.id)[place];
    return code ? recode([tag], code, codebook, model.cast, frames) : [];
  });
  alter(session, "name", changes);
}

export function setWho(session: Session, actor: string, target: string): void {
  const { model, codebook } = session;
  const able = model.chosen.tags.value.filter((tag) =>
    codebook.actors(tag.code, model.cast).some(({ id }) => id === actor),
  );
  alter(session, "who", amendAll(able, { actor, target }));
}

/** The next pair of people, in the order of the cast. */
export function nextWho(session: Session): void {
  const { model, codebook } = session;
  const tag = model.selectedTag.value;
  if (!tag) return;
  const pairs = codebook
    .actors(tag.code, model.cast)
    .flatMap((actor) =>
      model.cast.filter(({ id }) => id !== actor.id).map((target) => [actor.id, target.id] as const),
    );
  const here = pairs.findIndex(([actor, target]) => actor === tag.actor && target === tag.target);
  const next = pairs[(here + 1) % pairs.length];
  if (next) setWho(session, ...next);
}

export function setCertainty(session: Session, certainty: Certainty | null): void {
  alter(session, "certainty", amendAll(session.model.chosen.tags.value, { certainty }));
}

const SURE: (Certainty | null)[] = [null, "sure", "fairly", "unsure"];

export function nextCertainty(session: Session): void {
  const now = session.model.selectedTag.value?.certainty ?? null;
  setCertainty(session, SURE[(SURE.indexOf(now) + 1) % SURE.length] ?? null);
}

/** Says one thing more closely of all that is chosen; null takes it back. */
export function setModifier(session: Session, modifier: string, choice: string | null): void {
  const { model, codebook } = session;
  const able = model.chosen.tags.value.filter((tag) =>
    codebook.modifiers(tag.code).some(({ id }) => id === modifier),
  );
  const changes = able.flatMap((tag) => {
    const { [modifier]: _, ...others } = tag.modifiers ?? {};
    return amendAll([tag], { modifiers: choice === null ? others : { ...others, [modifier]: choice } });
  });
  alter(session, "modifier", changes);
}

/** The next choice of the first modifier. */
export function nextModifier(session: Session): void {
  const tag = session.model.selectedTag.value;
  const first = tag && session.codebook.modifiers(tag.code)[0];
  if (!first) return;
  const choices = [null, ...first.choices.map(({ id }) => id)];
  const now = tag.modifiers?.[first.id] ?? null;
  setModifier(session, first.id, choices[(choices.indexOf(now) + 1) % choices.length] ?? null);
}

export function shiftChosen(session: Session, n: number): void {
  const { model, frames, clock } = session;
  alter(session, "move", shift(model.chosen.tags.value, n, frames));
  const tag = model.selectedTag.value;
  if (tag) clock.seekTime(tag.start);
}

/** Puts an edge of the selected moment at the frame on the screen, which it then includes. */
export function edgeHere(session: Session, which: "start" | "end"): void {
  const { model, clock, frames } = session;
  const tag = model.selectedTag.value;
  if (!tag) return;
  const start = which === "start" || tag.end === null ? frames.start(clock.frame.value) : tag.start;
  const end = which === "end" && tag.end !== null ? frames.end(clock.frame.value) : tag.end;
  if (end !== null && end <= start) {
    model.refusal.value = "A moment must end after it begins; move the other end first.";
    return;
  }
  model.amend(`move ${which}`, tag.id, { start, end });
  session.desk.say(
    `${which === "start" ? "Begins" : "Ends"} at ${shortTime(which === "start" ? start : (end ?? start))}.`,
  );
}

/** The next of the moments that are looked at; with none selected, the nearest to the playhead. */
export function selectNext(session: Session, by: number): void {
  const next = neighbour(session, by);
  if (!next) return;
  session.select(next.id);
  // The list names its row by itself.
  if (!document.activeElement?.matches("[role=grid]")) session.desk.say(session.desk.sentence(next));
}

function neighbour({ model, desk, clock }: Session, by: number): Tag | undefined {
  const tags = desk.listed.value;
  const here = tags.findIndex((tag) => tag.id === model.selected.value);
  const now = clock.time.value;
  const nearest =
    by > 0 ? tags.findIndex((tag) => tag.start >= now) : tags.findLastIndex((tag) => tag.start <= now);
  return tags[here < 0 ? nearest : here + by];
}

/** Chooses the next one too, or lets the last go when one turns back. */
export function extend(session: Session, by: number): void {
  const next = neighbour(session, by);
  if (next) chooseTo(session, next.id);
}

/** Chooses everything in the list from where choosing began to `id`. */
export function chooseTo(session: Session, id: string): void {
  const { model, desk, clock } = session;
  if (model.chosen.ids.value.size <= 1) desk.anchor = model.selected.value ?? id;
  const tags = desk.listed.value;
  const ends = [desk.anchor, id].map((one) =>
    Math.max(
      tags.findIndex((tag) => tag.id === one),
      0,
    ),
  );
  const range = tags.slice(Math.min(...ends), Math.max(...ends) + 1);
  model.chosen.choose(
    range.map((tag) => tag.id),
    id,
  );
  clock.pause();
  clock.seekTime(model.tags.get(id)?.start ?? clock.time.value);
  desk.say(`${many(range.length)} chosen.`);
}

/** Takes one in, or lets it go; the list stays on its row. */
export function toggleChosen({ desk, model }: Session, id: string): void {
  model.chosen.toggle(id);
  desk.cursor.value = id;
  const { size } = model.chosen.ids.value;
  desk.say(`${size === 1 ? "1 moment" : many(size)} chosen.`);
}

export function chooseAll({ model, desk }: Session): void {
  const tags = desk.listed.value;
  model.chosen.choose(tags.map(({ id }) => id));
  desk.say(`${many(tags.length)} chosen.`);
}

/** Shows what is chosen as large as the timeline can, with a little around it. */
export function showChosen(session: Session): void {
  const tags = session.model.chosen.tags.value;
  const [first] = tags;
  if (!first) return;
  const end = tags.reduce((latest, tag) => Math.max(latest, tag.end ?? tag.start), first.start);
  const room = Math.max((end - first.start) * 0.15, 200_000);
  session.view.value = within({ start: first.start - room, end: end + room }, session.frames.duration);
}

export function focusNote({ desk }: Session): void {
  desk.root.querySelector<HTMLTextAreaElement>(".vig-detail textarea")?.focus();
}

export function focusFilter({ desk }: Session): void {
  desk.root.querySelector<HTMLInputElement>(".vig-filter input")?.focus();
}
