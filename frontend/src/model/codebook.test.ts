import { describe, expect, test } from "vitest";
import { CAST, SCHEME } from "../testing/paig";
import { Codebook, say } from "./codebook";
import { newId } from "./ids";
import { seconds, shortTime, timecode } from "./time";

const BOOK = new Codebook(SCHEME);
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
