// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import type { Scheme } from "../contract";
import { Codebook } from "../model/codebook";
import { SCHEME } from "../testing/paig";
import { codeKeys, codeName, readPersonal, refuseKey } from "./codes";
import { pressName, pressNames } from "./press";

const book = new Codebook(SCHEME);

describe("every lane has a key", () => {
  test("the scheme's, or one that is free", () => {
    const codes = SCHEME.codes.map(({ key: _, ...code }) => (code.id === "1" ? { ...code, key: "B" } : code));
    const keys = codeKeys(new Codebook({ ...SCHEME, codes } as Scheme), {});
    expect(Object.fromEntries(keys)).toEqual({ "1": "b", initiative: "1", "3": "2", clap: "3" });
  });

  test("one's own comes before the scheme's, which another lane then gives up", () => {
    const keys = codeKeys(book, { "3.4": "3", "1": "x" });
    expect(Object.fromEntries(keys)).toEqual({ "3.4": "3", "1": "x", initiative: "i", clap: "c", "3": "1" });
  });
});

describe("a key is refused with a reason", () => {
  const others = new Map([["k", "Stop"]]);
  const say = (key: string, code = "3.4") => refuseKey(key, code, book, codeKeys(book, {}), others);
  test.each<[string, RegExp]>([
    ["3", /already tags “Receiving”/],
    ["k", /is “Stop” on this page/],
    ["Dead", /makes accents/],
    ["ArrowUp", /one letter, digit or sign/],
    ["Mod+b", /one letter, digit or sign/],
    [" ", /one letter, digit or sign/],
  ])("%s", (key, sentence) => expect(say(key)).toMatch(sentence));

  test("or taken", () => {
    for (const key of ["x", "Shift+x", "é", "§"]) expect(say(key)).toBeNull();
    expect(say("3", "3")).toBeNull();
  });
});

test("what was kept is read with care", () => {
  const kept = { "3.4": "x", gone: "y", "1": 7, "3": "<script>", initiative: "ArrowUp" };
  expect(readPersonal(kept, book)).toEqual({ "3.4": "x" });
  for (const odd of [null, 7, "x", []]) expect(readPersonal(odd, book)).toEqual({});
});

test("a behaviour is named after its lane", () => {
  expect([codeName("3", book), codeName("3.4", book)]).toEqual(["Receiving", "Receiving: smiles back"]);
});

describe("on other keyboards", () => {
  const names = (init: KeyboardEventInit) => pressNames(new KeyboardEvent("keydown", init));
  test("a French digits' row counts by place", () => {
    expect(names({ key: "&", code: "Digit1" })).toEqual(["1", "&"]);
    expect(names({ key: "-", code: "Digit6" })).toEqual(["6", "-"]);
    expect(names({ key: "1", code: "Digit1", shiftKey: true })).toEqual(["Shift+1", "1"]);
  });
  test("a German slash is still a slash where Shift 7 is free", () => {
    expect(names({ key: "/", code: "Digit7", shiftKey: true })).toEqual(["Shift+7", "/"]);
  });
  test("Z is where it is written", () => {
    expect(names({ key: "z", code: "KeyY", ctrlKey: true })).toEqual(["Mod+z"]);
  });
  test("a bracket made with AltGr or Option is a bracket", () => {
    const windows = { key: "[", code: "Digit8", ctrlKey: true, altKey: true };
    expect(names(windows)).toEqual(["["]);
    expect(names({ key: "[", code: "Digit5", altKey: true })).toEqual(["["]);
    expect(names({ key: "a", code: "KeyA", altKey: true })).toEqual([]);
  });
  test("a Cyrillic letter goes by its place, an umlaut by itself", () => {
    expect(pressName(new KeyboardEvent("keydown", { key: "я", code: "KeyZ", ctrlKey: true }))).toBe("Mod+z");
    expect(names({ key: "Ö", code: "Semicolon", shiftKey: true })).toEqual(["Shift+ö"]);
  });
});
