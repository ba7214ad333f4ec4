import { signal } from "@preact/signals";
import { beforeEach, describe, expect, test } from "vitest";
import type { Edit } from "../contract";
import { type Store, type StoreState, savedSentence, signInSentence } from "../store/store";
import { CAST, observation, tag } from "../testing/paig";
import type { Kept } from "./history";
import { ObservationModel } from "./observation";

class Memory implements Store {
  readonly state = signal<StoreState>({ phase: "live", seq: 0, waiting: 0, place: null, kept: true });
  readonly sent: Edit[] = [];
  open(): void {}
  close(): void {}
  send(edit: Edit): void {
    this.sent.push(edit);
  }
}

let store: Memory;
let model: ObservationModel;
const ids = () => model.sorted.value.map(({ id }) => id);

beforeEach(() => {
  store = new Memory();
  model = new ObservationModel("obs-1", CAST, store);
  model.onState(observation([tag("a", 80_000, 120_000), tag("b", 0, 40_000)]), false, []);
});

describe("an observation on the screen", () => {
  test("lists moments by their beginning", () => {
    expect(ids()).toEqual(["b", "a"]);
  });

  test("undo and redo go all the way, and each is an edit of its own", () => {
    model.put("add", tag("c", 200_000, 240_000));
    model.amend("move", "c", { start: 160_000 });
    model.drop("b");
    expect(ids()).toEqual(["a", "c"]);
    for (let i = 0; i < 3; i++) model.undo();
    expect(ids()).toEqual(["b", "a"]);
    model.undo();
    for (let i = 0; i < 3; i++) model.redo();
    expect(ids()).toEqual(["a", "c"]);
    expect(model.tags.get("c")?.start).toBe(160_000);
    expect(store.sent.length).toBe(9);
    expect(new Set(store.sent.map((edit) => edit.id)).size).toBe(9);
  });

  test("a new change forgets what was undone", () => {
    model.drop("a");
    model.undo();
    model.drop("b");
    expect(model.next.value).toEqual({ undo: "delete", redo: null });
  });

  test("deleting an initiative takes the links to it away, and undo brings them back", () => {
    model.put("add", { ...tag("answer", 200_000, 240_000), links: [{ kind: "answers", to: "b" }] });
    model.drop("b");
    expect(model.tags.get("answer")?.links).toEqual([]);
    model.undo();
    expect(model.tags.get("answer")?.links).toEqual([{ kind: "answers", to: "b" }]);
  });

  test("the same values again are no edit", () => {
    model.amend("note", "a", { note: "" });
    expect(store.sent).toEqual([]);
  });

  test("nothing changes once it is handed in", () => {
    model.onFrozen();
    model.drop("a");
    model.undo();
    expect([ids(), store.sent]).toEqual([["b", "a"], []]);
  });

  test("what was being made when another window handed it in is not dropped without a word", () => {
    model.onFrozen();
    model.put("add", tag("c", 0, 40_000));
    expect(model.refusal.value).toContain("handed in");
    model.refusal.value = null;
    model.resend([{ id: "e1", changes: [{ op: "put", tag: tag("c", 0, 40_000) }] }]);
    expect(model.refusal.value).toContain("handed in");
    expect([model.count, store.sent]).toEqual([2, []]);
  });

  test("what is changed in another person's work is not dropped without a word", () => {
    model.onPresence({ windows: 1, watching: 1, writes: false });
    model.put("add", tag("c", 0, 40_000));
    expect(model.refusal.value).toContain("another person's work");
  });

  test("a refusal takes the edit off the screen and is said", () => {
    model.put("add", tag("c", 0, 40_000));
    const [edit] = store.sent;
    model.selected.value = "c";
    model.onRefused(edit?.id ?? null, "That is outside the film.");
    expect(ids()).toEqual(["b", "a"]);
    expect(model.selected.value).toBeNull();
    expect(model.refusal.value).toBe("That is outside the film.");
  });

  test("what can be undone is given away to be kept, and taken back", () => {
    const kept: Kept = { steps: [], at: 0 };
    model.onHistory = ({ step }) => {
      kept.at = kept.steps.push(structuredClone(step));
    };
    model.drop("a");
    const later = new ObservationModel("obs-1", CAST, store);
    later.onState(observation([tag("b", 0, 40_000)]), false, []);
    later.restoreHistory(kept);
    later.undo();
    expect([...later.tags.keys()].sort()).toEqual(["a", "b"]);
  });
});

describe("where the work is, in words", () => {
  const live: StoreState = { phase: "live", seq: 3, waiting: 0, place: null, kept: true };
  test.each([
    [live, 14, false, "all 14 moments saved"],
    [live, 1, false, "1 moment saved"],
    [live, 0, false, "ready"],
    [
      { ...live, place: "blocks.observation.json" },
      2,
      false,
      "all 2 moments saved in blocks.observation.json",
    ],
    [{ ...live, waiting: 2 }, 14, false, "saving…"],
    [{ ...live, phase: "offline", waiting: 3 }, 14, false, "offline: 3 waiting, kept on this computer"],
    [
      { ...live, phase: "offline", waiting: 3, kept: false },
      14,
      false,
      "offline: 3 waiting, not kept yet: leave this page open",
    ],
    [
      { ...live, phase: "full", waiting: 1 },
      14,
      false,
      "1 waiting, kept on this computer: the service is full",
    ],
    [{ ...live, phase: "signed-out", waiting: 2 }, 14, false, "signed out: 2 waiting, kept on this computer"],
    [live, 14, true, "handed in, 14 moments"],
  ] as [StoreState, number, boolean, string][])("%j %i %s", (state, n, frozen, sentence) => {
    expect(savedSentence(state, n, frozen)).toBe(sentence);
  });

  test.each([
    [live, null],
    [{ ...live, phase: "offline", waiting: 3 }, null],
    [{ ...live, phase: "signed-out" }, "You are signed out and nothing is lost: sign in again to go on."],
    [
      { ...live, phase: "signed-out", waiting: 3 },
      "You are signed out and nothing is lost: sign in again, and the 3 changes kept on this computer will be saved.",
    ],
    [
      { ...live, phase: "signed-out", waiting: 1, kept: false },
      "You are signed out and nothing is lost: leave this page open and sign in again, and the 1 change kept will be saved.",
    ],
    [
      { ...live, phase: "not-yours", waiting: 1 },
      "Somebody else is signed in here now and nothing is lost: sign out and sign in as the person who began this, and the 1 change kept on this computer will be saved.",
    ],
  ] as [StoreState, string | null][])("signing in again: %j", (state, sentence) => {
    expect(signInSentence(state)).toBe(sentence);
  });
});
