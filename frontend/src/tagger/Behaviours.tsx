/** What a lane's moments look like, as a list to choose one from, with the keys that do the same. */
import { keyboard } from "../ui/hands";

export interface Choice {
  id: string;
  text: string;
  /** The key that chooses it; null when none does just now. */
  key: string | null;
}

interface Props {
  /** What the list is of, for a screen reader. */
  label: string;
  /** Tells this list from others on the page. */
  name: string;
  choices: readonly Choice[];
  chosen: string;
  choose(id: string): void;
}

export function BehaviourList({ label, name, choices, chosen, choose }: Props) {
  return (
    <div class="vig-behaviours" role="radiogroup" aria-label={label}>
      {choices.map(({ id, text, key }) => (
        <label key={id} class={chosen === id ? "is-chosen" : ""}>
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
  );
}
