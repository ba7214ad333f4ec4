// @vitest-environment happy-dom
import { signal } from "@preact/signals";
import { render } from "preact";
import { afterEach, expect, test } from "vitest";
import type { Presence, Store, StoreState } from "../store/store";
import { pass } from "../testing/screen";
import { openSession } from "../testing/session";
import { PresenceNote } from "./Presence";
import type { Session } from "./session";

const state = signal<StoreState>({ phase: "live", seq: 0, waiting: 0, place: null, kept: true });
let session: Session;
async function shown(presence: Presence): Promise<HTMLElement> {
  session = Object.assign(openSession(), { store: { state, close: () => {} } as unknown as Store });
  session.model.onPresence(presence);
  render(<PresenceNote session={session} />, document.body);
  await pass();
  return document.querySelector('[role="status"]') as HTMLElement;
}
afterEach(() => {
  render(null, document.body);
  session.dispose();
});

test.each([
  [{ windows: 2, watching: 0, writes: true }, "2 windows", "open in 2 windows, and you can tag in each"],
  [{ windows: 3, watching: 1, writes: true }, "3 windows, 1 reading", "1 person is reading along"],
  [{ windows: 1, watching: 2, writes: true }, "2 reading", "2 people are reading along"],
  [{ windows: 1, watching: 0, writes: false }, "read only", "only the person whose work this is"],
])(
  "%j is said in a word for the eye, and in a sentence for the ear and as the title",
  async (presence, brief, whole) => {
    const note = await shown(presence);
    expect(note.dataset.brief).toBe(brief);
    expect(note.textContent).toContain(whole);
    expect(note.title).toContain(whole);
  },
);

test("alone with one's own work, nothing is said", async () => {
  expect((await shown({ windows: 1, watching: 0, writes: true })).childNodes.length).toBe(0);
});
