"""Exact tails against scipy's, and the sign test's interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from vigwidgets.grading._odds import at_least, drawn_at_least, median_with_interval


@given(st.integers(1, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.floats(0.01, 0.99))
def test_binomial_tail(case: tuple[int, int], share: float) -> None:
    count, n = case
    assert at_least(count, n, share) == pytest.approx(float(binom.sf(count - 1, n, share)), abs=1e-9)


@given(st.integers(1, 40), st.data())
def test_hypergeometric_tail(of: int, data: st.DataObject) -> None:
    n, marked = data.draw(st.integers(0, of)), data.draw(st.integers(0, of))
    count = data.draw(st.integers(0, min(n, marked)))
    expected = float(hypergeom.sf(count - 1, of, marked, n))
    assert drawn_at_least(count, n, marked, of) == pytest.approx(expected, abs=1e-9)
    half = (expected + float(hypergeom.sf(count, of, marked, n))) / 2
    assert drawn_at_least(count, n, marked, of, mid=True) == pytest.approx(half, abs=1e-9)


def test_nothing_drawn_is_no_surprise() -> None:
    assert drawn_at_least(0, 0, 0, 0) == 1


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=60))
def test_the_interval_holds_the_median(values: list[float]) -> None:
    middle, low, high = median_with_interval(values)
    assert min(values) <= low <= middle <= high <= max(values)


def test_the_interval_is_that_of_the_sign_test() -> None:
    # Of 20 values the 6th and the 15th hold the median in 95.9 of 100 cases (tables of the sign test).
    assert median_with_interval(range(1, 21)) == (10.5, 6, 15)
