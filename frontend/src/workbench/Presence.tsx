/**
 * Who else has this open, and whether this window may change it: said as a fact, and only where there is something.
 * A narrow page has room for a word or two; whoever listens, or points at them, is told the whole.
 */
import { type Presence, presenceSentence } from "../store/store";
import type { Session } from "./session";

export function PresenceNote({ session }: { session: Session }) {
  const presence = session.model.presence.value;
  const live = session.store?.state.value.phase === "live";
  const says = presence && live ? presenceSentence(presence) : null;
  return (
    <span
      class="vig-presence"
      role="status"
      title={says ?? undefined}
      data-brief={presence && says ? briefly(presence) : undefined}
    >
      {says && <span>{says}</span>}
    </span>
  );
}

/** The same in as few words as a phone's line takes. */
function briefly({ windows, watching, writes }: Presence): string {
  if (!writes) return "read only";
  const parts = [windows > 1 && `${windows} windows`, watching > 0 && `${watching} reading`];
  return parts.filter(Boolean).join(", ");
}
