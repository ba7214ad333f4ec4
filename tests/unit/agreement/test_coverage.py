"""Intervals hold what they promise: a sample of what `scripts/coverage.py` counts at length."""

from __future__ import annotations

import numpy as np
import pytest

from scripts.coverage import LEAST, ROWS, Row, measured
from vigwidgets.agreement import cohen_kappa, fleiss_kappa, icc, krippendorff_alpha, lin_ccc

RARE = [row for row in ROWS if row.population.startswith("95 : 5, κ 0.64") and "AC1" not in row.measure]
FEW = [row for row in ROWS if row.measure == "α interval, 2 raters" and row.population == "spread 1 : 0 : 1"]
SEEN_SELDOM = [row for row in ROWS if row.population == "80 : 20, κ 0.90" and row.measure == "Cohen's κ"]
OTHERS = [row for row in ROWS if row.measure == "ICC(2,1), 2 raters for all" and row.population == "spread 3 : 2 : 1"]
LIN = [row for row in ROWS if row.measure == "Lin's concordance" and row.population == "spread 3 : 2 : 1"]


def name(value: Row | int) -> str:
    return str(value) if isinstance(value, int) else f"{value.measure}, {value.population}"


@pytest.mark.parametrize(
    ("row", "n"),
    [(row, 20) for row in RARE] + [(row, 10) for row in FEW + LIN] + [(row, 50) for row in SEEN_SELDOM + OTHERS],
    ids=name,
)
def test_an_interval_holds_the_figure_of_the_long_run(row: Row, n: int) -> None:
    found = measured(row, n, 120, seed=3)
    assert found.shown > 60, "an interval that is hardly ever shown holds nothing"
    # Two standard errors of so few samples below what the long count must reach.
    assert found.held >= LEAST - 0.05


def test_one_unit_apart_leaves_everything_above_open() -> None:
    table = [[0, 0, 0]] * 19 + [[0, 0, 1]]
    for found in (fleiss_kappa(table), krippendorff_alpha(table), cohen_kappa([0] * 20, [0] * 19 + [1])):
        assert found.value is not None
        assert found.low is not None
        assert found.value < 0.05
        assert found.high == 1
        assert found.low < 0


def test_where_units_and_cases_are_many_the_interval_is_the_usual_one() -> None:
    random = np.random.default_rng(2)
    truth = random.integers(0, 2, (60, 1))
    table = np.where(random.random((60, 3)) < 0.8, truth, 1 - truth)
    found = fleiss_kappa(table)
    # Gwet's by hand for even raters: half a t of 59 degrees times the spread of the units' parts.
    counts = np.stack([(table == one).sum(axis=1) for one in (0, 1)], axis=1).astype(float)
    share, agreement = counts.mean(axis=0) / 3, (counts * (counts - 1)).sum(axis=1) / 6
    chance = float((share**2).sum())
    parts = (agreement - chance) / (1 - chance) - 2 * (1 - found.value) * (counts / 3 @ share - chance) / (1 - chance)
    half = 2.00100 * float(np.sqrt(((parts - found.value) ** 2).sum() / (60 * 59)))
    assert (found.low, found.high) == pytest.approx((found.value - half, found.value + half), abs=1e-5)


def test_alphas_interval_is_the_same_for_any_order_and_holds_its_figure() -> None:
    random = np.random.default_rng(4)
    numbers = random.normal(0, 2, (12, 1)) + random.normal(0, 1, (12, 3))
    for level, table in (("interval", numbers), ("ordinal", np.round(numbers)), ("nominal", numbers > 2)):
        found = krippendorff_alpha(table, level)
        assert found.low is not None
        assert found.high is not None
        assert found.low <= found.value <= found.high


def test_two_raters_say_little_of_others_and_that_is_said() -> None:
    random = np.random.default_rng(6)
    table = random.normal(0, 3, (30, 1)) + random.normal(0, 1, (30, 2))
    found = icc(table)
    assert found.low is not None
    assert found.others_low is not None
    assert found.others_low < found.low - 0.1
    assert any(warning.startswith("The interval is for these 2 raters") for warning in found.warnings)
    assert not any("others" in warning for warning in icc(table, only_these=True).warnings)
    assert icc(table, "3,1").others_low is None
    many = random.normal(0, 3, (30, 1)) + random.normal(0, 1, (30, 6))
    assert not any("others" in warning for warning in icc(many).warnings)


def test_lin_with_few_units_uses_student() -> None:
    random = np.random.default_rng(8)
    first = random.normal(0, 2, 10)
    second = first + random.normal(0, 1, 10)
    few, many = lin_ccc(first, second), lin_ccc(np.tile(first, 2), np.tile(second, 2))
    width = [np.arctanh(found.high) - np.arctanh(found.low) for found in (few, many)]
    assert width[0] / width[1] == pytest.approx(2.3060 / 1.95996 * np.sqrt(18 / 8), rel=1e-3)
