import { describe, expect, test } from "vitest";
import { Codebook } from "../model/codebook";
import { SCHEME, tag } from "../testing/paig";
import { contrast, laneColour, underWhite } from "./colours";
import { barBox, eachVisible, HEADER, hitAt, layOut, type Row, rowAt, touched } from "./layout";
import { catchEdge } from "./magnet";
import { signPath } from "./signs";
import { pan, reveal, ticks, toTime, toX, type View, within, zoom } from "./view";

const BOOK = new Codebook(SCHEME);
const HOUR = 3_600_000_000;
const lay = (tags: ReturnType<typeof tag>[], names = false) =>
  layOut([{ name: null, manner: "own", tags }], BOOK, BOOK.lanes, names);
const receiving = (tags: ReturnType<typeof tag>[]) => {
  const row = lay(tags).rows.find(({ lane }) => lane.id === "3");
  if (!row) throw new Error("no row");
  return row;
};
const seen = (row: ReturnType<typeof receiving>, view: View) => {
  const ids: string[] = [];
  eachVisible(row, view, ({ id }) => ids.push(id));
  return ids;
};

describe("the part of the film in view", () => {
  test("pixels and times are each other's inverse", () => {
    const view = { start: 1_000_000, end: 9_000_000 };
    for (const x of [0, 17, 400, 1000]) expect(toX(view, 1000, toTime(view, 1000, x))).toBeCloseTo(x);
  });

  test("zooming keeps the moment under the pointer where it is", () => {
    let view: View = { start: 0, end: HOUR };
    for (const factor of [0.5, 0.7, 0.1, 1.4, 0.3]) {
      const before = toX(view, 1000, HOUR / 3);
      view = zoom(view, HOUR / 3, factor, HOUR);
      expect(toX(view, 1000, HOUR / 3)).toBeCloseTo(before, 3);
    }
  });

  test("no gesture leaves the film or comes closer than some frames", () => {
    let view: View = { start: 0, end: HOUR };
    for (let i = 0; i < 200; i++) {
      view = zoom(view, (i * 7919_000) % HOUR, i % 3 ? 0.4 : 2.5, HOUR);
      view = pan(view, ((i % 5) - 2) * 400_000_000, HOUR);
      expect(view.start).toBeGreaterThanOrEqual(0);
      expect(view.end).toBeLessThanOrEqual(HOUR);
      expect(view.end - view.start).toBeGreaterThanOrEqual(79_999);
    }
  });

  test("a film shorter than the closest zoom is shown whole", () => {
    expect(within({ start: 0, end: 10 }, 80_000)).toEqual({ start: 0, end: 80_000 });
  });

  test("the playhead turns the page only when it leaves it", () => {
    const view = { start: 0, end: 10_000_000 };
    expect(reveal(view, 5_000_000, HOUR)).toBe(view);
    const next = reveal(view, 9_900_000, HOUR);
    expect(next.start).toBeCloseTo(8_900_000);
    expect(reveal(next, 2_000_000, HOUR).start).toBeCloseTo(1_000_000);
  });

  test("the ruler's marks are never crowded and never missing", () => {
    for (const span of [400_000, 3_000_000, 60_000_000, 600_000_000, HOUR]) {
      const marks = ticks({ start: 0, end: span }, 900);
      expect(marks.length).toBeGreaterThanOrEqual(2);
      expect(marks.length).toBeLessThanOrEqual(12);
    }
  });
});

describe("tags on their rows", () => {
  test("a behaviour stands on its principle's lane", () => {
    expect(receiving([tag("a", 0, 40_000, "3.4")]).tags.map(({ id }) => id)).toEqual(["a"]);
  });

  test("every tag that touches the view is visited, and no other", () => {
    const tags = Array.from({ length: 400 }, (_, i) => tag(`t${i}`, i * 1_000_000, i * 1_000_000 + 500_000));
    tags.push(tag("long", 0, 390_000_000));
    const row = receiving(tags);
    for (const view of [
      { start: 0, end: 3_000_000 },
      { start: 200_600_000, end: 203_200_000 },
      { start: 395_000_000, end: HOUR },
    ]) {
      const wanted = row.tags
        .filter((t) => t.start <= view.end && (t.end ?? t.start) >= view.start)
        .map(({ id }) => id);
      expect(seen(row, view)).toEqual(wanted);
    }
  });

  test("overlapping tags stand deeper and make their row higher", () => {
    const row = receiving([tag("a", 0, 400_000), tag("b", 200_000, 600_000), tag("c", 440_000, 800_000)]);
    expect([...row.depths]).toEqual([0, 1, 0]);
    expect(row.height).toBeGreaterThan(receiving([tag("a", 0, 400_000)]).height);
  });

  test("names above the tags need room of their own", () => {
    expect(lay([], true).height).toBeGreaterThan(lay([]).height);
  });

  test("each group has all lanes, one above the other", () => {
    const own = { name: "You saw", manner: "own" as const, tags: [] };
    const expert = { name: "The expert saw", manner: "expert" as const, tags: [] };
    const { rows } = layOut([own, expert], BOOK, BOOK.lanes);
    expect(rows.length).toBe(2 * BOOK.lanes.length);
    for (let i = 1; i < rows.length; i++)
      expect(rows[i]?.top).toBeGreaterThanOrEqual((rows[i - 1]?.top ?? 0) + (rows[i - 1]?.height ?? 0));
  });
});

describe("what lies under the pointer", () => {
  const row = receiving([
    tag("a", 1_000_000, 3_000_000),
    tag("p", 5_000_000, null),
    tag("b", 2_000_000, 2_400_000),
  ]);
  const y = barBox(row, 0).top + 3;
  const hit = (moment: number, selected: string | null = null, atY = y) => {
    const found = hitAt(row, moment, atY, 60_000, selected);
    return found && `${found.tag.id} ${found.part}`;
  };

  test("edges are edges, the rest is the body, and a point is a point", () => {
    expect(hit(1_020_000)).toBe("a start");
    expect(hit(1_500_000)).toBe("a body");
    expect(hit(2_990_000)).toBe("a end");
    expect(hit(5_050_000)).toBe("p body");
    expect(hit(4_000_000)).toBeNull();
  });

  test("of two over each other the nearer is meant, or the selected one", () => {
    const deep = barBox(row, 1);
    expect(hit(2_200_000, null, deep.top + deep.height - 1)).toBe("b body");
    expect(hit(2_200_000, "a", deep.top + deep.height - 1)).toBe("a body");
  });

  test("above the lanes there is no row", () => {
    const layout = lay([]);
    expect(rowAt(layout, HEADER - 1)).toBeNull();
    expect(rowAt(layout, HEADER + 1)?.lane.id).toBe("initiative");
  });

  test("an edge is drawn to other tags' edges and to the playhead, never to its own", () => {
    const layout = lay([tag("a", 1_000_000, 3_000_000), tag("b", 5_000_000, 6_000_000, "1")]);
    expect(catchEdge(layout, 4_950_000, 100_000, (id) => id === "a", 0)).toBe(5_000_000);
    expect(catchEdge(layout, 2_950_000, 100_000, (id) => id === "a", 0)).toBeNull();
    expect(catchEdge(layout, 2_950_000, 100_000, (id) => id === "a", 2_960_000)).toBe(2_960_000);
  });
});

describe("colours and signs", () => {
  test("white letters can be read on every bar", () => {
    for (const colour of ["#b03a5b", "#5f8a2b", "#b07a12", "#ffffff", "#ffff00"])
      expect(contrast(underWhite(colour), "#ffffff")).toBeGreaterThanOrEqual(4.5);
    expect(laneColour({})).toMatch(/^#/);
  });

  test("no two lanes of a scheme share a sign", () => {
    expect(new Set(Array.from({ length: 7 }, (_, i) => signPath(i))).size).toBe(7);
  });
});

test("a rectangle touches the own tags that lie in it, in both directions", () => {
  const own = [tag("a", 0, 400_000), tag("b", 1_000_000, 1_400_000), tag("p", 300_000, null, "clap")];
  const groups = [
    { name: "mine", manner: "own" as const, tags: own },
    { name: "expert", manner: "expert" as const, tags: [tag("x", 0, 400_000)] },
  ];
  const book = new Codebook(SCHEME);
  const layout = layOut(groups, book, book.lanes);
  const all = { start: 0, end: 2_000_000 };
  expect(touched(layout, all, 0, layout.height).sort()).toEqual(["a", "b", "p"]);
  expect(touched(layout, { start: 0, end: 500_000 }, 0, layout.height).sort()).toEqual(["a", "p"]);
  const row = layout.rows.find(({ lane }) => lane.id === "3") as Row;
  expect(touched(layout, all, row.top + 8, row.top + 12).sort()).toEqual(["a", "b"]);
  expect(touched(layout, all, row.top + 8, row.top + 12, ({ id }) => id === "a")).toEqual(["b"]);
  const through = hitAt(row, 200_000, row.top + 10, 0, null, ({ id }) => id === "a");
  expect(through).toBeNull();
});
