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
    paired = [_pairs(moments, marks, shift) for shift in tried]
    best = max(paired, key=len)
    least = max(_PART * min(len(moments), len(marks)), _TIMES * len(paired[0]))
    if not best or len(best) < least:
        return None
    return [(place, (marks[at].start - moments[place].start) / _SECOND) for place, at in best]


def _pairs(moments: Sequence[Point], marks: Sequence[Point], shift_s: float) -> list[tuple[int, int]]:
    """Give each moment, in the order of time, the first mark that is left and lies near it."""
    shift, near = round(shift_s * _SECOND), round(_NEAR_S * _SECOND)
    left = sorted(range(len(marks)), key=lambda at: marks[at].start)
    found = []
    for place in sorted(range(len(moments)), key=lambda at: moments[at].start):
        moment = moments[place]
        mine = next(
            (
                at
                for at in left
                if abs(marks[at].start - shift - moment.start) <= near
                and marks[at].film == moment.film
                and marks[at].actor == moment.actor
                and marks[at].lanes <= moment.lanes
            ),
            None,
        )
        if mine is not None:
            left.remove(mine)
            found.append((place, mine))
    return sorted(found)
