// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { LookGestures } from "./gestures";

let session: Session;
let pane: HTMLElement;
let gestures: LookGestures;
const width = () => session.look.box.value.width;
const turn = (deltaY: number, deltaMode = 0) => {
  const event = new WheelEvent("wheel", { deltaY, deltaMode, cancelable: true });
  Object.defineProperty(event, "ctrlKey", { value: true });
  pane.dispatchEvent(event);
};

beforeEach(() => {
  session = openSession();
  pane = document.createElement("div");
  Object.defineProperties(pane, { clientWidth: { value: 640 }, clientHeight: { value: 360 } });
  gestures = new LookGestures(session, pane, 16 / 9);
});
afterEach(() => {
  gestures.dispose();
  session.dispose();
});

test.each([
  ["of 100 pixels", 100, 0],
  ["of three lines", 3, 1],
])("a mouse's notch %s goes a quarter closer, and back", (_, size, mode) => {
  turn(-size, mode);
  expect(width()).toBeCloseTo(1 / 1.25, 6);
  turn(-size, mode);
  expect(width()).toBeCloseTo(1 / 1.25 ** 2, 6);
  turn(size, mode);
  expect(width()).toBeCloseTo(1 / 1.25, 6);
});

test("two fingers on a touchpad go as far as they move", () => {
  for (let i = 0; i < 10; i++) turn(-4);
  expect(width()).toBeCloseTo(Math.exp(-0.4), 6);
});
