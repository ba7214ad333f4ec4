// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { SCHEME, tag } from "../testing/paig";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import * as acts from "./acts";
import { clashesOf } from "./Clashes";

const MODIFIERS = [
  {
    id: "strength",
    label: { en: "How strong" },
    codes: ["3"],
    choices: [
      { id: "low", label: { en: "a little" } },
      { id: "high", label: { en: "clearly" } },
    ],
  },
];
let session: Session;
const all = () => session.model.sorted.value;
const steps = () => {
  let count = 0;
  while (session.model.next.value.undo) {
    session.model.undo();
    count++;
  }
  return count;
};

beforeEach(() => {
  session = openSession({
    scheme: { ...SCHEME, modifiers: MODIFIERS },
    tags: [tag("a", 0, 400_000), tag("b", 800_000, 1_200_000), tag("c", 2_000_000, null, "clap")],
  });
});
afterEach(() => session.dispose());

describe("on all that are chosen, as one step", () => {
  beforeEach(() => session.model.chosen.choose(["a", "b", "c"], "b"));

  test("how sure, and what is chosen stays chosen", () => {
    acts.setCertainty(session, "fairly");
    expect(all().map(({ certainty }) => certainty)).toEqual(["fairly", "fairly", "fairly"]);
    expect([session.model.chosen.ids.value.size, session.model.selected.value]).toEqual([3, "b"]);
    expect(session.model.next.value.undo).toBe("certainty of 3 moments");
    expect(steps()).toBe(1);
  });

  test("what is said more closely, where it can be said", () => {
    acts.setModifier(session, "strength", "high");
    expect(all().map(({ modifiers }) => modifiers)).toEqual([{ strength: "high" }, { strength: "high" }, {}]);
    acts.nextModifier(session);
    expect(all()[1]?.modifiers).toEqual({});
  });

  test("who, where they may", () => {
    acts.setWho(session, "baby", "mum");
    expect(all().map(({ actor }) => actor)).toEqual(["baby", "baby", "baby"]);
    acts.nextWho(session);
    expect(all()[1]).toMatchObject({ actor: "mum", target: "baby" });
  });

  test("the behaviour by its number; a number that a lane does not have changes nothing there", () => {
    acts.namePlace(session, 0);
    expect(all().map(({ code }) => code)).toEqual(["3.4", "3.4", "clap"]);
    acts.namePlace(session, -1);
    expect(all().map(({ code }) => code)).toEqual(["3", "3", "clap"]);
  });

  test("nothing to change is no step", () => {
    acts.setWho(session, "mum", "baby");
    expect(session.model.next.value.undo).toBeNull();
  });
});

describe("going through the list", () => {
  test("with a filter only through what is looked at", () => {
    session.desk.filter.value = { code: "3", actor: null, text: "" };
    session.select("b");
    acts.selectNext(session, 1);
    expect(session.model.selected.value).toBe("b");
    acts.chooseAll(session);
    expect([...session.model.chosen.ids.value]).toEqual(["a", "b"]);
    expect(session.desk.said.value).toBe("2 moments chosen.");
  });

  test("choosing on grows from where it began, and shrinks when one turns back", () => {
    session.select("b");
    acts.extend(session, 1);
    acts.extend(session, -1);
    acts.extend(session, -1);
    expect([...session.model.chosen.ids.value]).toEqual(["a", "b"]);
    expect(session.model.selected.value).toBe("a");
  });
});

test("an edge goes to the frame on the screen, which is inside; never behind the other", () => {
  session.select("a");
  session.clock.seekFrame(5);
  acts.edgeHere(session, "end");
  expect(all()[0]).toMatchObject({ start: 0, end: 240_000 });
  session.clock.seekFrame(8);
  acts.edgeHere(session, "start");
  expect(all()[0]).toMatchObject({ start: 0, end: 240_000 });
  expect(session.model.refusal.value).toMatch(/end after it begins/);
});

test("with nothing chosen, what lies under the playhead is split", () => {
  session.clock.seekFrame(25);
  acts.splitHere(session);
  expect(all().map(({ start, end }) => [start, end])).toContainEqual([800_000, 1_000_000]);
  session.model.selected.value = null;
  session.clock.seekFrame(90);
  acts.splitHere(session);
  expect(session.model.refusal.value).toMatch(/inside it/);
});

test("what cannot be at one moment is named, of the same person only", () => {
  session.dispose();
  const codes = SCHEME.codes.map((code) => (code.id === "3" ? { ...code, excludes: ["1"] } : code));
  const one = tag("a", 0, 400_000, "3.4");
  const other = { ...tag("d", 300_000, 500_000, "1"), actor: "baby" };
  const tags = [one, tag("b", 300_000, 500_000, "1"), tag("c", 400_000, 500_000, "1"), other];
  session = openSession({ tags, scheme: { ...SCHEME, codes } });
  expect(clashesOf(session, one).map(({ id }) => id)).toEqual(["b"]);
});

test("reaction time and keys of one's own come back in this browser, each person's apart", () => {
  const as = (person: string) => {
    session.dispose();
    session = openSession({ tags: [], person, again: true });
    return [session.coder.reaction.value, session.desk.keys.value.get("3.4")];
  };
  expect(as("Ann Example")).toEqual([0, undefined]);
  session.desk.setReaction(255.4);
  session.desk.personal.value = { "3.4": "x" };
  expect(as("Ben")).toEqual([0, undefined]);
  expect(as("Ann Example")).toEqual([255, "x"]);
  expect(Object.entries({ ...localStorage }).join()).not.toContain("Ann");
  for (const name of Object.keys({ ...localStorage })) localStorage.setItem(name, '"<broken>"');
  expect(as("Ann Example")).toEqual([0, undefined]);
});
