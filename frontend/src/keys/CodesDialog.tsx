/** The key of every code, to be read and changed; a key that is taken is refused with the reason. */
import { useSignal } from "@preact/signals";
import { LaneSign } from "../tagger/LaneButton";
import { useModal } from "../ui/modal";
import type { Session } from "../workbench/session";
import { placeKey, refuseKey } from "./codes";
import { keyName } from "./name";
import { pressNames } from "./press";
import { keyTable } from "./table";

export function CodesDialog({ session }: { session: Session }) {
  const { desk, codebook } = session;
  const open = desk.dialog.value === "codes";
  const asking = useSignal<string | null>(null);
  const why = useSignal<string | null>(null);
  const dialog = useModal(open);
  if (!open) return null;
  const close = () => {
    asking.value = null;
    why.value = null;
    desk.dialog.value = null;
  };
  const own = Object.keys(desk.personal.value).length;
  return (
    <dialog
      ref={dialog}
      class="vig-dialog vig-codes"
      aria-label="The keys of the codes"
      onClose={close}
      onCancel={(event) => {
        // Escape ends the asking first.
        if (asking.value === null) return;
        event.preventDefault();
        asking.value = null;
      }}
    >
      <h2>The keys of the codes</h2>
      <p>
        Press a key's button and then the key you would rather use. It is kept in this browser, for you. A
        behaviour without a key of its own is named with Shift and its number once its lane is tagged.
      </p>
      {why.value && (
        <p class="vig-warning" role="alert">
          {why.value}
        </p>
      )}
      <ul>
        {codebook.lanes.map((lane, place) => (
          <li key={lane.id}>
            <LaneSign lane={lane} place={place} />
            <Line session={session} id={lane.id} fallback={null} asking={asking} why={why} />
            <ul>
              {codebook.children(lane.id).map((code, i) => (
                <li key={code.id}>
                  <Line session={session} id={code.id} fallback={placeKey(i)} asking={asking} why={why} />
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <div class="vig-dialog-actions">
        {own > 0 && (
          <button
            type="button"
            class="vig-quiet"
            onClick={() => {
              desk.personal.value = {};
            }}
          >
            Back to the scheme's own keys
          </button>
        )}
        <button type="button" class="vig-primary" onClick={close}>
          Done
        </button>
      </div>
    </dialog>
  );
}

interface LineProps {
  session: Session;
  id: string;
  /** How it is named without a key of its own. */
  fallback: string | null;
  asking: { value: string | null };
  why: { value: string | null };
}

function Line({ session, id, fallback, asking, why }: LineProps) {
  const { desk, codebook } = session;
  const key = desk.keys.value.get(id);
  const name = codebook.label(id);
  const waits = asking.value === id;
  return (
    <span class="vig-code-key">
      <span>{name}</span>
      <button
        type="button"
        class={`vig-quiet ${waits ? "is-asking" : ""}`}
        aria-label={`${name}: ${key ? `key ${keyName(key)}` : fallback ? `then ${keyName(fallback)}` : "no key"}${
          waits ? ", press the new key" : ", change"
        }`}
        onClick={() => {
          asking.value = waits ? null : id;
          why.value = null;
        }}
        onBlur={() => {
          if (waits) asking.value = null;
        }}
        onKeyDown={(event) => {
          if (!waits || ["Tab", "Escape", "Shift", "Control", "Alt", "AltGraph", "Meta"].includes(event.key))
            return;
          event.preventDefault();
          const wish = newKey(event, session, id);
          why.value = wish.why;
          if (wish.key === null) return;
          desk.personal.value = { ...desk.personal.value, [id]: wish.key };
          asking.value = null;
        }}
      >
        {waits ? (
          "press a key"
        ) : (
          <kbd>{key ? keyName(key) : fallback ? `… ${keyName(fallback)}` : "none"}</kbd>
        )}
      </button>
      {key && desk.personal.value[id] && (
        <button
          type="button"
          class="vig-link"
          aria-label={`${name}: back to the scheme's key`}
          onClick={() => {
            const { [id]: _, ...others } = desk.personal.value;
            desk.personal.value = others;
          }}
        >
          undo
        </button>
      )}
    </span>
  );
}

/** The key that was pressed for a code, or why it cannot have it. */
function newKey(
  event: KeyboardEvent,
  session: Session,
  id: string,
): { key: string | null; why: string | null } {
  const names = pressNames(event);
  // The digits' row counts by place, with Shift as well: those name behaviours already.
  const key = names[0] ?? (event.key === "Dead" ? "Dead" : "");
  const others = new Map(
    keyTable(session)
      .filter(({ group, keys }) => group !== "Tag" || keys.includes("Shift+0") || keys.includes("Shift+1"))
      .flatMap(({ keys, what }) => keys.map((one) => [one, what] as const)),
  );
  const why = refuseKey(key, id, session.codebook, session.desk.keys.value, others);
  return { key: why ? null : key, why };
}
