/** What the selected moment follows from, and the whole chain that it is part of. Times are shown, never judged. */
import type { Tag } from "../contract";
import { followed } from "../model/chains";
import { seconds, shortTime, timecode } from "../model/time";
import { LaneSign } from "../tagger/LaneButton";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { candidatesFor, link, playChain } from "./link";

/** What came before: linked to what is tagged, or looked for in the film. */
export function Connect({ session, tag }: { session: Session; tag: Tag }) {
  return (
    <div class="vig-connect">
      <Follows session={session} tag={tag} />
      {!session.readOnly.value && (
        <button
          type="button"
          class="vig-link"
          title="Go back in steps and look what came just before (B)"
          onClick={() => session.trace.back()}
        >
          Trace back: what came just before?
        </button>
      )}
    </div>
  );
}

/** Offers the likeliest link as one button; once there is one, all that are likely as a list. */
function Follows({ session, tag }: { session: Session; tag: Tag }) {
  const { codebook } = session;
  const choices = candidatesFor(session, tag);
  const [likeliest] = choices;
  const now = followed(tag);
  if (!likeliest) return null;
  if (now === null)
    return (
      <p class="vig-answers">
        <button
          type="button"
          class="vig-link"
          onClick={() => link(session, tag, likeliest)}
          disabled={session.readOnly.value}
        >
          {offer(session, tag, likeliest)}
        </button>
      </p>
    );
  return (
    <label class="vig-field is-row vig-answers">
      <span>follows from</span>
      <select
        value={now}
        onChange={(event) => {
          const chosen = choices.find((other) => other.id === event.currentTarget.value);
          link(session, tag, chosen ?? null);
        }}
      >
        <option value="">nothing</option>
        {choices.map((other) => (
          <option key={other.id} value={other.id}>
            {shortTime(other.start)} {codebook.short(other.code)} · {seconds(tag.start - other.start)}
          </option>
        ))}
      </select>
    </label>
  );
}

function offer({ codebook }: Session, tag: Tag, before: Tag): string {
  const at = shortTime(before.start);
  if (before.actor === tag.actor) return `Continues “${codebook.short(before.code)}” at ${at}?`;
  if (codebook.begins(before.code)) return `Answers the initiative at ${at}?`;
  return `Answers “${codebook.short(before.code)}” at ${at}?`;
}

/** The chain from its beginning: each moment with how long after the one before it began. */
export function ChainCard({ session }: { session: Session }) {
  const { model, codebook } = session;
  const chains = session.chains.value;
  const chain = chains.of(model.selected.value);
  if (chain.length < 2) return null;
  return (
    <section class="vig-chain" aria-label="The chain of this moment">
      <header>
        <h3>
          Chain <span class="vig-count">{chain.length}</span>
        </h3>
        <button type="button" class="vig-quiet" onClick={() => playChain(session)}>
          <Icon name="play" /> Play the chain
        </button>
      </header>
      <ol>
        {chain.map((tag) => {
          const lane = codebook.laneOf(tag.code);
          const into = chains.into(tag.id);
          return (
            <li key={tag.id}>
              <button
                type="button"
                class="vig-chain-moment"
                aria-current={tag.id === model.selected.value}
                onClick={() => session.select(tag.id)}
              >
                <span class="vig-time">{into ? `+${seconds(into.latency)}` : timecode(tag.start)}</span>
                <LaneSign lane={lane} place={codebook.lanes.indexOf(lane)} />
                <span>{codebook.short(tag.code)}</span>
                <span class="vig-chain-who">{nameOf(session, tag.actor)}</span>
              </button>
            </li>
          );
        })}
      </ol>
      <p class="vig-chain-note">Times run from beginning to beginning. Sooner is not better.</p>
    </section>
  );
}

function nameOf(session: Session, id: string): string {
  return session.model.cast.find((member) => member.id === id)?.name ?? id;
}
