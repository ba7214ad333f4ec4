import { describe, expect, test } from "vitest";
import type { Tag } from "../contract";
import { CAST, SCHEME, tag } from "../testing/paig";
import { Codebook, say } from "./codebook";
import { newId } from "./ids";
import { answered, initiativesBefore, latency, linksAnswering } from "./links";
import { seconds, shortTime, timecode } from "./time";

const BOOK = new Codebook(SCHEME);
const look = (id: string, start: number): Tag => ({
  ...tag(id, start, null, "initiative.look"),
  actor: "baby",
  target: "mum",
});

describe("which initiative is answered", () => {
  const sorted = [
    look("far", 0),
    look("i1", 30_000_000),
    tag("x", 31_000_000, 32_000_000),
    look("i2", 35_000_000),
    look("later", 50_000_000),
  ];
  const answer = tag("a", 36_000_000, 37_000_000);

  test("earlier ones of the other's are offered, nearest first, not from long ago", () => {
    expect(initiativesBefore(answer, sorted, BOOK).map(({ id }) => id)).toEqual(["i2", "i1"]);
  });

  test("an initiative of one's own is not answered by oneself", () => {
    expect(initiativesBefore({ ...answer, actor: "baby" }, sorted, BOOK)).toEqual([]);
  });

  test("the time between is from beginning to beginning", () => {
    expect(latency(answer, look("i2", 35_360_000))).toBe(640_000);
  });

  test("choosing one keeps other links", () => {
    const linked: Tag = {
      ...answer,
      links: [
        { kind: "continues", to: "x" },
        { kind: "answers", to: "i1" },
      ],
    };
    const next = { ...linked, links: linksAnswering(linked, "i2") };
    expect(answered(next)).toBe("i2");
    expect(next.links).toContainEqual({ kind: "continues", to: "x" });
    expect(linksAnswering(next, null)).toEqual([{ kind: "continues", to: "x" }]);
  });
});

describe("a scheme's defaults", () => {
  test("the child begins and the parent answers", () => {
    expect(BOOK.proposed("initiative", CAST)).toEqual({ actor: "baby", target: "mum" });
    expect(BOOK.proposed("3", CAST)).toEqual({ actor: "mum", target: "baby" });
    expect(BOOK.proposed("initiative", CAST.slice(0, 1))).toBeNull();
  });

  test("asking who may act does not reorder the cast", () => {
    const cast = [...CAST].reverse();
    BOOK.proposed("3", cast);
    expect(cast.map(({ id }) => id)).toEqual(["baby", "mum"]);
  });

  test("lanes and what stands under them", () => {
    expect(BOOK.lanes.map(({ id }) => id)).toEqual(["initiative", "1", "3", "clap"]);
    expect(BOOK.laneOf("3.4").id).toBe("3");
    expect(BOOK.children("3").map(({ id }) => id)).toEqual(["3.4"]);
    expect([BOOK.begins("initiative.look"), BOOK.begins("3.4")]).toEqual([true, false]);
  });

  test("texts fall back to English, then to any", () => {
    expect(say({ en: "look", sv: "blick" }, "sv")).toBe("blick");
    expect(say({ en: "look" }, "sv")).toBe("look");
    expect(say({ sv: "blick" })).toBe("blick");
  });
});

test("times are written as Python writes them", () => {
  expect([0, 999_499, 61_240_000, 3_600_000_000].map(timecode)).toEqual([
    "00:00.000",
    "00:00.999",
    "01:01.240",
    "1:00:00.000",
  ]);
  expect(shortTime(40_640_000)).toBe("00:40.6");
  expect(seconds(640_000)).toBe("0.64 s");
});

test("ids are fit for the contract and never the same", () => {
  const ids = new Set(Array.from({ length: 1000 }, () => newId("tag")));
  expect(ids.size).toBe(1000);
  for (const id of ids) expect(id).toMatch(/^tag-[0-9a-f]{16}$/);
});
