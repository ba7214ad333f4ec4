/** On an exercise page: binds a widget's model to the workbench that is already there, and moves nothing. */
import { type BenchHandle, whenBench } from "../film/registry";
import { obey, type RenderContext } from "./model";

/** Tags are passed on this long after the last change, in milliseconds; and a missing page is said after the second. */
const CALM = 250;
const PATIENCE = 4000;

export function bindToPage({ model, el }: RenderContext): () => void {
  const observation = model.get("_observation_id");
  const ends: (() => void)[] = [];
  const missing = setTimeout(() => {
    el.textContent = "This widget belongs to the exercise page of its observation, which is not open here.";
  }, PATIENCE);
  ends.push(() => clearTimeout(missing));
  ends.push(
    whenBench(observation, (bench) => {
      clearTimeout(missing);
      el.textContent = "";
      ends.push(passOn(bench, model), obey(model, bench));
    }),
  );
  return () => {
    for (const end of ends) end();
  };
}

function passOn(bench: BenchHandle, model: RenderContext["model"]): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = bench.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      model.set("_tags_json", JSON.stringify(bench.tags()));
      model.save_changes();
    }, CALM);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}
