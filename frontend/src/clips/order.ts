/** Ordering a list by dragging: works by mouse, pen and finger. The keys are the list's own. */
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";

interface Drag {
  held: Signal<string | null>;
  /** Before which place it would come. */
  over: Signal<number | null>;
  start(event: PointerEvent, id: string): void;
}

/** The place among rows at which something dropped at `y` comes, with the dragged row taken out first. */
export function placeAt(middles: readonly number[], from: number, y: number): number {
  const before = middles.filter((middle, i) => i !== from && middle < y).length;
  return before;
}

export function useDragOrder(
  list: RefObject<HTMLOListElement | null>,
  drop: (id: string, place: number) => void,
): Drag {
  const held = useSignal<string | null>(null);
  const over = useSignal<number | null>(null);

  const start = (event: PointerEvent, id: string) => {
    if (event.button !== 0) return;
    const grip = event.currentTarget as HTMLElement;
    grip.setPointerCapture(event.pointerId);
    held.value = id;
    let place: number | null = null;
    const move = ({ clientY }: PointerEvent) => {
      const rows = [...(list.current?.children ?? [])] as HTMLElement[];
      const from = rows.findIndex((row) => row.dataset.clip === id);
      const middles = rows.map((row) => {
        const box = row.getBoundingClientRect();
        return box.top + box.height / 2;
      });
      place = placeAt(middles, from, clientY);
      over.value = place === from ? null : place > from ? place + 1 : place;
    };
    const end = (last: Event) => {
      grip.removeEventListener("pointermove", move);
      grip.removeEventListener("pointerup", end);
      grip.removeEventListener("pointercancel", end);
      held.value = null;
      over.value = null;
      if (last.type === "pointerup" && place !== null) drop(id, place);
    };
    grip.addEventListener("pointermove", move);
    grip.addEventListener("pointerup", end);
    grip.addEventListener("pointercancel", end);
  };
  return { held, over, start };
}
