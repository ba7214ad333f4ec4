/** A field whose words are saved while they are written. */
import { useLayoutEffect } from "preact/hooks";
import type { Field } from "../model/drafts";
import type { Session } from "../workbench/session";

type Written = HTMLTextAreaElement | HTMLInputElement;

/**
 * What a field needs to be one: its value and what it listens to. Escape leaves it, with what was written.
 *
 * @param saved What is saved, shown while nobody writes.
 * @param leavesWith Further keys that leave it.
 */
export function useDraft(session: Session, field: Field, saved: string, leavesWith: readonly string[] = []) {
  const { drafts } = session;
  const leave = () => drafts.leave(field);
  useLayoutEffect(() => () => drafts.close(field), [field.model, field.tag]);
  return {
    value: drafts.shows(field, saved),
    onFocus: ({ currentTarget }: { currentTarget: Written }) =>
      drafts.enter(field, () => currentTarget.value),
    onInput: ({ currentTarget }: { currentTarget: Written }) => {
      drafts.write(field, currentTarget.value, saved);
    },
    onBlur: leave,
    onKeyDown: (event: KeyboardEvent) => {
      if ((event.key !== "Escape" && !leavesWith.includes(event.key)) || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
      goToList(session);
    },
  };
}

/** Gives the focus back to the list of moments, where the keys work again; where there is none, to the page. */
export function goToList({ desk }: Session): void {
  const list = desk.root.querySelector<HTMLElement>(".vig-moments [role=grid]");
  if (list) list.focus({ preventScroll: true });
  else if (desk.root instanceof HTMLElement) desk.root.focus({ preventScroll: true });
  else (document.activeElement as HTMLElement | null)?.blur?.();
}
