import { describe, expect, it } from "vitest";
import { momentAt, stretchOf } from "./_moments";

const FILM = 60_000_000;

describe("the address of a moment", () => {
  it("names a stretch in microseconds", () => {
    expect(stretchOf("#t=12.300,14.100", FILM)).toEqual({ start: 12_300_000, end: 14_100_000 });
    expect(stretchOf("#t=5", FILM)).toEqual({ start: 5_000_000, end: 5_000_000 });
  });

  it("stays inside the film", () => {
    expect(stretchOf("#t=59.000,70.000", FILM)).toEqual({ start: 59_000_000, end: FILM });
    expect(stretchOf("#t=14,12", FILM)).toEqual({ start: 14_000_000, end: 14_000_000 });
    expect(stretchOf("#t=60", FILM)).toBeNull();
  });

  it("is nothing else", () => {
    for (const hash of ["", "#", "#main", "#t=", "#t=-1", "#t=1e3", "#t=1,2,3", "#t=NaN"])
      expect(stretchOf(hash, FILM)).toBeNull();
  });
});

describe("the moment of an address", () => {
  const links = [
    { dataset: { start: "12300400", end: "14100000" } },
    { dataset: { start: "12300400", end: "20000000" } },
  ];

  it("is found though the address is rounded to the millisecond", () => {
    expect(momentAt({ start: 12_300_000, end: 20_000_000 }, links)).toBe(links[1]);
    expect(momentAt({ start: 13_000_000, end: 20_000_000 }, links)).toBeNull();
  });
});
