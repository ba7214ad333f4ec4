"""Proportions with honest intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.agreement import proportion


def test_wilsons_interval_against_a_published_value() -> None:
    # Newcombe 1998, Statistics in Medicine 17: 857-872, table I: 81 of 263 and 1 of 29.
    assert (proportion(81, 263).low, proportion(81, 263).high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (proportion(1, 29).low, proportion(1, 29).high) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_none_of_none_is_no_figure() -> None:
    nothing = proportion(0, 0)
    assert (nothing.value, nothing.low, nothing.high) == (None, None, None)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(case: tuple[int, int]) -> None:
    found = proportion(*case)
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no proportion"):
        proportion(3, 2)
