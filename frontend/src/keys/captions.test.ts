import { signal } from "@preact/signals";
import { afterEach, expect, test, vi } from "vitest";
import type { Session } from "../workbench/session";
import { captions } from "./film";

afterEach(() => vi.unstubAllGlobals());

function pressed(languages: string[], own: string, times: number): (string | null)[] {
  vi.stubGlobal("navigator", { language: own });
  const files = { proxy: "", captions: Object.fromEntries(languages.map((one) => [one, `${one}.vtt`])) };
  const session = { files, captions: signal<string | null>(null) } as unknown as Session;
  return Array.from({ length: times }, () => {
    captions(session);
    return session.captions.value;
  });
}

test("captions go through the languages, the reader's own first, and off again", () => {
  expect(pressed(["en", "de", "fr"], "fr-CH", 5)).toEqual(["fr", "en", "de", null, "fr"]);
  expect(pressed(["en", "de", "fr"], "it", 4)).toEqual(["en", "de", "fr", null]);
});

test("with one language they go on and off, and without any stay off", () => {
  expect(pressed(["en"], "de", 3)).toEqual(["en", null, "en"]);
  expect(pressed([], "de", 2)).toEqual([null, null]);
});
