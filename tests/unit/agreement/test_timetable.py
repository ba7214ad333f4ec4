"""Counting units of time for all pairs at once gives what counting one pair unit by unit gives."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import time_unit_kappa
from vigwidgets.agreement._panel import Events, by_code, panel
from vigwidgets.agreement._timetable import pooled_kappa, rolled_tables, time_tables, units_of
from vigwidgets.errors import Refusal

grids = st.integers(1, 3).flatmap(
    lambda codes: st.lists(
        st.lists(st.lists(st.booleans(), min_size=17, max_size=17), min_size=codes, max_size=codes),
        min_size=2,
        max_size=4,
    )
)
quick = settings(max_examples=40, deadline=None)


@given(grid=grids, tolerance=st.integers(0, 3), stretches=st.integers(1, 5))
@quick
def test_counts_are_those_of_each_pair_alone(grid, tolerance, stretches) -> None:
    units = np.array(grid, dtype=np.float32)
    first, second = np.triu_indices(len(grid), 1)
    table = time_tables(units, first, second, tolerance, stretches)
    assert table.units.sum() == 17
    for pair, (a, b) in enumerate(zip(first, second, strict=True)):
        for code in range(units.shape[1]):
            alone = time_unit_kappa(grid[a][code], grid[b][code], tolerance=tolerance)
            counts = [part[pair, code].sum() for part in (table.both, table.only_first, table.only_second)]
            assert counts == [alone.both, alone.only_first, alone.only_second]


@given(grid=grids, tolerance=st.integers(0, 2))
@quick
def test_one_code_s_pooled_kappa_is_kappa(grid, tolerance) -> None:
    units = np.array(grid, dtype=np.float32)[:, :1]
    value, observed, expected = (
        part[0, 0] for part in pooled_kappa(time_tables(units, *np.array([[0], [1]]), tolerance))
    )
    alone = time_unit_kappa(grid[0][0], grid[1][0], tolerance=tolerance)
    if alone.kappa is None or not alone.both + alone.only_first + alone.only_second:
        assert np.isnan(value)
    else:
        assert (value, observed, expected) == pytest.approx((alone.kappa, alone.agreement, alone.expected))


@given(grid=grids, shift=st.integers(0, 16))
@quick
def test_rolling_by_fourier_is_rolling(grid, shift) -> None:
    units = np.array(grid[:2], dtype=np.float32)
    fast = rolled_tables(units[0], units[1], np.array([shift]), 0)
    slow = time_tables(np.stack([units[0], np.roll(units[1], shift, axis=-1)]), *np.array([[0], [1]]), 0)
    for name in ("both", "only_first", "only_second"):
        assert np.array_equal(getattr(fast, name), getattr(slow, name))


def test_the_smallest_tag_covers_a_unit(observe) -> None:
    of = panel([observe([("1", 0.26, None), ("1", 1.0, 1.3), ("1", 59.99, 60)]), observe([])], by_code)
    covered = units_of(of.events, 2, 1, of.duration, 100_000)
    assert np.flatnonzero(covered[0, 0]).tolist() == [2, 10, 11, 12, 599]
    assert not covered[1].any()


def test_a_rolled_copy_keeps_what_it_is_made_of(observe) -> None:
    of = panel([observe([("1", 2, 5), ("2", 50, 55)]), observe([])], by_code)
    moved = of.events.of(0).rolled(np.array([0, 8_000_000]), of.duration)
    assert isinstance(moved, Events)
    assert moved.owner.tolist() == [0, 0, 1, 1]
    assert moved.start.tolist() == [2_000_000, 50_000_000, 10_000_000, 58_000_000]
    assert (moved.end - moved.start).tolist() == [3_000_000, 5_000_000, 3_000_000, 5_000_000]


def test_what_is_refused(observe) -> None:
    of = panel([observe([]), observe([])], by_code)
    with pytest.raises(Refusal, match="choose one above 0"):
        units_of(of.events, 2, 1, of.duration, 0)
    with pytest.raises(Refusal, match="must be 0 or more"):
        time_tables(np.zeros((2, 1, 3), dtype=np.float32), *np.array([[0], [1]]), -1)
