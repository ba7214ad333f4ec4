// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from "vitest";
import type { Crosswalk, Scheme } from "../contract";
import { SCHEME } from "../testing/paig";
import { Codebook, say } from "./codebook";
import { language, languagesOf, nameOf } from "./language";
import { Lens } from "./lens";

const OTHER: Scheme = {
  id: "other",
  version: "1",
  title: { en: "Other" },
  codes: ["focus", "confirming", "naming", "initiative"].map((id) => ({
    id,
    parent: null,
    label: { en: `the ${id}`, de: `das ${id}` },
    short: { en: id },
    kind: "state",
  })),
};
const CROSSWALK: Crosswalk = {
  id: "other-paig",
  schemes: ["other", "paig"],
  about: { en: "As laid side by side." },
  same: ["initiative"],
  rows: [
    { first: ["focus"], second: ["1"] },
    { first: ["confirming"], second: ["3"] },
    { first: ["naming"], second: ["3"], beside: ["clap"] },
    { first: [], second: ["clap"], says: { en: "It has none." } },
  ],
};
const ids = (codes: { id: string }[]) => codes.map(({ id }) => id);
const lens = new Lens({ crosswalk: CROSSWALK, scheme: OTHER }, "paig");

afterEach(() => {
  language.value = "en";
});

describe("the same tags in the other's words", () => {
  test("every counterpart is named, in the table's order", () => {
    expect(ids(lens.counterpart("1", "1").codes)).toEqual(["focus"]);
    expect(ids(lens.counterpart("3.4", "3").codes)).toEqual(["confirming", "naming"]);
  });

  test("none is invented: what is named beside a row is no counterpart", () => {
    const found = lens.counterpart("clap", "clap");
    expect(found).toMatchObject({ codes: [], says: { en: "It has none." } });
    expect(ids(found.beside)).toEqual(["naming"]);
  });

  test("what both schemes have stays what it is", () => {
    expect(ids(lens.counterpart("initiative.look", "initiative").codes)).toEqual(["initiative"]);
  });

  test("it reads the other way round as well", () => {
    const back = new Lens({ crosswalk: CROSSWALK, scheme: SCHEME }, "other");
    expect(ids(back.counterpart("naming", "naming").codes)).toEqual(["3"]);
    expect(ids(back.counterpart("naming", "naming").beside)).toEqual(["clap"]);
  });

  test("a codebook speaks through it and goes back to its own", () => {
    const book = new Codebook(SCHEME);
    book.lens.value = lens;
    expect([book.short("3.4"), book.label("1"), book.short("clap")]).toEqual([
      "confirming · naming",
      "the focus",
      "no counterpart",
    ]);
    expect(book.laneOf("3.4").id).toBe("3");
    book.lens.value = null;
    expect(book.short("3.4")).toBe("smiles back");
  });
});

describe("the reader's language", () => {
  test("labels follow it and fall back to English", () => {
    const book = new Codebook(OTHER);
    language.value = "de";
    expect([book.label("focus"), book.short("focus"), say({ en: "look", de: "Blick" })]).toEqual([
      "das focus",
      "focus",
      "Blick",
    ]);
  });

  test("it is kept in this browser, English by being forgotten", () => {
    language.value = "fr";
    expect(localStorage.getItem("vig:language")).toBe('"fr"');
    language.value = "en";
    expect(localStorage.getItem("vig:language")).toBeNull();
  });

  test("a language is offered when nothing is missing in it", () => {
    expect(languagesOf(SCHEME)).toEqual(["en"]);
    const label = { fr: "a", en: "a", de: "a" };
    const code = { id: "a", parent: null, label, kind: "point" as const };
    const whole: Scheme = { id: "s", version: "1", title: label, codes: [code] };
    expect(languagesOf(whole)).toEqual(["en", "de", "fr"]);
    expect(languagesOf({ ...whole, codes: [{ ...code, label: { en: "a", fr: "a" } }] })).toEqual([
      "en",
      "fr",
    ]);
    expect([nameOf("de"), nameOf("fr")]).toEqual(["Deutsch", "Français"]);
  });
});
