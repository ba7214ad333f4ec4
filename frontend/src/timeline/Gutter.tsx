/** The names of the lanes, as buttons that tag. */
import type { ReadonlySignal } from "@preact/signals";
import { LaneButton } from "../tagger/LaneButton";
import type { Session } from "../workbench/session";
import { HEADER, type Layout } from "./layout";

export function Gutter({ session, layout }: { session: Session; layout: ReadonlySignal<Layout> }) {
  return (
    <div class="vig-gutter">
      <span class="vig-gutter-sound" style={{ height: `${HEADER}px` }}>
        {session.film.sound ? "sound" : "no sound"}
      </span>
      {layout.value.rows.map((row) => (
        <div key={`${row.group.name ?? ""}/${row.lane.id}`}>
          {row.heads && (
            <span class="vig-group" style={{ top: `${row.top - 22}px` }}>
              {row.group.name}
            </span>
          )}
          <div
            class={`vig-gutter-lane ${row.joined ? "is-joined" : ""}`}
            style={{ top: `${row.top}px`, height: `${row.height}px` }}
          >
            {!row.joined && (
              <LaneButton session={session} lane={row.lane} place={row.place} label={row.group.name} />
            )}
            {row.caption && <span class="vig-row-caption">{row.caption}</span>}
          </div>
        </div>
      ))}
    </div>
  );
}
