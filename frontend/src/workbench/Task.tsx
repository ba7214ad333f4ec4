/** What is to be done: open until one is at it, then one line that stays in sight. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import type { Boot } from "../boot";
import { keyName } from "../keys/name";
import type { Codebook } from "../model/codebook";
import { held, keyboard, narrow } from "../ui/hands";
import { termsSay } from "./HandIn";
import type { Session } from "./session";

interface Props {
  session: Session;
  boot: Boot;
}

export function Task({ session, boot }: Props) {
  const html = boot.exercise.task_html;
  const chosen = useSignal<boolean | null>(null);
  const begun = useSignal(false);
  const settled = useSignal<boolean | null>(null);
  useSignalEffect(() => {
    if (session.clock.playing.value) begun.value = true;
  });
  // Where the film stands above it, it makes room for the lanes; beside the film, for the selected moment.
  const needed = useComputed(() => {
    if (session.rating) return true;
    return narrow.value ? !begun.value && !session.model.selected.value : !session.model.selected.value;
  });
  // Folding moves the lanes: never from under a finger.
  useSignalEffect(() => {
    const next = needed.value;
    if (!held.value) settled.value = next;
  });
  const words = useComputed(() =>
    inHand(html ?? "", session.codebook, session.desk.keys.value, keyboard.value),
  );
  if (!html) return null;
  const open = chosen.value ?? settled.value ?? needed.peek();
  return (
    <details
      class="vig-card vig-task"
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open !== open) chosen.value = currentTarget.open;
      }}
    >
      <summary>
        <h2>Your task</h2>
      </summary>
      {/* Rendered and cleaned by the service from the author's own Markdown. */}
      <div dangerouslySetInnerHTML={{ __html: words.value }} />
      {boot.exercise.terms && <p class="vig-terms">{termsSay(boot.exercise.terms, Date.now())}</p>}
    </details>
  );
}

/**
 * The author's task as it fits what one has in hand: a lane's key (written as code) is shown as it is set now, and
 * where there are no keys, "press `i`" becomes "tap Initiative".
 */
export function inHand(
  html: string,
  codebook: Codebook,
  keys: ReadonlyMap<string, string>,
  hasKeys: boolean,
): string {
  const body = document.createElement("template");
  body.innerHTML = html;
  for (const code of body.content.querySelectorAll("code")) {
    const lane = codebook.lanes.find(({ key }) => key !== undefined && key === code.textContent?.trim());
    if (!lane) continue;
    const named = document.createElement(hasKeys ? "kbd" : "b");
    named.textContent = hasKeys ? keyName(keys.get(lane.id) ?? lane.key ?? "") : codebook.short(lane.id);
    const before = code.previousSibling;
    if (!hasKeys && before?.nodeType === Node.TEXT_NODE)
      before.textContent =
        before.textContent?.replace(/(p)ress(?=\s+$)/i, (_, p) => (p === "P" ? "Tap" : "tap")) ?? "";
    code.replaceWith(named);
  }
  return body.innerHTML;
}
