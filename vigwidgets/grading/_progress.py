"""How one person's eye has come along over their attempts: with intervals, and no growth claimed that luck could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from vigwidgets.grading._mark import Mark, Share

__all__ = ["Attempted", "Progress", "change_of", "progress_of"]


@dataclass(frozen=True)
class Attempted:
    """One attempt on the way.

    Attributes:
        attempt: Its id.
        exercise: The exercise's title.
        when: When it was handed in, ISO 8601 in UTC.
        seen: How many of the expert's moments were seen.
        shared: How many of the person's marks the expert saw too.
    """

    attempt: str
    exercise: str
    when: str
    seen: Share
    shared: Share


@dataclass(frozen=True)
class Progress:
    """The way so far.

    Attributes:
        attempts: In the order of time.
        sentence: What can be said of it, and what cannot.
    """

    attempts: list[Attempted]
    sentence: str


def progress_of(attempts: Sequence[tuple[str, str, str, Mark]]) -> Progress | None:
    """Return how somebody has come along, or None before the second attempt.

    Args:
        attempts: For each attempt its id, its exercise's title, when it was handed in, and its mark; by time.
    """
    way = [
        Attempted(attempt, exercise, when, mark.overall.recall, mark.overall.precision)
        for attempt, exercise, when, mark in attempts
        if mark.overall.recall.n
    ]
    if len(way) < 2:
        return None
    return Progress(way, _sentence(way[0].seen, way[-1].seen, len(way)))


def _sentence(first: Share, last: Share, n: int) -> str:
    _, low, high = change_of(first, last)
    seen = f"{first.count} of {first.n} moments were seen alike"
    then = f"In the first of {n} attempts {seen}, in the last {last.count} of {last.n}"
    if low > 0:
        return f"{then}: more than luck would explain."
    if high < 0:
        return f"{then}: fewer, and more than luck would explain. Another film may simply be harder."
    return f"{then}. With so few moments that may still be luck; each further film tells more."


def change_of(first: Share, last: Share) -> tuple[float, float, float]:
    """Return the last share less the first, with its 95 % interval (Newcombe 1998, his method 10).

    Args:
        first: A share of at least one case.
        last: Likewise.
    """
    values = (first.value, first.low, first.high, last.value, last.low, last.high)
    a, a_low, a_high, b, b_low, b_high = (value or 0.0 for value in values)
    middle = b - a
    low, high = sqrt((b - b_low) ** 2 + (a_high - a) ** 2), sqrt((b_high - b) ** 2 + (a - a_low) ** 2)
    return middle, middle - low, middle + high
