/** Who does it, toward whom: any two of the film's cast that the code allows. */
import type { Member, Tag } from "../contract";
import type { Session } from "../workbench/session";
import { setWho } from "./acts";

/** Every pair of cast members that a tag's code allows. */
export function pairs(session: Session, tag: Tag): [Member, Member][] {
  const actors = session.codebook.actors(tag.code, session.model.cast);
  return actors.flatMap((actor) =>
    session.model.cast
      .filter((target) => target.id !== actor.id)
      .map((target): [Member, Member] => [actor, target]),
  );
}

/** As many are shown side by side; more stand in a list. */
const MOST_CHIPS = 4;

export function Who({ session, tag }: { session: Session; tag: Tag }) {
  const all = pairs(session, tag);
  if (all.length === 0) return null;
  const set = (actor: string, target: string) => setWho(session, actor, target);
  if (all.length > MOST_CHIPS)
    return (
      <label class="vig-field">
        <span>Who, toward whom</span>
        <select
          value={`${tag.actor} ${tag.target}`}
          onChange={(event) => set(...(event.currentTarget.value.split(" ") as [string, string]))}
        >
          {all.map(([actor, target]) => (
            <option key={`${actor.id} ${target.id}`} value={`${actor.id} ${target.id}`}>
              {actor.name} → {target.name}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <div class="vig-chips" role="radiogroup" aria-label="Who, toward whom">
      {all.map(([actor, target]) => {
        const chosen = tag.actor === actor.id && tag.target === target.id;
        return (
          <label key={`${actor.id} ${target.id}`} class={`vig-chip ${chosen ? "is-chosen" : ""}`}>
            <input
              type="radio"
              name={`who-${tag.id}`}
              checked={chosen}
              onChange={() => set(actor.id, target.id)}
            />
            {actor.name} → {target.name}
          </label>
        );
      })}
    </div>
  );
}
