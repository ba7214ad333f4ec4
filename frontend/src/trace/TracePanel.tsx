/** While one traces back: how far, what to ask oneself, and what is there already. */
import type { Tag } from "../contract";
import { Hint } from "../keys/Hint";
import { TRACE } from "../keys/meaning";
import { seconds, shortTime, timecode } from "../model/time";
import { LaneSign } from "../tagger/LaneButton";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { STEPS } from "./trace";

export function TracePanel({ session }: { session: Session }) {
  const { trace, codebook } = session;
  const magic = trace.magic.value;
  const at = trace.at.value;
  if (!magic || at === null) return null;
  const found = trace.before.value;
  return (
    <section class="vig-card vig-trace" aria-label="Tracing back">
      <p class="vig-trace-from">
        Back from “{codebook.short(magic.code)}” at {shortTime(magic.start)}
      </p>
      <h2>What came just before?</h2>
      <p class="vig-trace-far" role="status">
        <span class="vig-time">{seconds(magic.start - at)}</span> before it
      </p>
      <Steps step={trace.now.value?.step ?? 0} />
      <div class="vig-trace-actions">
        <button type="button" class="vig-button" disabled={trace.furthest} onClick={() => trace.back()}>
          Further back <Hint session={session} action={TRACE} />
        </button>
        <button
          type="button"
          class="vig-quiet"
          disabled={trace.now.value?.step === 0}
          onClick={() => trace.nearer()}
        >
          Nearer
        </button>
        <button type="button" class="vig-quiet" onClick={() => trace.play()}>
          <Icon name="play" /> Play to the moment
        </button>
      </div>
      <p class="vig-trace-how">
        Press a lane's key or name for what you see here: it is linked to the moment.
        {found.length > 0 && " Or choose what you have tagged already:"}
      </p>
      {found.length > 0 && (
        <ul class="vig-trace-found">
          {found.slice(0, 6).map((tag) => (
            <li key={tag.id}>
              <Found session={session} tag={tag} />
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="vig-quiet" onClick={() => trace.stop()}>
        Done <kbd aria-hidden="true">Esc</kbd>
      </button>
    </section>
  );
}

function Found({ session, tag }: { session: Session; tag: Tag }) {
  const { codebook, trace } = session;
  const lane = codebook.laneOf(tag.code);
  const linked = trace.isLinked(tag);
  return (
    <button type="button" class="vig-chain-moment" disabled={linked} onClick={() => trace.choose(tag)}>
      <LaneSign lane={lane} place={codebook.lanes.indexOf(lane)} />
      <span class="vig-time">{timecode(tag.start)}</span>
      <span>{codebook.short(tag.code)}</span>
      <span class="vig-chain-who">{linked ? "✓ came before" : "came before?"}</span>
    </button>
  );
}

/** How far back of how far: one dot for each step. */
function Steps({ step }: { step: number }) {
  return (
    <div class="vig-trace-steps" aria-hidden="true">
      {STEPS.map((length, i) => (
        <span key={length} class={i <= step ? "is-gone" : ""} />
      ))}
    </div>
  );
}
