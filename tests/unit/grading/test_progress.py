"""Growth is claimed only where luck would not explain it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.agreement import proportion
from vigwidgets.grading import Share, progress_of
from vigwidgets.grading._progress import change_of

Bench = Any


def way(bench: Bench, *seen: int) -> Any:
    beats = [bench.beat(f"b{n}", ["3"], "mum", 3 * n + 1, 3 * n + 3) for n in range(19)]
    truth = bench.film(beats)
    tags = bench.as_expert(truth)
    marks = [bench.mark(tags[:count], truth) for count in seen]
    return progress_of([(f"attempt-{n}", "Blocks", f"2026-11-{n + 1:02d}", mark) for n, mark in enumerate(marks)])


def test_one_attempt_is_no_way_yet(bench: Bench) -> None:
    assert way(bench, 5) is None


def test_a_clear_growth_is_told(bench: Bench) -> None:
    found = way(bench, 3, 9, 18)
    assert [one.seen.count for one in found.attempts] == [3, 9, 18]
    assert found.sentence == (
        "In the first of 3 attempts 3 of 19 moments were seen alike, in the last 18 of 19: "
        "more than luck would explain."
    )


def test_a_little_more_may_be_luck(bench: Bench) -> None:
    assert "may still be luck" in way(bench, 9, 11).sentence


def test_less_is_said_kindly(bench: Bench) -> None:
    assert "Another film may simply be harder" in way(bench, 18, 3).sentence


def share(count: int, n: int) -> Share:
    return Share.of(proportion(count, n))


def test_newcombes_own_example() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table II, method 10: 56/70 less 48/80.
    middle, low, high = change_of(share(48, 80), share(56, 70))
    assert (middle, low, high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


@given(st.integers(1, 50).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(1, 50), st.data())
def test_the_interval_holds_the_difference_and_turns_round(
    one: tuple[int, int], other_n: int, data: st.DataObject
) -> None:
    other = (data.draw(st.integers(0, other_n)), other_n)
    middle, low, high = change_of(share(*one), share(*other))
    assert low - 1e-9 <= middle <= high + 1e-9
    back = change_of(share(*other), share(*one))
    assert back == pytest.approx((-middle, -high, -low))
