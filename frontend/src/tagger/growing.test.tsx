// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tag } from "../testing/paig";
import { pass } from "../testing/screen";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { namePlace } from "./acts";
import { Detail } from "./Detail";

let session: Session;
const card = (name: string) => document.querySelector(`section[aria-label="${name}"]`);
/** What a list says, each line with its key. */
const lines = (name: string) =>
  [...(card(name)?.querySelectorAll("label") ?? [])].map((one) => one.textContent);

beforeEach(async () => {
  session = openSession({ tags: [tag("a", 0, null, "initiative")] });
  session.model.selected.value = "a";
  render(<Detail session={session} />, document.body);
  session.clock.direction.value = 1;
  await pass();
});
afterEach(() => {
  render(null, document.body);
  session.dispose();
});

test("the keys stand beside what they name: the growing moment, else the selected one", async () => {
  expect(lines("Selected moment").slice(0, 2)).toEqual(["none in particular⇧0", "looks⇧1"]);
  session.coder.press("3");
  await pass();
  expect(lines("Growing moment")).toEqual(["none in particular⇧0", "smiles back⇧1"]);
  expect(lines("Selected moment").slice(0, 2)).toEqual(["none in particular", "looks"]);
  namePlace(session, 0);
  await pass();
  expect(card("Growing moment")?.querySelector(".is-chosen")?.textContent).toContain("smiles back");
  expect(session.desk.said.value).toContain("Growing: smiles back.");
  expect(session.model.tags.get("a")?.code).toBe("initiative");
  session.coder.press("3");
  await pass();
  expect(card("Growing moment")).toBe(null);
  expect(lines("Selected moment")[1]).toBe("smiles back⇧1");
});

test("it can be thrown away and ended by hand, the newest first", async () => {
  session.coder.press("3");
  session.coder.press("1");
  await pass();
  const button = (text: string) =>
    [...(card("Growing moment")?.querySelectorAll("button") ?? [])].find((one) =>
      one.textContent?.includes(text),
    );
  expect(card("Growing moment")?.textContent).toContain("the newest of 2");
  button("Throw it away")?.click();
  await pass();
  expect([...session.coder.growing.value.keys()]).toEqual(["3"]);
  button("End it here")?.click();
  expect(session.model.selectedTag.value?.code).toBe("3");
});

test("a tap makes no card that comes and goes", async () => {
  session.coder.press("initiative");
  await pass();
  expect(card("Growing moment")).toBe(null);
  session.clock.seekFrame(20);
  await pass();
  expect(card("Growing moment")).not.toBe(null);
});
