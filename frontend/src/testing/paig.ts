/** A small scheme, cast and tags for tests. */
import type { Member, Observation, Scheme, Tag } from "../contract";

export const SCHEME: Scheme = {
  id: "paig",
  version: "1",
  title: { en: "Principles" },
  codes: [
    {
      id: "initiative",
      parent: null,
      label: { en: "Initiative" },
      kind: "either",
      key: "i",
      actors: ["child"],
      colour: "#b03a5b",
    },
    {
      id: "initiative.look",
      parent: "initiative",
      label: { en: "looks" },
      kind: "either",
      actors: ["child"],
    },
    {
      id: "1",
      parent: null,
      label: { en: "Being attentive" },
      short: { en: "Attentive" },
      kind: "state",
      key: "1",
      colour: "#4f77a8",
    },
    { id: "3", parent: null, label: { en: "Receiving" }, kind: "state", key: "3", colour: "#5f8a2b" },
    { id: "3.4", parent: "3", label: { en: "smiles back" }, kind: "state" },
    { id: "clap", parent: null, label: { en: "Clap" }, kind: "point", key: "c" },
  ],
};

export const CAST: Member[] = [
  { id: "mum", role: "parent", name: "parent" },
  { id: "baby", role: "child", name: "child" },
];

/** 25 frames a second. */
export function evenFrames(count: number): { times: number[]; duration: number } {
  return { times: Array.from({ length: count }, (_, i) => i * 40_000), duration: count * 40_000 };
}

export function tag(id: string, start: number, end: number | null, code = "3"): Tag {
  return {
    id,
    code,
    actor: "mum",
    target: "baby",
    start,
    end,
    modifiers: {},
    certainty: null,
    note: "",
    links: [],
  };
}

export function observation(tags: Tag[] = []): Observation {
  return {
    format: "vig-observation",
    version: 1,
    id: "obs-1",
    film: "hello",
    duration: 20_000_000,
    scheme: { id: "paig", version: "1" },
    observer: "me",
    cast: CAST,
    tags,
  };
}
