// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tag } from "../testing/paig";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { WHOLE } from "./box";

let session: Session;
const LEFT = { x: 0, y: 0, width: 0.25, height: 0.25 };
const RIGHT = { x: 0.75, y: 0.5, width: 0.25, height: 0.25 };

beforeEach(() => {
  session = openSession({
    frames: 500,
    tags: [tag("a", 4_000_000, 6_000_000), tag("b", 8_000_000, null)],
  });
});
afterEach(() => session.dispose());

describe("looking closer", () => {
  test("Z goes closer, to the whole, and back to where one was", () => {
    const { look } = session;
    look.toggle();
    expect([look.zoomed.value, look.times.value]).toEqual([true, "2.5"]);
    look.show(RIGHT);
    look.toggle();
    expect(look.box.value).toEqual(WHOLE);
    look.toggle();
    expect(look.box.value).toEqual(RIGHT);
  });

  test("Z goes to what the mouse points at, where it points at something", () => {
    const { look } = session;
    look.pointed = { x: 0.95, y: 0.5 };
    look.toggle();
    expect(look.box.value).toEqual({ x: 0.6, y: expect.closeTo(0.3, 6), width: 0.4, height: 0.4 });
  });

  test("moving about is for a picture that is larger than its stage; mirrored, left stays left", () => {
    const { look } = session;
    look.pan(0.5, 0);
    expect(look.box.value).toEqual(WHOLE);
    look.show({ x: 0.4, y: 0.4, width: 0.2, height: 0.2 });
    look.pan(0.5, 0);
    expect(look.box.value.x).toBeCloseTo(0.5);
    look.turn();
    look.pan(0.5, 0);
    expect(look.box.value.x).toBeCloseTo(0.4);
  });

  test("brightness stays within what helps", () => {
    for (let i = 0; i < 50; i++) session.look.brighten(0.1);
    expect(session.look.brightness.value).toBe(3);
    for (let i = 0; i < 50; i++) session.look.brighten(-0.1);
    expect(session.look.brightness.value).toBe(0.5);
  });

  test("a close-up is kept with the moment, and followed while the moment lasts", () => {
    const { look, clock } = session;
    session.select("a");
    look.show(LEFT);
    look.save();
    clock.seekTime(5_000_000);
    look.show(RIGHT);
    look.save();
    expect(session.model.tags.get("a")?.looks).toEqual([
      { at: 4_000_000, x: 0, y: 0, width: 2500, height: 2500 },
      { at: 5_000_000, x: 7500, y: 5000, width: 2500, height: 2500 },
    ]);
    clock.seekTime(4_480_000);
    clock.shown.value = clock.frame.value;
    expect(look.box.value).toMatchObject({ x: expect.closeTo(0.36, 5), y: expect.closeTo(0.24, 5) });
    clock.seekTime(6_000_000);
    expect(look.box.value).toEqual(WHOLE);
    session.model.undo();
    expect(session.model.tags.get("a")?.looks?.length).toBe(1);
  });

  test("who looks elsewhere is not pulled back, until the moment is selected anew or followed again", () => {
    const { look } = session;
    session.select("a");
    look.show(LEFT);
    look.save();
    expect(look.followed.value).not.toBe(null);
    look.show(RIGHT);
    expect([look.followed.value, look.box.value]).toEqual([null, RIGHT]);
    look.follow();
    expect(look.box.value).toMatchObject({ x: 0 });
    session.transport.prefs.set("follow", 0);
    expect(look.followed.value).toBe(null);
  });

  test("with nothing selected, or once it is handed in, nothing is kept, and it says so", () => {
    const { look } = session;
    look.show(LEFT);
    look.save();
    expect(look.said.value).toEqual({ text: expect.stringMatching(/Select a moment first/), seen: true });
    session.select("a");
    session.model.onFrozen();
    look.save();
    look.forget();
    expect(session.model.tags.get("a")?.looks ?? []).toEqual([]);
  });

  test("close-ups are taken away as one step", () => {
    const { look } = session;
    session.select("b");
    look.show(LEFT);
    look.save();
    look.forget();
    expect(session.model.tags.get("b")?.looks).toEqual([]);
    session.model.undo();
    expect(session.model.tags.get("b")?.looks?.length).toBe(1);
  });
});
