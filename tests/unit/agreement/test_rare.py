"""Where a category is rare, and where numbers are small: intervals that hold, figures that need no unit."""

from __future__ import annotations

import numpy as np
import pytest

from vigwidgets.agreement import cohen_kappa, cohen_kappa_of_table, icc, krippendorff_alpha, lin_ccc, pearson


@pytest.mark.parametrize("n", [10, 20, 50])
def test_kappas_interval_holds_the_true_value_where_one_category_is_rare(n: int) -> None:
    rng, truth = np.random.default_rng(7), 0.64
    held = []
    for _ in range(150):
        case = rng.random(n) < 0.05
        sure = rng.random((n, 2)) < 0.8
        said = np.where(sure, case[:, None], rng.random((n, 2)) < 0.05).astype(int)
        found = cohen_kappa(said[:, 0], said[:, 1])
        if found.low is not None and found.high is not None:
            held.append(found.low <= truth <= found.high)
    assert len(held) > 60
    assert np.mean(held) > 0.9


def test_a_single_case_that_nobody_else_saw_leaves_much_open_and_is_warned_of() -> None:
    reference, trainee = [0] * 20 + [4], [0] * 21
    for weights in (None, "quadratic"):
        found = cohen_kappa(reference, trainee, weights=weights)
        assert found.value == pytest.approx(0)
        assert found.high is not None
        assert found.high > 0.5
        assert any(warning.startswith("One category was never chosen by a rater") for warning in found.warnings)


def test_it_is_the_same_every_time_and_either_way_round() -> None:
    table = np.array([[17.0, 2, 0], [1, 3, 1], [0, 0, 2]])
    first, second = cohen_kappa_of_table(table), cohen_kappa_of_table(table.T)
    assert (first.low, first.high) == pytest.approx((second.low, second.high))
    assert first == cohen_kappa_of_table(table)


def test_where_none_is_rare_the_interval_is_the_usual_one() -> None:
    found = cohen_kappa_of_table([[20, 5], [10, 15]])
    assert (found.low, found.high) == pytest.approx((0.1511, 0.6489), abs=1e-3)
    assert not any("category" in warning for warning in found.warnings)


@pytest.mark.parametrize("scale", [1e6, 1e-3, 1e-5, 1e-8])
def test_the_unit_of_measurement_does_not_matter(scale: float) -> None:
    x = np.random.default_rng(1).normal(0, 1, (50, 2))
    for level in ("interval", "ordinal"):
        assert krippendorff_alpha(x * scale, level, resamples=0).value == pytest.approx(
            krippendorff_alpha(x, level, resamples=0).value
        )
    assert icc(x * scale).value == pytest.approx(icc(x).value)
    assert lin_ccc(*(x * scale).T).value == pytest.approx(lin_ccc(*x.T).value)


def test_one_far_unit_does_not_hide_what_the_others_differ() -> None:
    x = np.vstack([np.random.default_rng(1).normal(0, 1, (50, 2)), [[1e6, 1e6]]])
    found = krippendorff_alpha(x, "interval", resamples=0).value
    assert found is not None
    assert 0 < 1 - found < 1e-9


@pytest.mark.parametrize("row", [[0.1, 0.1], [0.7, 0.7, 0.7], [2.3, 2.3]])
def test_ratings_that_are_all_the_same_have_no_figure(row: list[float]) -> None:
    table = np.array([row] * 9)
    assert icc(table).value is None
    assert krippendorff_alpha(table, "interval", resamples=0).value is None
    assert lin_ccc(table[:, 0], table[:, 1]).value is None
    assert pearson(table[:, 0], np.arange(9.0)).value is None
