/** What can be done with moments beside making them: each as the changes of one step, or a sentence why not. */
import type { Certainty, Code, Edit, Member, Tag } from "../contract";
import type { FrameIndex } from "../film/frames";
import type { Codebook } from "./codebook";
import { newId } from "./ids";
import { byTime } from "./order";
import type { Tags } from "./replica";

export type Changes = Edit["changes"];

export interface Done {
  changes: Changes;
  /** What is chosen afterwards. */
  choose: string[];
  /** Its changes only mean something together: all are done or none. */
  together?: boolean;
}

export interface Refused {
  why: string;
}

const put = (tag: Tag) => ({ op: "put" as const, tag });
/** As long as the contract allows. */
const LONGEST_NOTE = 4000;
const MOST_LOOKS = 64;
const CAREFUL: (Certainty | null | undefined)[] = ["unsure", "fairly", "sure"];

/** Cuts every interval that `at` lies inside in two; the links of and to each stay with its first part. */
export function split(tags: readonly Tag[], at: number): Done | Refused {
  const cut = tags.filter((tag) => tag.end !== null && tag.start < at && at < tag.end);
  if (cut.length === 0) return { why: "To split a moment, put the playhead inside it." };
  const parts = cut.map((tag) => ({ ...tag, id: newId("tag"), start: at, links: [] }));
  return {
    changes: [...cut.map((tag) => put({ ...tag, end: at })), ...parts.map(put)],
    choose: parts.map(({ id }) => id),
    together: true,
  };
}

/** Copies, at the same time: to give the same stretch another name as well. Links are not copied. */
export function duplicate(tags: readonly Tag[]): Done | Refused {
  if (tags.length === 0) return { why: "Choose a moment to duplicate it." };
  const copies = tags.map((tag) => ({ ...tag, id: newId("tag"), links: [] }));
  return { changes: copies.map(put), choose: copies.map(({ id }) => id) };
}

/** Makes one moment of several: it keeps all notes, close-ups and links, and is as sure as the least sure of them. */
export function merge(tags: readonly Tag[], all: Tags, codebook: Codebook): Done | Refused {
  const sorted = [...tags].sort(byTime);
  const [first] = sorted;
  if (!first || sorted.length < 2) return { why: "Choose two moments or more to merge them." };
  const lane = codebook.laneOf(first.code);
  if (sorted.some((tag) => codebook.laneOf(tag.code).id !== lane.id))
    return { why: "Only moments of one lane can be merged; these lie on several." };
  if (sorted.some((tag) => tag.actor !== first.actor || tag.target !== first.target))
    return { why: "Only moments of the same person toward the same person can be merged." };
  const code = sorted.every((tag) => tag.code === first.code) ? first.code : lane.id;
  if (codebook.code(code)?.kind === "point")
    return { why: `“${codebook.label(code)}” is a point in time; delete the one that is too many instead.` };
  const note = [...new Set(sorted.map((tag) => tag.note?.trim()).filter(Boolean))].join("\n");
  if (note.length > LONGEST_NOTE)
    return {
      why: `Their notes are ${note.length} letters long together, and a note holds ${LONGEST_NOTE}; shorten one first.`,
    };
  const looks = allLooks(sorted);
  if (looks.length > MOST_LOOKS)
    return {
      why: `They have ${looks.length} close-ups together, and a moment holds ${MOST_LOOKS}; take some away first.`,
    };
  const gone = new Set(sorted.slice(1).map(({ id }) => id));
  const whole: Tag = {
    ...first,
    code,
    end: Math.max(...sorted.map((tag) => tag.end ?? tag.start)),
    certainty: leastSure(sorted),
    note,
    modifiers: Object.assign({}, ...[...sorted].reverse().map((tag) => tag.modifiers)),
    links: uniqueLinks(sorted, new Set([...gone, first.id])),
  };
  if (looks.length > 0) whole.looks = looks;
  if (whole.end === whole.start) whole.end = null;
  const others = [...all.values()].filter((tag) => !gone.has(tag.id) && tag.id !== first.id);
  const led = others.filter((tag) => tag.links?.some((link) => gone.has(link.to)));
  return {
    changes: [
      put(whole),
      ...led.map((tag) => put({ ...tag, links: redirected(tag, gone, first.id) })),
      ...[...gone].map((id) => ({ op: "drop" as const, id })),
    ],
    choose: [first.id],
    together: true,
  };
}

function leastSure(tags: readonly Tag[]): Certainty | null {
  const said = tags.map((tag) => CAREFUL.indexOf(tag.certainty)).filter((place) => place >= 0);
  return said.length ? (CAREFUL[Math.min(...said)] ?? null) : null;
}

/** The close-ups of all, one for each time, the first moment's before the others'. */
function allLooks(tags: readonly Tag[]): NonNullable<Tag["looks"]> {
  const all = new Map([...tags].reverse().flatMap((tag) => (tag.looks ?? []).map((look) => [look.at, look])));
  return [...all.values()].sort((one, other) => one.at - other.at);
}

function uniqueLinks(tags: readonly Tag[], inside: ReadonlySet<string>): NonNullable<Tag["links"]> {
  const all = tags.flatMap((tag) => tag.links ?? []).filter((link) => !inside.has(link.to));
  return all.filter(
    (link, i) => all.findIndex((other) => other.to === link.to && other.kind === link.kind) === i,
  );
}

function redirected(tag: Tag, gone: ReadonlySet<string>, to: string): NonNullable<Tag["links"]> {
  const links = (tag.links ?? []).map((link) => (gone.has(link.to) ? { ...link, to } : link));
  return links.filter(
    (link, i) => links.findIndex((other) => other.to === link.to && other.kind === link.kind) === i,
  );
}

/** Deletes, with every link that leads to what is deleted. */
export function drop(ids: ReadonlySet<string>, all: Tags): Changes {
  const changes: Changes = [];
  for (const tag of all.values()) {
    if (ids.has(tag.id)) changes.push({ op: "drop", id: tag.id });
    else if (tag.links?.some((link) => ids.has(link.to)))
      changes.push(put({ ...tag, links: tag.links.filter((link) => !ids.has(link.to)) }));
  }
  return changes;
}

/** Gives tags another code: with an end or without one as it needs, and with somebody who may show it. */
export function recode(
  tags: readonly Tag[],
  code: Code,
  codebook: Codebook,
  cast: readonly Member[],
  frames: FrameIndex,
): Changes {
  const actors = new Set(codebook.actors(code.id, cast).map(({ id }) => id));
  return tags.flatMap((tag) => {
    const who = actors.has(tag.actor) ? {} : codebook.proposed(code.id, cast);
    if (tag.code === code.id || !who) return [];
    let { end } = tag;
    if (code.kind === "point") end = null;
    else if (code.kind === "state") end ??= frames.end(frames.at(tag.start));
    return [put({ ...tag, ...who, code: code.id, end })];
  });
}

/** The same fields for all; those that have them already are left alone. */
export function amendAll(tags: readonly Tag[], fields: Partial<Tag>): Changes {
  return tags
    .map((tag) => ({ ...tag, ...fields }))
    .filter((tag, i) => JSON.stringify(tag) !== JSON.stringify(tags[i]))
    .map(put);
}

/** Moves all by `n` frames, together: none further than the film reaches for the first and the last of them. */
export function shift(tags: readonly Tag[], n: number, frames: FrameIndex): Changes {
  if (tags.length === 0) return [];
  let [first, last] = [frames.count, 0];
  for (const tag of tags) {
    first = Math.min(first, frames.at(tag.start));
    last = Math.max(last, edgeNumber(tag.end ?? frames.end(frames.at(tag.start)), frames));
  }
  const by = Math.min(Math.max(n, -first), frames.count - last);
  if (by === 0) return [];
  return tags.map((tag) =>
    put({
      ...tag,
      start: frames.nudge(tag.start, by),
      end: tag.end === null ? null : frames.nudge(tag.end, by),
    }),
  );
}

/** The number of a frame boundary; the film's end is one more than its last frame. */
export function edgeNumber(moment: number, frames: FrameIndex): number {
  return moment >= frames.duration ? frames.count : frames.at(moment);
}
