/** What was refused, and why. */
import type { ObservationModel } from "../model/observation";

/** Stands until it is read or the next change. */
export function Refused({ model, look = "" }: { model: ObservationModel; look?: string }) {
  const { value: why } = model.refusal;
  if (!why) return null;
  return (
    <p class={`vig-warning ${look}`} role="alert">
      <span>{why}</span>
      <button
        type="button"
        class="vig-quiet"
        onClick={() => {
          model.refusal.value = null;
        }}
      >
        I see
      </button>
    </p>
  );
}
