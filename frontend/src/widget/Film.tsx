/** A widget's film: on its way, waited for while the notebook works, there, or why not. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Player } from "../player/Player";
import type { Session } from "../workbench/session";
import type { WidgetModel } from "./model";
import { filmSource } from "./source";

const WORKING = "The notebook is working; the film comes when it is done.";

interface Props {
  session: Session;
  model: WidgetModel;
}

/** The player, once it is known where the film comes from. */
export function Film({ session, model }: Props) {
  const share = useSignal(0);
  const busy = useSignal(false);
  const video = useSignal<HTMLVideoElement | null>(null);
  const why = useSignal<string | null>(null);
  const attempt = useSignal(0);
  useEffect(() => {
    const over = new AbortController();
    let release = () => {};
    why.value = null;
    busy.value = false;
    const told = (part: number) => {
      share.value = part;
      busy.value = false;
    };
    const late = () => {
      busy.value = true;
    };
    filmSource(model, "first", { told, busy: late, until: over.signal }).then(
      (source) => {
        release = source.release;
        if (over.signal.aborted) return release();
        const element = document.createElement("video");
        element.src = source.url;
        video.value = element;
      },
      (error: Error) => {
        if (!over.signal.aborted) why.value = error.message;
      },
    );
    return () => {
      over.abort();
      release();
    };
  }, [model, attempt.value]);
  if (video.value) return <Player session={session} adopt={video.value} />;
  if (why.value === null)
    return (
      <p class="vig-note" role="status">
        {busy.value ? WORKING : `Fetching the film… ${Math.round(share.value * 100)} %`}
      </p>
    );
  return (
    <div class="vig-note is-failed" role="alert">
      <p>{why.value}</p>
      <button type="button" class="vig-button" onClick={() => attempt.value++}>
        Try again
      </button>
    </div>
  );
}
