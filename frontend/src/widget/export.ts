/** Exporting from a notebook: Python makes the files beside it. */
import { nextNumber } from "../store/asking";
import type { WidgetModel } from "./model";

/** Films take their time to be made, in milliseconds. */
const PATIENCE = 600_000;

/** Asks Python to make the files; resolves with its sentence. */
export function exportBeside(model: WidgetModel): Promise<string> {
  const id = nextNumber();
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      model.off("msg:custom", heard);
    };
    const timer = setTimeout(() => {
      done();
      reject(new Error("The notebook's kernel did not answer; run the cell again when it is idle."));
    }, PATIENCE);
    function heard(content: unknown) {
      const reply = content as {
        id?: number;
        ok?: boolean;
        error?: string;
        value?: { says?: unknown };
      } | null;
      if (reply?.id !== id) return;
      done();
      if (reply.ok) resolve(String(reply.value?.says ?? "Made."));
      else reject(new Error(reply.error ?? "The films could not be made."));
    }
    model.on("msg:custom", heard);
    model.send({ id, message: { type: "export" } });
  });
}
