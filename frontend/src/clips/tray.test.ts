import { computed, signal } from "@preact/signals";
import { beforeEach, describe, expect, test } from "vitest";
import type { Edit, Tag } from "../contract";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { type Store, type StoreState, savedSentence, together } from "../store/store";
import { evenFrames, observation } from "../testing/paig";
import { pass } from "../testing/screen";
import { saved } from "../workbench/HandIn";
import { adviceOn } from "./advice";
import { Tray } from "./tray";

const FRAME = 40_000;
const CAST = [
  { id: "mum", role: "parent" as const, name: "Mum" },
  { id: "baby", role: "child" as const, name: "Baby" },
];
let marks: { start: number | null; end: number | null };
let selected: { start: number; end: number } | null;
let sent: Edit[];
let opened: number;
/** What the store has; null: it has not said yet. */
let there: Tag[] | null;
let state: StoreState;
let tray: Tray;
let saves: () => Promise<string>;

beforeEach(() => {
  marks = { start: null, end: null };
  selected = null;
  sent = [];
  opened = 0;
  there = [];
  state = { phase: "live", seq: 0, waiting: 0, place: null, kept: true };
  saves = () => Promise.resolve("Made.");
  const store: Store = {
    get state() {
      return signal(state);
    },
    open: (sink) => {
      opened++;
      if (there) sink.onState(observation(there), false, []);
    },
    send: (edit) => sent.push(edit),
    close: () => {},
  };
  const clock = new FilmClock(new FrameIndex(evenFrames(2000)));
  tray = new Tray(
    { observation: "tray", store, save: () => saves() },
    { clock, cast: CAST, marks: () => marks, selected: () => selected },
  );
});

const titles = () => tray.list.value.map((clip) => clip.note);

/** Three clips, titled A, B and C. */
function three() {
  for (const [i, title] of ["A", "B", "C"].entries()) {
    marks = { start: i * 250 * FRAME, end: (i * 250 + 200) * FRAME };
    tray.addClip();
    tray.rename(tray.list.value[i]?.id ?? "", title);
  }
}

describe("the clip tray", () => {
  test("what is kept before the others have arrived comes after them, in its turn", () => {
    there = null;
    three();
    const before = tray.list.value.map((clip) => clip.id);
    expect(titles()).toEqual(["A", "B", "C"]);
    const old = { ...(tray.list.value[2] as Tag), id: "old", note: "old", modifiers: { place: "4" } };
    tray.model.onState(observation([old]), false, sent);
    expect(titles()).toEqual(["old", "A", "B", "C"]);
    marks = { start: 0, end: 5 * FRAME };
    tray.addClip();
    expect(tray.list.value.map((clip) => clip.id).slice(0, 4)).toEqual(["old", ...before]);
    expect(tray.list.value.map((clip) => clip.modifiers?.place)).toEqual(["4", "5", "6", "7", "8"]);
  });

  test("keeps what lies between in and out, else the selected moment, else says what to do", () => {
    tray.addClip();
    expect(tray.list.value).toEqual([]);
    expect(tray.said.value).toContain("Set in and out first");
    selected = { start: 0, end: 5 * FRAME };
    tray.addClip();
    marks = { start: 10 * FRAME, end: 20 * FRAME };
    tray.addClip();
    expect(tray.list.value.map(({ code, start, end, actor }) => [code, start, end, actor])).toEqual([
      ["clip", 0, 5 * FRAME, "baby"],
      ["clip", 10 * FRAME, 20 * FRAME, "baby"],
    ]);
  });

  test("a still is the frame on the screen, and has no end", async () => {
    tray.addStill();
    expect(tray.list.value).toMatchObject([{ code: "still", start: 0, end: null }]);
  });

  test("asks for nothing while it is shut, and connects once", () => {
    expect(opened).toBe(0);
    tray.show();
    tray.addStill();
    expect(opened).toBe(1);
  });

  test("sends what an earlier page left waiting, though nobody opens it", async () => {
    await tray.resume({ list: () => Promise.resolve([]) });
    await tray.resume({ list: () => Promise.reject(new Error("no database")) });
    expect(opened).toBe(0);
    await tray.resume({ list: (name) => Promise.resolve(name === "tray" ? [{ id: "e", changes: [] }] : []) });
    tray.show();
    expect([opened, tray.open.value]).toEqual([1, true]);
  });

  test("is part of what must be saved before the page is left or handed in", async () => {
    const [moments, clips] = [signal(state), signal({ ...state, waiting: 2, kept: false })];
    const saving = computed(() => together(moments.value, clips.value));
    expect(saving.value).toMatchObject({ phase: "live", waiting: 2, kept: false });
    clips.value = { ...clips.value, phase: "offline" };
    expect(savedSentence(saving.value, 3, false)).toBe(
      "offline: 2 waiting, not kept yet: leave this page open",
    );
    let done = false;
    const wait = saved({ saving }).then(() => {
      done = true;
    });
    await pass(5);
    expect(done).toBe(false);
    clips.value = { ...clips.value, waiting: 0 };
    await wait;
    expect(saving.value).toEqual(moments.value);
  });

  test("is ordered by hand, each move one edit that can be taken back", () => {
    three();
    const before = sent.length;
    const [a, , c] = tray.list.value as [Tag, Tag, Tag];
    tray.moveTo(c.id, 0);
    expect(titles()).toEqual(["C", "A", "B"]);
    expect(sent.length).toBe(before + 1);
    tray.move(a.id, 1);
    expect(titles()).toEqual(["C", "B", "A"]);
    tray.move(a.id, 1);
    tray.moveTo(a.id, 99);
    expect([titles(), sent.length]).toEqual([["C", "B", "A"], before + 2]);
    tray.model.undo();
    tray.model.undo();
    expect(titles()).toEqual(["A", "B", "C"]);
  });

  test("what another window wrote as a place and is none comes last", () => {
    three();
    for (const edit of sent) tray.model.onAcknowledged(edit.id);
    const [a] = tray.list.value as [Tag];
    tray.model.onEdited({
      id: "theirs",
      changes: [{ op: "put", tag: { ...a, modifiers: { place: "<b>" } } }],
    });
    expect(titles()).toEqual(["B", "C", "A"]);
    tray.moveTo(a.id, 0);
    expect(titles()).toEqual(["A", "B", "C"]);
  });

  test("exports what is saved, and says what came of it", async () => {
    state = { ...state, waiting: 1 };
    await tray.save();
    expect(tray.saving.value).toMatchObject({ at: "refused" });
    state = { ...state, waiting: 0 };
    await tray.save();
    expect(tray.saving.value).toEqual({ at: "done", says: "Made." });
    saves = () => Promise.reject(new Error("The disk is full."));
    await tray.save();
    expect(tray.saving.value).toEqual({ at: "refused", says: "The disk is full." });
  });
});

const clip = (seconds: number | null): Tag => ({
  id: `c${seconds}`,
  code: seconds === null ? "still" : "clip",
  actor: "baby",
  target: "mum",
  start: 0,
  end: seconds === null ? null : seconds * 1_000_000,
});

test.each([
  [[], []],
  [[10], ["One clip so far; three or four make a review."]],
  [[10, 10, 10], []],
  [[10, 10, 10, 10, 10], ["5 clips are many: three or four leave time"]],
  [[null, 10, 10], ["It begins with a still: good when"]],
  [[10, null, 10], ["The still may come first when"]],
  [[null, null, 10], ["2 stills; one is enough"]],
  [
    [4.96, 31, 10],
    ["Clip 1 lasts 5.0 s; under 5 s", "Clip 2 lasts 31 s; over 30 s"],
  ],
])("the craft advises on %j", (lengths, says) => {
  const said = adviceOn((lengths as (number | null)[]).map(clip));
  expect(said.length).toBe(says.length);
  for (const [i, sentence] of said.entries()) expect(sentence.startsWith(says[i] ?? "?")).toBe(true);
});
