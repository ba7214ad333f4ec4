/** Who else has this open, and whether this window may change it: said as a fact, and only where there is something. */
import { presenceSentence } from "../store/store";
import type { Session } from "./session";

export function PresenceNote({ session }: { session: Session }) {
  const presence = session.model.presence.value;
  const live = session.store?.state.value.phase === "live";
  const says = presence && live ? presenceSentence(presence) : null;
  return (
    <span class="vig-presence" role="status">
      {says}
    </span>
  );
}
