/** A rating exercise's page, and the same sheet in a notebook. */
import type { ComponentChildren } from "preact";
import type { Boot } from "../boot";
import { Sheet } from "../keys/Sheet";
import { Player } from "../player/Player";
import { Timeline } from "../timeline/Timeline";
import type { Session } from "../workbench/session";
import { Task } from "../workbench/Task";
import { TopBar } from "../workbench/TopBar";
import { Question, Refusal, SignedOut } from "../workbench/Workbench";
import { LookBanner, RatingSheet } from "./Sheet";

interface Props {
  session: Session;
  boot: Boot;
  video: HTMLVideoElement | null;
}

export function RatingPage({ session, boot, video }: Props) {
  return (
    <>
      <TopBar session={session} boot={boot} />
      <SignedOut session={session} base={boot.base} />
      <Refusal session={session} />
      <main>
        <RatingParts
          session={session}
          film={<Player session={session} adopt={video} />}
          about={
            <>
              <Question boot={boot} />
              <Task session={session} boot={boot} />
            </>
          }
        />
      </main>
      <Sheet session={session} />
    </>
  );
}

/** Film, sheet and the moments on their lanes; on a narrow screen the film stays in sight while one rates. */
export function RatingParts(props: { session: Session; film: ComponentChildren; about?: ComponentChildren }) {
  const { session, film, about } = props;
  return (
    <div class="vig-rating">
      <div class="vig-rating-film">
        <LookBanner session={session} />
        {film}
      </div>
      <div class="vig-rating-sheet">
        <RatingSheet session={session} />
      </div>
      <div class="vig-rating-rest">
        <Timeline session={session} />
        {about}
      </div>
    </div>
  );
}
