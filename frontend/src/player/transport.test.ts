// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { tag } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";

let session: Session;
let screen: Screen;

beforeEach(() => {
  session = openSession({ frames: 500, tags: [tag("a", 4_000_000, 4_400_000)] });
  screen = new Screen(session.frames);
  session.clock.attach(screen.element);
});
afterEach(() => session.dispose());

describe("going through a film", () => {
  test("a quick review goes back by the pre-roll and plays, from a stand and while it plays", async () => {
    session.clock.seekFrame(200);
    await pass();
    session.transport.review();
    expect([session.clock.frame.value, session.clock.direction.value]).toEqual([150, 1]);
    await pass();
    session.transport.prefs.set("preRoll", 1);
    session.transport.review();
    expect([session.clock.frame.value, session.clock.direction.value]).toEqual([125, 1]);
  });

  test("a moment is played with a little before and after it", async () => {
    session.select("a");
    session.transport.playAround();
    expect(session.clock.frame.value).toBe(75);
    await pass();
    screen.present(133);
    expect(session.clock.playing.value).toBe(true);
    screen.present(134);
    await vi.waitFor(() => expect(session.clock.playing.value).toBe(false));
    expect(session.clock.shown.value).toBe(134);
  });

  test("in and out are nudged by a frame while it loops, keep a frame, and leave the moment alone", async () => {
    session.select("a");
    session.toggleLoop();
    session.clock.play();
    session.transport.nudgeMark("end", 1);
    session.transport.nudgeMark("start", -1);
    expect(session.clock.loop.value).toEqual({ start: 3_960_000, end: 4_440_000 });
    expect([session.clock.frame.value, session.clock.direction.value]).toEqual([99, 1]);
    for (let i = 0; i < 30; i++) session.transport.nudgeMark("start", 1);
    expect(session.clock.loop.value).toEqual({ start: 4_400_000, end: 4_440_000 });
    expect(session.model.tags.get("a")).toMatchObject({ start: 4_000_000, end: 4_400_000 });
  });

  test("in and out, then the loop's key: it plays between them, round and round, and the key alone lets go again", async () => {
    session.clock.seekFrame(100);
    session.mark("start");
    expect([session.clock.loop.value, session.transport.marked.value?.start]).toEqual([null, 4_000_000]);
    session.clock.seekFrame(129);
    session.mark("end");
    session.transport.nudgeMark("end", -1);
    expect(session.clock.loop.value).toBe(null);
    session.toggleLoop();
    expect(session.clock.loop.value).toEqual({ start: 4_000_000, end: 5_160_000 });
    await vi.waitFor(() => expect(session.clock.playing.value).toBe(true));
    session.clock.seekFrame(110);
    session.mark("start");
    expect(session.clock.loop.value).toEqual({ start: 4_400_000, end: 5_160_000 });
    session.toggleLoop();
    expect([session.clock.loop.value, session.transport.marked.value]).toEqual([
      null,
      { start: 4_400_000, end: 5_160_000 },
    ]);
  });

  test("without a loop there is nothing to nudge", () => {
    session.transport.nudgeMark("end", 1);
    expect(session.clock.loop.value).toBe(null);
  });

  test("a walk goes through the selected moment; a second press stops it", async () => {
    session.select("a");
    session.transport.walk();
    await pass();
    expect([session.clock.walking.value, session.clock.shown.value]).toEqual([true, 100]);
    session.transport.walk();
    expect(session.clock.walking.value).toBe(false);
  });

  test("with nothing selected a walk goes through the second ahead, also at the film's end", async () => {
    session.clock.seekFrame(499);
    await pass();
    session.transport.walk();
    await pass();
    expect(session.clock.shown.value).toBe(499);
  });
});
