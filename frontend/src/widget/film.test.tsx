// @vitest-environment happy-dom
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSession } from "../testing/session";
import type { Session } from "../workbench/session";
import { Film } from "./Film";
import type { Traits, WidgetModel } from "./model";
import { filmSource } from "./source";

type Ear = (content: unknown, buffers: DataView[]) => void;
const TRAITS = {
  _film: { id: "hello" },
  _source: { shelved: true, bytes: 5, limit: 64_000_000 },
} as unknown as Traits;

let session: Session;
let ears: Set<Ear>;
let asked: { id: number; message: { start: number } }[];
const model = {
  get: (name: keyof Traits) => TRAITS[name],
  on: (_: string, heard: Ear) => ears.add(heard),
  off: (_: string, heard: Ear) => ears.delete(heard),
  send: (content: (typeof asked)[number]) => asked.push(content),
} as unknown as WidgetModel;
const answer = (question: (typeof asked)[number] | undefined, ...bytes: number[]) => {
  const view = new DataView(new Uint8Array(bytes).buffer);
  for (const ear of [...ears]) ear({ id: question?.id, ok: true, value: { size: 5 } }, [view]);
};
const after = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const says = () => document.querySelector(".vig-note")?.textContent;

beforeEach(async () => {
  vi.useFakeTimers();
  ears = new Set();
  asked = [];
  session = openSession();
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:film");
  render(<Film session={session} model={model} />, document.body);
  await after(100);
});
afterEach(async () => {
  render(null, document.body);
  await after(100);
  expect(ears.size).toBe(0);
  session.dispose();
  document.getElementById("jupyter-config-data")?.remove();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a film comes when the notebook's other cells are done, however long after its first question", async () => {
  expect(says()).toBe("Fetching the film… 0 %");
  await after(60_000);
  expect(says()).toBe("The notebook is working; the film comes when it is done.");
  expect(asked.map(({ message }) => message.start)).toEqual([0, 0, 0]);
  answer(asked[0], 1, 2);
  await after(100);
  expect([says(), asked.at(-1)?.message.start]).toEqual(["Fetching the film… 40 %", 2]);
  answer(asked.at(-1), 3, 4, 5);
  await after(100);
  expect(document.querySelector("video")?.src).toBe("blob:film");
});

test("after ten minutes of silence it is given up, and can be tried again", async () => {
  await after(600_000);
  expect(says()).toContain("The notebook's kernel does not answer");
  const before = asked.length;
  document.querySelector<HTMLElement>(".vig-note button")?.click();
  await after(100);
  expect(says()).toBe("Fetching the film… 0 %");
  expect(asked.length).toBe(before + 1);
  answer(asked.at(-1), 1, 2, 3, 4, 5);
  await after(100);
  expect(document.querySelector("video")).not.toBe(null);
});

test("the server's film is played where it is the same one, else the kernel's own", async () => {
  const config = document.createElement("script");
  Object.assign(config, {
    id: "jupyter-config-data",
    type: "application/json",
    textContent: '{"baseUrl":"/"}',
  });
  document.body.append(config);
  const serve = (size: string) =>
    vi.stubGlobal("fetch", async () => new Response(null, { headers: { "Content-Length": size } }));
  serve("5");
  expect((await filmSource(model)).url).toBe("/vig/films/hello/proxy.mp4");
  serve("6");
  const other = filmSource(model);
  await after(100);
  answer(asked.at(-1), 1, 2, 3, 4, 5);
  expect((await other).url).toBe("blob:film");
});
