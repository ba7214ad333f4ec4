// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import type { Tag } from "../contract";
import { tag } from "../testing/paig";
import { pass } from "../testing/screen";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { Gestures } from "./gestures";
import { barBox, type Layout, layOut } from "./layout";

/** A pixel is two frames, so that seven pixels of catching are much. */
const WIDTH = 500;
const PIXEL = 80_000;
let session: Session;
let canvas: HTMLCanvasElement;
let gestures: Gestures;
let layout: Layout;

function open(...tags: Tag[]): void {
  session = openSession({ frames: WIDTH * 2, tags });
  const { codebook } = session;
  layout = layOut([{ name: null, manner: "own", tags }], codebook, codebook.lanes);
  canvas = document.createElement("canvas");
  canvas.setPointerCapture = () => {};
  gestures = new Gestures(session, canvas, () => ({ layout, width: WIDTH }));
}

const lane = (id: string) => {
  const row = layout.rows.find((one) => one.lane.id === id);
  if (!row) throw new Error(id);
  return barBox(row, 0).top + 3;
};
function point(type: string, x: number, y: number, more: PointerEventInit = {}): void {
  canvas.dispatchEvent(
    new PointerEvent(type, { clientX: x, clientY: y, pointerId: 1, pointerType: "mouse", ...more }),
  );
}
/** Drags a pixel at a time; between the pixels the film gets where it was sent. */
async function drag(from: number, to: number, y: number): Promise<Tag[]> {
  const seen: Tag[] = [];
  point("pointerdown", from, y);
  await pass(1);
  for (let x = from; x !== to; ) {
    x += Math.sign(to - from);
    point("pointermove", x, y);
    await pass(1);
    if (gestures.draft.value) seen.push(gestures.draft.value.tag);
  }
  point("pointerup", to, y);
  return seen;
}
const only = () => session.model.sorted.value[0] as Tag;

afterEach(() => {
  gestures.dispose();
  session.dispose();
});

describe("a slow drag follows the pointer", () => {
  test("a point, pixel by pixel, without a leap when it begins", async () => {
    open(tag("p", 100 * PIXEL, null, "clap"));
    const seen = await drag(100, 140, lane("clap"));
    const first = [101.5, 103, 104.5, 106, 107.5, 109, 110.5];
    const under = Array.from({ length: 29 }, (_, i) => 112 + i);
    expect(seen.map(({ start }) => start / PIXEL)).toEqual([...first, ...under]);
    expect(only().start).toBe(140 * PIXEL);
  });

  test.each([
    ["the end of a moment", 160, "end"],
    ["its start", 100, "start"],
    ["all of it", 130, "start"],
  ] as const)("%s, forwards and back", async (_, from, edge) => {
    open(tag("a", 100 * PIXEL, 160 * PIXEL));
    for (const by of [30, -25]) {
      const seen = await drag(from + (by < 0 ? 30 : 0), from + (by < 0 ? 30 : 0) + by, lane("3"));
      const steps = seen.map((one) => (one[edge] ?? 0) / PIXEL);
      const away = steps.slice(1).map((step, i) => step - (steps[i] as number));
      expect(new Set(away.slice(0, 7))).toEqual(new Set([1.5 * Math.sign(by)]));
      expect(new Set(away.slice(7))).toEqual(new Set([Math.sign(by)]));
      layout = layOut(
        [{ name: null, manner: "own", tags: [only()] }],
        session.codebook,
        session.codebook.lanes,
      );
    }
    expect(only()[edge]).toBe((edge === "end" ? 165 : 105) * PIXEL);
  });

  test("a new moment keeps the end that it was begun at", async () => {
    open();
    session.clock.seekTime(300 * PIXEL);
    await pass();
    const seen = await drag(100, 150, lane("3"));
    expect(new Set(seen.map(({ start }) => start))).toEqual(new Set([100 * PIXEL]));
    expect(seen.map(({ end }) => (end ?? 0) / PIXEL)).toEqual(Array.from({ length: 46 }, (_, i) => 105 + i));
  });
});

test("a finger on a moment is not the page's, to scroll with; elsewhere it is", () => {
  open(tag("a", 100 * PIXEL, 160 * PIXEL));
  const touch = (x: number, id: string) => {
    point("pointerdown", x, lane(id), { pointerType: "touch" });
    const event = new Event("touchstart", { cancelable: true });
    canvas.dispatchEvent(event);
    point("pointerup", x, lane(id), { pointerType: "touch" });
    return event.defaultPrevented;
  };
  expect([touch(130, "3"), touch(158, "3"), touch(300, "3"), touch(130, "1")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
  session.desk.picking.value = true;
  expect(touch(300, "3")).toBe(true);
  session.desk.picking.value = false;
  session.model.onFrozen();
  expect(touch(130, "3")).toBe(false);
});

test("a drag that the browser takes away changes nothing, and says so", async () => {
  open(tag("a", 100 * PIXEL, 160 * PIXEL));
  point("pointerdown", 160, lane("3"));
  point("pointermove", 180, lane("3"));
  point("pointercancel", 180, lane("3"));
  expect([only().end, gestures.draft.value]).toEqual([160 * PIXEL, null]);
  expect(session.desk.said.value).toContain("nothing was changed");
});

test("Escape stops a drag: nothing is changed, and what was chosen stays chosen", async () => {
  open(tag("a", 100 * PIXEL, 160 * PIXEL), tag("b", 200 * PIXEL, 220 * PIXEL, "1"));
  point("pointerdown", 160, lane("3"));
  await pass(1);
  point("pointermove", 180, lane("3"));
  await pass(1);
  const stopping = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
  window.dispatchEvent(stopping);
  point("pointermove", 190, lane("3"));
  point("pointerup", 190, lane("3"));
  expect([stopping.defaultPrevented, only().end, gestures.draft.value]).toEqual([true, 160 * PIXEL, null]);
  expect([session.model.selected.value, session.clock.time.value]).toEqual(["a", 100 * PIXEL]);
  expect(session.desk.said.value).toContain("nothing was changed");

  point("pointerdown", 90, lane("3"), { shiftKey: true });
  point("pointermove", 230, lane("1"), { shiftKey: true });
  expect(session.model.chosen.ids.value.size).toBe(2);
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  point("pointerup", 230, lane("1"), { shiftKey: true });
  expect([...session.model.chosen.ids.value]).toEqual(["a"]);

  const idle = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
  window.dispatchEvent(idle);
  expect(idle.defaultPrevented).toBe(false);
});

test("a hand that shakes moves nothing, and the first pixels can be taken back", async () => {
  open(tag("a", 100 * PIXEL, 160 * PIXEL));
  await drag(160, 164, lane("3"));
  expect(only().end).toBe(160 * PIXEL);
  point("pointerdown", 160, lane("3"));
  for (const x of [166, 162]) point("pointermove", x, lane("3"));
  expect(gestures.draft.value?.tag.end).toBe(160 * PIXEL);
  point("pointerup", 162, lane("3"));
});

test("edges that stand still hold it: another moment's, and the playhead's own", async () => {
  open(tag("a", 100 * PIXEL, 160 * PIXEL), tag("b", 200 * PIXEL, 220 * PIXEL, "1"));
  session.model.selected.value = "a";
  session.clock.seekTime(180 * PIXEL);
  await pass();
  const seen = await drag(160, 204, lane("3"));
  const ends = new Set(seen.map(({ end }) => (end ?? 0) / PIXEL));
  expect([180, 200].every((edge) => ends.has(edge))).toBe(true);
  expect([175, 179, 186, 196, 204].filter((edge) => ends.has(edge))).toEqual([]);
});

describe("a finger on an empty place", () => {
  const touch = { pointerType: "touch" };
  const stay = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

  test("that stays draws a moment along the lane", async () => {
    open();
    point("pointerdown", 100, lane("3"), touch);
    await stay(450);
    point("pointermove", 103, lane("3"), touch);
    const claimed = new Event("touchmove", { cancelable: true });
    canvas.dispatchEvent(claimed);
    expect(claimed.defaultPrevented).toBe(true);
    for (let x = 104; x <= 150; x++) point("pointermove", x, lane("3"), touch);
    point("pointerup", 150, lane("3"), touch);
    expect(only()).toMatchObject({ code: "3", start: 100 * PIXEL, end: 150 * PIXEL });
    expect(session.view.value).toEqual({ start: 0, end: WIDTH * PIXEL });
  });

  test("that goes on at once moves the view, and makes nothing however long it then rests", async () => {
    open();
    session.view.value = { start: 100 * PIXEL, end: 300 * PIXEL };
    point("pointerdown", 200, lane("3"), touch);
    point("pointermove", 150, lane("3"), touch);
    await stay(450);
    point("pointermove", 100, lane("3"), touch);
    point("pointerup", 100, lane("3"), touch);
    expect(session.view.value.start).toBe(140 * PIXEL);
    expect(session.model.count).toBe(0);
  });

  test("that only stays makes nothing of some length, and a point where points are", async () => {
    open();
    point("pointerdown", 100, lane("3"), touch);
    await stay(450);
    point("pointerup", 100, lane("3"), touch);
    expect([session.model.count, session.desk.said.value]).toEqual([
      0,
      "Stay on an empty place, then draw along the lane.",
    ]);
    point("pointerdown", 100, lane("clap"), touch);
    await stay(450);
    point("pointerup", 100, lane("clap"), touch);
    expect(only()).toMatchObject({ code: "clap", start: 100 * PIXEL, end: null });
  });
});
