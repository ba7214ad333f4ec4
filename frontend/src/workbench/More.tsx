/** What few need and few need often, behind one quiet line: other words for the lanes, and clips for a review. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { ClipTray } from "../clips/ClipTray";
import { languagesOf } from "../model/language";
import { keep, recall } from "../model/prefs";
import { Words } from "../schemes/Words";
import type { Session } from "./session";

export function More({ session }: { session: Session }) {
  const open = useSignal(recall("more") === true);
  const { tray, lenses, codebook } = session;
  // What a key opens in here must be seen.
  useSignalEffect(() => {
    if (tray?.open.value || codebook.lens.value) open.value = true;
  });
  const inside = [
    languagesOf(codebook.scheme).length > 1 ? "labels in another language" : "",
    lenses.length > 0 ? "other words for the lanes" : "",
    tray ? "clips for a review" : "",
  ].filter(Boolean);
  if (inside.length === 0) return null;
  return (
    <details
      class="vig-more-tools"
      open={open.value}
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
        keep("more", currentTarget.open || null);
      }}
    >
      <summary>
        More <span>{inside.join(", ")}</span>
      </summary>
      <div>
        <Words session={session} />
        <ClipTray session={session} />
      </div>
    </details>
  );
}
