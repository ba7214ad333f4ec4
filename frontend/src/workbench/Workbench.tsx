/** The exercise page: film and timeline on one time axis, and beside them what to think about. */
import type { Boot } from "../boot";
import { Compare } from "../compare/Compare";
import { Sheet } from "../keys/Sheet";
import { Player } from "../player/Player";
import { signInSentence } from "../store/store";
import { Detail } from "../tagger/Detail";
import { TaggerExtras } from "../tagger/Extras";
import { GrowingLine } from "../tagger/GrowingLine";
import { LaneButtons } from "../tagger/LaneButton";
import { Moments } from "../tagger/Moments";
import { Timeline } from "../timeline/Timeline";
import { TracePanel } from "../trace/TracePanel";
import { narrow, phone } from "../ui/hands";
import { Refused } from "../ui/Refused";
import { LostWords } from "../ui/Theirs";
import { More } from "./More";
import type { Session } from "./session";
import { signInAddress } from "./signIn";
import { Task } from "./Task";
import { TopBar } from "./TopBar";

interface Props {
  session: Session;
  boot: Boot;
  video: HTMLVideoElement | null;
}

export function Workbench({ session, boot, video }: Props) {
  return (
    <>
      <TopBar session={session} boot={boot} />
      <SignedOut session={session} base={boot.base} />
      <Refusal session={session} />
      <div class="vig-bench">
        <main class="vig-main">
          <Player session={session} adopt={video} />
          {narrow.value && <Task session={session} boot={boot} />}
          <LaneButtons session={session} />
          <Timeline session={session} />
          {narrow.value && !phone.value && <GrowingLine session={session} />}
          <Compare session={session} />
          <More session={session} />
        </main>
        <aside class="vig-side" aria-label="Task and selected moment">
          <div class="vig-brief">
            <Question boot={boot} />
            {!narrow.value && <Task session={session} boot={boot} />}
          </div>
          <TracePanel session={session} />
          <Detail session={session} line={narrow.value} />
          <Moments session={session} />
        </aside>
      </div>
      <Sheet session={session} />
      <TaggerExtras session={session} />
    </>
  );
}

/** That one must sign in again, with the way there and back, until the service knows one again. */
export function SignedOut({ session, base }: { session: Session; base: string }) {
  const state = session.saving.value;
  const why = state ? signInSentence(state) : null;
  if (!state || !why) return null;
  const again = state.phase === "signed-out";
  return (
    <p class="vig-warning vig-refusal" role="alert">
      <span>{why}</span>
      {/* What is not kept on this computer would be lost with this page. */}
      <a
        class="vig-link"
        href={again ? signInAddress(base) : base}
        {...(state.kept ? {} : { target: "_blank" })}
      >
        {again ? "Sign in again" : "To the start page"}
      </a>
    </p>
  );
}

/** What was refused, and why, until it is read or the next change; and words that could not be saved. */
export function Refusal({ session }: { session: Session }) {
  return (
    <>
      <Refused model={session.model} look="vig-refusal" />
      <LostWords session={session} />
    </>
  );
}

export function Question({ boot }: { boot: Boot }) {
  if (!boot.exercise.helping_question) return null;
  return (
    <section class="vig-card vig-question" aria-label="The family's helping question">
      <p>The parent's helping question</p>
      <blockquote>“{boot.exercise.helping_question}”</blockquote>
    </section>
  );
}
