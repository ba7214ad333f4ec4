// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { StoreState } from "../store/store";
import { CAST, observation, tag } from "../testing/paig";
import { Drafts, type Field } from "./drafts";
import { ObservationModel } from "./observation";

const LIVE: StoreState = { phase: "live", seq: 1, waiting: 0, place: null, kept: true };
let model: ObservationModel;
let drafts: Drafts;

function open(note = ""): void {
  model = new ObservationModel("obs-1", CAST, null);
  drafts = new Drafts("me", [model]);
  model.onState(observation([{ ...tag("a", 0, 400_000), note }]), false, []);
}
const field = (): Field => ({
  model,
  tag: "a",
  save: (note, joins) => model.amend("note", "a", { note }, joins),
});
const note = () => model.tags.get("a")?.note;
/** Types letter by letter. */
async function type(text: string, pause: number): Promise<void> {
  for (let i = 1; i <= text.length; i++) {
    drafts.write(field(), text.slice(0, i));
    await vi.advanceTimersByTimeAsync(pause);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  open();
});
afterEach(() => {
  drafts.dispose();
  vi.useRealTimers();
});

describe("words that are being written", () => {
  test("are saved 900 ms after the first letter, however long one types on", async () => {
    await type("Mother wait", 100);
    expect(note()).toBe("Mother wa");
  });

  test("count as waiting until they are saved, for whom they belong to", async () => {
    drafts.write(field(), "M");
    expect(drafts.over(LIVE)).toMatchObject({ waiting: 1, kept: true });
    expect(drafts.over(LIVE, new ObservationModel("other", CAST, null))).toBe(LIVE);
    await vi.advanceTimersByTimeAsync(900);
    expect(drafts.over(LIVE)).toBe(LIVE);
  });

  test("are saved when the page goes", () => {
    drafts.write(field(), "Mother");
    window.dispatchEvent(new Event("pagehide"));
    expect(note()).toBe("Mother");
  });

  test("are one step to undo while one types on, and another after a pause", async () => {
    await type("Mother waits until he looks", 200);
    await vi.advanceTimersByTimeAsync(1000);
    drafts.write(field(), "Mother waits until he looks up");
    await vi.advanceTimersByTimeAsync(1000);
    const back = () => {
      model.undo();
      return note();
    };
    expect([back(), back()]).toEqual(["Mother waits until he looks", ""]);
    model.redo();
    expect(note()).toBe("Mother waits until he looks");
  });

  test("a page that was killed, or that the disk did not hear, leaves them to the next", () => {
    drafts.write(field(), "Mother");
    open();
    expect(note()).toBe("Mother");
    expect(localStorage.length).toBe(0);
  });

  test("what was changed elsewhere since is not written over", () => {
    drafts.write(field(), "Mother");
    open("Father");
    expect(note()).toBe("Father");
  });

  test("a page that is seen again leaves nothing behind", () => {
    drafts.write(field(), "Mother");
    window.dispatchEvent(new Event("pagehide"));
    expect(localStorage.length).toBe(1);
    window.dispatchEvent(new Event("pageshow"));
    expect(localStorage.length).toBe(0);
  });

  test("where the browser keeps nothing, that is said", () => {
    drafts.dispose();
    drafts = new Drafts("me", [model], null);
    drafts.write(field(), "M");
    expect(drafts.over(LIVE).kept).toBe(false);
  });
});
