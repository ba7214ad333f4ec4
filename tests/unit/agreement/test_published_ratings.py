"""Every published value that a measure of ours has, within its table's own tolerance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vigwidgets.agreement import (
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
)

TABLES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "reference" / "ratings.json").read_text(encoding="utf-8")
)


def single(table: list[list[int]]) -> list[tuple[int, int]]:
    """Return the pairs of ratings that a table of counts counts."""
    return [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]


def ours(name: str, what: dict[str, Any]) -> float | None:  # noqa: PLR0911
    table = what.get("table")
    units = single(table) if table else [list(unit) for unit in zip(*what["raters"], strict=True)]
    word, *more = name.split()
    columns = [what["raters"][int(at) - 1] for at in more] if len(more) == 2 and more[0].isdigit() else None
    match word:
        case "alpha" if more[0] in {"seen", "by"}:
            found = krippendorff_alpha(units)
            said = found.observed if more[0] == "seen" else found.expected
            return None if said is None else 1 - said
        case "alpha":
            return krippendorff_alpha(units, more[0]).value
        case "icc":
            return icc(units, more[0]).value
        case "bms" | "wms" | "jms" | "ems":
            fields = {"bms": "ms_targets", "wms": "ms_within", "jms": "ms_raters", "ems": "ms_error"}
            return float(getattr(icc(units), fields[word]))
        case "observed" | "expected":
            return float(getattr(cohen_kappa_of_table(table), word))
        case "kappa" | "linear" | "quadratic":
            weights = None if word == "kappa" else word
            if columns:
                return cohen_kappa(*columns, weights=weights).value
            assert cohen_kappa(*zip(*units, strict=True), weights=weights) == cohen_kappa_of_table(
                table, weights=weights
            )
            return cohen_kappa_of_table(table, weights=weights).value
        case "ccc":
            return lin_ccc(*columns).value
        case "r":
            return pearson(*columns).value
        case "ac2":
            return gwet_ac2(units, weights=more[0]).value
    measures = {
        "ac1": gwet_ac1,
        "fleiss": fleiss_kappa,
        "brennan-prediger": brennan_prediger,
        "agreement": percent_agreement,
    }
    return measures[word](units).value


def cases() -> Iterator[Any]:
    for table, what in TABLES.items():
        for name, value in what["expected"].items():
            yield pytest.param(what, name, value, id=f"{table} {name}")


@pytest.mark.parametrize(("what", "name", "value"), cases())
def test_published_value(what: dict[str, Any], name: str, value: float) -> None:
    assert ours(name, what) == pytest.approx(value, abs=what["tolerance"])


@pytest.mark.parametrize("name", ["cohen-1960-p45", "fleiss-cohen-everitt-1969"])
def test_own_weights(name: str) -> None:
    what = TABLES[name]
    for kind in ("disagreement", "agreement"):
        for own in what.get(kind, []):
            given = {"disagreement": own["weights"]} if kind == "disagreement" else {"weights": own["weights"]}
            assert cohen_kappa_of_table(what["table"], **given).value == pytest.approx(
                own["kappa"], abs=what["tolerance"]
            )
            pairs = zip(*single(what["table"]), strict=True)
            assert cohen_kappa(*pairs, **given).value == pytest.approx(own["kappa"], abs=what["tolerance"])


def test_rows_are_the_first_rater_s_where_weights_are_not_even_handed() -> None:
    table, own = np.array(TABLES["cohen-1960-p45"]["table"]), TABLES["cohen-1960-p45"]["disagreement"][1]["weights"]
    assert cohen_kappa_of_table(table.T, disagreement=own).value == pytest.approx(0.4206, abs=1e-4)


def test_published_interval_of_an_icc() -> None:
    what = TABLES["irr-anxiety"]
    found = icc([list(unit) for unit in zip(*what["raters"], strict=True)], "2,1")
    assert [found.low, found.high] == pytest.approx(what["interval of icc 2,1"], abs=0.001)
    assert found.f == pytest.approx(what["f of icc 2,1"], abs=0.005)
    assert found.df == pytest.approx(what["df of icc 2,1"], abs=0.005)


@pytest.mark.parametrize(
    ("name", "warned"),
    [("paradox-skewed", True), ("paradox-skewed2", True), ("paradox-extreme", True), ("paradox-balanced", False)],
)
def test_the_paradox_is_told_and_only_then(name: str, warned: bool) -> None:
    found = cohen_kappa_of_table(TABLES[name]["table"])
    assert any("Prevalence paradox" in sentence for sentence in found.warnings) is warned


def test_the_paradox_is_told_of_many_raters() -> None:
    raters = TABLES["irr-video"]["raters"]
    units = [list(unit) for unit in zip(*raters, strict=True)]
    for found in (cohen_kappa(raters[0], raters[1]), fleiss_kappa(units), krippendorff_alpha(units)):
        assert any("Gwet's AC1" in sentence for sentence in found.warnings), found
