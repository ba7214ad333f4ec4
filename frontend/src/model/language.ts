/** The language in which schemes are read: chosen once, kept in this browser, the same on every page of it. */
import { effect, signal } from "@preact/signals";
import type { Scheme } from "../contract";
import { keep, recall } from "./prefs";

const kept = recall("language");

/** A BCP 47 tag. Read by `say`, so that whatever shows a label shows it anew when this changes. */
export const language = signal<string>(typeof kept === "string" ? kept : "en");

effect(() => keep("language", language.value === "en" ? null : language.value));

/** The languages in which every label of a scheme is written, English first. */
export function languagesOf(scheme: Scheme): string[] {
  const texts = [scheme.title, ...scheme.codes.map((code) => code.label)];
  const [first = {}, ...others] = texts;
  return Object.keys(first)
    .filter((tag) => others.every((text) => tag in text))
    .sort((a, b) => Number(b === "en") - Number(a === "en") || (a < b ? -1 : 1));
}

/** A language by its own name, for example "Deutsch". */
export function nameOf(tag: string): string {
  const name = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
