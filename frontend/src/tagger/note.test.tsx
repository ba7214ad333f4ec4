// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listen } from "../keys/handler";
import { pass } from "../testing/screen";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { Detail } from "./Detail";
import { Moments } from "./Moments";

let session: Session;
let stop: () => void;
const grid = () => document.querySelector('[role="grid"]');
async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const on = document.activeElement ?? document.body;
  on.dispatchEvent(
    new KeyboardEvent("keydown", {
      key,
      code: key,
      bubbles: true,
      cancelable: true,
      composed: true,
      ...more,
    }),
  );
  await pass();
}
async function write(text: string): Promise<void> {
  const field = document.activeElement as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  await pass();
}

beforeEach(async () => {
  session = openSession();
  session.model.selected.value = "b";
  render([<Detail session={session} key={1} />, <Moments session={session} key={2} />], document.body);
  stop = listen(document, session);
  await pass();
});
afterEach(() => {
  stop();
  render(null, document.body);
  session.dispose();
});

test("Escape leaves a note: it is kept, and the next keys are the page's again", async () => {
  await press("Enter", { shiftKey: true });
  expect(document.activeElement?.tagName).toBe("TEXTAREA");
  await write("he looks up");
  await press("Escape");
  expect([session.model.tags.get("b")?.note, document.activeElement]).toEqual(["he looks up", grid()]);
  expect(session.model.selected.value).toBe("b");
  await press("ArrowDown");
  expect(session.model.selected.value).toBe("c");
});

test("a note goes with the moment that it was begun for", async () => {
  await press("Enter", { shiftKey: true });
  await write("he looks up");
  session.model.selected.value = "c";
  await pass();
  expect([session.model.tags.get("b")?.note, session.model.tags.get("c")?.note]).toEqual(["he looks up", ""]);
});

test("Enter goes from the find field to what was found, Escape to everything", async () => {
  const shown = () => session.desk.listed.value.length;
  for (const [key, count] of [
    ["Enter", 0],
    ["Escape", 4],
  ] as const) {
    await press("/");
    await write("nowhere to be found");
    await press(key);
    expect([shown(), document.activeElement]).toEqual([count, grid()]);
  }
});
