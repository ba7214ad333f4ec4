/** The moment that is growing: what it is, what it may be called by the keys just now, and how it is thrown away. */
import { placeKey } from "../keys/codes";
import { say } from "../model/codebook";
import { mayBeATap } from "../model/coding";
import { timecode } from "../model/time";
import { keyboard } from "../ui/hands";
import type { Session } from "../workbench/session";
import { abandon, namePlace } from "./acts";
import { BehaviourList } from "./Behaviours";
import { LaneSign } from "./LaneButton";

export function Growing({ session }: { session: Session }) {
  const { coder, codebook } = session;
  const [id, growing] = coder.newest.value ?? [];
  if (!id || !growing || mayBeATap(growing)) return null;
  const { lane } = growing;
  const all = codebook.children(lane.id);
  const choices = all.flatMap((code, place) =>
    code.kind === "point" ? [] : [{ id: code.id, text: say(code.label), key: placeKey(place) }],
  );
  const none = { id: lane.id, text: "none in particular", key: "Shift+0" };
  const others = coder.growing.value.size - 1;
  return (
    <section class="vig-card vig-detail vig-growing" aria-label="Growing moment">
      <header class="vig-detail-head">
        <h2>
          <LaneSign lane={lane} place={codebook.lanes.indexOf(lane)} /> Growing: {codebook.short(lane.id)}
        </h2>
        <span class="vig-dot" aria-hidden="true" />
      </header>
      <p class="vig-length">
        from {timecode(growing.start)}
        {others > 0 && ` · the newest of ${others + 1}`}
      </p>
      {choices.length > 0 && (
        <BehaviourList
          label={`What is growing looks like: ${say(lane.label)}`}
          name={`growing-${id}`}
          choices={[none, ...choices]}
          key={id}
          chosen={growing.code}
          folds
          choose={(code) =>
            namePlace(
              session,
              all.findIndex((one) => one.id === code),
            )
          }
        />
      )}
      <div class="vig-actions">
        <button type="button" class="vig-button" onClick={() => coder.press(id)}>
          End it here
        </button>
        <button type="button" class="vig-quiet" onClick={() => abandon(session)}>
          Throw it away {keyboard.value && <kbd aria-hidden="true">Esc</kbd>}
        </button>
      </div>
    </section>
  );
}
