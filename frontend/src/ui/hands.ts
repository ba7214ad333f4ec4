/** What is in the person's hands: whether there are keys to press, and how much room the screen has. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";

/** Whether a media query holds now; `unknown` where the browser cannot say. */
function matches(query: string, unknown: boolean): ReadonlySignal<boolean> {
  const list = globalThis.matchMedia?.(query);
  const now = signal(list?.matches ?? unknown);
  list?.addEventListener("change", (event) => {
    now.value = event.matches;
  });
  return now;
}

/** As in workbench.css: one column, and a phone held upright. */
export const narrow = matches("(max-width: 1000px)", false);
export const phone = matches("(max-width: 640px)", false);

const fingers = matches("(hover: none) and (pointer: coarse)", false);
const pressed = signal(false);

/** Where one points with more than fingers there is a keyboard; a tablet's shows itself by its first key. */
export const keyboard = computed(() => !fingers.value || pressed.value);

const down = new Set<number>();
const pressing = signal(false);
let release: ReturnType<typeof setTimeout> | undefined;
/** How long after a finger has gone up its tap may still look for what lies under it, in milliseconds. */
const TAP = 300;

/** Whether a finger or a button is down, or just was: what moves now is moved away from under it. */
export const held: ReadonlySignal<boolean> = pressing;

function hold({ type, pointerId }: PointerEvent): void {
  clearTimeout(release);
  if (type === "pointerdown") down.add(pointerId);
  else down.delete(pointerId);
  if (down.size > 0) pressing.value = true;
  else
    release = setTimeout(() => {
      pressing.value = false;
    }, TAP);
}
for (const type of ["pointerdown", "pointerup", "pointercancel"] as const)
  globalThis.document?.addEventListener(type, hold, true);

const WRITING = "input, textarea, select, [contenteditable]";
globalThis.document?.addEventListener("keydown", ({ target }) => {
  // A phone's own keyboard comes up for writing only.
  if (!(target instanceof Element && target.closest(WRITING))) pressed.value = true;
});
effect(() => {
  globalThis.document?.documentElement.classList.toggle("vig-no-keys", !keyboard.value);
});
