// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StoreState } from "../store/store";
import { CAST, observation, tag } from "../testing/paig";
import { Drafts, type Field } from "./drafts";
import { ObservationModel } from "./observation";

const LIVE: StoreState = { phase: "live", seq: 1, waiting: 0, place: null, kept: true };
let model: ObservationModel;
let drafts: Drafts;

function open(note = ""): void {
  model = new ObservationModel("obs-1", CAST, null);
  drafts = new Drafts("me", [model]);
  model.onState(observation([{ ...tag("a", 0, 400_000), note }]), false, []);
}
const field = (): Field => ({
  model,
  tag: "a",
  save: (note, joins) => model.amend("note", "a", { note }, joins),
});
const note = () => model.tags.get("a")?.note;
/** Another window has saved a note, after all that this one has. */
const elsewhere = (note: string) =>
  model.onState(observation([{ ...tag("a", 0, 400_000), note }]), false, []);
/** Types letter by letter. */
async function type(text: string, pause: number): Promise<void> {
  for (let i = 1; i <= text.length; i++) {
    drafts.write(field(), text.slice(0, i));
    await vi.advanceTimersByTimeAsync(pause);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  open();
});
afterEach(() => {
  drafts.dispose();
  vi.useRealTimers();
});

describe("words that are being written", () => {
  test("are saved 900 ms after the first letter, however long one types on", async () => {
    await type("Mother wait", 100);
    expect(note()).toBe("Mother wa");
  });

  test("count as waiting until they are saved, for whom they belong to", async () => {
    drafts.write(field(), "M");
    expect(drafts.over(LIVE)).toMatchObject({ waiting: 1, kept: true });
    expect(drafts.over(LIVE, new ObservationModel("other", CAST, null))).toBe(LIVE);
    await vi.advanceTimersByTimeAsync(900);
    expect(drafts.over(LIVE)).toBe(LIVE);
  });

  test("are saved when the page goes", () => {
    drafts.write(field(), "Mother");
    window.dispatchEvent(new Event("pagehide"));
    expect(note()).toBe("Mother");
  });

  test("are one step to undo while one types on, and another after a pause", async () => {
    await type("Mother waits until he looks", 200);
    await vi.advanceTimersByTimeAsync(1000);
    drafts.write(field(), "Mother waits until he looks up");
    await vi.advanceTimersByTimeAsync(1000);
    const back = () => {
      model.undo();
      return note();
    };
    expect([back(), back()]).toEqual(["Mother waits until he looks", ""]);
    model.redo();
    expect(note()).toBe("Mother waits until he looks");
  });

  test("a page that was killed, or that the disk did not hear, leaves them to the next", () => {
    drafts.write(field(), "Mother");
    open();
    expect(note()).toBe("Mother");
    expect(localStorage.length).toBe(0);
  });

  test("what was changed elsewhere since is kept beside what an earlier page left, and that is said", () => {
    drafts.write(field(), "Mother");
    open("Father");
    expect(note()).toBe("Father\nMother");
    expect(model.refusal.value).toMatch(/both are kept/);
    expect(localStorage.length).toBe(0);
  });

  test("a title of one line has both in one, where there is room, and else what was written is kept to be copied", () => {
    for (const [line, title, words] of [
      [20, "Father · Mother", []],
      [10, "Father", ["Mother"]],
    ] as const) {
      drafts.write({ ...field(), line }, "Mother");
      open("Father");
      expect([note(), drafts.lost.list.value.map((one) => one.words)]).toEqual([title, words]);
      localStorage.clear();
      open();
    }
  });

  test("a page that is seen again leaves nothing behind", () => {
    drafts.write(field(), "Mother");
    window.dispatchEvent(new Event("pagehide"));
    expect(localStorage.length).toBe(1);
    window.dispatchEvent(new Event("pageshow"));
    expect(localStorage.length).toBe(0);
  });

  test("what another saves is shown where one has only written, and not been heard since", async () => {
    drafts.write(field(), "she");
    await vi.advanceTimersByTimeAsync(2000);
    expect(drafts.shows(field(), "she")).toBe("she");
    elsewhere("she waits for him");
    expect(drafts.shows(field(), note() ?? "")).toBe("she waits for him");
    // A letter that was on its way when they came is not theirs.
    drafts.write(field(), "she.", "she");
    expect(drafts.theirs(field())).toBe("she waits for him");
  });

  test("what another saves while one types is offered, and nobody's words go unless one says so", async () => {
    for (const [whose, whole, undone] of [
      ["both", "he waits\nshe looks", "he waits"],
      ["own", "she looks", "he waits"],
      ["theirs", "he waits", ""],
    ] as const) {
      drafts.dispose();
      localStorage.clear();
      open();
      drafts.write(field(), "she");
      elsewhere("he waits");
      drafts.write(field(), "she looks");
      await vi.advanceTimersByTimeAsync(5000);
      drafts.leave(field());
      expect([note(), drafts.theirs(field()), drafts.shows(field(), "he waits")]).toEqual([
        "he waits",
        "he waits",
        "she looks",
      ]);
      expect(drafts.over(LIVE).waiting).toBe(1);
      drafts.settleWith(field(), whose);
      expect([note(), drafts.theirs(field()), drafts.over(LIVE).waiting]).toEqual([whole, null, 0]);
      expect(localStorage.length).toBe(0);
      model.undo();
      expect(note()).toBe(whose === "theirs" ? "he waits" : undone);
    }
  });

  test.each(["close", "saveAll", "pagehide"])("unanswered, both are kept: %s", (how) => {
    drafts.write(field(), "she");
    elsewhere("he waits");
    if (how === "close") drafts.close(field());
    else if (how === "saveAll") drafts.saveAll();
    else window.dispatchEvent(new Event("pagehide"));
    expect(note()).toBe("he waits\nshe");
    expect(model.refusal.value).toMatch(/both are kept/);
  });

  test("words whose moment is deleted elsewhere are kept to be copied until they were seen", async () => {
    drafts.write(field(), "a long thought");
    model.onEdited({ id: "e1", changes: [{ op: "drop", id: "a" }] });
    const words = () => drafts.lost.list.value.map((one) => [one.why, one.words, one.about]);
    const kept = [["gone", "a long thought", "the moment at 00:00.0"]];
    expect([words(), drafts.over(LIVE)]).toEqual([kept, LIVE]);
    for (const there of [false, true]) {
      drafts.dispose();
      model = new ObservationModel("obs-1", CAST, null);
      drafts = new Drafts("me", [model]);
      model.onState(observation(there ? [tag("a", 0, 400_000)] : []), false, []);
      await vi.advanceTimersByTimeAsync(6000);
      expect([words(), note() ?? ""]).toEqual([kept, ""]);
    }
    drafts.lost.seen(drafts.lost.list.value[0]?.name ?? "");
    expect([words(), localStorage.length]).toEqual([[], 0]);
  });

  test("what is written later about the same moment has nothing to do with words that were lost", () => {
    drafts.write(field(), "sh");
    model.onEdited({ id: "e1", changes: [{ op: "drop", id: "a" }] });
    elsewhere("");
    drafts.write(field(), "older words");
    drafts.saveAll();
    elsewhere("what both agreed on");
    drafts.dispose();
    drafts = new Drafts("me", [model]);
    expect(note()).toBe("what both agreed on");
    expect(drafts.lost.list.value.map((one) => one.words)).toEqual(["sh"]);
  });

  test.each([
    ["written into", "a long thought"],
    ["only stood in", "she waits"],
    ["empty", ""],
  ])("a field that had the focus when its moment went is gone on with: %s", (how, words) => {
    open(how === "only stood in" ? words : "");
    drafts.enter(field(), () => words);
    if (how === "written into") drafts.write(field(), words);
    model.onEdited({ id: "e1", changes: [{ op: "drop", id: "a" }] });
    const list = () => drafts.lost.list.value.map((one) => [one.why, one.words, one.writing]);
    expect(list()).toEqual([["gone", words, true]]);
    drafts.close(field());
    drafts.lost.amend(drafts.lost.list.value[0]?.name ?? "", `${words} and more`);
    expect(list()).toEqual([["gone", `${words} and more`, true]]);
    expect(JSON.stringify(localStorage)).toContain(`${words} and more`);
  });

  test("a field that was left has no part in it", () => {
    open("she waits");
    drafts.enter(field(), () => "she waits");
    drafts.leave(field());
    model.onEdited({ id: "e1", changes: [{ op: "drop", id: "a" }] });
    expect(drafts.lost.list.value).toEqual([]);
  });

  test("words that waited and were refused are kept to be copied, the newest of them", () => {
    const sent: string[] = [];
    const store = { send: ({ id }: { id: string }) => void sent.push(id), open() {}, close() {} };
    drafts.dispose();
    model = new ObservationModel("obs-1", CAST, store as never);
    drafts = new Drafts("me", [model]);
    model.onState(observation([tag("a", 0, 400_000)]), false, []);
    for (const words of ["half a", "half a thought"]) {
      drafts.write(field(), words);
      drafts.save(field());
    }
    model.amend("how sure", "a", { certainty: "sure" });
    model.onFrozen();
    for (const id of sent) model.onRefused(id, "It was handed in.");
    expect(drafts.lost.list.value.map((one) => [one.why, one.words])).toEqual([["closed", "half a thought"]]);
    expect([note(), model.tags.get("a")?.certainty, localStorage.length]).toEqual(["", null, 1]);
  });

  test("words that are seen to be lost are kept no more; words of work that is handed in are among them", () => {
    drafts.write(field(), "too late");
    model.onFrozen();
    drafts.saveAll();
    const [one] = drafts.lost.list.value;
    expect([one?.why, one?.words, localStorage.length]).toEqual(["closed", "too late", 1]);
    drafts.lost.seen(one?.name ?? "");
    expect([drafts.lost.list.value, localStorage.length]).toEqual([[], 0]);
  });

  test("where the browser keeps nothing, that is said", () => {
    drafts.dispose();
    drafts = new Drafts("me", [model], null);
    drafts.write(field(), "M");
    expect(drafts.over(LIVE).kept).toBe(false);
  });
});
