/** A merge or a split that crosses what another window did: it is done wholly or not at all, and nothing goes with it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Tag } from "../contract";
import { type Done, merge, split } from "../model/acts";
import { Codebook } from "../model/codebook";
import { Drafts } from "../model/drafts";
import type { Kept, Mark } from "../model/history";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, SCHEME, tag } from "../testing/paig";
import { Service, SharedOutbox } from "../testing/service";
import { settle } from "../testing/settle";
import { calm, ServiceWindow, turn } from "../testing/windows";
import { counter } from "./asking";
import { CommStore } from "./comm";
import { rememberSteps, type Steps } from "./steps";

const book = new Codebook(SCHEME);
const FIRST = tag("t1", 0, 400_000);
const SECOND: Tag = { ...tag("t2", 800_000, 1_200_000), note: "acknowledged words" };

function mergeAll(model: ObservationModel): boolean {
  return model.changeTogether("merge", (merge([...model.tags.values()], model.tags, book) as Done).changes);
}
const splitAt = (model: ObservationModel, at: number) =>
  model.changeTogether("split", (split([...model.tags.values()], at) as Done).changes);
const brief = (tags: ReadonlyMap<string, Tag>) =>
  [...tags.values()].map(({ start, end, note }) => [start, end, note]);

async function pair(...tags: Tag[]) {
  const service = new Service();
  const [a, b] = [new ServiceWindow(service), new ServiceWindow(service)];
  await turn([a, b]);
  for (const one of tags) a.model.put("add", one);
  await turn([a, b]);
  /** Both do something, neither of them knowing of the other's; the one of the second is saved first. */
  const crossing = async (mine: () => void, theirs: () => void) => {
    a.offline = true;
    mine();
    theirs();
    await turn([a, b]);
    a.offline = false;
    await calm([a, b]);
    expect(brief(a.model.tags)).toEqual(brief(service.tags));
    expect(brief(b.model.tags)).toEqual(brief(service.tags));
    expect(a.waiting).toBe(0);
  };
  return { service, a, b, crossing, held: () => brief(service.tags) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a merge", () => {
  const second = [800_000, 1_200_000, "acknowledged words"];
  test.each([
    [
      "deletes the first",
      (model: ObservationModel) => model.drop("t1"),
      [second],
      "deleted elsewhere meanwhile.",
    ],
    [
      "writes on the first",
      (model: ObservationModel) => model.amend("note", "t1", { note: "B" }),
      [[0, 400_000, "B"], second],
      "changed elsewhere meanwhile; look at it first.",
    ],
    [
      "moves the first's end",
      (model: ObservationModel) => model.amend("end", "t1", { end: 480_000 }),
      [[0, 480_000, ""], second],
      "changed elsewhere meanwhile; look at it first.",
    ],
  ])("of two, while another window %s, leaves the second with its words", async (_, theirs, after, said) => {
    const { a, b, crossing, held } = await pair(FIRST, SECOND);
    await crossing(
      () => mergeAll(a.model),
      () => theirs(b.model),
    );
    expect(held()).toEqual(after);
    expect([a.said, b.said]).toEqual([`Nothing was merged: the moment at 00:00.0 was ${said}`, null]);
    expect(a.model.unsaved.value).toEqual([]);
    expect(a.model.next.value).toEqual({ undo: "add", redo: null });
  });

  test("of what another window wrote on or deleted is not done, and that stays as it is", async () => {
    for (const theirs of [{ note: "theirs" }, null]) {
      const { a, b, crossing, held } = await pair(FIRST, SECOND);
      await crossing(
        () => mergeAll(a.model),
        () => (theirs ? b.model.amend("note", "t2", theirs) : b.model.drop("t2")),
      );
      expect(held()).toEqual([[0, 400_000, ""], ...(theirs ? [[800_000, 1_200_000, "theirs"]] : [])]);
      expect(a.said).toContain(
        `Nothing was merged: the moment at 00:00.8 was ${theirs ? "changed" : "deleted"}`,
      );
    }
  });

  test("waits as it will be, and is no longer shown once another's change has arrived", async () => {
    const { service, a, b } = await pair(FIRST, SECOND);
    b.model.amend("note", "t1", { note: "theirs" });
    for (let i = 0; i < 3; i++) b.line?.serve();
    mergeAll(a.model);
    expect(brief(a.model.tags)).toEqual([[0, 1_200_000, "acknowledged words"]]);
    a.line?.deliver();
    expect(brief(a.model.tags)).toEqual(brief(service.tags));
    expect([a.model.count, a.waiting, a.said]).toEqual([2, 1, null]);
    await calm([a, b]);
    expect(a.said).toContain("Nothing was merged");
  });

  test("that nobody crosses is undone and done again, and joins a link that was added meanwhile", async () => {
    const { a, b, crossing, held } = await pair(FIRST, SECOND);
    const merged = [[0, 1_200_000, "acknowledged words"]];
    await crossing(
      () => mergeAll(a.model),
      () => b.model.amend("link", "t1", { links: [{ kind: "answers", to: "m1" }] }),
    );
    expect([held(), a.said]).toEqual([merged, null]);
    a.model.undo();
    await turn([a, b]);
    expect([held(), a.said, a.model.next.value]).toEqual([
      [[0, 400_000, ""], second],
      null,
      { undo: "add", redo: "merge" },
    ]);
    a.model.redo();
    await turn([a, b]);
    expect([held(), a.model.tags.get("t1")?.links?.length]).toEqual([merged, 1]);
  });

  test("that is done again while another window deletes the first is not done either", async () => {
    // The second lies within the first and says nothing: of the first the merge changes nothing.
    const { a, b, crossing, held } = await pair({ ...FIRST, end: 2_000_000 }, { ...SECOND, note: "" });
    mergeAll(a.model);
    a.model.undo();
    await turn([a, b]);
    await crossing(
      () => a.model.redo(),
      () => b.model.drop("t1"),
    );
    expect(held()).toEqual([[800_000, 1_200_000, ""]]);
    expect([a.said, a.model.next.value.redo]).toEqual([
      "Nothing was merged: the moment at 00:00.0 was deleted elsewhere meanwhile.",
      null,
    ]);
  });

  test("that another window wrote on is not taken back, whether that was known or not", async () => {
    const { a, b, crossing, held } = await pair(FIRST, SECOND);
    mergeAll(a.model);
    await turn([a, b]);
    await crossing(
      () => a.model.undo(),
      () => b.model.amend("note", "t1", { note: "acknowledged words, and B's" }),
    );
    const merged = [[0, 1_200_000, "acknowledged words, and B's"]];
    expect([held(), a.model.next.value]).toEqual([merged, { undo: "merge", redo: null }]);
    expect(a.said).toBe(
      "Nothing was taken back: the moment at 00:00.0 was changed elsewhere meanwhile; look at it first.",
    );
    a.model.undo();
    await turn([a, b]);
    expect(a.said).toContain(
      "Another window has changed this since, so it was neither taken back nor done again",
    );
    expect([held(), a.model.next.value.undo]).toEqual([merged, "add"]);
  });

  test("that was written on before it was known not to be done: those words are kept", async () => {
    const { a, b, crossing, held } = await pair(FIRST, SECOND);
    const drafts = new Drafts("me", [a.model], null);
    await crossing(
      () => {
        mergeAll(a.model);
        a.model.amend("note", "t1", { note: "acknowledged words and more" });
      },
      () => b.model.amend("note", "t1", { note: "theirs" }),
    );
    expect(held()).toEqual([[0, 400_000, "theirs"], second]);
    expect(drafts.lost.list.value.map(({ words }) => words)).toEqual(["acknowledged words and more"]);
    expect(a.said).toContain("Nothing was merged");
    drafts.dispose();
  });

  test("is not torn: one that is too much for one edit is not made, and that is said", async () => {
    const { a } = await pair();
    for (let i = 0; i < 600; i++) a.model.put("add", tag(`t${i}`, i, i + 1));
    expect(mergeAll(a.model)).toBe(false);
    expect([a.said, a.model.count, a.model.next.value.undo]).toEqual([
      "That is more than can be done at once; choose fewer moments.",
      600,
      "add",
    ]);
  });

  test("of a page that was closed is told to the next, which has it no more to undo", async () => {
    const { service, b } = await pair(FIRST, SECOND);
    const [shared, kept] = [new SharedOutbox(), { steps: [], at: 0 } as Kept];
    const marks: Mark[] = [];
    const steps: Steps = {
      read: async () => kept,
      note: async (_, mark) => void marks.push(mark),
    };
    const closed = new ServiceWindow(service, shared);
    await turn([closed, b]);
    closed.offline = true;
    mergeAll(closed.model);
    await settle();
    closed.model.onHistory = null;
    const [edit] = shared.rows.map((row) => row.edit);
    kept.steps.push({ what: "merge", forth: edit?.changes ?? [], back: [], whole: edit?.id ?? "" });
    kept.at = 1;
    closed.kill();
    b.model.drop("t1");
    await turn([b]);
    const next = new ServiceWindow(service, shared);
    await rememberSteps(next.model, steps);
    await calm([b, next]);
    expect(brief(service.tags)).toEqual([second]);
    expect(next.said).toBe("Nothing was merged: the moment at 00:00.0 was deleted elsewhere meanwhile.");
    expect(next.model.next.value.undo).toBeNull();
    expect(marks).toEqual([{ did: "gone", step: kept.steps[0] }]);
  });

  test("that is refused for good is no step, and its words, which are where they were, are not called lost", async () => {
    const { a, b } = await pair(FIRST, SECOND);
    const drafts = new Drafts("me", [a.model], null);
    mergeAll(a.model);
    const { id } = a.model.made(() => a.model.undo())[0] ?? { id: "" };
    expect(a.model.next.value.redo).toBe("merge");
    a.model.onRefused(id, "Not that.");
    expect(a.model.next.value).toEqual({ undo: "merge", redo: null });
    expect([drafts.lost.list.value, a.said]).toEqual([[], "Not that."]);
    await turn([a, b]);
    drafts.dispose();
  });

  test("of a page while Python changed the first is not done in the kernel either", async () => {
    const kernel = new Kernel();
    for (const one of [FIRST, SECOND]) kernel.tags.set(one.id, one);
    const line = kernel.page();
    const store = new CommStore(line, "here.json", counter(1));
    const page = new ObservationModel("obs-1", CAST, store);
    store.open(page);
    kernel.run();
    mergeAll(page);
    kernel.tags.set("t1", { ...FIRST, note: "by Python" });
    kernel.run();
    expect(brief(kernel.tags)).toEqual([[0, 400_000, "by Python"], second]);
    store.close();
  });
});

describe("a split", () => {
  const whole = { ...FIRST, note: "n" };
  test.each([
    ["was deleted meanwhile leaves no half", (model: ObservationModel) => model.drop("t1"), []],
    [
      "ends elsewhere makes no two that overlap",
      (model: ObservationModel) => model.amend("end", "t1", { end: 320_000 }),
      [[0, 320_000, "n"]],
    ],
    [
      "is another thing now makes no half of the old",
      (model: ObservationModel) => model.amend("code", "t1", { code: "1" }),
      [[0, 400_000, "n"]],
    ],
  ])("of what %s", async (_, theirs, after) => {
    const { a, b, crossing, held } = await pair(whole);
    await crossing(
      () => splitAt(a.model, 200_000),
      () => theirs(b.model),
    );
    expect(held()).toEqual(after);
    expect(a.said).toMatch(
      /^Nothing was split: the moment at 00:00.0 was (changed|deleted) elsewhere meanwhile/,
    );
    expect(a.model.next.value.undo).toBe("add");
  });

  test("of a merge that was not done is not done either", async () => {
    const { a, b, crossing, held } = await pair(FIRST, SECOND);
    await crossing(
      () => {
        mergeAll(a.model);
        splitAt(a.model, 600_000);
      },
      () => b.model.drop("t2"),
    );
    expect(held()).toEqual([[0, 400_000, ""]]);
    expect(a.model.next.value.undo).toBe("add");
  });

  test("is not taken back where another window wrote on its part", async () => {
    const { a, b, crossing, held } = await pair(whole);
    splitAt(a.model, 200_000);
    await turn([a, b]);
    const part = [...a.model.tags.keys()].find((id) => id !== "t1") ?? "";
    await crossing(
      () => a.model.undo(),
      () => b.model.amend("note", part, { note: "B's" }),
    );
    expect(held()).toEqual([
      [0, 200_000, "n"],
      [200_000, 400_000, "B's"],
    ]);
    expect(a.said).toContain("Nothing was taken back: the moment at 00:00.2 was changed");
  });
});
