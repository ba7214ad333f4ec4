import { describe, expect, test } from "vitest";
import type { Tag } from "../contract";
import { SCHEME, tag } from "../testing/paig";
import { Chains, candidatesBefore, followed, type Kind, linksFollowing, nextCandidate } from "./chains";
import { Codebook } from "./codebook";
import { byTime } from "./order";

const BOOK = new Codebook(SCHEME);
const SECOND = 1_000_000;
const baby = (id: string, at: number): Tag => ({
  ...tag(id, at * SECOND, null, "initiative"),
  actor: "baby",
  target: "mum",
});
const mum = (id: string, at: number, code = "3"): Tag => tag(id, at * SECOND, (at + 1) * SECOND, code);
const linked = (one: Tag, to: string, kind: Kind = "answers"): Tag => ({ ...one, links: [{ kind, to }] });
const chainsOf = (...tags: Tag[]) => new Chains(new Map(tags.map((one) => [one.id, one])));
const ids = (tags: readonly Tag[]) => tags.map(({ id }) => id);
const offered = (one: Tag, ...others: Tag[]) =>
  ids(candidatesBefore(one, [one, ...others].sort(byTime), BOOK, chainsOf(one, ...others)));

describe("chains", () => {
  const all = [baby("i", 1), linked(mum("r", 1.5), "i"), linked(mum("p", 3), "r", "continues")];
  const chains = chainsOf(...all, mum("alone", 9));

  test("an initiative, its reception and the response are one chain, from whichever is asked", () => {
    for (const id of ["i", "r", "p"]) expect(ids(chains.of(id))).toEqual(["i", "r", "p"]);
    expect(chains.of("alone")).toEqual([]);
    expect(chains.of(null)).toEqual([]);
  });

  test("each answer has its latency, from beginning to beginning", () => {
    expect(chains.into("r")).toMatchObject({ latency: 500_000, kind: "answers" });
    expect(chains.into("p")?.latency).toBe(1_500_000);
    expect(chains.into("i")).toBeNull();
  });

  test("what precedes comes first, although its link leads forward", () => {
    const back = chainsOf(linked(mum("waits", 2), "magic", "precedes"), baby("magic", 5));
    expect(back.into("magic")).toMatchObject({ latency: 3 * SECOND, from: { id: "waits" } });
  });

  test("links in a ring and to what is gone end", () => {
    expect(ids(chainsOf(linked(mum("a", 1), "b"), linked(mum("b", 2), "a")).of("a"))).toEqual(["a", "b"]);
    expect(chainsOf(linked(mum("a", 1), "gone")).joints).toEqual([]);
    expect(chainsOf(linked(mum("a", 1), "a")).joints).toEqual([]);
  });
});

describe("what a moment may follow from", () => {
  test("the other's open initiative before what the same person did", () => {
    expect(offered(mum("r", 3), mum("waits", 2.8, "1"), baby("near", 2), baby("far", 1))).toEqual([
      "near",
      "far",
      "waits",
    ]);
  });

  test("the chain's open end before the initiative that is answered already", () => {
    const others = [baby("i", 1), linked(mum("r", 1.5), "i")];
    expect(offered(mum("p", 3), ...others)).toEqual(["r", "i"]);
    expect(offered(baby("next", 4), ...others)).toEqual(["r", "i"]);
  });

  test("nothing later, nothing from long ago, and nothing that follows from it", () => {
    expect(offered(mum("r", 30), baby("old", 9), baby("later", 31))).toEqual([]);
    expect(offered(baby("i", 1), linked(mum("r", 1), "i"))).toEqual([]);
  });

  test("one after another, and then none", () => {
    const candidates = [baby("a", 2), baby("b", 1)];
    let one = mum("r", 3);
    const seen: (string | null)[] = [];
    for (let i = 0; i < 4; i++) {
      one = { ...one, links: linksFollowing(one, nextCandidate(one, candidates)) };
      seen.push(followed(one));
    }
    expect(seen).toEqual(["a", "b", null, "a"]);
  });

  test("another's act is answered, one's own continued; other links stay", () => {
    const one = linked(mum("r", 3), "m", "precedes");
    expect(linksFollowing(one, baby("i", 1))).toEqual([
      { kind: "precedes", to: "m" },
      { kind: "answers", to: "i" },
    ]);
    expect(linksFollowing(one, mum("own", 1))).toContainEqual({ kind: "continues", to: "own" });
    expect(linksFollowing(linked(one, "i"), null)).toEqual([]);
  });
});
