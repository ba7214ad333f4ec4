/** The line above: where one is, whether the work is safe, undo, the keys, and handing in. */
import { useSignal } from "@preact/signals";
import type { Boot } from "../boot";
import { type Phase, savedSentence } from "../store/store";
import { undo } from "../tagger/acts";
import { phone } from "../ui/hands";
import { Icon } from "../ui/icons";
import { goToFeedback, HandIn } from "./HandIn";
import { PresenceNote } from "./Presence";
import type { Session } from "./session";
import { useSlow } from "./slow";

const TONE: Record<Phase, string> = {
  live: "is-good",
  connecting: "",
  offline: "is-warn",
  full: "is-warn",
  "signed-out": "is-warn",
  "not-yours": "is-warn",
};

/** Where the work is, as a fact. Told to screen readers only when it is not well. */
export function Saved({ session }: { session: Session }) {
  session.model.version.value;
  const state = session.saving.value;
  if (!state) return null;
  const frozen = session.model.frozen.value;
  const slow = useSlow(state);
  const well = state.phase === "live" && !slow;
  const done = well && state.waiting === 0 && (session.model.count > 0 || frozen);
  const short = phone.value && done && !state.place;
  const full = savedSentence(state, session.model.count, frozen, session.rating ? "entry" : "moment");
  return (
    <span
      class={`vig-saved ${slow ? "is-warn" : TONE[state.phase]}`}
      role="status"
      aria-live={well ? "off" : "polite"}
      title={full}
    >
      {done && "✓ "}
      {slow ?? (short ? (frozen ? "handed in" : `${session.model.count} saved`) : full)}
      <GrowingCount session={session} />
    </span>
  );
}

/** How many moments still grow; a phone has room for a sign only. */
function GrowingCount({ session }: { session: Session }) {
  const growing = session.coder.lasting.value.length;
  if (growing === 0) return null;
  if (!phone.value) return <> · {growing} growing</>;
  return (
    <>
      <span class="vig-hidden">, {growing} growing</span>
      <span aria-hidden="true">
        {" "}
        + {growing} <span class="vig-dot" />
      </span>
    </>
  );
}

export function EditButtons({ session }: { session: Session }) {
  const { undo: step, redo } = session.model.next.value;
  if (session.readOnly.value) return null;
  const [, growing] = session.coder.newest.value ?? [];
  const back = growing ? `throw away the growing ${session.codebook.short(growing.code)}` : step;
  return (
    <span class="vig-edit-buttons">
      <button
        type="button"
        class="vig-quiet"
        aria-label={back ? `Undo: ${back}` : "Undo"}
        title={back ? `Undo: ${back} (Ctrl Z)` : "Nothing to undo"}
        disabled={!back}
        onClick={() => undo(session)}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        class="vig-quiet"
        aria-label={redo ? `Redo: ${redo}` : "Redo"}
        title={redo ? `Redo: ${redo} (Ctrl Shift Z)` : "Nothing to redo"}
        disabled={!redo}
        onClick={() => session.model.redo()}
      >
        <Icon name="redo" />
      </button>
    </span>
  );
}

export function KeysButton({ session }: { session: Session }) {
  return (
    <button
      type="button"
      class="vig-quiet vig-keys-button"
      title="Every key, and how to mark a moment (?)"
      aria-haspopup="dialog"
      onClick={() => {
        session.sheet.value = true;
      }}
    >
      <kbd>?</kbd> <span>keys</span>
    </button>
  );
}

export function TopBar({ session, boot }: { session: Session; boot: Boot }) {
  const handing = useSignal(false);
  const { exercise } = boot;
  return (
    <header class="vig-top">
      <a class="vig-brand" href={boot.home ?? `${boot.base}learning`}>
        <span class="vig-hidden">Back to my learning</span>
        <svg viewBox="0 0 26 26" width="26" height="26" aria-hidden="true">
          <circle cx="13" cy="13" r="13" fill="var(--vig-accent)" />
          <path d="M22.200 3.800A13 13 0 0 0 3.800 22.200Z" fill="var(--vig-brand-warm)" />
        </svg>
      </a>
      <div class="vig-heading">
        <h1>{exercise.title}</h1>
        <p>
          {exercise.place ?? `about ${exercise.minutes} minutes`}
          {exercise.marking === "none" ? " · not marked" : ""}
        </p>
      </div>
      <PresenceNote session={session} />
      <div class="vig-top-end">
        <Saved session={session} />
        <EditButtons session={session} />
        <KeysButton session={session} />
        {boot.handIn && (
          <button
            type="button"
            class="vig-primary"
            onClick={() => {
              if (session.model.frozen.value) void goToFeedback(session, boot);
              else handing.value = true;
            }}
          >
            {session.model.frozen.value ? "Read feedback" : "Hand in"}
          </button>
        )}
      </div>
      {handing.value && (
        <HandIn
          session={session}
          boot={boot}
          onClose={() => {
            handing.value = false;
          }}
        />
      )}
    </header>
  );
}
