/** Closer, further, all. */
import type { Session } from "../workbench/session";
import { within, zoom } from "./view";

export function zoomBy(session: Session, factor: number): void {
  session.view.value = zoom(session.view.value, session.clock.time.value, factor, session.frames.duration);
}

export function zoomAll(session: Session): void {
  session.view.value = within({ start: 0, end: session.frames.duration }, session.frames.duration);
}

export function ZoomButtons({ session }: { session: Session }) {
  return (
    <fieldset class="vig-zoom" aria-label="Zoom of the timeline">
      <button
        type="button"
        class="vig-quiet"
        aria-label="Zoom out"
        title="Zoom out (−)"
        onClick={() => zoomBy(session, 1.6)}
      >
        −
      </button>
      <button
        type="button"
        class="vig-quiet"
        title="Show the whole film (0)"
        onClick={() => zoomAll(session)}
      >
        all
      </button>
      <button
        type="button"
        class="vig-quiet"
        aria-label="Zoom in"
        title="Zoom in (+)"
        onClick={() => zoomBy(session, 0.625)}
      >
        +
      </button>
    </fieldset>
  );
}
