/**
 * What a lane's moments look like, as a list to choose one from, with the keys that do the same. A long one folds to
 * the chosen name once there is one, and opens to whoever comes back to it, so that what else is said has room.
 */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { keyboard } from "../ui/hands";

export interface Choice {
  id: string;
  text: string;
  /** The key that chooses it; null when none does just now. */
  key: string | null;
}

/** A list of fewer is no longer than what would open it. */
const LONG = 4;

interface Props {
  /** What the list is of, for a screen reader. */
  label: string;
  /** Tells this list from others on the page. */
  name: string;
  choices: readonly Choice[];
  chosen: string;
  choose(id: string): void;
  /** Whether it may fold to what is chosen, when that is another than the first. */
  folds?: boolean;
}

export function BehaviourList({ label, name, choices, chosen, choose, folds = false }: Props) {
  const open = useSignal(false);
  const box = useRef<HTMLDivElement>(null);
  const named = chosen !== choices[0]?.id && choices.some(({ id }) => id === chosen);
  const may = folds && named && choices.length >= LONG;
  const folded = may && !open.value;
  return (
    <div
      ref={box}
      class={`vig-behaviours-box ${folded ? "is-folded" : ""}`}
      onFocusIn={(event) => {
        // Tab has come to the chosen name: from there the arrows go through all of them.
        if (event.target instanceof HTMLInputElement && event.target.matches(":focus-visible"))
          open.value = true;
      }}
      onFocusOut={(event) => {
        if (!box.current?.contains(event.relatedTarget as Node | null)) open.value = false;
      }}
    >
      <div class="vig-behaviours" role="radiogroup" aria-label={label}>
        {choices.map(({ id, text, key }) => (
          <label
            key={id}
            class={chosen === id ? "is-chosen" : ""}
            // A tap on the only name in sight is for the others; a tap on one of all is a choice, and done.
            onPointerUp={() => {
              open.value = folded;
            }}
          >
            <input
              type="radio"
              name={name}
              checked={chosen === id}
              aria-keyshortcuts={key ?? undefined}
              onChange={() => choose(id)}
            />
            <span>{text}</span>
            {key && keyboard.value && (
              <small aria-hidden="true">{key.replace("Shift+", "⇧").toUpperCase()}</small>
            )}
          </label>
        ))}
      </div>
      {may && (
        <button
          type="button"
          class="vig-link"
          aria-expanded={!folded}
          onClick={() => {
            open.value = folded;
          }}
        >
          {folded ? `other names (${choices.length - 1})` : "fewer"}
        </button>
      )}
    </div>
  );
}
