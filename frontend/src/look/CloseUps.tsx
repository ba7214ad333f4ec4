/** The close-ups that a moment brings along: how many, shown or not, taken away. */
import type { Tag } from "../contract";
import type { Session } from "../workbench/session";

export function CloseUps({ session, tag }: { session: Session; tag: Tag }) {
  const { look, readOnly, clock, transport } = session;
  const count = tag.looks?.length ?? 0;
  if (count === 0) return null;
  const followed = look.followed.value !== null;
  return (
    <p class="vig-close-ups">
      <span>{count === 1 ? "A close-up of the picture" : `${count} close-ups of the picture`}</span>
      <button
        type="button"
        class="vig-link"
        aria-pressed={followed}
        onClick={() => {
          if (followed) return transport.prefs.set("follow", 0);
          look.follow();
          if (!look.followed.value) clock.seekTime(tag.start);
        }}
      >
        {followed ? "look at the whole" : "look closer"}
      </button>
      {!readOnly.value && (
        <button type="button" class="vig-link" onClick={() => look.forget()}>
          take away
        </button>
      )}
    </p>
  );
}
