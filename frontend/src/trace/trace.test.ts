import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { Codebook } from "../model/codebook";
import { Coder } from "../model/coding";
import { ObservationModel } from "../model/observation";
import { CAST, evenFrames, observation, SCHEME, tag } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { STEPS, Trace } from "./trace";

const frames = new FrameIndex(evenFrames(1000));
const S = 1_000_000;
let clock: FilmClock;
let model: ObservationModel;
let coder: Coder;
let trace: Trace;

beforeEach(() => {
  clock = new FilmClock(frames);
  clock.attach(new Screen(frames).element);
  model = new ObservationModel("obs-1", CAST, null);
  coder = new Coder(model, clock, new Codebook(SCHEME));
  trace = new Trace(model, clock, coder);
  model.onState(observation([tag("magic", 30 * S, 31 * S), tag("waits", 27 * S, 28 * S, "1")]), false, []);
  model.selected.value = "magic";
});
afterEach(() => {
  coder.dispose();
  clock.detach();
});

describe("tracing back", () => {
  test("goes back in growing steps, twenty seconds at the most, and nearer again", () => {
    for (const length of STEPS) {
      trace.back();
      expect(trace.at.value).toBe(30 * S - length);
    }
    expect(trace.furthest).toBe(true);
    trace.back();
    expect(trace.at.value).toBe(10 * S);
    trace.nearer();
    expect(trace.at.value).toBe(12 * S);
    expect(
      STEPS.every(
        (step, i) => i < 2 || step - (STEPS[i - 1] ?? 0) >= (STEPS[i - 1] ?? 0) - (STEPS[i - 2] ?? 0),
      ),
    ).toBe(true);
  });

  test("what is tagged on the way is linked, and ends where the moment begins", async () => {
    trace.back();
    await pass();
    coder.press("1");
    const made = model.selectedTag.value;
    expect(made).toMatchObject({ code: "1", end: 30 * S, links: [{ kind: "precedes", to: "magic" }] });
    trace.back();
    expect(trace.magic.value?.id).toBe(made?.id);
  });

  test("what is there already can be chosen, once", () => {
    for (let i = 0; i < 4; i++) trace.back();
    const [near] = trace.before.value;
    expect(near?.id).toBe("waits");
    if (near) trace.choose(near);
    const chosen = model.tags.get("waits");
    expect(chosen?.links).toEqual([{ kind: "precedes", to: "magic" }]);
    expect(chosen && trace.isLinked(chosen)).toBe(true);
    if (chosen) trace.choose(chosen);
    expect(model.tags.get("waits")?.links?.length).toBe(1);
  });

  test("it ends at the moment, and new tags are linked no more", async () => {
    trace.back();
    trace.stop();
    await pass();
    expect([trace.at.value, model.selected.value, clock.time.value]).toEqual([null, "magic", 30 * S]);
    coder.press("1");
    expect(model.selectedTag.value?.links).toEqual([]);
  });

  test("it ends by itself when its moment is deleted, and does not begin where nothing may be changed", () => {
    trace.back();
    model.drop("magic");
    expect([trace.magic.value, trace.at.value]).toEqual([null, null]);
    model.selected.value = "waits";
    model.onFrozen();
    trace.stop();
    trace.back();
    expect(trace.now.value).toBeNull();
  });
});
