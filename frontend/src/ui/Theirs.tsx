/** What others wrote where one writes oneself, and words that have no place any more. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Field } from "../model/drafts";
import type { LostWords as Lost, Why } from "../model/lost";
import { capital } from "../model/thing";
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
  const { drafts } = session;
  // The card that it stands in may be scrolled.
  useLayoutEffect(() => box.current?.scrollIntoView?.({ block: "nearest" }), [theirs]);
  const room = drafts.mayKeepBoth(field);
  const choose = (whose: (typeof CHOICES)[number][0]) => {
    const before = box.current?.previousElementSibling;
    drafts.settleWith(field, whose);
    // The button goes with the question, and who chose it by key would type commands.
    const written = before?.matches("input") ? before : before?.querySelector("textarea");
    if (written instanceof HTMLElement) written.focus({ preventScroll: true });
  };
  return (
    <div class="vig-theirs" role="alert" ref={box}>
      <p>
        While you were writing, this was changed elsewhere. Yours is not saved yet
        {room ? "" : ", and there is no room for both"}; theirs is:
      </p>
      <blockquote>{theirs || "(nothing)"}</blockquote>
      <p class="vig-theirs-choices">
        {CHOICES.filter(([whose]) => room || whose !== "both").map(([whose, says]) => (
          <button
            key={whose}
            type="button"
            class="vig-button"
            // The caret stays where one writes.
            onPointerDown={(event) => event.preventDefault()}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(whose)}
          >
            {says}
          </button>
        ))}
      </p>
    </div>
  );
}

const WHY: Record<Why, (about: string) => string> = {
  refused: (about) => `What you wrote about ${about} was not saved. You can copy it:`,
  gone: (about) =>
    `${capital(about)} was deleted elsewhere, so what you wrote about it was not saved. You can copy it:`,
  closed: (about) =>
    `What you wrote last about ${about} was not saved, because nothing may be changed here any more. You can copy it:`,
  theirs: (about) =>
    `Somebody else’s words about ${about} were saved before yours, and they stay. You can copy yours:`,
  changed: (about) =>
    `Your words about ${about} were not saved: it was changed elsewhere, and there is no room for both. You can copy them:`,
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

const BY_HAND = "The browser does not let this page copy; press Ctrl C, or ⌘ C, while they are chosen.";

function LostPart({ session, one }: { session: Session; one: Lost }) {
  const { lost } = session.drafts;
  const field = useRef<HTMLTextAreaElement>(null);
  const said = useSignal("");
  const label = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(one.words);
      said.value = "Copied.";
    } catch {
      field.current?.select();
      said.value = BY_HAND;
    }
  };
  return (
    <div class="vig-warning vig-refusal vig-lost" role="alert">
      <div class="vig-lost-part">
        <p id={label}>{WHY[one.why](one.about)}</p>
        <Words session={session} one={one} field={field} label={label} />
        <p role="status">{said.value}</p>
      </div>
      <span class="vig-lost-acts">
        <button type="button" class="vig-quiet" onClick={() => void copy()}>
          Copy
        </button>
        <button
          type="button"
          class="vig-quiet"
          onClick={() => {
            lost.seen(one.name);
            goToList(session);
          }}
        >
          {said.value === "Copied." ? "Done" : "Throw away"}
        </button>
      </span>
    </div>
  );
}

interface WordsProps {
  session: Session;
  one: Lost;
  field: RefObject<HTMLTextAreaElement | null>;
  /** The id of what says what they are. */
  label: string;
}

/** Takes the letters of whoever was writing, too: with its field gone, they would be commands. */
function Words({ session, one, field, label }: WordsProps) {
  const { name, words, writing } = one;
  useLayoutEffect(() => {
    if (!writing) return;
    field.current?.focus();
    field.current?.setSelectionRange(words.length, words.length);
  }, []);
  return (
    <textarea
      ref={field}
      class="vig-lost-words"
      aria-labelledby={label}
      rows={1}
      readOnly={!writing}
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
