/** What the scheme lets one say more closely, for example how strong it is; a second press takes it back. */
import type { Tag } from "../contract";
import { say } from "../model/codebook";
import type { Session } from "../workbench/session";
import { setModifier } from "./acts";

export function Modifiers({ session, tag }: { session: Session; tag: Tag }) {
  const all = session.codebook.modifiers(tag.code);
  return (
    <>
      {all.map((modifier) => (
        <fieldset key={modifier.id} class="vig-plain vig-modifier">
          <legend>{say(modifier.label)}</legend>
          <div class="vig-chips">
            {modifier.choices.map((choice) => {
              const chosen = tag.modifiers?.[modifier.id] === choice.id;
              return (
                <button
                  key={choice.id}
                  type="button"
                  class={`vig-chip ${chosen ? "is-chosen" : ""}`}
                  aria-pressed={chosen}
                  onClick={() => setModifier(session, modifier.id, chosen ? null : choice.id)}
                >
                  {say(choice.label)}
                </button>
              );
            })}
          </div>
        </fieldset>
      ))}
    </>
  );
}
