"""Laws of the measures of ratings, their degenerate cases, and what they refuse."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import (
    Estimate,
    bland_altman,
    brennan_prediger,
    cohen_kappa,
    cohen_kappa_of_table,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    icc,
    krippendorff_alpha,
    lin_ccc,
    pearson,
    percent_agreement,
    screening,
)
from vigwidgets.errors import Refusal

Measure = Callable[[Any], Estimate]
MANY: dict[str, Measure] = {
    "fleiss": fleiss_kappa,
    "fleiss linear": lambda table: fleiss_kappa(table, weights="linear"),
    "ac1": gwet_ac1,
    "ac2": gwet_ac2,
    "brennan-prediger": brennan_prediger,
    "agreement": percent_agreement,
    "alpha nominal": lambda table: krippendorff_alpha(table, resamples=50),
    "alpha ordinal": lambda table: krippendorff_alpha(table, "ordinal", resamples=50),
    "alpha interval": lambda table: krippendorff_alpha(table, "interval", resamples=50),
    "alpha ratio": lambda table: krippendorff_alpha(table, "ratio", resamples=50),
    "icc 1,1": lambda table: icc(table, "1,1"),
    "icc 2,1": lambda table: icc(table, "2,1"),
    "icc 3,1": lambda table: icc(table, "3,1"),
    "icc 2,k": lambda table: icc(table, "2,k"),
    "icc 3,k": lambda table: icc(table, "3,k"),
}
TWO: dict[str, Measure] = {
    "kappa": lambda table: cohen_kappa(*np.transpose(table)),
    "kappa linear": lambda table: cohen_kappa(*np.transpose(table), weights="linear"),
    "kappa quadratic": lambda table: cohen_kappa(*np.transpose(table), weights="quadratic"),
    "ccc": lambda table: lin_ccc(*np.transpose(table)),
    "pearson": lambda table: pearson(*np.transpose(table)),
}
ALL = MANY | TWO


@st.composite
def tables(draw: st.DrawFn, raters: int | None = None) -> list[list[int]]:
    k = raters or draw(st.integers(2, 5))
    return draw(st.lists(st.lists(st.integers(0, 4), min_size=k, max_size=k), min_size=3, max_size=25))


def same(first: float | None, second: float | None) -> bool:
    return (first is None and second is None) or first == pytest.approx(second, abs=1e-9)


@pytest.mark.parametrize("name", ALL)
@given(column=st.lists(st.integers(0, 4), min_size=4, max_size=20), raters=st.integers(2, 4))
@settings(max_examples=15, deadline=None)
def test_identical_raters_agree_wholly(name: str, column: list[int], raters: int) -> None:
    found = ALL[name]([[value] * (raters if name in MANY else 2) for value in column])
    if len(set(column)) > 1:
        assert found.value == pytest.approx(1)
        assert found.low is not None
        assert found.low < 1, "few cases cannot prove perfection"
        assert found.high == pytest.approx(1)
    elif name != "agreement":
        assert found.value is None
        assert "has no value here" in found.sentence()


@pytest.mark.parametrize("name", ALL)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_order_does_not_matter(name: str, data: st.DataObject) -> None:
    table = data.draw(tables(None if name in MANY else 2))
    order = data.draw(st.permutations(range(len(table[0]))))
    units = data.draw(st.permutations(range(len(table))))
    moved = [[table[unit][rater] for rater in order] for unit in units]
    first, second = ALL[name](table), ALL[name](moved)
    assert same(first.value, second.value)
    if "alpha" not in name:  # its interval is drawn, and other orders draw other samples
        assert same(first.low, second.low)
        assert same(first.high, second.high)


@pytest.mark.parametrize("name", ALL)
@given(data=st.data())
@settings(max_examples=15, deadline=None)
def test_a_figure_lies_in_its_interval_and_is_never_above_one(name: str, data: st.DataObject) -> None:
    found = ALL[name](data.draw(tables(None if name in MANY else 2)))
    if found.value is not None:
        assert found.value <= 1 + 1e-9
        assert math.isfinite(found.value)
        if found.low is not None and found.high is not None and "alpha" not in name:
            assert found.low - 1e-9 <= found.value <= found.high + 1e-9
        assert found.sentence().endswith(".")


@pytest.mark.parametrize("name", ["fleiss", "ac1", "alpha nominal", "alpha ordinal", "alpha interval"])
@given(table=tables())
@settings(max_examples=15, deadline=None)
def test_gaps_that_hold_nothing_change_nothing(name: str, table: list[list[int]]) -> None:
    with_gaps = [[*unit, None] for unit in table] + [[None] * (len(table[0]) + 1)]
    assert same(MANY[name](table).value, MANY[name](with_gaps).value)


@pytest.mark.parametrize("name", ["kappa", "kappa quadratic", "fleiss", "ac1", "alpha nominal", "icc 2,1", "ccc"])
def test_more_noise_lowers_agreement_in_expectation(name: str) -> None:
    means = []
    for noise in (0.05, 0.25, 0.5, 0.8):
        values = []
        for seed in range(60):
            random = np.random.default_rng(seed)
            truth = random.integers(0, 4, 60)
            table = np.where(random.random((60, 2)) < noise, random.integers(0, 4, (60, 2)), truth[:, None])
            values.append(ALL[name](table).value)
        means.append(np.mean([value for value in values if value is not None]))
    assert all(less < more - 0.05 for more, less in pairwise(means)), means


@pytest.mark.parametrize("name", [name for name in ALL if "alpha" not in name])
def test_tiny_tables_of_all_kinds(name: str) -> None:
    raters = 3 if name in MANY else 2
    for cells in product(range(2), repeat=3 * raters):
        found = ALL[name](np.array(cells, dtype=float).reshape(3, raters))
        if found.value is not None and found.low is not None and found.high is not None:
            assert found.low - 1e-7 <= found.value <= found.high + 1e-7, cells


def test_text_categories_and_data_frames() -> None:
    frame = pd.DataFrame({"ann": ["look", "voice", "look", None], "bea": ["look", "voice", "voice", "look"]})
    found = cohen_kappa(frame["ann"], frame["bea"])
    assert (found.value, found.n) == (pytest.approx(0.4), 3)
    assert any("Left out: 1 unit," in sentence for sentence in found.warnings)
    assert krippendorff_alpha(frame).n == 3
    assert (
        krippendorff_alpha([["lo", "lo"], ["mid", "hi"]], "ordinal", categories=["lo", "mid", "hi"]).value is not None
    )


def test_numbers_written_as_text_are_numbers() -> None:
    assert cohen_kappa(["2", "10", "2"], ["2", "10", "10"], weights="linear") == cohen_kappa(
        [2, 10, 2], [2, 10, 10], weights="linear"
    )


@given(table=tables(), step=st.sampled_from([1.0, 0.5, 250_000.0]))
@settings(max_examples=20, deadline=None)
def test_arrays_are_read_as_lists_are(table: list[list[int]], step: float) -> None:
    with_gaps = [[None if (cell + at) % 4 == 0 else cell * step for at, cell in enumerate(unit)] for unit in table]
    with_gaps.append([step] * len(table[0]))
    array = np.array([[np.nan if cell is None else cell for cell in unit] for unit in with_gaps])
    assert krippendorff_alpha(array, "ordinal", resamples=0) == krippendorff_alpha(with_gaps, "ordinal", resamples=0)


def test_a_gap_in_the_scale_counts_as_the_distance_it_is() -> None:
    used, whole = ([0, 1, 4, 4], [0, 1, 4, 1]), [0, 1, 2, 3, 4]
    without = cohen_kappa(*used, weights="quadratic").value
    assert cohen_kappa(*used, weights="quadratic", categories=whole).value == pytest.approx(without)


def test_the_number_of_categories_matters_to_gwet() -> None:
    table = [[0, 0], [1, 1], [0, 1], [1, 1]]
    assert gwet_ac1(table, categories=[0, 1, 2, 3]).value != gwet_ac1(table).value
    assert gwet_ac1([[1, 1], [1, 1]], categories=[0, 1]).value == 1, "a used category beside an unused one"


def test_leniency_that_correlation_hides_is_told() -> None:
    reference = [0, 2, 4, 6, 8, 10, 3, 5, 7, 1] * 2
    milder = [score + 4 for score in reference]
    for found in (
        pearson(reference, milder),
        lin_ccc(reference, milder),
        icc(list(zip(reference, milder, strict=True))),
    ):
        assert any(
            "Leniency that correlation hides" in sentence and "4.00 higher" in sentence for sentence in found.warnings
        )
    assert pearson(reference, milder).value == pytest.approx(1)
    assert (lin_ccc(reference, milder).value or 1) < 0.6
    assert not any("Leniency" in sentence for sentence in lin_ccc(reference, reference).warnings)


def test_bias_and_limits() -> None:
    first = [10, 12, 9, 15, 11, 8]
    found = bland_altman(first, [value + step for value, step in zip(first, [1, 2, 3, 1, 2, 3], strict=True)])
    assert (found.bias, found.sd, found.n) == (pytest.approx(2), pytest.approx(math.sqrt(0.8)), 6)
    assert found.upper == pytest.approx(2 + 1.959964 * math.sqrt(0.8))
    assert found.low == pytest.approx(2 - 2.570582 * math.sqrt(0.8 / 6), abs=1e-5)
    assert "The second rater is higher: by 2.00 on average" in found.sentence()
    assert bland_altman(first, first).sentence().startswith("Neither rater is clearly higher")
    assert found.as_dict()["value"] == pytest.approx(2)


def test_a_cut_off() -> None:
    found = screening([5, 6, 2, 7, 0, None], [5, 4, 5, 9, 1, 3], 5)
    assert (found.found, found.missed, found.false_alarms, found.cleared, found.n) == (2, 1, 1, 1, 5)
    assert (found.sensitivity.value, found.specificity.value) == (pytest.approx(2 / 3), pytest.approx(0.5))
    assert found.sensitivity.low < 2 / 3 < found.sensitivity.high
    assert "2 were found (sensitivity 67 %" in found.sentence()
    assert screening([1, 2], [1, 1], 5).sensitivity.value is None
    assert "there were none" in screening([1, 2], [1, 1], 5).sentence()


def test_an_estimate_speaks_in_bands_of_its_interval() -> None:
    wide = cohen_kappa_of_table([[8, 2], [2, 8]])
    assert "anywhere from slight to almost perfect" in wide.sentence() or "anywhere from fair" in wide.sentence()
    narrow = cohen_kappa_of_table([[4000, 500], [500, 4000]])
    assert "substantial in the words of Landis and Koch 1977" in narrow.sentence()
    assert narrow.as_dict()["sentence"] == narrow.sentence()
    assert any("Only 5 units" in sentence for sentence in cohen_kappa([1, 2, 1, 2, 1], [1, 2, 1, 2, 2]).warnings)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: cohen_kappa([1, 2], [1]), "The first rater has 2 ratings and the second 1"),
        (lambda: cohen_kappa([], []), "no ratings to compare"),
        (lambda: cohen_kappa([1, None], [None, 1]), "No unit was rated by both raters"),
        (lambda: cohen_kappa([1, 2], [1, 2], weights="cubic"), "choose linear, quadratic"),
        (lambda: cohen_kappa([1, 2], [1, 2], weights=[[1]]), "give 2 rows of 2 finite numbers"),
        (lambda: cohen_kappa([1, 2], [1, 2], disagreement=[[1, 1], [1, 1]]), "must be 0 where both say the same"),
        (lambda: cohen_kappa([1, 2], [1, 2], weights="linear", disagreement=[[0, 1], [1, 0]]), "give one of them"),
        (lambda: cohen_kappa([1, 2], [1, 9], categories=[1, 2]), "Unit 2, rater 2 has 9, which is no category"),
        (lambda: cohen_kappa_of_table([[1, 2, 3], [4, 5, 6]]), "must be square"),
        (lambda: fleiss_kappa([[1, 2], [1]]), "Row 2 has 1 ratings and row 1 has 2"),
        (lambda: fleiss_kappa([[1], [2]]), "two raters"),
        (lambda: fleiss_kappa([[1, None], [None, 2]]), "No unit was rated by two raters"),
        (lambda: krippendorff_alpha([[1, 2]], "cardinal"), "choose nominal, ordinal"),
        (lambda: krippendorff_alpha([["a", "b"]], "interval"), "'a', which is not a number"),
        (lambda: krippendorff_alpha([["a", "b"]], "ordinal"), "name all of them in order"),
        (lambda: krippendorff_alpha([[-1, 2]], "ratio"), "choose interval instead"),
        (lambda: icc([[1, 2], [2, 3]], "4,1"), "ICC(4,1) is not known"),
        (lambda: icc([[1, None], [2, 3]]), "needs at least two"),
        (lambda: lin_ccc([1, 2], [2, 3]), "needs at least three"),
        (lambda: icc(np.array([[1, np.inf], [2, 3]])), "Unit 1, rater 2 is infinite"),
        (lambda: screening([None], [1], 2), "No unit was rated by both"),
    ],
)
def test_what_is_refused_says_so(call: Callable[[], object], says: str) -> None:
    with pytest.raises(Refusal) as refused:
        call()
    assert says in str(refused.value)
