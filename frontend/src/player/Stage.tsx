/** The picture, or two of them: zoomed, mirrored and lit as chosen, with captions and what is unusual said on it. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { LookGestures } from "../look/gestures";
import { type Size, transformOf } from "../look/stage";
import { narrow } from "../ui/hands";
import type { Session } from "../workbench/session";
import { Captions } from "./Captions";
import { Chips } from "./Chips";
import { DockBar } from "./DockBar";
import { SecondPane } from "./SecondPane";
import { dress } from "./screen";
import { useStaying } from "./staying";

/** Narrower than this, in pixels, two cameras lie above each other. */
const NARROW = 560;

interface Props {
  session: Session;
  adopt?: HTMLVideoElement | null;
}

export function Stage({ session, adopt }: Props) {
  const { film, second, look } = session;
  const place = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const size = useSignal<Size>({ width: 0, height: 0 });
  const roomy = useSignal(true);
  const own = film.width / film.height;
  const small = useStaying(session, place, stage);

  // Before the next paint: a film that is on the page already must not blink.
  useLayoutEffect(() => {
    const here = pane.current;
    if (!here) return;
    const video = adopt ?? document.createElement("video");
    dress(video, session.film, session.files);
    if (video.parentElement !== here) here.prepend(video);
    const gestures = new LookGestures(session, here, own);
    const detach = session.clock.attach(video);
    return () => {
      gestures.dispose();
      detach();
    };
  }, [session, adopt]);
  useEffect(() => {
    if (!pane.current || !place.current) return;
    const watch = new ResizeObserver(() => {
      const { clientWidth: width = 0, clientHeight: height = 0 } = pane.current ?? {};
      if (width !== size.value.width || height !== size.value.height) size.value = { width, height };
      roomy.value = (place.current?.clientWidth ?? NARROW) >= NARROW;
    });
    watch.observe(pane.current);
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [session]);
  useSignalEffect(() => {
    const video = session.clock.attached;
    if (!video) return;
    const moved = look.zoomed.value || look.mirror.value;
    video.style.transform = moved ? transformOf(look.box.value, size.value, own, look.mirror.value) : "";
    video.style.filter = look.brightness.value === 1 ? "" : `brightness(${look.brightness.value})`;
  });

  const beside = second?.arrangement.value === "beside";
  const other = second ? second.film.width / second.film.height : 0;
  const ratio = !beside ? own : roomy.value ? own + other : 1 / (1 / own + 1 / other);
  const tracks = beside && (roomy.value ? `${own}fr ${other}fr` : `${1 / own}fr ${1 / other}fr`);
  const grid = tracks ? { [roomy.value ? "gridTemplateColumns" : "gridTemplateRows"]: tracks } : {};
  const name = second ? `has-second is-${second.arrangement.value}` : "";
  return (
    <div class="vig-stage-place" ref={place} style={{ aspectRatio: `${ratio}` }}>
      <div
        class={`vig-stage ${name}`}
        ref={stage}
        style={{ "--ratio": ratio, "--own": own, "--other": other, ...grid }}
      >
        <div
          class={`vig-pane${look.zoomed.value ? " is-zoomed" : ""}${look.drawing.value ? " is-drawing" : ""}`}
          ref={pane}
        >
          <Drawn session={session} size={size.value} ratio={own} />
        </div>
        {second && <SecondPane second={second} />}
        <Captions session={session} />
        <Chips session={session} small={small} />
        <Problems session={session} />
        {narrow.value && <DockBar session={session} />}
      </div>
    </div>
  );
}

/** The part of the picture that is being drawn. */
function Drawn({ session, size, ratio }: { session: Session; size: Size; ratio: number }) {
  const { look } = session;
  const style = useComputed(() => {
    const draft = look.draft.value;
    if (!draft) return null;
    const matrix = new DOMMatrix(transformOf(look.box.value, size, ratio, look.mirror.value));
    const width = Math.min(size.width, size.height * ratio);
    const [left, top] = [(size.width - width) / 2, (size.height - width / ratio) / 2];
    const corner = (x: number, y: number) =>
      matrix.transformPoint({ x: left + x * width, y: top + (y * width) / ratio });
    const [a, b] = [corner(draft.x, draft.y), corner(draft.x + draft.width, draft.y + draft.height)];
    return {
      left: `${Math.min(a.x, b.x)}px`,
      top: `${Math.min(a.y, b.y)}px`,
      width: `${Math.abs(a.x - b.x)}px`,
      height: `${Math.abs(a.y - b.y)}px`,
    };
  });
  return style.value && <div class="vig-drawn" style={style.value} aria-hidden="true" />;
}

function Problems({ session }: { session: Session }) {
  const { clock } = session;
  const problem = clock.problem.value;
  if (problem)
    return (
      <p class="vig-problem" role="alert">
        {problem}
      </p>
    );
  if (clock.exact.value || clock.playing.value) return null;
  return (
    <p class="vig-inexact" role="status">
      frame not confirmed: this browser may show its neighbour
    </p>
  );
}
