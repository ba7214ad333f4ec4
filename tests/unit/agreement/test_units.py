"""Kappa over units of time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.agreement import time_unit_kappa

bits = st.lists(st.booleans(), min_size=1, max_size=60)
pair_of_bits = st.integers(1, 60).flatmap(
    lambda n: st.tuples(*(st.lists(st.booleans(), min_size=n, max_size=n) for _ in range(2)))
)


def test_cohens_kappa_by_hand() -> None:
    # Both 20, only the first 5, only the second 10, neither 15: 0.7 observed, 0.5 by chance.
    first = [True] * 25 + [False] * 25
    second = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    found = time_unit_kappa(first, second)
    assert (found.both, found.only_first, found.only_second, found.neither) == (20, 5, 10, 15)
    assert found.agreement == pytest.approx(0.7)
    assert found.expected == pytest.approx(0.5)
    assert found.kappa == pytest.approx(0.4)
    assert found.units == 50


def test_kappa_has_no_meaning_when_there_is_only_one_answer() -> None:
    found = time_unit_kappa([False] * 9, [False] * 9)
    assert (found.kappa, found.agreement) == (None, 1.0)
    assert time_unit_kappa([], []).agreement is None


@given(bits, st.integers(0, 3))
def test_identical_observers_agree(one: list[bool], tolerance: int) -> None:
    found = time_unit_kappa(one, one, tolerance=tolerance)
    assert found.agreement == 1.0
    assert found.kappa in (None, 1.0)


@given(pair_of_bits, st.integers(0, 3))
def test_who_comes_first_does_not_matter(two: tuple[list[bool], list[bool]], tolerance: int) -> None:
    there = time_unit_kappa(two[0], two[1], tolerance=tolerance)
    back = time_unit_kappa(two[1], two[0], tolerance=tolerance)
    assert there.kappa == pytest.approx(back.kappa) if there.kappa is not None else back.kappa is None


@given(pair_of_bits)
def test_more_tolerance_never_lowers_agreement(two: tuple[list[bool], list[bool]]) -> None:
    shares = [time_unit_kappa(*two, tolerance=tolerance).agreement or 0 for tolerance in range(4)]
    assert shares == sorted(shares)


def test_a_shift_inside_the_tolerance_changes_nothing() -> None:
    one = [False] * 20 + [True] * 30 + [False] * 50
    late = [False] * 22 + [True] * 30 + [False] * 48
    assert time_unit_kappa(one, late, tolerance=2).kappa == 1.0
    assert (time_unit_kappa(one, late).kappa or 0) < 1.0


def test_only_what_counts_is_counted() -> None:
    found = time_unit_kappa([True, True, False], [True, False, False], counted=[True, False, True])
    assert (found.units, found.kappa) == (2, 1.0)


def test_unequal_observers_are_refused() -> None:
    with pytest.raises(ValueError, match="must have as many"):
        time_unit_kappa([True], [True, False])
    with pytest.raises(ValueError, match="0 or more"):
        time_unit_kappa([True], [True], tolerance=-1)
