import { beforeEach, expect, test } from "vitest";
import type { Edit } from "../contract";
import type { Store } from "../store/store";
import { CAST, observation, tag } from "../testing/paig";
import { ObservationModel } from "./observation";
import { inParts } from "./parts";

let model: ObservationModel;
let sent: Edit[];
const chosen = () => [...model.chosen.ids.value].sort().join("");

beforeEach(() => {
  sent = [];
  const store = { open() {}, close() {}, send: (edit: Edit) => void sent.push(edit) } as unknown as Store;
  model = new ObservationModel("obs-1", CAST, store);
  model.onState(observation([tag("a", 0, 1), tag("b", 2, 3), tag("c", 4, 5)]), false, []);
});

test("one in focus is chosen; going elsewhere lets the others go", () => {
  model.selected.value = "a";
  expect(chosen()).toBe("a");
  model.chosen.choose(["a", "b"]);
  expect([chosen(), model.selected.value]).toEqual(["ab", "a"]);
  model.selected.value = "c";
  expect(chosen()).toBe("c");
  model.selected.value = null;
  expect(chosen()).toBe("");
});

test("what was let go is not chosen again when the focus comes back", () => {
  model.chosen.choose(["a", "b"], "a");
  model.selected.value = null;
  model.selected.value = "a";
  expect(chosen()).toBe("a");
  model.chosen.choose(["a", "b"], "a");
  model.chosen.choose(["a"]);
  expect(chosen()).toBe("a");
});

test("taking one in puts it in focus, letting it go leaves another there", () => {
  model.chosen.toggle("b");
  model.chosen.toggle("a");
  expect([chosen(), model.selected.value]).toEqual(["ab", "a"]);
  model.chosen.toggle("a");
  expect([chosen(), model.selected.value]).toEqual(["b", "b"]);
  model.chosen.toggle("b");
  expect([chosen(), model.selected.value]).toEqual(["", null]);
});

test("what is deleted is chosen no more; by time", () => {
  model.chosen.choose(["c", "a", "b"], "a");
  model.drop("b");
  expect(model.chosen.tags.value.map(({ id }) => id)).toEqual(["a", "c"]);
});

test("long notes make more parts, so that none is too long to be sent", () => {
  const many = Array.from({ length: 200 }, (_, i) => ({
    ...tag(`t${i}`, i, i + 1),
    note: "语".repeat(4000),
  }));
  const parts = inParts(many.map((one) => ({ op: "put", tag: one })));
  const bytes = parts.map((part) => new TextEncoder().encode(JSON.stringify(part)).length);
  expect(Math.max(...bytes)).toBeLessThan(800_000);
  expect(parts.flat().map((change) => change.op === "put" && change.tag.id)).toEqual(
    many.map(({ id }) => id),
  );
  expect(inParts([])).toEqual([]);
});

test("many are deleted as one step, in as many edits as are needed", () => {
  const many = Array.from({ length: 1200 }, (_, i) => tag(`t${i}`, i * 10, i * 10 + 5));
  model.onState(observation(many), false, []);
  model.chosen.choose(many.map(({ id }) => id));
  model.dropAll(model.chosen.ids.value);
  expect(model.count).toBe(0);
  expect(sent.map(({ changes }) => changes.length)).toEqual([500, 500, 200]);
  expect(model.next.value.undo).toBe("delete 1200 moments");
  model.undo();
  expect(model.count).toBe(1200);
  expect(model.next.value.undo).toBeNull();
});
