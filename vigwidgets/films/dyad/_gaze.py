"""Where eyes and head are aimed at every moment: the eyes go first, the head follows, a blink covers big jumps."""

from __future__ import annotations

import math
import random
from bisect import bisect_right

from vigwidgets.films.dyad._ease import clamp, overshoot, smooth
from vigwidgets.films.dyad._model import Act, Script

__all__ = ["MOST_YAW", "BlinkTrack", "GazeTrack", "aim_head"]

Point = tuple[float, float]

_EYES, _HEAD_DELAY, _HEAD = 0.12, 0.02, 0.33
_BRIDGE, _HEEDED = 0.3, 0.7
_DEPTH = 330.0
MOST_YAW = math.radians(35)
_BLINK, _BEGUN, _WITH_SHIFT = 0.11, 0.8, 0.4
_BRIEF = 3.0
_HELD_OUT = frozenset({"offer", "take", "put"})
_SLOW = frozenset({"blink", "wait", "lean", "lean_back", "slump", "blank"})


class GazeTrack:
    """What one person looks at, from their acts.

    Args:
        script: A script that has been checked.
        actor: Whose gaze.
    """

    def __init__(self, script: Script, actor: str) -> None:
        looks = sorted((a for a in script.acts if a.actor == actor and a.does in ("look_at", "look_away")), key=_start)
        self.starts: list[float] = [-10.0]
        self.targets: list[str] = [_idle(actor, script)]
        for i, look in enumerate(looks):
            self._add(look.start / 1e6, look.target or "window")
            end = look.end / 1e6
            following = looks[i + 1].start / 1e6 if i + 1 < len(looks) else math.inf
            if following - end > _BRIDGE and end < script.duration / 1e6 - 0.01:
                self._add(end, _idle(actor, script))

    def _add(self, start: float, target: str) -> None:
        if start < 0.05 and len(self.starts) == 1:
            self.targets[0] = target  # the film begins with eyes already there
        elif self.targets[-1] != target:
            self.starts.append(start)
            self.targets.append(target)

    def at(self, t: float) -> tuple[str, str, float, float]:
        """Return the target before, the target now, and how far eyes and head have gone from one to the other."""
        i = max(bisect_right(self.starts, t) - 1, 0)
        since = t - self.starts[i]
        before = self.targets[max(i - 1, 0)]
        return before, self.targets[i], smooth(since / _EYES), overshoot((since - _HEAD_DELAY) / _HEAD)

    def heeds(self, target: str, t: float) -> float:
        """Return how far somebody attends to a target at ``t`` seconds, 0 to 1: a hand comes up to it more slowly."""
        i = max(bisect_right(self.starts, t) - 1, 0)
        before, now = (float(self.targets[k] == target) for k in (max(i - 1, 0), i))
        return before + (now - before) * smooth((t - self.starts[i]) / _HEEDED)


def _start(act: Act) -> int:
    return act.start


def _idle(actor: str, script: Script) -> str:
    return "lap" if script.person(actor).grown else "rug"


def aim_head(head: Point, target: Point, roll: float = 0.0, depth: float = _DEPTH) -> tuple[float, float]:
    """Return yaw and pitch, in radians, of a head at ``head`` that attends to ``target``.

    The head does most of the turn and the eyes the rest, as people do.

    Args:
        head: Middle of the head.
        target: What it attends to.
        roll: How far the head is turned with a body that lies, clockwise, in radians.
        depth: How far the target is from the plane of the picture.
    """
    dx, dy = target[0] - head[0], target[1] - head[1]
    if roll:
        c, s = math.cos(roll), math.sin(roll)
        dx, dy = dx * c + dy * s, dy * c - dx * s
    yaw = clamp(0.74 * math.atan2(dx, depth), -MOST_YAW, MOST_YAW)
    pitch = 0.78 * math.atan2(dy, math.hypot(dx, depth))
    return yaw, clamp(pitch, -0.42, 0.44)


class BlinkTrack:
    """When one person blinks: of themselves, with big shifts of gaze, and where the script says.

    Nobody blinks away what matters: not while something is held out, taken or given, and not while an act that they
    do or that is meant for them has just begun. A blink that goes with a shift of gaze is over when the eyes arrive.

    Args:
        script: A script that has been checked.
        actor: Who blinks.
        gaze: That person's gaze.
    """

    def __init__(self, script: Script, actor: str, gaze: GazeTrack) -> None:
        rng = random.Random(f"{script.seed}:{actor}")  # noqa: S311 - blinks need no secret
        # A baby blinks some four times a minute, a grown person more than twice as often.
        apart = (9.0, 18.0) if script.person(actor).baby else (4.2, 8.4)
        awake = _watched(script, actor) + _smiles(script, actor)
        spans: list[tuple[float, float]] = [
            (a.start / 1e6, a.end / 1e6) for a in script.acts if a.actor == actor and a.does == "blink"
        ]
        shifts = [(s + 0.04 - _BLINK, s + 0.04) for s in gaze.starts[1:] if rng.random() < _WITH_SHIFT]
        others = _watched(script, actor, looks=False) + _smiles(script, actor)
        spans += [(start, end) for start, end in shifts if not _within(others, start, end)]
        end = script.duration / 1e6
        t = rng.uniform(0.8, apart[1])
        while t < end:
            at = next((x for i in range(12) if not _within(awake, x := t + 0.12 * i, x + _BLINK)), None)
            if at is not None and all(abs(at - s) > 0.9 for s, _ in spans):
                spans.append((at, at + _BLINK))
            t += rng.uniform(*apart)
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]

    def at(self, t: float) -> float:
        """Return how far the lids are closed at ``t`` seconds, 0 to 1."""
        i = bisect_right(self._starts, t) - 1
        if i < 0:
            return 0.0
        start, end = self._spans[i]
        if t >= end:
            return 0.0
        close = min(0.08, (end - start) * 0.4)
        return min(smooth((t - start) / close), smooth((end - t) / min(0.12, (end - start) * 0.6)))


def _watched(script: Script, actor: str, *, looks: bool = True) -> list[tuple[float, float]]:
    """Return the times, in seconds, at which a blink would hide what happens; shifts of gaze only with ``looks``."""
    spans = []
    for act in script.acts:
        start, end = act.start / 1e6, act.end / 1e6
        mine = actor in (act.actor, act.target)
        if mine and act.does in _HELD_OUT:
            spans.append((start - 0.1, end + 0.1))
        elif mine and act.does not in _SLOW and (looks or act.does not in ("look_at", "look_away")):
            spans.append((start - 0.05, start + _BEGUN))
    return sorted(spans)


def _smiles(script: Script, actor: str) -> list[tuple[float, float]]:
    """Return the times, in seconds, of somebody's smiles that a close-up shows for less than three seconds."""
    cuts = [*(shot.start / 1e6 for shot in script.shots[1:]), script.duration / 1e6]
    spans = []
    for shot, end in zip(script.shots, cuts, strict=False):
        for act in script.acts:
            first, last = max(act.start / 1e6, shot.start / 1e6), min(act.end / 1e6, end)
            smiles = act.actor == actor and act.does in ("smile", "laugh")
            if smiles and shot.of == actor and 0 < last - first < _BRIEF:
                spans.append((first, last))
    return spans


def _within(spans: list[tuple[float, float]], start: float, end: float) -> bool:
    return any(first < end and start < last for first, last in spans)
