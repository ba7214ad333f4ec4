/** Chapters and bookmarks: a list to go by. Bookmarks are for oneself and stay in this browser. */
import { shortTime } from "../model/time";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";
import { nameOf, type Place } from "./places";
import { Group, Tool } from "./tool";

export function PlaceTools({ session }: { session: Session }) {
  const { places, transport } = session;
  const all = places.all.value;
  return (
    <Group name="Places" wide>
      <Tool
        label="Set a bookmark at this frame, or take it away"
        keys="V"
        onClick={() => places.toggle()}
        say="Bookmark"
      />
      <Tool
        label="Chapter or bookmark before"
        keys="{"
        onClick={() => places.go(-1)}
        disabled={all.length === 0}
        say="◂"
      />
      <Tool
        label="Chapter or bookmark after"
        keys="}"
        onClick={() => places.go(1)}
        disabled={all.length === 0}
        say="▸"
      />
      {all.length > 0 && (
        <ul class="vig-places">
          {all.map((place) => (
            <Line key={`${place.kind}-${place.at}`} session={session} place={place} />
          ))}
        </ul>
      )}
      <label class="vig-tool-line vig-tick">
        <input
          type="checkbox"
          checked={transport.prefs.get("stay") === 1}
          onChange={() => transport.prefs.toggle("stay")}
        />
        keep the film in sight when I scroll
      </label>
    </Group>
  );
}

function Line({ session, place }: { session: Session; place: Place }) {
  const { clock, places } = session;
  const go = () => {
    if (!clock.playing.value) clock.pause();
    clock.seekTime(place.at);
  };
  if (place.kind === "chapter")
    return (
      <li>
        <button type="button" class="vig-place" onClick={go}>
          <span class="vig-time">{shortTime(place.at)}</span> {nameOf(place)}
        </button>
      </li>
    );
  return (
    <li>
      <button type="button" class="vig-place" aria-label={`Go to ${nameOf(place)}`} onClick={go}>
        <span class="vig-time">{shortTime(place.at)}</span>
      </button>
      <input
        type="text"
        maxLength={80}
        value={place.name}
        placeholder="for me: what is here?"
        aria-label={`Name of the bookmark at ${shortTime(place.at)}`}
        onChange={(event) => places.rename(place.at, event.currentTarget.value)}
      />
      <button
        type="button"
        class="vig-tool"
        aria-label={`Take the bookmark at ${shortTime(place.at)} away`}
        onClick={() => places.remove(place.at)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}
