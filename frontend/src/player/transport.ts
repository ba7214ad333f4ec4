/** The ways of going through a film that need more than its clock: what is selected, the loop, and one's habits. */
import { computed } from "@preact/signals";
import type { Stretch } from "../film/clock";
import { Shuttle } from "../film/shuttle";
import type { Session } from "../workbench/session";
import { Prefs } from "./prefs";

const SECOND = 1_000_000;

export class Transport {
  readonly prefs = new Prefs();
  readonly shuttle: Shuttle;
  /** From in to out, as they are set; null when neither is. */
  readonly marked = computed<Stretch | null>(() => {
    const { start, end } = this.session.marks.value;
    if (start === null && end === null) return null;
    return { start: start ?? 0, end: end ?? this.session.frames.duration };
  });

  constructor(private readonly session: Session) {
    this.shuttle = new Shuttle(session.clock);
  }

  dispose(): void {
    this.prefs.dispose();
  }

  /** Goes back a little and plays from there. */
  review(): void {
    const { clock } = this.session;
    const direction = clock.direction.value;
    if (direction === -1 || clock.walking.value) clock.pause();
    clock.skip(-this.prefs.get("preRoll"));
    if (direction !== 1) clock.play();
  }

  /** Plays the selected moment with a little before and after it. */
  playAround(): void {
    const stretch = this.session.stretchOf(this.session.model.selected.value);
    if (!stretch) return;
    const { clock, frames } = this.session;
    const room = this.prefs.get("around") * SECOND;
    clock.playStretch({
      start: frames.snap(Math.max(stretch.start - room, 0)),
      end: frames.snap(Math.min(stretch.end + room, frames.duration)),
    });
  }

  /** Steps through the loop, the selected moment or the second ahead, on its own; again, it stops. */
  walk(): void {
    const { clock } = this.session;
    if (clock.walking.value) return clock.pause();
    clock.walk(this.walkStretch(), () => this.prefs.get("pace"));
  }

  private walkStretch(): Stretch {
    const { clock, frames, model } = this.session;
    const chosen = clock.loop.value ?? this.session.stretchOf(model.selected.value);
    if (chosen) return chosen;
    const start = Math.min(clock.time.value, frames.start(frames.last));
    return { start, end: Math.max(frames.snap(start + SECOND), frames.end(frames.at(start))) };
  }

  /** Moves the in or the out point by frames; the loop keeps a frame. While it plays, a new in is heard at once. */
  nudgeMark(which: "start" | "end", by: number): void {
    const { clock, frames, marks } = this.session;
    const now = clock.loop.value ?? this.marked.value;
    if (!now) return;
    const next = { ...now };
    if (which === "start") next.start = Math.min(frames.nudge(now.start, by), frames.nudge(now.end, -1));
    else next.end = Math.max(frames.nudge(now.end, by), frames.nudge(now.start, 1));
    marks.value = next;
    if (clock.loop.value) clock.loop.value = next;
    if (which === "start") clock.seekTime(next.start);
    else if (!clock.playing.value) clock.seekTime(next.end - 1);
  }

  /** Gives the film the whole screen, or back. */
  fullScreen(): void {
    if (document.fullscreenElement) void document.exitFullscreen();
    else
      void this.session.clock.attached
        ?.closest(".vig-room")
        ?.requestFullscreen?.()
        .catch(() => undefined);
  }
}
