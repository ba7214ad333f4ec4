/** Turns key presses into the actions of the key table. */
import { effect } from "@preact/signals";
import type { Session } from "../workbench/session";
import { pressNames } from "./press";
import { type KeyAction, keyTable } from "./table";

/** What a press of Space or Enter works. */
const BUTTON = "button, a, summary, [role=button]";

/**
 * Whether a press belongs to the field it was made in. What was pressed with a mouse is done with: its keys are the
 * page's again, or the Space that is to pause would press it once more.
 */
function isTyping(event: KeyboardEvent, clicked: Element | null): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open]")) return true;
  if (target.isContentEditable || target.matches("textarea")) return true;
  if (target.matches("select")) return target !== clicked || isOpen(target);
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (target.matches(BUTTON))
    return target !== clicked && plain && (event.key === " " || event.key === "Enter");
  if (!target.matches("input")) return false;
  const { type } = target as HTMLInputElement;
  if (type === "radio") return target !== clicked && (event.key.startsWith("Arrow") || event.key === " ");
  if (type === "checkbox") return target !== clicked && plain && event.key === " ";
  if (type === "range") return event.key === "Home" || event.key === "End";
  return true;
}

/** Whether a list box's list is open; where the browser does not say, it is taken to be. */
function isOpen(box: Element): boolean {
  return !CSS.supports("selector(:open)") || box.matches(":open");
}

/**
 * Listens for keys on `target`: the document where the page is ours, else the widget's own element.
 * Returns the way to stop.
 */
export function listen(target: Document | HTMLElement, session: Session): () => void {
  session.desk.root = target;
  const table = new Map<string, KeyAction>();
  // A person may change keys while the page is open.
  const stop = effect(() => {
    table.clear();
    for (const action of keyTable(session))
      for (const key of action.keys) if (!table.has(key)) table.set(key, action);
  });
  const held = new Map<string, KeyAction>();
  const pointer = whatWasClicked(target);
  /** Keys whose coming up would still press the button that has the focus. */
  const taken = new Set<string>();

  const down = (event: Event) => {
    if (!(event instanceof KeyboardEvent)) return;
    // What is asked in a dialog is answered there, wherever the focus fell.
    if (document.querySelector("dialog[open]")) return;
    const name = pressNames(event).find((one) => table.has(one));
    const action = table.get(name ?? "");
    if (event.defaultPrevented || isTyping(event, pointer.clicked())) return;
    if (!action || !name) return pointer.spare(event);
    if (action.edits && session.readOnly.value) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === " ") taken.add(event.code);
    pointer.letGo();
    if (event.repeat && !action.repeats) return;
    if (action.release) held.set(event.code, action);
    action.run(session, name);
  };
  const up = (event: Event) => {
    if (!(event instanceof KeyboardEvent)) return;
    // Firefox presses a button when Space comes up, whatever was done when it went down.
    if (taken.delete(event.code)) event.preventDefault();
    held.get(event.code)?.release?.(session);
    held.delete(event.code);
  };
  const away = () => {
    for (const action of held.values()) action.release?.(session);
    held.clear();
    taken.clear();
  };
  target.addEventListener("keydown", down);
  target.addEventListener("keyup", up);
  window.addEventListener("blur", away);
  return () => {
    stop();
    pointer.stop();
    target.removeEventListener("keydown", down);
    target.removeEventListener("keyup", up);
    window.removeEventListener("blur", away);
  };
}

/** What is done with once something is chosen in it. */
const CHOICE = "select, input[type=checkbox], input[type=radio]";

const isControl = (one: EventTarget): one is Element =>
  one instanceof Element && one.matches(`${BUTTON}, input, select`);

/** Knows which button or choice has the focus because it was pressed with a mouse or a finger. */
function whatWasClicked(root: Document | HTMLElement) {
  let clicked: Element | null = null;
  const press = (event: Event) => {
    const on = event.composedPath()[0];
    const label = on instanceof Element ? on.closest("label") : null;
    clicked = label?.control ?? event.composedPath().find(isControl) ?? null;
  };
  // Whoever comes back to it by Tab has left it before.
  const leave = (event: Event) => {
    if (event.target !== clicked) clicked = null;
  };
  /** Takes the focus off it: a ring would say that the key was its own. */
  const letGo = () => {
    if (!clicked || clicked !== document.activeElement) return;
    if (root instanceof HTMLElement) root.focus({ preventScroll: true });
    else (clicked as HTMLElement).blur();
  };
  // A list box takes every key, to look for what begins with it: the next one is meant for the film.
  const choose = (event: Event) => {
    const on = event.composedPath()[0];
    if (on === clicked && on instanceof Element && on.matches(CHOICE) && !on.closest("dialog[open]")) letGo();
  };
  // A list that was closed without a choice; while it is open, the browser keeps its keys to itself.
  const closed = (event: Event) => {
    const on = event.composedPath()[0];
    if (!(event instanceof KeyboardEvent) || !(on instanceof Element) || !on.matches("select")) return;
    if (on === clicked && (event.key === "Escape" || event.key === "Enter") && !on.closest("dialog[open]"))
      letGo();
  };
  /** A key that means nothing to the page is not to choose from a list that one has done with. */
  const spare = (event: KeyboardEvent) => {
    if (clicked !== document.activeElement || !clicked?.matches("select")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.length === 1 || event.key.startsWith("Arrow")) event.preventDefault();
  };
  root.addEventListener("pointerdown", press, true);
  root.addEventListener("keyup", closed);
  root.addEventListener("focusin", leave);
  root.addEventListener("change", choose);
  return {
    clicked: (): Element | null => clicked,
    letGo,
    spare,
    stop() {
      root.removeEventListener("keyup", closed);
      root.removeEventListener("pointerdown", press, true);
      root.removeEventListener("focusin", leave);
      root.removeEventListener("change", choose);
    },
  };
}
