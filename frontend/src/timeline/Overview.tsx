/** The strip that shows the whole film; drag the window to move, press elsewhere to go there. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../workbench/session";
import type { Layout } from "./layout";
import type { Ink } from "./paint";
import { OVERVIEW, overviewPicture, paintOverview } from "./strip";
import { useCanvas } from "./Timeline";
import { within } from "./view";

interface Props {
  session: Session;
  layout: ReadonlySignal<Layout>;
  ink: ReadonlySignal<Ink | null>;
}

export function Overview({ session, layout, ink }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { duration } = session.frames;
  // What the buttons beside it leave: they are larger for fingers.
  const own = useSignal(0);
  useEffect(() => {
    if (!place.current) return;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) own.value = Math.floor(entry.contentRect.width);
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  const picture = useComputed(() =>
    overviewPicture(layout.value, duration, own.value, window.devicePixelRatio || 1),
  );
  const strip = useComputed(() => {
    if (!ink.value || own.value < 10) return null;
    return {
      width: own.value,
      layout: { height: OVERVIEW },
      picture: picture.value,
      state: {
        view: session.view.value,
        duration,
        time: session.clock.time.value,
        width: own.value,
        ink: ink.value,
      },
    };
  });
  useCanvas(canvas, strip, (context, now) => paintOverview(context, now.picture, now.state));

  const go = (event: PointerEvent) => {
    if (event.buttons === 0 || !canvas.current) return;
    const x = event.clientX - canvas.current.getBoundingClientRect().left;
    const moment = (x / own.value) * duration;
    const view = session.view.value;
    const span = view.end - view.start;
    if (span >= duration) {
      session.clock.pause();
      session.clock.seekTime(moment);
    } else session.view.value = within({ start: moment - span / 2, end: moment + span / 2 }, duration);
  };
  return (
    <div class="vig-overview-place" ref={place}>
      <canvas
        ref={canvas}
        class="vig-overview"
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          go(event);
        }}
        onPointerMove={go}
      />
    </div>
  );
}
