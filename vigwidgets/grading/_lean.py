"""How far ratings lie above or below a reference, and how items go together: each figure with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from math import hypot
from statistics import fmean

from vigwidgets.agreement import bland_altman, pearson

__all__ = ["FEWEST_FILMS", "FEW_PEOPLE", "Interval", "goes_with", "lean_of", "moved_by", "same_of"]

FEW_PEOPLE = 5
"""With fewer people a correlation is an accident, and nothing is said of how an item divides them."""

FEWEST_FILMS = 3
"""With fewer films a hard one and somebody who is strict look the same, and nobody is called either."""


@dataclass(frozen=True)
class Interval:
    """A figure with its interval for 95 of 100.

    Attributes:
        value: The figure; None: there is none.
        low: The interval's lower end; None where there is no figure.
        high: Its upper end.
        n: On how many cases it rests.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def above(self) -> bool:
        """Whether all of it lies above 0."""
        return self.low is not None and self.low > 0

    @property
    def below(self) -> bool:
        """Whether all of it lies below 0."""
        return self.high is not None and self.high < 0


def lean_of(groups: Sequence[Sequence[float]]) -> Interval:
    """Return the mean of differences with its interval; the order of groups, and inside them, does not matter.

    Two more differences, a step above and a step below, are taken along for the interval's width: a few ratings that
    happen to be all alike make nobody sure (as Agresti and Coull do with shares). What belongs together, such as the
    items of one film, errs together: from three groups on, the interval is at least as wide as the groups' own means
    ask for.

    Args:
        groups: Differences in steps, those that belong together in one group.
    """
    together = sorted(chain.from_iterable(groups))
    if not together:
        return Interval(None, None, None, 0)
    value = fmean(together)
    reach = _reach([*together, 1.0, -1.0])
    means = sorted(fmean(group) for group in groups if group)
    if len(means) >= FEWEST_FILMS:
        reach = max(reach, _reach(means))
    return Interval(value, value - reach, value + reach, len(together))


def same_of(groups: Sequence[Sequence[float]]) -> Interval:
    """Return how many ratings have the reference's step: from -1, none, over 0, half of them, to 1, all.

    Films count as they do for `lean_of`: eight items of one film that was seen otherwise are no eight cases.

    Args:
        groups: Differences in steps, those that belong together in one group.
    """
    return lean_of([[-1.0 if one else 1.0 for one in group] for group in groups])


def _reach(apart: Sequence[float]) -> float:
    """Return half of the width of the mean's interval (Student's t)."""
    found = bland_altman([0.0] * len(apart), list(apart))
    return (found.high - found.low) / 2


def moved_by(first: Interval, last: Interval) -> Interval:
    """Return the last figure less the first, with the interval that both have together."""
    if first.value is None or last.value is None or first.high is None or last.high is None:
        return Interval(None, None, None, 0)
    value, reach = last.value - first.value, hypot(first.high - first.value, last.high - last.value)
    return Interval(value, value - reach, value + reach, first.n + last.n)


def goes_with(own: Sequence[float], rest: Sequence[float]) -> Interval:
    """Return how being near on one item goes with being near on the others: a correlation, -1 to 1.

    Args:
        own: For each person how near they are on the item.
        rest: For the same people how near they are on all others.

    Returns:
        No value with fewer than five people, or where all are alike.
    """
    n = len(own)
    if n < FEW_PEOPLE:
        return Interval(None, None, None, n)
    found = pearson(list(own), list(rest))
    if found.value is None:
        return Interval(None, None, None, n)
    # Rounded where the order of adding would show.
    value, low, high = (None if one is None else round(one, 12) for one in (found.value, found.low, found.high))
    return Interval(value, low, high, n)
