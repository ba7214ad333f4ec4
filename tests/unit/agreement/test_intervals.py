"""Common time, gaps and covered units."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.agreement import covered_units, gaps, overlap_share

intervals = st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 3_000)), max_size=8).map(
    lambda pairs: [(start, start + length) for start, length in pairs]
)


def test_overlap_share_of_known_intervals() -> None:
    share = overlap_share([(0, 10), (20, 30), (5, 5)], [(0, 10), (5, 15)])
    assert share.tolist() == [[1.0, 5 / 15], [0.0, 0.0], [0.0, 0.0]]


@given(intervals, intervals)
def test_overlap_share_does_not_care_who_comes_first(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    share = overlap_share(first, second)
    assert np.array_equal(share, overlap_share(second, first).T)
    assert np.all((share >= 0) & (share <= 1))


@given(intervals, intervals)
def test_there_is_a_gap_or_common_time_but_not_both(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    assert not np.any((gaps(first, second) > 0) & (overlap_share(first, second) > 0))


def test_gap_between_intervals_and_points() -> None:
    assert gaps([(0, 10), (7, 7)], [(15, 20), (8, 9)]).tolist() == [[5, 0], [8, 1]]


def test_a_unit_is_covered_when_its_middle_is() -> None:
    assert covered_units([(40, 260)], 350, 100).tolist() == [True, True, True, False]
    assert covered_units([(60, 240)], 350, 100).tolist() == [False, True, False, False]
    assert covered_units([], 350, 100).tolist() == [False] * 4


@given(intervals)
def test_covered_units_are_those_that_a_plain_loop_finds(made: list[tuple[int, int]]) -> None:
    duration, unit = 12_345, 100
    middles = [(begin + min(begin + unit, duration)) // 2 for begin in range(0, duration, unit)]
    plain = [any(start <= middle < end for start, end in made) for middle in middles]
    assert covered_units(made, duration, unit).tolist() == plain


def test_what_has_no_meaning_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        overlap_share([(5, 4)], [(0, 1)])
    with pytest.raises(ValueError, match="unit of 0"):
        covered_units([], 10, 0)
