"""Numbers that no scale has: a sentence, never a traceback and never a figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from vigwidgets.agreement import (
    bland_altman,
    cohen_kappa,
    cohen_kappa_of_table,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    lin_ccc,
    pearson,
    screening,
)
from vigwidgets.errors import Refusal

HUGE = [[i * 1e200, i * 1e200 + 1e200 * (i % 2)] for i in range(20)]
FIGURES: dict[str, Callable[[list[list[Any]]], Any]] = {
    "icc": icc,
    "alpha": lambda table: krippendorff_alpha(table, "interval"),
    "lin": lambda table: lin_ccc(*zip(*table, strict=True)),
    "pearson": lambda table: pearson(*zip(*table, strict=True)),
    "bland": lambda table: bland_altman(*zip(*table, strict=True)),
    "screening": lambda table: screening(*zip(*table, strict=True), cut_off=3),
}


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize(
    ("table", "says"),
    [
        (HUGE, "beyond 1e[+]100"),
        ([[1e-200, 2e-200], [5e-200, 4e-200], [3e-200, 1e-200]], "another unit of measurement"),
        ([[10**400, 1], [2, 3], [4, 5]], "more than a hundred digits"),
        ([[1, 2], [3, float("inf")], [4, 5]], "Unit 2, rater 2 is infinite"),
        ([[1, 2], [3, 1 + 2j], [4, 5]], "not a number"),
    ],
)
def test_what_no_scale_has_is_refused(name: str, table: list[list[Any]], says: str) -> None:
    with pytest.raises(Refusal, match=says):
        FIGURES[name](table)


@pytest.mark.parametrize("value", [float("inf"), -float("inf"), np.float64("inf"), 10**400])
def test_infinity_in_a_list_is_no_category(value: Any) -> None:
    for figure in (fleiss_kappa, krippendorff_alpha):
        with pytest.raises(Refusal, match=r"Unit 3, rater 1 is (infinite|a number of more)"):
            figure([[1, 1], [2, 2], [value, 2]])
    with pytest.raises(Refusal, match="Unit 3, rater 1"):
        cohen_kappa([1, 2, value], [1, 2, 2])


def test_nan_in_a_list_is_a_gap() -> None:
    assert cohen_kappa([1, 2, float("nan")], [1, 2, 2]).n == 2


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), 10**400, "many"])
def test_a_table_of_counts_holds_counts(cell: Any) -> None:
    with pytest.raises(Refusal, match="The table of counts holds"):
        cohen_kappa_of_table([[cell, 1], [1, 2]])


@pytest.mark.parametrize("confidence", [0, 0.3, 1.0, 1.5, -1, float("nan")])
@pytest.mark.parametrize(
    "figure",
    [
        lambda table, c: cohen_kappa(*zip(*table, strict=True), confidence=c),
        lambda table, c: fleiss_kappa(table, confidence=c),
        lambda table, c: krippendorff_alpha(table, confidence=c),
        lambda table, c: icc(table, confidence=c),
        lambda table, c: lin_ccc(*zip(*table, strict=True), confidence=c),
        lambda table, c: pearson(*zip(*table, strict=True), confidence=c),
        lambda table, c: bland_altman(*zip(*table, strict=True), confidence=c),
    ],
)
def test_an_interval_promises_what_can_be_promised(figure: Callable[..., Any], confidence: float) -> None:
    with pytest.raises(Refusal, match="An interval cannot promise"):
        figure([[1, 2], [2, 2], [3, 3], [1, 1]], confidence)


def test_what_else_has_no_meaning() -> None:
    with pytest.raises(Refusal, match="cut-off of nan parts nobody"):
        screening([1, 2, 3], [1, 2, 3], float("nan"))
    with pytest.raises(Refusal, match="drawn again -1 times"):
        krippendorff_alpha([[1, 2], [1, 1], [2, 2]], resamples=-1)


def test_what_differs_by_rounding_only_is_constant() -> None:
    first, second = [0.1 + 0.2, 0.3, 0.3], [0.3, 0.3, 0.3]
    assert first != second
    assert lin_ccc(first, second).value is None
    assert pearson(first, [1, 2, 3]).value is None
    # … and what differs by more is not, however small beside its size.
    assert pearson([1e6, 1e6 + 1e-6, 1e6 + 3e-6], [1, 2, 4]).value == pytest.approx(1, abs=1e-3)
