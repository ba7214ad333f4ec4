/** What the scheme says cannot be at the same moment, and is. It is only shown: which of them is right, one decides. */
import type { Tag } from "../contract";
import { shortTime } from "../model/time";
import type { Session } from "../workbench/session";

/** Tags of the same person that overlap with one and that its code excludes, by time. */
export function clashesOf({ codebook, model }: Session, tag: Tag): Tag[] {
  if (!codebook.scheme.codes.some((code) => code.excludes?.length)) return [];
  const end = tag.end ?? tag.start + 1;
  return model.sorted.value.filter(
    (other) =>
      other.id !== tag.id &&
      other.actor === tag.actor &&
      other.start < end &&
      (other.end ?? other.start + 1) > tag.start &&
      codebook.exclude(tag.code, other.code),
  );
}

export function Clashes({ session, tag }: { session: Session; tag: Tag }) {
  const [first, ...more] = clashesOf(session, tag);
  if (!first) return null;
  return (
    <p class="vig-note">
      At the same time as{" "}
      <button type="button" class="vig-link" onClick={() => session.select(first.id)}>
        {session.codebook.short(first.code)} at {shortTime(first.start)}
      </button>
      {more.length > 0 && ` and ${more.length} more`}: this scheme has only one of them at a moment.
    </p>
  );
}
