/** The timeline: lane buttons beside a canvas of ruler, sound and tags, and the whole film in a strip below. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { language } from "../model/language";
import { ReactionChip } from "../tagger/Reaction";
import type { Session } from "../workbench/session";
import { Gutter } from "./Gutter";
import { Gestures } from "./gestures";
import { layOut } from "./layout";
import { markedOf } from "./marks";
import { Overview } from "./Overview";
import { type Draft, paintMoving } from "./overlay";
import { type Ink, paint, readInk, type Scene } from "./paint";
import { ZoomButtons } from "./ZoomButtons";

/** Narrower than this the lanes' names stand inside the lanes. */
const ROOMY = 560;
/** Width of the lanes' names beside the canvas, as in timeline.css. */
const GUTTER = 204;

export function Timeline({ session }: { session: Session }) {
  const box = useRef<HTMLDivElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const moving = useRef<HTMLCanvasElement>(null);
  const whole = useSignal(0);
  const gestures = useSignal<Gestures | null>(null);
  const ink = useSignal<Ink | null>(null);
  const names = useComputed(() => whole.value < ROOMY);
  const layout = useComputed(() =>
    layOut(
      session.groups.value,
      session.codebook,
      session.codebook.lanes,
      names.value,
      session.comparison.stacked.value,
    ),
  );
  const width = useComputed(() => Math.max(whole.value - (names.value ? 0 : GUTTER), 0));

  useEffect(() => {
    if (!box.current || !moving.current) return;
    ink.value = readInk(box.current);
    const watch = new ResizeObserver(([entry]) => {
      if (entry) whole.value = Math.floor(entry.contentRect.width);
    });
    watch.observe(box.current);
    const made = new Gestures(session, moving.current, () => ({ layout: layout.value, width: width.value }));
    gestures.value = made;
    return () => {
      watch.disconnect();
      made.dispose();
    };
  }, [session]);

  // While something is dragged the still part is drawn once, without it.
  const held = useComputed(() => liftedBy(gestures.value?.draft.value ?? null));
  const lifted = useComputed(() => new Set(held.value ? held.value.split(" ") : []));
  const pointed = useComputed(() => session.comparison.pointed());
  const chain = useComputed(() => chainOf(session));
  const scene = useComputed<Scene | null>(() => {
    if (!ink.value || width.value < 10) return null;
    // Words are drawn: what they are read in is part of the scene.
    void [language.value, session.codebook.lens.value];
    return {
      view: session.view.value,
      width: width.value,
      layout: layout.value,
      codebook: session.codebook,
      selected: session.model.selected.value,
      chosen: session.model.chosen.ids.value,
      matching: session.desk.matching.value,
      chain: chain.value,
      pointed: pointed.value,
      marks: session.comparison.marks.value,
      lifted: lifted.value,
      names: names.value,
      peaks: session.peaks.value,
      frames: session.frames,
      ink: ink.value,
    };
  });
  useCanvas(still, scene, (context, now) => paint(context, now));
  const frame = useComputed(
    () =>
      scene.value && {
        scene: scene.value,
        time: session.clock.time.value,
        growing: session.coder.growing.value,
        loop: session.clock.loop.value,
        marked: markedOf(session),
        draft: gestures.value?.draft.value ?? null,
        caught: gestures.value?.caught.value ?? null,
        marquee: gestures.value?.marquee.value ?? null,
        ...sizeOf(scene.value),
      },
  );
  useCanvas(moving, frame, (context, now) => paintMoving(context, now.scene, now));

  const height = layout.value.height;
  return (
    <section class="vig-timeline" aria-label="Timeline">
      <div class="vig-lanes" ref={box} style={{ height: `${height}px` }}>
        {!names.value && <Gutter session={session} layout={layout} />}
        <div class="vig-canvases" style={{ width: `${width.value}px`, height: `${height}px` }}>
          <canvas ref={still} aria-hidden="true" />
          <canvas
            ref={moving}
            role="img"
            aria-label="Every moment on its lane. The list of moments holds the same and can be used by keyboard."
            style={{ cursor: gestures.value?.cursor.value ?? "default" }}
          />
        </div>
      </div>
      <div
        class={`vig-lower ${names.value ? "is-narrow" : ""}`}
        style={{ paddingLeft: names.value ? "0" : `${GUTTER}px` }}
      >
        <span class="vig-whole">whole film</span>
        <Overview session={session} layout={layout} ink={ink} />
        <ZoomButtons session={session} />
      </div>
      <ReactionChip session={session} />
    </section>
  );
}

/** The ids of what is dragged, as one text that stays the same while it is dragged. */
function liftedBy(draft: Draft | null): string {
  return !draft || draft.fresh ? "" : [draft, ...draft.others].map(({ tag }) => tag.id).join(" ");
}

function chainOf(session: Session): ReadonlySet<string> {
  return new Set(session.chains.value.of(session.model.selected.value).map((tag) => tag.id));
}

function sizeOf(scene: Scene): { width: number; layout: { height: number } } {
  return { width: scene.width, layout: scene.layout };
}

interface Sized {
  width: number;
  layout: { height: number };
}

/** Draws into a canvas, sharp on any screen, at most once a display frame, whenever what is drawn changes. */
export function useCanvas<T extends Sized>(
  canvas: { current: HTMLCanvasElement | null },
  what: { value: T | null },
  draw: (context: CanvasRenderingContext2D, what: T) => void,
): void {
  const asked = useRef(0);
  useSignalEffect(() => {
    const now = what.value;
    const element = canvas.current;
    if (!now || !element) return;
    cancelAnimationFrame(asked.current);
    asked.current = requestAnimationFrame(() => {
      const scale = window.devicePixelRatio || 1;
      const [w, h] = [Math.round(now.width * scale), Math.round(now.layout.height * scale)];
      if (element.width !== w || element.height !== h) {
        element.width = w;
        element.height = h;
        element.style.width = `${now.width}px`;
        element.style.height = `${now.layout.height}px`;
      }
      const context = element.getContext("2d");
      if (!context) return;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      draw(context, now);
    });
  });
  useEffect(() => () => cancelAnimationFrame(asked.current), []);
}
