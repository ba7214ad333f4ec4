/** What was done, for those who do not see it; and which moment the arrows came to. */
import { useComputed } from "@preact/signals";
import type { Session } from "../workbench/session";

export function Announcer({ session }: { session: Session }) {
  const text = useComputed(() => session.desk.said.value);
  return (
    <p class="vig-hidden vig-said" role="status" aria-live="polite">
      {text}
    </p>
  );
}
