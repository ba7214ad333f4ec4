"""A lane's bar holds every moment, has only what can be seen, and stays as wide as its place."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.service.pages.lanes import GREY, Lane, _blocks

COUNTS = st.tuples(*[st.integers(0, 6000)] * 4).filter(any)


def lane(counts: tuple[int, int, int, int]) -> Lane:
    step = min(16, 240 / sum(counts))
    return Lane("Receiving", GREY, *counts, _blocks(counts, step), "")


@given(COUNTS)
def test_what_is_drawn_can_be_seen_and_fits(counts: tuple[int, int, int, int]) -> None:
    blocks = lane(counts).blocks
    assert len(blocks) <= 60
    assert all(block.width >= 3 for block in blocks)
    assert all(left.x + left.width < right.x for left, right in itertools.pairwise(blocks))
    assert lane(counts).width <= 240 + 3 * 4


@given(COUNTS)
def test_no_kind_is_left_out(counts: tuple[int, int, int, int]) -> None:
    kinds = [what for n, what in zip(counts, ("both", "nearly", "expert", "own"), strict=True) if n]
    assert list(dict.fromkeys(block.what for block in lane(counts).blocks)) == kinds


def test_few_moments_are_a_block_each() -> None:
    assert [block.what for block in lane((2, 0, 1, 1)).blocks] == ["both", "both", "expert", "own"]
    assert not lane((2, 0, 1, 1)).many


def test_many_moments_are_a_block_a_kind() -> None:
    assert [block.what for block in lane((1, 0, 2, 5000)).blocks] == ["both", "expert", "own"]
    assert lane((1, 0, 2, 5000)).many
