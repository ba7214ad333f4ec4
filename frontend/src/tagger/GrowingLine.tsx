/** On a narrow page, right under the lanes: what grows, what it is called, how it ends and how it is thrown away. */
import { say } from "../model/codebook";
import { mayBeATap } from "../model/coding";
import { seconds } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { abandon, namePlace } from "./acts";

export function GrowingLine({ session }: { session: Session }) {
  const { coder, codebook } = session;
  const [id, growing] = coder.newest.value ?? [];
  if (!id || !growing || mayBeATap(growing)) return null;
  const { lane } = growing;
  const all = codebook.children(lane.id);
  const named = all.filter((code) => code.kind !== "point");
  const name = codebook.short(lane.id);
  return (
    <section class="vig-growing-line" aria-label="Growing moment">
      <span class="vig-dot" aria-hidden="true" />
      {named.length > 0 ? (
        <select
          aria-label={`What is growing looks like: ${say(lane.label)}`}
          value={growing.code}
          onChange={({ currentTarget }) =>
            namePlace(
              session,
              all.findIndex((code) => code.id === currentTarget.value),
            )
          }
        >
          <option value={lane.id}>{name}: name it</option>
          {named.map((code) => (
            <option key={code.id} value={code.id}>
              {say(code.label)}
            </option>
          ))}
        </select>
      ) : (
        <span class="vig-growing-name">{name}</span>
      )}
      <span class="vig-time">{seconds(growing.reach - growing.start)}</span>
      <button type="button" class="vig-button" onClick={() => coder.press(id)}>
        End
      </button>
      <button
        type="button"
        class="vig-quiet"
        aria-label={`Throw the growing ${name} away`}
        onClick={() => abandon(session)}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}
