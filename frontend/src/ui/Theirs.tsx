/** What others wrote where one writes oneself, and words that have no place any more. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Field } from "../model/drafts";
import type { LostWords as Lost, Why } from "../model/lost";
import type { Session } from "../workbench/session";
import { goToList } from "./draft";

const CHOICES = [
  ["both", "Keep both"],
  ["theirs", "Take theirs"],
  ["own", "Keep mine"],
] as const;

/** Under a field: what was saved there meanwhile, with the choice of whose words stand. */
export function Theirs({ session, field }: { session: Session; field: Field }) {
  const theirs = session.drafts.theirs(field);
  return theirs === null ? null : <Ask session={session} field={field} theirs={theirs} />;
}

function Ask({ session, field, theirs }: { session: Session; field: Field; theirs: string }) {
  const box = useRef<HTMLDivElement>(null);
  // The card that it stands in may be scrolled.
  useLayoutEffect(() => box.current?.scrollIntoView?.({ block: "nearest" }), [theirs]);
  return (
    <div class="vig-theirs" role="alert" ref={box}>
      <p>While you were writing, this was changed elsewhere. Yours is not saved yet; theirs is:</p>
      <blockquote>{theirs || "(nothing)"}</blockquote>
      <p class="vig-theirs-choices">
        {CHOICES.map(([whose, says]) => (
          <button
            key={whose}
            type="button"
            class="vig-button"
            // The caret stays where one writes.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => session.drafts.settleWith(field, whose)}
          >
            {says}
          </button>
        ))}
      </p>
    </div>
  );
}

const WHY: Record<Why, string> = {
  refused: "Your words were not saved. You can copy them:",
  gone: "The moment that you were writing about was deleted elsewhere, so your words were not saved. You can copy them:",
  closed: "Your last words were not saved, because nothing may be changed here any more. You can copy them:",
  theirs: "This was changed elsewhere before your words were saved, and that stays. You can copy yours:",
  changed:
    "Your words were not saved, because this was changed elsewhere and there is no room for both. You can copy them:",
};

/** Words that could not be saved, until one has seen them. */
export function LostWords({ session }: { session: Session }) {
  return (
    <>
      {session.drafts.lost.list.value.map((one) => (
        <LostPart session={session} one={one} key={one.name} />
      ))}
    </>
  );
}

function LostPart({ session, one }: { session: Session; one: Lost }) {
  const { lost } = session.drafts;
  const { name, why, words, writing } = one;
  return (
    <div class="vig-warning vig-refusal vig-lost" role="alert">
      <span>
        {WHY[why]}
        {writing ? <WriteOn session={session} one={one} /> : <q class="vig-lost-words">{words}</q>}
      </span>
      <button
        type="button"
        class="vig-quiet"
        onClick={() => void navigator.clipboard?.writeText(words).catch(() => undefined)}
      >
        Copy
      </button>
      <button type="button" class="vig-quiet" onClick={() => lost.seen(name)}>
        I see
      </button>
    </div>
  );
}

/** Takes the letters of whoever was writing: with its field gone, they would be commands. */
function WriteOn({ session, one: { name, words } }: { session: Session; one: Lost }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(words.length, words.length);
  }, []);
  return (
    <textarea
      ref={field}
      class="vig-lost-words"
      rows={2}
      aria-label="Your words"
      value={words}
      onInput={({ currentTarget }) => session.drafts.lost.amend(name, currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.isComposing) return;
        event.preventDefault();
        event.stopPropagation();
        goToList(session);
      }}
    />
  );
}
