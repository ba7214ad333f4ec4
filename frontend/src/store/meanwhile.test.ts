/** What another window saved, and a change did not know of, is neither wiped nor undone nor brought back by it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Tag } from "../contract";
import { Drafts } from "../model/drafts";
import type { Kept } from "../model/history";
import { ObservationModel } from "../model/observation";
import { Kernel } from "../testing/kernel";
import { CAST, tag } from "../testing/paig";
import { Service } from "../testing/service";
import { settle } from "../testing/settle";
import { calm, ServiceWindow, turn } from "../testing/windows";
import { counter } from "./asking";
import { CommStore } from "./comm";

async function pair() {
  const service = new Service();
  const [a, b] = [new ServiceWindow(service), new ServiceWindow(service)];
  await turn([a, b]);
  a.model.put("add", tag("t1", 0, 400_000));
  await turn([a, b]);
  const now = (id = "t1") => service.tags.get(id);
  return { service, a, b, now, both: () => turn([a, b]) };
}

const add = (tag: Tag, kernel: Kernel, page: ObservationModel) => {
  page.put("add", tag);
  kernel.run();
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("undo", () => {
  test("of a note that was written in two goes leaves what the other window set between them", async () => {
    const { a, b, now, both } = await pair();
    a.model.amend("note", "t1", { note: "she" });
    await both();
    b.model.amend("certainty", "t1", { certainty: "sure" });
    await both();
    a.model.amend("note", "t1", { note: "she waits" }, true);
    await both();
    a.model.undo();
    await both();
    expect(now()).toMatchObject({ note: "", certainty: "sure" });
    a.model.redo();
    await both();
    expect(now()).toMatchObject({ note: "she waits", certainty: "sure" });
  });

  test("of a note goes back to the other window's words where those came between", async () => {
    const { a, b, now, both } = await pair();
    a.model.amend("note", "t1", { note: "she" });
    await both();
    b.model.amend("note", "t1", { note: "she looks" });
    await both();
    a.model.amend("note", "t1", { note: "she looks and waits" }, true);
    await both();
    a.model.undo();
    await both();
    expect(now()?.note).toBe("she looks");
  });

  test("before the first state does nothing but to what was made here, and says so", async () => {
    const { service, a, b, now, both } = await pair();
    const step: Kept["steps"][number] = {
      what: "sure",
      forth: [{ op: "put", tag: { ...tag("t1", 0, 400_000), certainty: "sure" } }],
      back: [{ op: "put", tag: tag("t1", 0, 400_000) }],
    };
    a.model.amend("sure", "t1", { certainty: "sure" });
    b.model.amend("note", "t1", { note: "written since" });
    await both();
    const c = new ServiceWindow(service);
    await settle();
    c.model.restoreHistory({ steps: [step], at: 1 });
    expect(c.model.next.value.undo).toBeNull();
    c.model.undo();
    expect(c.said).toContain("has not arrived here yet");
    c.model.put("add", tag("new", 0, 40_000));
    expect(c.model.next.value.undo).toBe("add");
    c.model.undo();
    expect([c.model.count, c.model.next.value.undo]).toEqual([0, null]);
    await calm([a, b, c]);
    expect(now()).toMatchObject({ certainty: "sure", note: "written since" });
    expect([now("new"), c.model.next.value.undo]).toEqual([undefined, "sure"]);
    c.model.undo();
    await calm([a, b, c]);
    expect(now()).toMatchObject({ certainty: null, note: "written since" });
  });

  test("of making a point lasting leaves it so where the other moved its end", async () => {
    const { a, b, now, both } = await pair();
    a.model.put("add", tag("p", 0, null, "clap"));
    await both();
    a.model.put("code", { ...tag("p", 0, 40_000), code: "3" });
    await both();
    b.model.amend("end", "p", { end: 400_000 });
    await both();
    a.model.undo();
    await both();
    expect(now("p")).toMatchObject({ code: "3", end: 400_000 });
    expect(a.said).toContain("Another window has changed this since");
  });
});

describe("deleting", () => {
  test("and taking that back, offline, leaves the note that was written meanwhile", async () => {
    const { a, b, now, both } = await pair();
    a.offline = true;
    a.model.drop("t1");
    a.model.undo();
    b.model.amend("note", "t1", { note: "she waits for him" });
    await both();
    a.offline = false;
    await calm([a, b]);
    expect(now()?.note).toBe("she waits for him");
    expect([a.said, b.said]).toEqual([null, null]);
  });

  test("leaves a moment that was written on meanwhile, with another change of the same step, and that is said", async () => {
    const { a, b, now, both } = await pair();
    a.model.put("add", tag("t2", 800_000, 1_200_000));
    await both();
    a.offline = true;
    a.model.change("both", [
      { op: "put", tag: tag("t1", 0, 1_200_000) },
      { op: "drop", id: "t2" },
    ]);
    b.model.amend("note", "t2", { note: "on the second" });
    await both();
    a.offline = false;
    await calm([a, b]);
    expect([now()?.end, now("t2")?.note]).toEqual([1_200_000, "on the second"]);
    expect(a.model.tags.get("t2")?.note).toBe("on the second");
    expect(a.said).toBe(
      "The moment at 00:00.8 was changed elsewhere meanwhile, and that stays, so it was not deleted; look at it first.",
    );
  });

  test("is not undone by an older note, and who wrote that is told, with the words", async () => {
    const { a, b, now, both } = await pair();
    a.offline = true;
    a.model.amend("note", "t1", { note: "a long thought" });
    b.model.drop("t1");
    await both();
    a.offline = false;
    await calm([a, b]);
    expect([now(), a.model.count]).toEqual([undefined, 0]);
    expect(a.model.unsaved.value).toEqual([
      { tag: "t1", words: "a long thought", about: "the moment at 00:00.0", gone: true },
    ]);
    expect([a.said, b.said]).toEqual([null, null]);
    b.model.undo();
    await calm([a, b]);
    expect([now()?.note, a.model.count]).toEqual(["", 1]);
  });
});

describe("both change", () => {
  test("much that came too late is told as much, and each note is kept to be copied", async () => {
    const { a, b, both } = await pair();
    const drafts = new Drafts("me", [a.model], null);
    for (const [id, start] of [
      ["t2", 800_000],
      ["t3", 1_600_000],
    ] as const)
      a.model.put("add", tag(id, start, start + 400_000));
    await both();
    a.offline = true;
    for (const id of ["t1", "t2"]) a.model.amend("note", id, { note: `on ${id}` });
    for (const id of ["t2", "t3"]) a.model.amend("sure", id, { certainty: "sure" });
    b.model.amend("note", "t1", { note: "theirs" });
    b.model.drop("t2");
    b.model.amend("sure", "t3", { certainty: "fairly" });
    await both();
    a.offline = false;
    await calm([a, b]);
    expect(drafts.lost.list.value.map((one) => [one.why, one.words])).toEqual([
      ["theirs", "on t1"],
      ["gone", "on t2"],
    ]);
    expect(a.said).toBe(
      "The moment at 00:00.8 was deleted elsewhere meanwhile, so what was changed here is not saved. The same happened to 1 more.",
    );
    drafts.dispose();
  });

  test("the same note: what was saved first stays, and the other is told, with the words", async () => {
    const { a, b, now, both } = await pair();
    a.offline = true;
    a.model.amend("note", "t1", { note: "mine" });
    a.model.amend("certainty", "t1", { certainty: "sure" });
    b.model.amend("note", "t1", { note: "theirs" });
    await both();
    a.offline = false;
    await calm([a, b]);
    expect(now()).toMatchObject({ note: "theirs", certainty: "sure" });
    expect(a.model.tags.get("t1")?.note).toBe("theirs");
    expect(a.model.unsaved.value).toEqual([
      { tag: "t1", words: "mine", about: "the moment at 00:00.0", gone: false },
    ]);
  });

  test("the links: both are there", async () => {
    const { a, b, now, both } = await pair();
    a.offline = true;
    a.model.amend("link", "t1", { links: [{ kind: "answers", to: "m1" }] });
    b.model.amend("link", "t1", { links: [{ kind: "answers", to: "m2" }] });
    await both();
    a.offline = false;
    await calm([a, b]);
    expect(now()?.links?.map(({ to }) => to)).toEqual(["m2", "m1"]);
    a.model.undo();
    await calm([a, b]);
    expect(now()?.links?.map(({ to }) => to)).toEqual(["m2"]);
  });

  test("a moment of a fixed name, each made from none: the first stays whole", async () => {
    const { a, b, now, both } = await pair();
    a.offline = true;
    a.model.put("rate", { ...tag("rating.1", 0, 4_000_000), modifiers: { rating: "2" } });
    b.model.put("rate", { ...tag("rating.1", 0, 4_000_000), modifiers: { rating: "1" }, note: "why" });
    await both();
    a.offline = false;
    await calm([a, b]);
    expect(now("rating.1")).toMatchObject({ modifiers: { rating: "1" }, note: "why" });
    expect(a.said).toContain("changed elsewhere meanwhile");
  });
});

describe("in a notebook", () => {
  const open = (kernel: Kernel, page: number) => {
    const store = new CommStore(kernel.page(), "f.json", counter(page));
    const model = new ObservationModel("obs-1", CAST, store);
    store.open(model);
    kernel.run();
    return model;
  };

  test("a moment deleted, and given back, while a cell writes on it", () => {
    const kernel = new Kernel();
    const [a, b] = [open(kernel, 1), open(kernel, 2)];
    add(tag("t1", 0, 400_000), kernel, a);
    b.amend("note", "t1", { note: "by a cell" });
    a.drop("t1");
    a.undo();
    kernel.run();
    expect(kernel.tags.get("t1")?.note).toBe("by a cell");
  });

  test("a note that was lost on its way is saved, though another field was saved before it comes again", () => {
    const kernel = new Kernel();
    const a = open(kernel, 1);
    add(tag("t1", 0, 400_000), kernel, a);
    a.amend("note", "t1", { note: "a thought" });
    kernel.asked.length = 0;
    a.amend("certainty", "t1", { certainty: "sure" });
    for (let i = 0; i < 200; i++) {
      vi.advanceTimersByTime(100);
      kernel.run();
    }
    expect(kernel.tags.get("t1")).toMatchObject({ note: "a thought", certainty: "sure" });
    expect(a.refusal.value).toBeNull();
  });

  test("a moment that was lost on its way is made, though what was changed of it came first", () => {
    const kernel = new Kernel();
    const a = open(kernel, 1);
    a.put("add", tag("t1", 0, 400_000));
    kernel.asked.length = 0;
    a.amend("certainty", "t1", { certainty: "sure" });
    for (let i = 0; i < 200; i++) {
      vi.advanceTimersByTime(100);
      kernel.run();
    }
    expect([...kernel.tags.keys()]).toEqual(["t1"]);
    expect(a.count).toBe(1);
  });
});
