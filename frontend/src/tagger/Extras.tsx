/** What belongs to tagging and stands nowhere on the page until it is asked for. */
import { CodesDialog } from "../keys/CodesDialog";
import type { Session } from "../workbench/session";
import { Announcer } from "./Announcer";
import { ReactionDialog } from "./Reaction";

export function TaggerExtras({ session }: { session: Session }) {
  return (
    <>
      <Announcer session={session} />
      <CodesDialog session={session} />
      <ReactionDialog session={session} />
    </>
  );
}
