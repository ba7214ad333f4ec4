import { beforeEach, describe, expect, test } from "vitest";
import type { Code } from "../contract";
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

  test("a jump back to after it began ends it as well, and all that grew with it", async () => {
    coder.press("3");
    coder.press("1");
    screen.present(40);
    clock.seekFrame(20);
    await pass(20);
    expect(made().map(({ end }) => end)).toEqual([1_640_000, 1_640_000]);
    expect(coder.growing.value.size).toBe(0);
  });

  test("the film's end ends it", () => {
    coder.press("3");
    screen.present(99);
    expect(made()).toMatchObject([{ start: 400_000, end: 4_000_000 }]);
  });
});

describe("paused and stepping to where it really ended", () => {
  const stepTo = async (frame: number) => {
    while (clock.frame.value !== frame) {
      clock.step(Math.sign(frame - clock.frame.value));
      await pass(5);
    }
  };
  beforeEach(async () => {
    coder.press("3");
    screen.present(40);
    clock.pause();
    await pass();
  });

  test("it ends with the frame on the screen, however far back that is", async () => {
    await stepTo(35);
    expect(coder.growing.value.get("3")?.reach).toBe(1_440_000);
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 1_440_000 }]);
  });

  test("also when one is quicker than the film", () => {
    for (let i = 0; i < 4; i++) clock.step(-1);
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 1_480_000 }]);
  });

  test("a reaction time is not taken off a still picture", async () => {
    coder.reaction.value = 200;
    await stepTo(35);
    coder.press("3");
    expect(made()).toMatchObject([{ end: 1_440_000 }]);
  });

  test("it grows on when the film plays on", async () => {
    await stepTo(30);
    clock.play();
    screen.present(31);
    screen.present(50);
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 2_040_000 }]);
  });

  test("before its beginning there is none of it: it ends where it had come to while the film played", async () => {
    await stepTo(10);
    expect(coder.growing.value.get("3")?.reach).toBe(440_000);
    clock.seekFrame(9);
    expect(made()).toMatchObject([{ start: 400_000, end: 1_640_000 }]);
    expect(coder.growing.value.size).toBe(0);
  });
});

test("the newest of what grows can be thrown away, and lifting its key makes nothing of it", () => {
  expect(coder.abandon()).toBe(null);
  coder.press("1");
  coder.press("3");
  coder.refine(0);
  expect(coder.abandon()).toBe("3.4");
  expect([...coder.growing.value.keys()]).toEqual(["1"]);
  now += HOLD;
  coder.release("3");
  expect(made()).toEqual([]);
  coder.press("1");
  expect(made()).toMatchObject([{ code: "1" }]);
});

describe("as the scheme says", () => {
  const begin = (change: (code: Code) => Partial<Code>) => {
    coder.dispose();
    const codes = SCHEME.codes.map((code) => ({ ...code, ...change(code) }));
    coder = new Coder(model, clock, new Codebook({ ...SCHEME, codes }), () => now);
  };

  test("a code that is pressed twice goes on when its key is held and let go", () => {
    begin(() => ({ live: "press" }));
    coder.press("3");
    now += 10 * HOLD;
    coder.release("3");
    screen.present(30);
    expect(made()).toEqual([]);
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 1_240_000 }]);
  });

  test("a code that is held ends with however short a press", () => {
    begin(() => ({ live: "hold" }));
    coder.press("3");
    screen.present(11);
    coder.release("3");
    expect(made()).toMatchObject([{ start: 400_000, end: 480_000 }]);
  });

  test("one code of an exclusive set ends the other, of the same person", () => {
    begin(({ id }) => (id === "3" ? { excludes: ["1"] } : id === "clap" ? { excludes: ["initiative"] } : {}));
    coder.press("1");
    coder.press("initiative");
    screen.present(20);
    coder.press("3.4");
    expect(made()).toMatchObject([{ code: "1", start: 400_000, end: 840_000 }]);
    coder.press("clap");
    expect([...coder.growing.value.keys()]).toEqual(["initiative", "3.4"]);
    expect([...coder.lanes.value]).toEqual(["initiative", "3"]);
  });

  test("what grows can be said more closely", () => {
    expect(coder.refine(0)).toBe(false);
    coder.press("3");
    expect(coder.refine(0)).toBe(true);
    expect(coder.refine(-1)).toBe(true);
    expect(coder.newest.value?.[1].code).toBe("3");
    coder.refine(0);
    coder.press("3");
    expect(made()).toMatchObject([{ code: "3.4" }]);
  });
});

describe("with a reaction time", () => {
  beforeEach(() => {
    coder.reaction.value = 200;
  });

  test("live tags begin and end that much earlier, on frames", () => {
    coder.press("3");
    screen.present(40);
    coder.press("3");
    expect(made()).toMatchObject([{ start: 200_000, end: 1_440_000 }]);
  });

  test("in slow motion the film has gone less far meanwhile", () => {
    clock.setSpeed(0.5);
    coder.press("clap");
    expect(made()).toMatchObject([{ start: 280_000, end: null }]);
  });

  test("a quick press keeps one frame, and none begins before the film", () => {
    screen.present(2);
    coder.press("3");
    coder.press("3");
    expect(made()).toMatchObject([{ start: 0, end: 40_000 }]);
  });

  test("a still picture is what it is", async () => {
    clock.pause();
    await pass();
    coder.press("3");
    expect(made()).toMatchObject([{ start: 400_000 }]);
  });

  test("the film's end is no press", () => {
    coder.press("3");
    screen.present(99);
    expect(made()).toMatchObject([{ end: 4_000_000 }]);
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
