"""The best pairing of all."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.agreement import best_pairs


def test_a_better_fit_does_not_take_anothers_only_partner() -> None:
    # Greedy would take (0, 0) for its 0.9 and leave row 1 alone.
    assert best_pairs([[0.9, 0.5], [0.8, 0.0]]) == [(0, 1), (1, 0)]


def test_nothing_to_pair() -> None:
    assert best_pairs(np.zeros((0, 3))) == []
    assert best_pairs([[0.0, -1.0]]) == []


def test_a_worth_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        best_pairs([[float("nan")]])


worths = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.7, 1.0]), min_size=4, max_size=4), min_size=n, max_size=n
    )
)


@given(worths)
def test_it_is_as_good_as_trying_them_all(worth: list[list[float]]) -> None:
    def value(pairs: list[tuple[int, int]]) -> tuple[int, float]:
        return len(pairs), round(sum(worth[row][column] for row, column in pairs), 9)

    everything = (
        [(row, column) for row, column in enumerate(order) if worth[row][column] > 0]
        for order in permutations(range(4), len(worth))
    )
    pairs = best_pairs(worth)
    assert value(pairs) == max(value(tried) for tried in everything)
    assert len({column for _, column in pairs}) == len(pairs)
