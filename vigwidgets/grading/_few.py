"""How many moments one page lists: thousands of differences help nobody, and take a minute to draw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from vigwidgets.grading._mark import Again

__all__ = ["MOST_LISTED", "few_again", "first_few"]

T = TypeVar("T")

MOST_LISTED = 200
"""How many moments of a kind a page or a report lists; it says how many more there are."""


def first_few(moments: Sequence[T]) -> tuple[list[T], int]:
    """Return the moments that are listed, the first ones, and how many are not."""
    return list(moments[:MOST_LISTED]), max(0, len(moments) - MOST_LISTED)


def few_again(moments: Sequence[Again]) -> tuple[list[Again], int]:
    """Return the differences that are listed, in their order, and how many are not.

    What the expert saw is listed before what only the trainee did: there is more to learn from it.
    """
    by_worth = sorted(range(len(moments)), key=lambda place: (moments[place].beat is None, place))
    listed = sorted(by_worth[:MOST_LISTED])
    return [moments[place] for place in listed], len(moments) - len(listed)
