// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listen } from "../keys/handler";
import { pass } from "../testing/screen";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { Moments } from "./Moments";

let session: Session;
let stop: () => void;
const grid = () => document.querySelector('[role="grid"]') as HTMLElement;
async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  grid().dispatchEvent(
    new KeyboardEvent("keydown", { key, code: key, bubbles: true, cancelable: true, ...more }),
  );
  await pass();
}
const chosen = () => [...session.model.chosen.ids.value].sort().join("");
/** The row that a screen reader is told of. */
const row = () => grid().getAttribute("aria-activedescendant")?.split("-").at(-1);

beforeEach(async () => {
  session = openSession();
  render(<Moments session={session} />, document.body);
  stop = listen(document, session);
  await pass();
});
afterEach(() => {
  stop();
  render(null, document.body);
  session.dispose();
});

test("while several are chosen, arrows go through the list and Space takes in or lets go", async () => {
  await press("Home");
  await press("V", { shiftKey: true });
  expect([chosen(), row()]).toEqual(["a", "a"]);
  await press("ArrowDown");
  await press("ArrowDown");
  expect([chosen(), row(), session.clock.time.value]).toEqual(["a", "c", 800_000]);
  await press(" ");
  expect([chosen(), row(), session.clock.playing.value]).toEqual(["ac", "c", false]);
  await press("End");
  await press(" ", { ctrlKey: true });
  await press("Home");
  await press(" ");
  expect([chosen(), row()]).toEqual(["cd", "a"]);
  expect(session.desk.said.value).toContain("2 moments chosen");
  await press("V", { shiftKey: true });
  await press("Delete");
  expect(session.model.sorted.value.map(({ id }) => id)).toEqual(["a", "b"]);
});

test("otherwise arrows choose the one that they come to, and Space plays", async () => {
  await press("Home");
  await press("ArrowDown");
  expect([chosen(), row()]).toEqual(["b", "b"]);
  await press("ArrowUp", { shiftKey: true });
  expect(chosen()).toBe("ab");
});

test("three rows are in sight beside a chosen moment, under the filter and under its count; five without", async () => {
  const rows = () =>
    Number.parseInt(
      document.querySelector<HTMLElement>(".vig-moments")?.style.getPropertyValue("--vig-least") ?? "",
      10,
    );
  const [HEAD, ROW, FILTER, COUNT] = [84, 44, 42, 28];
  expect(rows()).toBe(HEAD + FILTER + 4 * ROW);
  session.select("b");
  await pass();
  expect(rows()).toBe(HEAD + FILTER + 3 * ROW);
  session.desk.filter.value = { ...session.desk.filter.value, text: "a" };
  await pass();
  expect(rows()).toBe(HEAD + FILTER + COUNT + 3 * ROW);
});
