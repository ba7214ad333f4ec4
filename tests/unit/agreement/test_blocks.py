"""The choice is the best of all: no other choice, looked for by brute force, is better."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.agreement._blocks import best_choice

Pair = tuple[int, int, int, float]


def value(pairs: list[Pair]) -> tuple[float, ...]:
    return (*(sum(pair[2] == tier for pair in pairs) for tier in (3, 2, 1)), round(sum(pair[3] for pair in pairs), 9))


def best_by_trying_all(pairs: list[Pair]) -> tuple[float, ...]:
    best = value([])
    for size in range(1, len(pairs) + 1):
        for some in combinations(pairs, size):
            if len({pair[0] for pair in some}) == len({pair[1] for pair in some}) == size:
                best = max(best, value(list(some)))
    return best


edges = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 3), st.integers(0, 8).map(lambda n: n / 8))


@given(pairs=st.lists(edges, max_size=11, unique_by=lambda pair: pair[:2]))
@settings(max_examples=150, deadline=None)
def test_no_other_choice_is_better(pairs: list[Pair]) -> None:
    table = np.array(pairs, dtype=float).reshape(-1, 4)
    chosen = best_choice(*(table[:, at].astype(np.int64) for at in range(3)), table[:, 3])
    taken = [pair for pair, kept in zip(pairs, chosen, strict=True) if kept]
    assert len({pair[0] for pair in taken}) == len({pair[1] for pair in taken}) == len(taken)
    assert value(taken) == best_by_trying_all(pairs)


def test_large_blocks_are_solved_like_small_ones() -> None:
    random = np.random.default_rng(4)
    row, column = (grid.ravel() for grid in np.indices((9, 9)))
    tier, nearness = random.integers(1, 4, 81), random.random(81)
    whole = best_choice(row, column, tier, nearness)
    assert whole.sum() == 9
    # Many copies at other numbers: separate blocks, so each is chosen as the one alone was.
    many = best_choice(
        np.concatenate([row + 100 * copy for copy in range(5)]),
        np.concatenate([column + 100 * copy for copy in range(5)]),
        np.tile(tier, 5),
        np.tile(nearness, 5),
    )
    assert np.array_equal(many, np.tile(whole, 5))
