// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { evenFrames, SCHEME } from "../testing/paig";
import { pass } from "../testing/screen";
import type { Traits, WidgetModel } from "./model";
import { borrowSession } from "./session";
import { scrubSource } from "./source";

const INDEX = { columns: 2, rows: 1, width: 160, height: 90, times: [0, 2_000_000] };
const model = (traits: Partial<Traits>) =>
  ({
    get: (name: keyof Traits) => traits[name],
    on: () => {},
    off: () => {},
    send: () => {},
  }) as unknown as WidgetModel;

test("the sheet of small pictures becomes an address; without one there is none", async () => {
  const made: Blob[] = [];
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => `blob:${made.push(blob as Blob)}`);
  const bytes = new Uint8Array([9, 1, 2, 3, 9]);
  const { index, url } = scrubSource(
    model({ _scrub: INDEX, _scrub_sheet: new DataView(bytes.buffer, 1, 3) }),
  );
  expect([index, url]).toEqual([INDEX, "blob:1"]);
  expect([...new Uint8Array((await made[0]?.arrayBuffer()) ?? [])]).toEqual([1, 2, 3]);
  for (const none of [{}, { _scrub: {} }, { _scrub: INDEX, _scrub_sheet: new DataView(new ArrayBuffer(0)) }])
    expect(scrubSource(model(none as Partial<Traits>))).toMatchObject({ index: null, url: null });
});

test("a widget's film has its small pictures, and lets go of them with it", async () => {
  vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:sheet");
  const gone = vi.spyOn(URL, "revokeObjectURL");
  const { session, release } = borrowSession(
    model({
      _kind: "player",
      _film: { id: "hello", title: "Hello", cast: [], duration: 4_000_000 } as never,
      _frames: evenFrames(100),
      _peaks: {},
      _captions: {},
      _scheme: SCHEME,
      _scrub: INDEX,
      _scrub_sheet: new DataView(new ArrayBuffer(3)),
    }),
  );
  await pass();
  expect([session.scrub.value, session.files.scrub]).toEqual([INDEX, "blob:sheet"]);
  release();
  expect(gone).toHaveBeenCalledWith("blob:sheet");
});
