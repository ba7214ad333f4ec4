/** Turns key presses into the actions of the key table. */
import { effect } from "@preact/signals";
import type { Session } from "../workbench/session";
import { pressNames } from "./press";
import { type KeyAction, keyTable } from "./table";

/** Whether a press belongs to the field it was made in. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("dialog[open]")) return true;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  if (target.matches("button, a, summary, [role=button]")) return event.key === " " || event.key === "Enter";
  if (!target.matches("input")) return false;
  const { type } = target as HTMLInputElement;
  if (type === "radio") return event.key.startsWith("Arrow") || event.key === " ";
  if (type === "range") return event.key === "Home" || event.key === "End";
  return true;
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

  const down = (event: Event) => {
    if (!(event instanceof KeyboardEvent)) return;
    // What is asked in a dialog is answered there, wherever the focus fell.
    if (document.querySelector("dialog[open]")) return;
    const name = pressNames(event).find((one) => table.has(one));
    const action = table.get(name ?? "");
    if (!action || !name || event.defaultPrevented || isTyping(event)) return;
    if (action.edits && session.readOnly.value) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && !action.repeats) return;
    if (action.release) held.set(event.code, action);
    action.run(session, name);
  };
  const up = (event: Event) => {
    if (!(event instanceof KeyboardEvent)) return;
    held.get(event.code)?.release?.(session);
    held.delete(event.code);
  };
  const away = () => {
    for (const action of held.values()) action.release?.(session);
    held.clear();
  };
  target.addEventListener("keydown", down);
  target.addEventListener("keyup", up);
  window.addEventListener("blur", away);
  return () => {
    stop();
    target.removeEventListener("keydown", down);
    target.removeEventListener("keyup", up);
    window.removeEventListener("blur", away);
  };
}
