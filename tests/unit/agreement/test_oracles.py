"""Our measures beside those of the field's packages, on tables that nobody chose.

The packages are oracles: they are installed for development, and nothing of ours imports them.
"""

from __future__ import annotations

import krippendorff
import numpy as np
import pandas as pd
import pingouin
import pytest
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score, precision_recall_fscore_support
from statsmodels.stats import inter_rater

from vigwidgets.agreement import (
    brennan_prediger,
    cohen_kappa,
    cohen_kappa_of_table,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    icc,
    krippendorff_alpha,
    screening,
)
from vigwidgets.agreement._kappa import kappa_of_table
from vigwidgets.agreement._ratings import Coded
from vigwidgets.agreement._resample import normal_interval
from vigwidgets.agreement._weights import weight_matrix

SEEDS = range(6)


def ratings(seed: int, raters: int, gaps: float = 0.0, units: int = 40) -> NDArray[np.float64]:
    random = np.random.default_rng(seed)
    truth = random.integers(0, 5, units)
    shape = (units, raters)
    table = np.where(random.random(shape) < 0.4, random.integers(0, 5, shape), truth[:, None]).astype(float)
    table[:5] = np.arange(5)[:, None]  # every step of the scale is used
    table[5:][random.random((units - 5, raters)) < gaps] = np.nan
    return table


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_beside_the_krippendorff_package(seed: int, level: str) -> None:
    table = ratings(seed, 4, gaps=0.3)
    theirs = krippendorff.alpha(reliability_data=table.T, level_of_measurement=level)
    assert krippendorff_alpha(table, level, resamples=0).value == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("weights", [None, "linear", "quadratic"])
def test_kappa_beside_scikit_learn_and_statsmodels(seed: int, weights: str | None) -> None:
    first, second = ratings(seed, 2).T
    found = cohen_kappa(first, second, weights=weights)
    assert found.value == pytest.approx(cohen_kappa_score(first, second, weights=weights), abs=1e-12)
    table = np.zeros((5, 5))
    np.add.at(table, (first.astype(int), second.astype(int)), 1)
    if weights is None:
        theirs = inter_rater.cohens_kappa(table)
    else:
        theirs = inter_rater.cohens_kappa(table, wt={"linear": "ca", "quadratic": "fc"}[weights])
    assert found.value == pytest.approx(theirs.kappa, abs=1e-12)
    usual = kappa_of_table(table, weight_matrix(weights, Coded(np.empty((0, 2), int), tuple(range(5)), np.arange(5.0))))
    assert usual.value is not None
    assert normal_interval(usual.value, usual.error, 0.95) == pytest.approx(
        (theirs.kappa_low, theirs.kappa_upp), abs=1e-9
    )
    assert found.low is not None
    assert found.high is not None
    if "widened" in found.method:
        assert min(table.sum(axis=0).min(), table.sum(axis=1).min()) < 5
        assert found.low <= theirs.kappa_low + 1e-9
        assert found.high >= theirs.kappa_upp - 1e-9
    else:
        assert [found.low, found.high] == pytest.approx([theirs.kappa_low, theirs.kappa_upp], abs=1e-9)
    assert cohen_kappa_of_table(table, weights=weights).low == pytest.approx(found.low)


@pytest.mark.parametrize("seed", SEEDS)
def test_fleiss_beside_statsmodels(seed: int) -> None:
    table = ratings(seed, 4)
    counts, _ = inter_rater.aggregate_raters(table.astype(int))
    assert fleiss_kappa(table).value == pytest.approx(inter_rater.fleiss_kappa(counts), abs=1e-12)
    uniform = inter_rater.fleiss_kappa(counts, method="uniform")
    assert brennan_prediger(table).value == pytest.approx(uniform, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
def test_icc_beside_pingouin(seed: int) -> None:
    table = ratings(seed, 3, units=15)
    long = pd.DataFrame(table).reset_index().melt("index")
    theirs = pingouin.intraclass_corr(long, "index", "variable", "value").set_index("Type")
    names = {"1,1": "ICC(1,1)", "2,1": "ICC(A,1)", "3,1": "ICC(C,1)", "1,k": "ICC(1,k)", "2,k": "ICC(A,k)"}
    for kind, name in {**names, "3,k": "ICC(C,k)"}.items():
        found = icc(table, kind, as_published=True)
        assert found.value == pytest.approx(theirs.loc[name, "ICC"], abs=1e-9)
        assert [found.low, found.high] == pytest.approx(list(theirs.loc[name, "CI95"]), abs=0.0051)
        assert found.f == pytest.approx(theirs.loc[name, "F"], abs=1e-6)


def test_screening_beside_scikit_learn() -> None:
    rater, reference = ratings(3, 2).T
    found = screening(rater, reference, 3)
    precision, recall, _, _ = precision_recall_fscore_support(reference >= 3, rater >= 3, average="binary")
    assert found.sensitivity.value == pytest.approx(recall)
    assert found.positive.value == pytest.approx(precision)


# irrCAC 0.4.4 asks for one old scipy and so cannot be installed beside the rest: these numbers are from a run of it,
# with the four categories named, because left to itself it takes a gap for a fifth.
GAPPED = [
    "-3--", "--22", "2220", "0030", "-120", "33-3", "3313", "00-0", "0011", "1111", "1112", "3230", "-230", "0010",
    "11-0", "2-31", "0--0", "-313", "0010", "1-3-", "3333", "-211", "111-", "-1-1", "2322", "1111", "3313", "00--",
    "1211", "2222", "-22-", "2232", "2222", "3333", "2321", "1332", "-222", "0222", "1011", "3331",
]  # fmt: skip


IRRCAC = {
    (None, "fleiss"): (0.461, 0.3038265, 0.6181735),
    (None, "gwet"): (0.46550718, 0.31024862, 0.62076573),
    (None, "uniform"): (0.46438746, 0.30879586, 0.61997907),
    ("linear", "fleiss"): (0.48578983, 0.31808317, 0.65349649),
    ("linear", "gwet"): (0.51537514, 0.35442338, 0.67632689),
    ("linear", "uniform"): (0.51111111, 0.35034146, 0.67188077),
    ("quadratic", "fleiss"): (0.51996428, 0.32449654, 0.71543202),
    ("quadratic", "gwet"): (0.57111073, 0.3895886, 0.75263287),
    ("quadratic", "uniform"): (0.56410256, 0.38461155, 0.74359358),
}


@pytest.mark.parametrize(("weights", "chance"), IRRCAC)
def test_intervals_with_gaps_beside_irrcac(weights: str | None, chance: str) -> None:
    table = [[None if cell == "-" else int(cell) for cell in row] for row in GAPPED]
    if chance == "gwet":
        found = gwet_ac1(table) if weights is None else gwet_ac2(table, weights=weights)
    else:
        found = {"fleiss": fleiss_kappa, "uniform": brennan_prediger}[chance](table, weights=weights)
    assert [found.value, found.low, found.high] == pytest.approx(IRRCAC[weights, chance], abs=2e-7)
