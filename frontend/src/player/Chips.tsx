/** What is unusual about the picture now, said on it; a press on it takes it away. */
import type { Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { WHOLE } from "../look/box";
import { Icon } from "../ui/icons";
import type { Session } from "../workbench/session";

/** How long a sentence stands, in milliseconds. */
const READ = 4000;

export function Chips({ session, small }: { session: Session; small: Signal<boolean> }) {
  const { clock, look, transport } = session;
  const rate = clock.rate.value;
  const back = clock.direction.value === -1;
  const percent = Math.round(look.brightness.value * 100);
  return (
    <div class="vig-film-chips">
      {(back || clock.boost.value !== 1) && clock.playing.value && (
        <span class="vig-film-chip">
          {back ? "◀ " : ""}
          {Number(rate.toFixed(2))}×
        </span>
      )}
      {clock.walking.value && (
        <span class="vig-film-chip">walking, {transport.prefs.get("pace")} frames a second</span>
      )}
      {look.drawing.value && <span class="vig-film-chip">draw around what you want to see</span>}
      {look.zoomed.value && (
        <Chip
          say={look.followed.value ? `this moment's close-up, ${look.times.value}×` : `${look.times.value}×`}
          undo="Show the whole picture"
          onClick={() => look.show(WHOLE)}
        />
      )}
      {look.mirror.value && <Chip say="mirrored" undo="As it was filmed" onClick={() => look.turn()} />}
      {percent !== 100 && (
        <Chip
          say={`${percent} % bright`}
          undo="As bright as it was filmed"
          onClick={() => look.brighten(1 - look.brightness.value)}
        />
      )}
      {small.value && (
        <Chip
          say="put back"
          small
          undo="Let the film stay in its place"
          onClick={() => {
            transport.prefs.set("stay", 0);
          }}
        />
      )}
      <Said session={session} />
    </div>
  );
}

interface ChipProps {
  say: string;
  undo: string;
  small?: boolean;
  onClick: () => void;
}

function Chip({ say, undo, small, onClick }: ChipProps) {
  return (
    <button
      type="button"
      class={small ? "vig-film-chip is-small" : "vig-film-chip"}
      title={undo}
      aria-label={`${say}: ${undo.toLowerCase()}`}
      onClick={onClick}
    >
      {say} <Icon name="close" />
    </button>
  );
}

/** What the last change came to, for a while; screen readers hear it. */
function Said({ session }: { session: Session }) {
  const { said } = session.look;
  const { text, seen } = said.value;
  useEffect(() => {
    if (!text) return;
    const timer = setTimeout(() => {
      said.value = { text: "", seen: false };
    }, READ);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class={text && seen ? "vig-film-chip is-said" : "vig-hidden"} role="status">
      {text}
    </span>
  );
}
