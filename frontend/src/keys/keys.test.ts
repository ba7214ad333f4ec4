// @vitest-environment happy-dom
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Scheme } from "../contract";
import { SCHEME } from "../testing/paig";
import { pass } from "../testing/screen";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { listen } from "./handler";
import { keyName } from "./name";
import { pressName } from "./press";
import { keyTable } from "./table";

let session: Session;
let stop: () => void;

const open = (scheme = SCHEME) =>
  openSession({ film: { sound: true, width: 640, height: 360 }, scheme, tags: [] });
const press = (key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) => {
  const event = new KeyboardEvent("keydown", {
    key,
    code: key,
    bubbles: true,
    cancelable: true,
    composed: true,
    ...more,
  });
  target.dispatchEvent(event);
  return event;
};
const lift = (key: string) =>
  document.body.dispatchEvent(new KeyboardEvent("keyup", { key, code: key, bubbles: true }));

beforeEach(() => {
  session = open();
  stop = listen(document, session);
});
afterEach(() => {
  stop();
  session.dispose();
  document.body.replaceChildren();
});

describe("keys", () => {
  test("step, jump and go to the ends", async () => {
    press("ArrowRight");
    press("ArrowRight", { repeat: true });
    expect(session.clock.frame.value).toBe(2);
    press("ArrowRight", { shiftKey: true });
    expect(session.clock.frame.value).toBe(27);
    press("ArrowLeft");
    expect(session.clock.frame.value).toBe(26);
    press("End");
    expect(session.clock.frame.value).toBe(99);
  });

  test("a lane's key tags, once however long it is held", () => {
    press("3");
    press("3", { repeat: true });
    lift("3");
    expect(session.model.count).toBe(1);
  });

  test("undo and redo, in both spellings", () => {
    press("3");
    press("z", { ctrlKey: true });
    expect(session.model.count).toBe(0);
    press("Z", { metaKey: true, shiftKey: true });
    expect(session.model.count).toBe(1);
    press("z", { ctrlKey: true });
    press("y", { ctrlKey: true });
    expect(session.model.count).toBe(1);
  });

  test("what grows is thrown away first, by Escape and by undoing", () => {
    press("1");
    lift("1");
    const before = session.model.selected.value;
    session.clock.direction.value = 1;
    for (const [key, more] of [
      ["Escape", {}],
      ["z", { ctrlKey: true }],
    ] as const) {
      press("3");
      expect(session.coder.growing.value.size).toBe(1);
      press(key, more);
      expect(session.coder.growing.value.size).toBe(0);
      expect([session.model.count, session.model.selected.value]).toEqual([1, before]);
      expect(session.desk.said.value).toContain("Thrown away while it grew: Receiving.");
      lift("3");
    }
    press("Escape");
    expect(session.model.selected.value).toBe(null);
    press("z", { ctrlKey: true });
    expect(session.model.count).toBe(0);
  });

  test("nudge the selected moment by a frame and keep it one frame long", () => {
    press("3");
    press("s");
    press("d");
    expect(session.model.selectedTag.value).toMatchObject({ start: 40_000, end: 960_000 });
    for (let i = 0; i < 60; i++) press("d", { repeat: true });
    expect(session.model.selectedTag.value).toMatchObject({ start: 40_000, end: 80_000 });
    for (let i = 0; i < 5; i++) press("s", { repeat: true });
    expect(session.model.selectedTag.value).toMatchObject({ start: 40_000, end: 80_000 });
  });

  test("what is typed into a field stays in it", () => {
    const field = document.createElement("textarea");
    document.body.append(field);
    for (const key of ["3", "?", "Delete", "ArrowRight"])
      expect(press(key, {}, field).defaultPrevented).toBe(false);
    expect([session.model.count, session.clock.frame.value, session.sheet.value]).toEqual([0, 0, false]);
  });

  test("space on a button is the button's, other keys are not", () => {
    const button = document.createElement("button");
    document.body.append(button);
    expect(press(" ", {}, button).defaultPrevented).toBe(false);
    press("3", {}, button);
    expect(session.model.count).toBe(1);
  });

  test("what was pressed with a mouse leaves its keys to the page, until one comes back to it by Tab", () => {
    const [button, other] = [document.createElement("button"), document.createElement("button")];
    const choice = document.createElement("input");
    choice.type = "radio";
    document.body.append(button, other, choice);
    const click = (element: HTMLElement) => {
      element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
      element.focus();
    };
    for (const element of [button, choice]) {
      click(element);
      expect(press(" ", {}, element).defaultPrevented).toBe(true);
      const up = new KeyboardEvent("keyup", { key: " ", code: " ", bubbles: true, cancelable: true });
      element.dispatchEvent(up);
      expect([up.defaultPrevented, document.activeElement]).toEqual([true, document.body]);
    }
    click(choice);
    expect(press("ArrowRight", {}, choice).defaultPrevented).toBe(true);
    other.focus();
    button.focus();
    choice.focus();
    expect(press(" ", {}, button).defaultPrevented).toBe(false);
    expect(press("ArrowRight", {}, choice).defaultPrevented).toBe(false);
  });

  test("after a list box or a checkbox was used with a mouse the next key is the page's", () => {
    const list = document.createElement("select");
    list.innerHTML = "<option>1×</option><option>2×</option>";
    const box = document.createElement("input");
    box.type = "checkbox";
    document.body.append(list, box);
    for (const element of [list, box]) {
      element.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
      element.focus();
      expect(document.activeElement).toBe(element);
      element.dispatchEvent(new Event("change", { bubbles: true }));
      expect(document.activeElement).toBe(document.body);
    }
    // By Tab and the arrows one goes on choosing in it.
    box.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
    list.focus();
    list.dispatchEvent(new Event("change", { bubbles: true }));
    expect(document.activeElement).toBe(list);
    expect(press("3", {}, list).defaultPrevented).toBe(false);
    box.focus();
    expect(press(" ", {}, box).defaultPrevented).toBe(false);
    expect(press("ArrowRight", {}, box).defaultPrevented).toBe(true);
  });

  test("a list box that was opened with a mouse and left as it was has no key of the film's", () => {
    const list = document.createElement("select");
    document.body.append(list);
    let open = true;
    const matches = list.matches.bind(list);
    list.matches = ((selector: string) => (selector === ":open" ? open : matches(selector))) as never;
    const click = () => {
      list.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
      list.focus();
    };
    click();
    expect(press("ArrowRight", {}, list).defaultPrevented).toBe(false);
    open = false;
    // A key that means nothing here chooses nothing there.
    expect([press("ß", {}, list).defaultPrevented, press("Tab", {}, list).defaultPrevented]).toEqual([
      true,
      false,
    ]);
    expect(press("ArrowRight", {}, list).defaultPrevented).toBe(true);
    expect([document.activeElement, session.clock.frame.value]).toEqual([document.body, 1]);
    click();
    list.dispatchEvent(new KeyboardEvent("keyup", { key: "Escape", bubbles: true, composed: true }));
    expect(document.activeElement).toBe(document.body);
    // Whoever comes to it by Tab chooses in it.
    list.focus();
    click();
    document.body.append(document.createElement("button"));
    document.querySelector("button")?.focus();
    list.focus();
    expect([press("ß", {}, list).defaultPrevented, press("ArrowRight", {}, list).defaultPrevented]).toEqual([
      false,
      false,
    ]);
  });

  test("on any button, Ctrl and Shift with Enter are the page's", () => {
    const button = document.createElement("button");
    document.body.append(button);
    press("3");
    expect(press("Enter", { shiftKey: true }, button).defaultPrevented).toBe(true);
    expect(press("Enter", {}, button).defaultPrevented).toBe(false);
  });

  test("nothing is changed once it is handed in, but it can be looked at", () => {
    session.model.onFrozen();
    press("3");
    press("ArrowRight");
    expect([session.model.count, session.clock.frame.value]).toEqual([0, 1]);
  });

  test("the browser keeps what is not ours", () => {
    expect(press("f", { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(press("ArrowLeft", { altKey: true }).defaultPrevented).toBe(false);
  });

  test("presses have one name on every keyboard", () => {
    const name = (init: KeyboardEventInit) => pressName(new KeyboardEvent("keydown", init));
    expect(name({ key: "?", shiftKey: true })).toBe("?");
    expect(name({ key: "R", shiftKey: true })).toBe("Shift+r");
    expect(name({ key: "Z", ctrlKey: true, shiftKey: true })).toBe("Mod+Shift+z");
    expect(keyName("Mod+Shift+z")).toBe("Ctrl\u00a0Shift\u00a0Z");
    expect(keyName("+")).toBe("+");
  });
});

test("no key of the shipped scheme's page means two things", async () => {
  const text = await readFile(resolve(import.meta.dirname, "../../../course/schemes/paig.yaml"), "utf-8");
  const lanes = [...text.matchAll(/\{id: "?([\w.]+)"?, parent: null, kind: (\w+), key: "?(\w)"?/g)];
  expect(lanes.length).toBe(7);
  const codes = lanes.map(([, id, kind, key]) => ({ id, parent: null, label: { en: id }, kind, key }));
  const page = open({ ...SCHEME, codes } as Scheme);
  const keys = keyTable(page).flatMap((action) => action.keys);
  expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([]);
  page.dispose();
  await pass(1);
});
