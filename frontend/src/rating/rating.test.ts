// @vitest-environment happy-dom
/** A first rating joins the one that another window made, and none is made before it is known what is there. */
import { expect, test } from "vitest";
import type { Edit, Scale } from "../contract";
import { observation } from "../testing/paig";
import { openSession } from "../testing/session";
import { Rating, ratingId } from "./rating";

const STEPS = ["1", "2"].map((id) => ({ id, label: { en: id }, value: Number(id) }));
const SCALE = { steps: STEPS, wording: { en: "ours" } } as Scale;

test("an item is rated from nothing, and leaves the note that another window wrote on its rating", () => {
  const session = openSession({ tags: [] });
  const rating = new Rating(session, SCALE, { total: true, look: "free" });
  const [item] = rating.items.map(({ id }) => id) as [string];
  const [edit] = session.model.made(() => rating.rate(item, "2")) as [Edit];
  const [put] = edit.changes;
  expect(put).toMatchObject({ op: "put", how: "make", was: { id: ratingId(item), modifiers: {}, note: "" } });
  const theirs = { ...(put?.op === "put" ? put.tag : null), modifiers: {}, note: "turns away" } as never;
  session.model.onState(observation([theirs]), false, [edit]);
  expect(session.model.tags.get(ratingId(item))).toMatchObject({
    modifiers: { rating: "2" },
    note: "turns away",
  });
  rating.dispose();
});

test("before the first state nothing is rated, and that is said", () => {
  const session = openSession({ tags: [] });
  const rating = new Rating(session, SCALE, { total: true, look: "free" });
  session.model.ready.value = false;
  rating.rate(rating.items[0]?.id ?? "", "1");
  expect([session.model.count, rating.hint.value?.includes("not arrived yet")]).toEqual([0, true]);
  rating.dispose();
});
