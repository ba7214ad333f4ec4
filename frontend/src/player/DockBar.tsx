/** What one needs of the controls while the film is docked above a narrow page: a step, play, and where one is. */
import { timecode } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { RoomButton } from "./Controls";

export function DockBar({ session }: { session: Session }) {
  const { clock } = session;
  const playing = clock.playing.value;
  const live = clock.live.value;
  return (
    <div class="vig-dock-bar" role="toolbar" aria-label="The docked film">
      <RoomButton icon="back" label="One frame back" disabled={live} onClick={() => clock.step(-1)} />
      <button
        type="button"
        class="vig-room-button"
        aria-label={playing ? "Pause" : "Play"}
        onClick={() => clock.toggle()}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <RoomButton icon="forth" label="One frame on" disabled={live} onClick={() => clock.step(1)} />
      <span class="vig-dock-clock">
        <span class="vig-time">{timecode(clock.time.value)}</span>{" "}
        <span class="vig-dock-frame">frame {clock.frame.value}</span>
      </span>
    </div>
  );
}
