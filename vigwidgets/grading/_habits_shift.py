"""One common shift: somebody who sees everything, and marks all of it some seconds too late or too early.

Such marks fall out of the window in which a mark can be a moment. One by one each moment then seems missed and each
mark seems to be about nothing, and neither is true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Point", "common_shift"]

_SECOND = 1_000_000
_FARTHEST_S = 5.0
_STEP_S = 0.1
_NEAR_S = 0.6
"""How near a mark must lie once the shift is taken off: a beginner's thumb strays by half a second."""

_PART = 0.5
"""So many of the marks, or of the moments if they are fewer, must fall into their places …"""

_TIMES = 2
"""… and so many times as many as without a shift, or a shift explains nothing."""


@dataclass(frozen=True)
class Point:
    """Where a moment or a mark begins.

    Attributes:
        film: The film's id.
        start: In microseconds.
        lanes: Its lanes: of a moment all that would be right.
        actor: Who acts.
    """

    film: str
    start: int
    lanes: frozenset[str]
    actor: str


def common_shift(moments: Sequence[Point], marks: Sequence[Point]) -> list[tuple[int, float]] | None:
    """Return which moments have a mark once one shift is taken off, each with its offset; None if no shift does it.

    Args:
        moments: The expert's.
        marks: The trainee's.

    Returns:
        The moments by their places, each with how many seconds later its mark begins (less than 0: earlier).
    """
    count = round(_FARTHEST_S / _STEP_S)
    # From the middle outwards, so that of two shifts that do as well the smaller is taken.
    tried = sorted((step * _STEP_S for step in range(-count, count + 1)), key=abs)
    possible = _possible(moments, marks)
    paired = [_pairs(possible, shift) for shift in tried]
    best = max(paired, key=len)
    least = max(_PART * min(len(moments), len(marks)), _TIMES * len(paired[0]))
    if not best or len(best) < least:
        return None
    return [(place, (marks[at].start - moments[place].start) / _SECOND) for place, at in best]


def _possible(moments: Sequence[Point], marks: Sequence[Point]) -> list[tuple[int, int, float]]:
    """Return which moment could be which mark, and how many seconds later that is: both in the order of time."""
    in_time = sorted(range(len(marks)), key=lambda at: marks[at].start)
    found = []
    for place in sorted(range(len(moments)), key=lambda at: moments[at].start):
        moment = moments[place]
        for at in in_time:
            mark, off = marks[at], (marks[at].start - moment.start) / _SECOND
            same = mark.film == moment.film and mark.actor == moment.actor and mark.lanes <= moment.lanes
            if same and abs(off) <= _FARTHEST_S + _NEAR_S:
                found.append((place, at, off))
    return found


def _pairs(possible: Sequence[tuple[int, int, float]], shift_s: float) -> list[tuple[int, int]]:
    """Give each moment, in the order of time, the first mark that is left and lies near it."""
    found: dict[int, int] = {}
    used: set[int] = set()
    for place, at, off in possible:
        if place not in found and at not in used and abs(off - shift_s) <= _NEAR_S:
            found[place] = at
            used.add(at)
    return sorted(found.items())
