"""The items of an exercise: what differs in one mark, and over all marks which items are hard, and which divide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vigwidgets.agreement import proportion
from vigwidgets.grading._answers import AnswersMark
from vigwidgets.grading._clips import ClipsMark
from vigwidgets.grading._cohort import fisher
from vigwidgets.grading._lean import goes_with
from vigwidgets.grading._mark import Again, Mark, Marked, Share
from vigwidgets.grading._rating import RatingMark
from vigwidgets.grading._words import clock

if TYPE_CHECKING:
    from vigwidgets.records import Otherwise

__all__ = ["ItemStatistics", "difference_name", "differences", "item_statistics", "verdicts"]

_FEWEST = 5  # with fewer people a correlation is an accident


@dataclass(frozen=True)
class ItemStatistics:
    """One item over all people who did an exercise.

    Attributes:
        item: ``beat:<id>``, ``item:<id>`` or ``question:<id>``.
        says: What it is.
        start: When it is, film time in microseconds; None for what has no time.
        alike: How many saw it as the key does; its ``value`` is the item's easiness.
        discrimination: The correlation of seeing it with the rest of the mark; below 0 those who see less elsewhere
            see it more often, and the key may be wrong. None: fewer than five people, or all the same.
        discrimination_low: The lower end of its interval (95 %), as on the group's page.
        discrimination_high: Its upper end; only where that too lies below 0 is the key to be looked at.
        otherwise: How many said that they see it otherwise.
    """

    item: str
    says: str
    start: int | None
    alike: Share
    discrimination: float | None
    discrimination_low: float | None
    discrimination_high: float | None
    otherwise: int


def difference_name(one: Again) -> str:
    """Return the name by which a difference in tags is spoken of; an empty one where nothing can be."""
    if one.beat is not None:
        return f"beat:{one.beat.id}"
    return f"tag:{one.tag.id}" if one.tag is not None else ""


def differences(mark: Marked) -> dict[str, str]:
    """Return what differs from the key in a mark, in words, by the item's name; what may be seen otherwise."""
    if isinstance(mark, Mark):
        found = {}
        for one in mark.again:
            there = one.beat or one.tag
            if there is not None:
                found[difference_name(one)] = f"{clock(there.start)} {one.sentence}"
        return found
    if isinstance(mark, RatingMark):
        return {f"item:{one.item}": one.sentence for one in mark.items if one.off != 0}
    if isinstance(mark, AnswersMark):
        return {f"question:{one.question}": one.text for one in mark.answers if one.agrees is False}
    if isinstance(mark, ClipsMark):
        return {f"clip:{one.start}": f"{clock(one.start)} {one.sentence}" for one in mark.clips if one.part < 1}
    return {}


def verdicts(mark: Marked) -> dict[str, tuple[bool, str, int | None]]:
    """Return each item of a mark: whether it was seen as the key does, what it is, and when."""
    if isinstance(mark, Mark):
        found: dict[str, tuple[bool, str, int | None]] = {
            f"beat:{one.beat.id}": (True, one.beat.says, one.beat.start) for one in mark.seen
        }
        found |= {
            f"beat:{one.beat.id}": (False, one.beat.says, one.beat.start) for one in mark.again if one.beat is not None
        }
        return found
    if isinstance(mark, RatingMark):
        return {f"item:{one.item}": (one.off == 0, one.label, None) for one in mark.items}
    if isinstance(mark, AnswersMark):
        return {
            f"question:{one.question}": (one.agrees, one.text, None) for one in mark.answers if one.agrees is not None
        }
    return {}


def item_statistics(marks: Sequence[Marked], otherwise: Sequence[Otherwise] = ()) -> list[ItemStatistics]:
    """Return the items of one exercise over its marks, by film time; the order of the marks does not matter.

    Args:
        marks: One mark of each person, all of one exercise: attempts of one person are no other people.
        otherwise: What trainees see otherwise in them.
    """
    told = [verdicts(mark) for mark in marks]
    items = {name: one for verdict in told for name, one in verdict.items()}
    found = []
    for name, (_, says, start) in items.items():
        here = [verdict for verdict in told if name in verdict]
        alike = [verdict[name][0] for verdict in here]
        rest = [
            sum(other[0] for item, other in verdict.items() if item != name) / max(1, len(verdict) - 1)
            for verdict in here
        ]
        tells = _correlation(alike, rest)
        low, high = (None, None) if tells is None else _between(marks[0], tells, alike, rest)
        found.append(
            ItemStatistics(
                item=name,
                says=says,
                start=start,
                alike=Share.of(proportion(sum(alike), len(alike))),
                discrimination=tells,
                discrimination_low=low,
                discrimination_high=high,
                otherwise=sum(one.item == name for one in otherwise),
            )
        )
    return sorted(found, key=lambda one: (one.start is None, one.start or 0, one.item))


def _between(
    mark: Marked, tells: float, alike: Sequence[bool], rest: Sequence[float]
) -> tuple[float | None, float | None]:
    """Return the interval that the group's page of such marks gives, so that two pages say one thing."""
    if isinstance(mark, Mark):
        return fisher(tells, len(alike))
    found = goes_with([float(one) for one in alike], rest)
    return found.low, found.high


def _correlation(alike: Sequence[bool], rest: Sequence[float]) -> float | None:
    first, second = np.asarray(alike, dtype=float), np.asarray(rest, dtype=float)
    if len(first) < _FEWEST or np.ptp(first) == 0 or np.ptp(second) < 1e-12:
        return None
    # Rounded where the order of adding would show.
    return round(float(np.corrcoef(first, second)[0, 1]), 12)
