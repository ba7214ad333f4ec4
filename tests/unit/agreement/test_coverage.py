"""Intervals hold what they promise: a sample of what `scripts/coverage.py` counts at length."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scripts.coverage import LEAST, ROWS, Row, measured
from vigwidgets.agreement import cohen_kappa, fleiss_kappa, icc, krippendorff_alpha, lin_ccc, pearson
from vigwidgets.agreement._leftout import icc_left_out, lin_left_out, pearson_left_out

RARE = [row for row in ROWS if row.population.startswith("95 : 5, κ 0.64") and "AC1" not in row.measure]
FEW = [row for row in ROWS if row.measure == "α interval, 2 raters" and row.population == "spread 1 : 0 : 1"]
SEEN_SELDOM = [row for row in ROWS if row.population == "80 : 20, κ 0.90" and row.measure == "Cohen's κ"]
OTHERS = [row for row in ROWS if row.measure == "ICC(2,1), 2 raters for all" and row.population == "spread 3 : 2 : 1"]
LIN = [row for row in ROWS if row.measure == "Lin's concordance" and row.population == "spread 3 : 2 : 1"]

LONG_TAILED = [row for row in ROWS if row.population.startswith("ADBB totals")]
MEASURES = {
    "Pearson's correlation": lambda table: pearson(*table.T, as_published=True),
    "Lin's concordance": lambda table: lin_ccc(*table.T, as_published=True),
    "ICC(2,1), these 2 raters": lambda table: icc(table, only_these=True, as_published=True),
}


def name(value: Row | int) -> str:
    return str(value) if isinstance(value, int) else f"{value.measure}, {value.population}"


def holds(row: Row, n: int, samples: int, least: float) -> None:
    found = measured(row, n, samples, seed=3)
    assert found.shown > samples / 2, "an interval that is hardly ever shown holds nothing"
    assert found.held >= least


@pytest.mark.parametrize(
    ("row", "n"),
    [(row, 20) for row in RARE] + [(row, 10) for row in FEW + LIN] + [(row, 50) for row in SEEN_SELDOM + OTHERS],
    ids=name,
)
def test_an_interval_holds_the_figure_of_the_long_run(row: Row, n: int) -> None:
    # Two standard errors of so few samples below what the long count must reach.
    holds(row, n, 120, LEAST - 0.05)


@pytest.mark.parametrize("row", [row for row in LONG_TAILED if "worse" in row.population], ids=name)
def test_for_long_tailed_totals_an_interval_holds_where_the_usual_does_not(row: Row) -> None:
    holds(row, 50, 200, LEAST)
    usual = measured(replace(row, figure=MEASURES[row.measure]), 50, 200, seed=3)
    assert usual.held < LEAST - 0.05, "what is published would do, and nothing need be widened"


@pytest.mark.soak
@pytest.mark.parametrize("n", [10, 21, 50, 150])
@pytest.mark.parametrize("row", LONG_TAILED, ids=name)
def test_for_long_tailed_totals_an_interval_holds_at_length(row: Row, n: int) -> None:
    holds(row, n, 2000, LEAST)


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
    few, many = (lin_ccc(np.tile(first, n), np.tile(second, n), as_published=True) for n in (1, 2))
    width = [np.arctanh(found.high) - np.arctanh(found.low) for found in (few, many)]
    assert width[0] / width[1] == pytest.approx(2.3060 / 1.95996 * np.sqrt(18 / 8), rel=1e-3)


def test_what_is_published_lies_inside_what_is_shown() -> None:
    random = np.random.default_rng(11)
    for n, k in ((3, 2), (4, 2), (12, 2), (12, 4), (40, 3)):
        table = random.normal(0, 2, (n, 1)) + random.normal(0, 1, (n, k))
        both = [(icc(table, kind), icc(table, kind, as_published=True)) for kind in ("1,1", "2,1", "3,1", "2,k", "3,k")]
        both += [(figure(*table.T[:2]), figure(*table.T[:2], as_published=True)) for figure in (pearson, lin_ccc)]
        for shown, usual in both:
            assert shown.value == usual.value
            assert "jackknife" in shown.method
            assert "jackknife" not in usual.method
            if usual.low is not None:
                assert shown.low <= usual.low
                assert shown.high >= usual.high
                assert shown.high <= 1


def test_a_figure_that_one_unit_makes_can_be_anything() -> None:
    first, second = [0] * 9 + [20], [0] * 8 + [1, 20]
    for found in (pearson(first, second), lin_ccc(first, second), icc(np.column_stack([first, second]))):
        assert found.value > 0.99
        assert found.low < 0.3


def test_what_leaving_one_out_gives_is_what_is_left() -> None:
    random = np.random.default_rng(12)
    table = random.normal(5, 2, (9, 1)) + random.normal(0, 1, (9, 3)) + np.arange(3)
    rest = [np.delete(table, unit, axis=0) for unit in range(9)]
    a, b = table[:, 0], table[:, 1]
    assert pearson_left_out(a, b) == pytest.approx([pearson(*one.T[:2]).value for one in rest])
    assert lin_left_out(a, b) == pytest.approx([lin_ccc(*one.T[:2]).value for one in rest])
    for form in ("1", "2", "3"):
        assert icc_left_out(table, form) == pytest.approx([icc(one, f"{form},1").value for one in rest])
