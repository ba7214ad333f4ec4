"""What ``vig course check --raters`` says when it holds: no more than its number of raters can show."""

from __future__ import annotations

from vigwidgets.authoring import RaterRow
from vigwidgets.cli.course import _held


def row(raters: int, right: int, must: bool = True) -> RaterRow:
    return RaterRow("paig", "sort", "late", raters, right, {}, 0.9, must)


def test_three_raters_of_a_sort_prove_little_and_a_hundred_say_95_of_100() -> None:
    few = _held([row(3, 3), row(3, 3), row(3, 0, must=False)])
    assert few == (
        "Of each sort, the feedback is right for at least 3 of 3, which proves little; run it with --count 100."
    )
    assert "at least 39 of 40" in _held([row(40, 40), row(40, 39)])
    assert _held([row(100, 96)]).startswith("The feedback names every fault in at least 95 of 100")
