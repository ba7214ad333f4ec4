import { beforeEach, describe, expect, test } from "vitest";
import { FilmClock } from "../film/clock";
import { FrameIndex } from "../film/frames";
import { CAST, evenFrames, observation, SCHEME } from "../testing/paig";
import { pass, Screen } from "../testing/screen";
import { Codebook } from "./codebook";
import { Coder, HOLD } from "./coding";
import { ObservationModel } from "./observation";

let screen: Screen;
let clock: FilmClock;
let model: ObservationModel;
let coder: Coder;
let now: number;
const made = () =>
  model.sorted.value.map(({ code, start, end, actor, target }) => ({ code, start, end, actor, target }));

beforeEach(async () => {
  const frames = new FrameIndex(evenFrames(100));
  screen = new Screen(frames);
  clock = new FilmClock(frames);
  clock.attach(screen.element);
  model = new ObservationModel("obs-1", CAST, null);
  model.onState(observation(), false, []);
  now = 0;
  coder = new Coder(model, clock, new Codebook(SCHEME), () => now);
  clock.play();
  screen.present(10);
});

describe("tagging while it plays", () => {
  test("a key pressed once begins and pressed again ends, with the frames on the screen inside", () => {
    coder.press("3");
    coder.release("3");
    screen.present(11);
    screen.present(12);
    expect(coder.growing.value.get("3")?.reach).toBe(520_000);
    coder.press("3");
    coder.release("3");
    expect(made()).toEqual([{ code: "3", start: 400_000, end: 520_000, actor: "mum", target: "baby" }]);
    expect(coder.growing.value.size).toBe(0);
  });

  test("a key that is held lasts as long as it is held", () => {
    coder.press("3");
    screen.present(30);
    now += HOLD;
    coder.release("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 1_240_000 }]);
  });

  test("pressed and ended on one frame it still lasts that frame", () => {
    coder.press("3");
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 440_000 }]);
  });

  test("a tap on a lane that takes both is a point, a long press an interval", () => {
    coder.press("initiative");
    coder.release("initiative");
    coder.press("initiative");
    screen.present(20);
    now += HOLD;
    coder.release("initiative");
    expect(made()).toMatchObject(
      [
        { code: "initiative", start: 400_000, end: null, actor: "baby", target: "mum" },
        { code: "initiative", start: 400_000, end: 840_000 },
      ].sort((a, b) => (a.end ?? a.start) - (b.end ?? b.start)),
    );
  });

  test("two lanes grow at once", () => {
    coder.press("3");
    coder.press("1");
    screen.present(14);
    coder.closeAll();
    expect(made().map(({ code, end }) => [code, end])).toEqual(
      expect.arrayContaining([
        ["3", 600_000],
        ["1", 600_000],
      ]),
    );
  });

  test("a jump back ends what was growing where it had come to", async () => {
    coder.press("3");
    screen.present(30);
    clock.seekFrame(2);
    await pass(20);
    expect(made()).toMatchObject([{ start: 400_000, end: 1_240_000 }]);
  });

  test("the film's end ends it", () => {
    coder.press("3");
    screen.present(99);
    expect(made()).toMatchObject([{ start: 400_000, end: 4_000_000 }]);
  });
});

describe("tagging a still picture", () => {
  beforeEach(async () => {
    clock.pause();
    await pass();
  });

  test("makes a second's tag that is selected", () => {
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 1_400_000 }]);
    expect(model.selectedTag.value?.code).toBe("3");
  });

  test("does not reach past the film", async () => {
    clock.seekFrame(95);
    await pass();
    coder.press("3");
    expect(made()).toMatchObject([{ start: 3_800_000, end: 4_000_000 }]);
  });

  test("makes a point where the lane takes points", () => {
    coder.press("clap");
    expect(made()).toMatchObject([{ code: "clap", end: null }]);
  });

  test("says why when nobody on film may show it", () => {
    model.cast = [{ id: "mum", role: "parent", name: "parent" }];
    coder.press("initiative");
    expect(made()).toEqual([]);
    expect(coder.hint.value).toMatch(/Nobody in this film/);
  });
});
