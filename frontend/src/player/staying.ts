/** Keeps the picture in sight, small in the corner, while the page below the film is read. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../workbench/session";

/** The part of the film's place that must still be seen for it to stay there. */
const SEEN = 0.2;

interface Ref {
  current: HTMLElement | null;
}

/**
 * Watches the film's place and lifts the stage into the browser's top layer when it has been scrolled away; browsers
 * without one leave it where it is. Only once the film has been looked at: nobody is followed by a poster.
 */
export function useStaying(session: Session, place: Ref, stage: Ref): Signal<boolean> {
  const small = useSignal(false);
  const away = useSignal(false);
  useEffect(() => {
    const here = place.current;
    if (!here || !("IntersectionObserver" in window)) return;
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry || document.fullscreenElement) return;
        away.value = entry.intersectionRatio < SEEN && entry.boundingClientRect.top < 0;
      },
      { threshold: [0, SEEN, 0.5] },
    );
    watch.observe(here);
    return () => watch.disconnect();
  }, [session]);
  const begun = session.clock.playing.value || session.clock.frame.value > 0;
  const wanted = away.value && begun && session.transport.prefs.get("stay") === 1;
  useEffect(() => {
    const box = stage.current;
    if (!box || typeof box.showPopover !== "function" || wanted === small.value) return;
    if (wanted) lift(box);
    else putBack(box);
    small.value = wanted;
  }, [wanted]);
  return small;
}

function lift(box: HTMLElement): void {
  box.setAttribute("popover", "manual");
  box.showPopover();
}

function putBack(box: HTMLElement): void {
  if (box.matches(":popover-open")) box.hidePopover();
  box.removeAttribute("popover");
}
