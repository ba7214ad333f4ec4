// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from "vitest";
import { listsAt } from "./_lists";

const html = (words: string) =>
  `<p class="within-says">Within ${words}</p><div class="lists"><a href="#t=1">${words}</a></div>`;

describe("lists that follow the slider", () => {
  let place: HTMLElement;
  beforeEach(() => {
    vi.useFakeTimers();
    place = document.createElement("div");
    place.innerHTML = `<p data-lists="/a?within="></p><div class="lists"><b>as marked</b></div>`;
  });
  const shown = () => [
    place.querySelector("[data-lists]")?.textContent,
    place.querySelector(".lists")?.textContent,
  ];
  const rest = () => vi.advanceTimersByTimeAsync(200);

  test("they are fetched once for each step, and go back to what was marked", async () => {
    const ask = vi.fn(async (address: string) => html(address));
    const show = listsAt(place, ask);
    show(null);
    expect(shown()).toEqual(["", "as marked"]);
    const marked = place.querySelector("b");
    show(100);
    await rest();
    expect(shown()).toEqual(["Within /a?within=100", "/a?within=100"]);
    show(null);
    expect(shown()).toEqual(["", "as marked"]);
    expect(place.querySelector("b")).toBe(marked);
    show(100);
    await rest();
    expect(ask).toHaveBeenCalledTimes(1);
  });

  test("while the slider moves nothing is asked for, and a late answer hides no newer one", async () => {
    const answers = new Map<string, (text: string) => void>();
    const ask = vi.fn((address: string) => new Promise<string>((done) => answers.set(address, done)));
    const show = listsAt(place, ask);
    for (const step of [100, 200, 300]) show(step);
    await rest();
    expect(ask.mock.calls).toEqual([["/a?within=300"]]);
    show(500);
    await rest();
    answers.get("/a?within=500")?.(html("half"));
    await rest();
    answers.get("/a?within=300")?.(html("late"));
    await rest();
    expect(shown()).toEqual(["Within half", "half"]);
  });

  test("what cannot be fetched leaves what was marked, and says so", async () => {
    const show = listsAt(place, () => Promise.reject(new Error("503")));
    show(100);
    await rest();
    expect(shown()[0]).toContain("stay as in marking");
    expect(shown()[1]).toBe("as marked");
  });

  test("the film's lanes are told how moments pair there, and that they are as marked again", async () => {
    const told = vi.fn();
    const pairs = [["both", "a", "beat-A"]];
    const ask = async () =>
      `<p class="within-says" data-paired='${JSON.stringify(pairs)}'>Within</p><div class="lists"></div>`;
    const show = listsAt(place, ask, told);
    show(100);
    expect(told).not.toHaveBeenCalled();
    await rest();
    expect(told.mock.lastCall).toEqual([pairs, 100]);
    show(null);
    expect(told.mock.lastCall?.[0]).toBeNull();
  });

  test("a page without figures has nothing to follow", () => {
    expect(() => listsAt(document.createElement("div"))(100)).not.toThrow();
  });
});
