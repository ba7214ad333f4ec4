/** The rating sheet: every item with its steps, and for the one in focus what to look for and the moments that show it. */
import { say } from "../model/codebook";
import type { Session } from "../workbench/session";
import { ItemCard } from "./Item";
import type { Rating } from "./rating";

export function RatingSheet({ session }: { session: Session }) {
  const { rating } = session;
  if (!rating) return null;
  return (
    <section class="vig-card vig-sheet-card" aria-label="Rating sheet">
      <header class="vig-sheet-head">
        <h2>{say(session.codebook.scheme.title)}</h2>
        <p>{rating.progress}</p>
      </header>
      {rating.hint.value && (
        <p class="vig-warning" role="status">
          {rating.hint.value}
        </p>
      )}
      <ol class="vig-items">
        {rating.items.map((item) => (
          <ItemCard key={item.id} session={session} rating={rating} item={item} />
        ))}
      </ol>
      <Total rating={rating} />
      <p class="vig-wording">Anchors: {say(rating.scale.wording)}.</p>
    </section>
  );
}

/** The sum and what it means, where it may be shown. */
function Total({ rating }: { rating: Rating }) {
  if (!rating.numbers) return null;
  const { verdict } = rating;
  if (!rating.options.total)
    return <p class="vig-total is-quiet">The total is not shown here. Rate each item for itself.</p>;
  if (!verdict) return <p class="vig-total is-quiet">The total stands here when every item is rated.</p>;
  return (
    <div class="vig-total" role="status">
      <p>
        <strong>Total {verdict.sum}</strong>
      </p>
      {verdict.says && <p>{verdict.says}</p>}
    </div>
  );
}

/** What the first look asks for, above the film. */
export function LookBanner({ session }: { session: Session }) {
  const look = session.rating?.look;
  if (!look || look.state.value === "free") return null;
  const running = look.state.value === "running";
  const still = running && !session.clock.playing.value;
  return (
    <div class="vig-look-banner" role="status">
      <p>
        <strong>First look: the whole film, without a pause.</strong>{" "}
        {still
          ? "It stands still. Play on when you are ready."
          : running
            ? "Stay with the baby. Afterwards you may stop, go back and look again."
            : "As in a live meeting. Begin when you are ready; an item's key keeps a moment on the way."}
      </p>
      <span class="vig-look-actions">
        {(!running || still) && (
          <button type="button" class="vig-primary" onClick={() => session.clock.play()}>
            {running ? "Play on" : "Begin"}
          </button>
        )}
        <button type="button" class="vig-button" onClick={() => look.leave()}>
          {running ? "I need to stop" : "Look freely instead"}
        </button>
      </span>
    </div>
  );
}
