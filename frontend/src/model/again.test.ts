import { signal } from "@preact/signals";
import { beforeEach, describe, expect, test } from "vitest";
import type { Edit, Tag } from "../contract";
import { CAST, observation, tag } from "../testing/paig";
import { ObservationModel } from "./observation";

let model: ObservationModel;
const t = () => model.tags.get("t");
/** Another window puts a tag, or takes it away. */
const elsewhere = (after: Tag | null) =>
  model.onEdited({
    id: `theirs ${Math.random()}`,
    changes: [after ? { op: "put", tag: after } : { op: "drop", id: "t" }],
  });

beforeEach(() => {
  const state = signal({ phase: "live" as const, seq: 0, waiting: 0, place: null, kept: true });
  // A store that confirms at once.
  const send = (edit: Edit) => model.onAcknowledged(edit.id);
  model = new ObservationModel("obs-1", CAST, { state, send, open: () => {}, close: () => {} });
  model.onState(observation([tag("t", 0, 5)]), false, []);
});

describe("undo over what another window did since", () => {
  test("takes back one's own fields, and leaves theirs", () => {
    model.amend("note", "t", { note: "mine" });
    elsewhere({ ...tag("t", 0, 500), note: "mine" });
    model.undo();
    expect(t()).toMatchObject({ end: 500, note: "" });
    expect(model.refusal.value).toBeNull();
    model.redo();
    expect(t()).toMatchObject({ end: 500, note: "mine" });
  });

  test("leaves a field that they changed as well, and says so", () => {
    model.amend("note", "t", { note: "mine" });
    elsewhere({ ...tag("t", 0, 500), note: "a long note of the other window" });
    model.undo();
    expect(t()).toMatchObject({ end: 500, note: "a long note of the other window" });
    expect(model.refusal.value).toContain("Another window has changed this since");
  });

  test("keeps beginning and end together", () => {
    model.amend("move", "t", { start: 100, end: 200 });
    elsewhere(tag("t", 100, 300));
    model.undo();
    expect(t()).toMatchObject({ start: 100, end: 300 });
    expect(model.refusal.value).not.toBeNull();
  });

  test("does not take away a moment that they went on with, nor bring back over one that they made", () => {
    model.put("add", tag("new", 0, 5));
    model.onEdited({ id: "x", changes: [{ op: "put", tag: { ...tag("new", 0, 5), note: "theirs" } }] });
    model.undo();
    expect(model.tags.get("new")?.note).toBe("theirs");
    model.drop("t");
    elsewhere(tag("t", 7, 9));
    model.undo();
    expect(t()).toMatchObject({ start: 7, end: 9 });
  });

  test("leaves away what they took away, and says so where something was to be given back", () => {
    model.amend("note", "t", { note: "mine" });
    elsewhere(null);
    model.undo();
    expect([t(), model.refusal.value === null]).toEqual([undefined, false]);
  });

  test("knows a tag again as the store writes it: what is empty and what is left out are one", () => {
    const { note: _n, links: _l, modifiers: _m, ...short } = tag("bare", 0, 5);
    model.put("add", { ...short, modifiers: { b: "1", a: "2" } });
    const full = { ...short, modifiers: { a: "2", b: "1" }, note: "", links: [], looks: [], certainty: null };
    model.onEdited({ id: "y", changes: [{ op: "put", tag: full }] });
    model.undo();
    expect([model.tags.has("bare"), model.refusal.value]).toEqual([false, null]);
  });
});
