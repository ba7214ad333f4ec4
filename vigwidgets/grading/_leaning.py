"""Whether ratings lie to one side of the reference: what a correlation hides."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, stdev

from vigwidgets.agreement import proportion
from vigwidgets.grading._habit import Habit, HabitKind
from vigwidgets.grading._habits_words import habit_words, level_words
from vigwidgets.grading._mark import Share
from vigwidgets.grading._odds import at_least
from vigwidgets.grading._rating import RatingMark

__all__ = ["LEAST", "leaning", "leaning_of"]

_SURPRISE = 0.02
_FEWEST = 5  # ratings that differ
LEAST = 0.3
"""Of a step, on average over all ratings, those at the scale's end included: less is called no leaning."""

_NORMAL = 1.96


def leaning(own: Sequence[int], reference: Sequence[int]) -> Habit | None:
    """Return whether ratings are milder, or stricter, than the reference throughout; None where accident does as well.

    A rating of an item that the reference already gives the lowest step cannot be milder; all are counted all the
    same, for leaving them out would make everybody seem mild.

    Args:
        own: Somebody's steps, one for each item of each film.
        reference: The reference's, in the same order.
    """
    return _leaning([mine - theirs for mine, theirs in zip(own, reference, strict=True)])


def leaning_of(marks: Sequence[RatingMark]) -> Habit | None:
    """Return whether a person's ratings lean to one side, over all items of all films.

    Args:
        marks: One person's marks on one scale, at most one for each film: the newest.
    """
    off = [item.off for mark in marks for item in mark.items if item.off is not None]
    return _leaning(off, of_concern=not marks or marks[0].cutoff is not None)


def _leaning(off: Sequence[int], *, of_concern: bool = True) -> Habit | None:
    differ = [one for one in off if one]
    middle = fmean(off) if off else 0.0
    way = 1 if middle > 0 else -1
    count = sum(one * way > 0 for one in differ)
    odds = at_least(count, len(differ), 0.5)
    if len(differ) < _FEWEST or abs(middle) < LEAST or odds >= _SURPRISE:
        return None
    reach = _NORMAL * stdev(off) / sqrt(len(off))
    kind: HabitKind = "stricter" if way > 0 else "milder"
    low, high = middle - reach, middle + reach
    words = habit_words if of_concern else level_words
    sentence, next_step = words(kind, [], count, len(off), (middle, low, high))
    return Habit(
        kind=kind,
        lanes=[],
        share=Share.of(proportion(count, len(off))),
        amount=middle,
        low=low,
        high=high,
        odds=odds,
        sentence=sentence,
        next_step=next_step,
    )
