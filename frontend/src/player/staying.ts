/**
 * Keeps the picture in sight while the page below the film is read: small in the corner, or, where the page is one
 * column and a corner would lie on what one drags, as wide as the page and under its header.
 */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { narrow } from "../ui/hands";
import type { Session } from "../workbench/session";

/** The part of the film's place that must still be seen for it to stay there. */
const SEEN = 0.2;
/** Under the header it stays as soon as it would begin to go. */
const WHOLE = 0.99;

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
    const top = headerOf(here);
    const [least, under] = top === null ? [SEEN, 0] : [WHOLE, top];
    const watch = new IntersectionObserver(
      ([entry]) => {
        if (!entry || document.fullscreenElement) return;
        away.value = entry.intersectionRatio < least && entry.boundingClientRect.top < under;
      },
      { threshold: [0, SEEN, 0.5, WHOLE], rootMargin: `${-under}px 0px 0px 0px` },
    );
    watch.observe(here);
    return () => watch.disconnect();
  }, [session, narrow.value]);
  const begun = session.clock.playing.value || session.clock.frame.value > 0;
  const wanted = away.value && begun && session.transport.prefs.get("stay") === 1;
  useEffect(() => {
    const box = stage.current;
    if (!box || typeof box.showPopover !== "function" || wanted === small.value) return;
    if (wanted) lift(box, headerOf(box));
    else putBack(box);
    small.value = wanted;
  }, [wanted, narrow.value]);
  return small;
}

/** Where a narrow page's own header ends, which stays at the top; null where the film is to stay in the corner. */
function headerOf(box: HTMLElement): number | null {
  const page = box.closest(".vig-page");
  if (!narrow.value || !page) return null;
  return Math.round(page.querySelector(".vig-top")?.getBoundingClientRect().height ?? 0);
}

function lift(box: HTMLElement, top: number | null): void {
  box.classList.toggle("is-docked", top !== null);
  if (top !== null) box.style.setProperty("--vig-dock", `${top}px`);
  box.setAttribute("popover", "manual");
  box.showPopover();
  const { height } = box.getBoundingClientRect();
  // What the keyboard goes to must not come to lie under it; in the corner, the side beside the lanes makes room.
  if (top !== null) document.documentElement.style.scrollPaddingTop = `${top + height + 8}px`;
  else
    box.closest<HTMLElement>(".vig-page")?.style.setProperty("--vig-floating", `${Math.ceil(height) + 12}px`);
}

function putBack(box: HTMLElement): void {
  if (box.matches(":popover-open")) box.hidePopover();
  box.removeAttribute("popover");
  box.classList.remove("is-docked");
  document.documentElement.style.scrollPaddingTop = "";
  box.closest<HTMLElement>(".vig-page")?.style.removeProperty("--vig-floating");
}
