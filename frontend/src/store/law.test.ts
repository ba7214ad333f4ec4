/**
 * The law of several windows: what is saved changes only by whom who saw it. Whatever three windows do, online or not,
 * each change that the log holds is looked at from outside: what it changed or took away, its window had seen or was
 * told, and what was deleted came back only where somebody said so. What a merge takes away is in what it made, words
 * and all, and the parts of a split lie side by side.
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Tag } from "../contract";
import { merge, split } from "../model/acts";
import { Codebook } from "../model/codebook";
import { applyTo } from "../model/replica";
import { chance } from "../testing/chance";
import { SCHEME, tag } from "../testing/paig";
import { Service, SharedOutbox } from "../testing/service";
import { settle } from "../testing/settle";
import { calm, ServiceWindow, turn } from "../testing/windows";

type Plain = Record<string, string>;
/** What a window showed, and what it was told, when it made an edit; and whether that gives something back. */
interface Knowledge {
  shown: ReadonlyMap<string, Tag>;
  told: ReadonlyMap<string, Tag>;
  gives: boolean;
  what: What;
}
type What = "merge" | "split" | "other";
type Tags = ReadonlyMap<string, Tag>;

const BOOK = new Codebook(SCHEME);

const FIELDS = ["code", "actor", "target", "start", "end", "certainty", "note"] as const;

/** A tag as small parts, each of which may be changed by itself. */
function partsOf(one: Tag | undefined): Plain {
  if (!one) return {};
  const parts: Plain = {};
  for (const field of FIELDS) parts[field] = JSON.stringify(one[field] ?? null);
  for (const [name, value] of Object.entries(one.modifiers ?? {})) parts[`modifier ${name}`] = value;
  for (const { kind, to } of one.links ?? []) parts[`link ${kind} ${to}`] = "yes";
  return parts;
}

/** What a merge took away and did not put into what it made; and halves of a split that are not side by side. */
function torn(before: Tags, after: Tags, what: What): string[] {
  const lines = ({ note }: Tag) => (note ?? "").trim().split("\n");
  const holds = (one: Tag, gone: Tag) =>
    one.code === gone.code.split(".")[0] &&
    one.start <= gone.start &&
    (one.end ?? one.start) >= (gone.end ?? gone.start) &&
    lines(gone).every((line) => lines(one).includes(line) || line === "");
  const missing = [...before.values()].filter((one) => what === "merge" && !after.has(one.id));
  const parts = [...after.values()].filter((one) => what === "split" && !before.has(one.id));
  return [
    ...missing.filter((gone) => ![...after.values()].some((one) => holds(one, gone))),
    ...parts.filter(
      (part) => ![...after.values()].some((one) => one.end === part.start && one.code === part.code),
    ),
  ].map(({ id }) => `${what} ${id}`);
}

/** What was saved and is changed by an edit whose window knew nothing of it; `was`: all that was ever there. */
function wronged(
  before: Tag | undefined,
  after: Tag | undefined,
  id: string,
  knew: Knowledge,
  was: ReadonlySet<string>,
): string[] {
  if (!before) return after && !knew.gives && was.has(id) ? ["it is back"] : [];
  const [from, to] = [partsOf(before), partsOf(after)];
  const [shown, told] = [partsOf(knew.shown.get(id)), partsOf(knew.told.get(id))];
  return Object.keys({ ...from, ...to }).filter(
    (part) => from[part] !== to[part] && from[part] !== shown[part] && from[part] !== told[part],
  );
}

interface Doing {
  gives: boolean;
  what: What;
  act: () => void;
}

/** One thing that somebody does in a window; what gives back or makes anew says so. */
function act({ model }: ServiceWindow, next: () => number, i: number): Doing {
  const ids = [...model.tags.keys()];
  const any = () => ids[Math.floor(next() * ids.length)] ?? "";
  const [id, other, what] = [any(), any(), next()];
  const does = (act: () => void, name: What = "other") => ({ gives: false, what: name, act });
  const last = model.tags.get(id);
  if (what < 0.16) return { ...does(() => model.put("add", tag(`t${i}`, 0, 400_000))), gives: true };
  if (what < 0.36) return does(() => model.amend("note", id, { note: `n${i}` }, next() < 0.6));
  if (what < 0.46)
    return does(() => model.amend("sure", id, { certainty: next() < 0.5 ? "sure" : "unsure" }));
  if (what < 0.54) return does(() => model.amend("end", id, { end: 400_000 + 40_000 * i }));
  if (what < 0.58)
    return does(() => model.amend("move", id, { start: 40_000 * i, end: 400_000 + 40_000 * i }));
  if (what < 0.62)
    return does(() =>
      model.amend("code", id, last?.end ? { code: "clap", end: null } : { code: "3", end: 9e6 }),
    );
  if (what < 0.66)
    return does(() => model.amend("hand", id, { modifiers: { ...last?.modifiers, hand: `${i}` } }));
  if (what < 0.7)
    return does(() => model.amend("link", id, { links: [{ kind: "answers", to: `m${i % 5}` }] }));
  if (what < 0.74) return does(() => model.drop(id));
  const together = (name: What, done: ReturnType<typeof merge>) =>
    does(() => "changes" in done && model.changeTogether(name, done.changes), name);
  const chosen = [...model.tags.values()].filter((one) => one.id === id || one.id === other);
  if (what < 0.79) return together("merge", merge(chosen, model.tags, BOOK));
  if (what < 0.84) return together("split", split(chosen.slice(0, 1), (last?.start ?? 0) + 80_000));
  const redone = model.next.value.redo === "merge" ? "merge" : "other";
  if (what < 0.95) return { ...does(() => model.undo()), gives: true };
  return { ...does(() => model.redo(), redone), gives: true };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("three windows: what is saved changes only by whom who saw it, and all show it at the end", async () => {
  const counts = { done: 0, left: 0 };
  for (let run = 1; run <= 40; run++) {
    const [next, service, shared] = [chance(run * 77), new Service(), new SharedOutbox()];
    const windows = [
      new ServiceWindow(service, shared),
      new ServiceWindow(service, shared),
      new ServiceWindow(service),
    ];
    await turn(windows);
    const known = new Map<string, Knowledge>();
    for (let i = 0; i < 120; i++) {
      const window = windows[Math.floor(next() * 3)] as ServiceWindow;
      const what = next();
      if (what < 0.08) window.offline = !window.offline;
      else if (what < 0.1) service.full = !service.full;
      else if (what < 0.13) await vi.advanceTimersByTimeAsync(3000);
      else if (what < 0.6) {
        const doing = act(window, next, i);
        const [shown, told] = [new Map(window.model.tags), new Map(window.model.saved)];
        const { gives, what } = doing;
        for (const { id } of window.model.made(doing.act)) known.set(id, { shown, told, gives, what });
      } else
        for (const { lines } of windows) {
          if (next() < 0.7) lines.at(-1)?.serve();
          if (next() < 0.7) lines.at(-1)?.deliver();
        }
      if (next() < 0.7) await settle();
    }
    service.full = false;
    for (const window of windows) window.offline = false;
    await calm(windows);
    const [tags, was] = [new Map<string, Tag>(), new Set<string>()];
    for (const edit of service.log) {
      const before = new Map(tags);
      applyTo(tags, edit);
      for (const id of new Set([...before.keys(), ...tags.keys()])) {
        const wrong = wronged(before.get(id), tags.get(id), id, known.get(edit.id) as Knowledge, was);
        expect([run, edit, wrong]).toEqual([run, edit, []]);
        was.add(id);
      }
      const halves = torn(before, tags, known.get(edit.id)?.what ?? "other");
      expect([run, edit, halves]).toEqual([run, edit, []]);
      if (edit.whole) tags.size === before.size ? counts.left++ : counts.done++;
    }
    for (const window of windows) {
      expect([run, ...[...window.model.tags].sort()]).toEqual([run, ...[...tags].sort()]);
      expect(window.store.state.value.waiting).toBe(0);
      window.store.close();
    }
    vi.clearAllTimers();
  }
  // Both happen often enough for this to say anything.
  expect([counts.done > 30, counts.left > 15]).toEqual([true, true]);
}, 60_000);
