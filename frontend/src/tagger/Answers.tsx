/** Which initiative a moment answers, with the time between: shown, never judged. */
import type { Tag } from "../contract";
import { answered, initiativesBefore, latency, linksAnswering } from "../model/links";
import { seconds, shortTime } from "../model/time";
import type { Session } from "../workbench/session";

export function Answers({ session, tag }: { session: Session; tag: Tag }) {
  const { codebook, model } = session;
  if (codebook.begins(tag.code)) return null;
  const now = model.tags.get(answered(tag) ?? "") ?? null;
  const near = initiativesBefore(tag, model.sorted.value, codebook);
  const choices = now && !near.some((other) => other.id === now.id) ? [now, ...near] : near;
  if (choices.length === 0) return null;
  const set = (id: string | null) => model.amend("link", tag.id, { links: linksAnswering(tag, id) });
  const [nearest] = near;
  if (!now && nearest)
    return (
      <p class="vig-answers">
        <button
          type="button"
          class="vig-link"
          onClick={() => set(nearest.id)}
          disabled={session.readOnly.value}
        >
          Answers the initiative at {shortTime(nearest.start)}?
        </button>
      </p>
    );
  return (
    <label class="vig-field is-row vig-answers">
      <span>answers the initiative at</span>
      <select value={now?.id ?? ""} onChange={(event) => set(event.currentTarget.value || null)}>
        <option value="">none</option>
        {choices.map((other) => (
          <option key={other.id} value={other.id}>
            {shortTime(other.start)} {codebook.short(other.code)} · {seconds(latency(tag, other))}
          </option>
        ))}
      </select>
    </label>
  );
}
