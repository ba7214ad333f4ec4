/** The film in its dark room: the picture, a bar to scrub, and large calm controls. */
import type { Session } from "../workbench/session";
import { Controls } from "./Controls";
import { Scrub } from "./Scrub";
import { Stage } from "./Stage";
import { Tools } from "./Tools";

interface Props {
  session: Session;
  /** A video element that is on the page already: it is moved here, playing or not, with what it has loaded. */
  adopt?: HTMLVideoElement | null;
}

export function Player({ session, adopt }: Props) {
  return (
    <section class="vig-room" aria-label={`Film: ${session.film.title}`}>
      <Stage session={session} adopt={adopt ?? null} />
      <div class="vig-room-below">
        <Scrub session={session} />
        <Controls session={session} />
        {session.transport.prefs.get("tools") === 1 && !session.clock.live.value && (
          <Tools session={session} />
        )}
      </div>
    </section>
  );
}
