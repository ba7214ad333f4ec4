/** Saving that takes long is said to take long, while it is not known yet whether the line is dead. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { StoreState } from "../store/store";

/** How long "saving…" may stand without anything being saved, in milliseconds. */
export const SLOW = 2000;

/** What is said instead of "saving…" after a while; null until then, and where all is known already. */
export function useSlow(state: StoreState | null): string | null {
  const slow = useSignal(false);
  const waits = state?.phase === "live" && state.waiting > 0;
  useEffect(() => {
    slow.value = false;
    if (!waits) return;
    const timer = setTimeout(() => {
      slow.value = true;
    }, SLOW);
    return () => clearTimeout(timer);
    // Whatever is saved meanwhile shows that the line is alive.
  }, [waits, state?.seq]);
  if (!state || !waits || !slow.value) return null;
  const where = state.kept ? "kept on this computer" : "not kept yet: leave this page open";
  return `still saving: ${state.waiting} waiting, ${where}`;
}
