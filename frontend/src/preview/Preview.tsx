/** A script on the left, what it shows on the right. */

import type { Desk } from "./desk";
import { Editor } from "./Editor";
import { Screen } from "./Screen";

export function Preview({ desk }: { desk: Desk }) {
  const { fault } = desk;
  return (
    <section class="vig-preview-desk" aria-label={`Script ${desk.name}`}>
      <div class="vig-preview-side">
        <Editor desk={desk} />
        <p class={`vig-preview-word ${fault.value ? "is-fault" : ""}`} role="status">
          {fault.value
            ? `${fault.value.line ? `Line ${fault.value.line}: ` : ""}${fault.value.says}`
            : "Everything holds."}
        </p>
      </div>
      <div class="vig-preview-side">
        <Screen desk={desk} />
        <p class="vig-preview-said" role="status">
          {desk.said.value}
        </p>
      </div>
    </section>
  );
}
