/** The three widgets as they stand in a notebook. */
import { ClipTray } from "../clips/ClipTray";
import { Compare } from "../compare/Compare";
import { Sheet } from "../keys/Sheet";
import { RatingParts } from "../rating/Page";
import { Words } from "../schemes/Words";
import { Detail } from "../tagger/Detail";
import { TaggerExtras } from "../tagger/Extras";
import { LaneButtons } from "../tagger/LaneButton";
import { Moments } from "../tagger/Moments";
import { Timeline } from "../timeline/Timeline";
import { TracePanel } from "../trace/TracePanel";
import { LostWords } from "../ui/Theirs";
import type { Session } from "../workbench/session";
import { EditButtons, KeysButton, Saved } from "../workbench/TopBar";
import { Refusal } from "../workbench/Workbench";
import { Film } from "./Film";
import type { WidgetModel } from "./model";

interface Props {
  session: Session;
  model: WidgetModel;
}

function Line({ session }: { session: Session }) {
  return (
    <div class="vig-widget-line">
      <Saved session={session} />
      <EditButtons session={session} />
      <KeysButton session={session} />
    </div>
  );
}

export function PlayerView(props: Props) {
  return (
    <>
      <Film {...props} />
      <div class="vig-widget-line">
        <KeysButton session={props.session} />
      </div>
      <Sheet session={props.session} />
    </>
  );
}

export function TaggerView({ session, model }: Props) {
  return (
    <>
      <Line session={session} />
      <Refusal session={session} />
      {model.get("_video") && <Film session={session} model={model} />}
      <LaneButtons session={session} />
      <Timeline session={session} />
      <Compare session={session} />
      <Words session={session} />
      <div class="vig-widget-parts">
        <TracePanel session={session} />
        <Detail session={session} />
        <Moments session={session} />
      </div>
      <Sheet session={session} />
      <TaggerExtras session={session} />
    </>
  );
}

export function ClipsView({ session, model }: Props) {
  return (
    <>
      <LostWords session={session} />
      <Film session={session} model={model} />
      <ClipTray session={session} />
      <div class="vig-widget-line">
        <KeysButton session={session} />
      </div>
      <Sheet session={session} />
    </>
  );
}

export function RatingView({ session, model }: Props) {
  return (
    <>
      <Line session={session} />
      <Refusal session={session} />
      <RatingParts session={session} film={<Film session={session} model={model} />} />
      <Sheet session={session} />
    </>
  );
}

export function WorkbenchView({ session, model }: Props) {
  const question = model.get("_question");
  const task = model.get("_task");
  return (
    <>
      {question && (
        <section class="vig-card vig-question" aria-label="The family's helping question">
          <p>The parent's helping question</p>
          <blockquote>“{question}”</blockquote>
        </section>
      )}
      {task && <p class="vig-note is-lines">{task}</p>}
      <TaggerView session={session} model={model} />
    </>
  );
}
