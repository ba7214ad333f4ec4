"""Every published value of a measure of ours, within its table's own tolerance; none may be left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.unit.agreement.published import GIVEN, NOT_OFFERED, NOT_OURS, TABLES, VALUES, Value, values
from tests.unit.agreement.stretches import SECOND, digits, events, from_lengths
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
from vigwidgets.agreement._unitizing import unitizing_parts

UNITIZING = "R15_krippendorff_1995_unitizing"
OWN_WEIGHTS = {
    "kw_cohen1968_sym_disagreement_0_1_3__1_0_6__3_6_0": [[0, 1, 3], [1, 0, 6], [3, 6, 0]],
    "kw_cohen1968_asym_rows_0_1_4__1_0_6__2_2_0": [[0, 1, 4], [1, 0, 6], [2, 2, 0]],
}
WEIGHTS = {"po": None, "pe": None, "kappa": None, "kw_linear": "linear", "kw_quadratic": "quadratic"}
MANY: dict[str, Callable[[Any], Any]] = {
    "ac1": gwet_ac1,
    "gwet_ac1": gwet_ac1,
    "gwet_ac2_quadratic": lambda units: gwet_ac2(units, weights="quadratic"),
    "fleiss": fleiss_kappa,
    "fleiss_gwet": fleiss_kappa,
    "bp": brennan_prediger,
    "brennan_prediger": brennan_prediger,
    "percent": percent_agreement,
    "percent_agreement_gwet": percent_agreement,
}
ICC_NAMES = {"A,1": "2,1", "C,1": "3,1", "1,4": "1,k", "2,4": "2,k", "3,4": "3,k"}
MEAN_SQUARES = {"BMS": "ms_targets", "WMS": "ms_within", "JMS": "ms_raters", "EMS": "ms_error"}


def single(table: list[list[int]]) -> list[tuple[int, int]]:
    """Return the pairs of ratings that a table of counts counts."""
    return [(a, b) for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]


def units_of(what: dict[str, Any]) -> list[Any]:
    """Return what was rated as units × raters."""
    if "table" in what:
        return single(what["table"])
    by_unit = what.get("pairs") or what.get("targets_x_judges")
    by_rater = what.get("observers_x_units") or what.get("raters") or []
    return by_unit or [list(unit) for unit in zip(*by_rater, strict=True)]


def of_many(name: str, units: list[Any], rest: tuple[str, ...]) -> float | None:  # noqa: PLR0911
    """Return our value of a measure of any number of raters; None if there is none of that name."""
    if name.startswith("alpha_"):
        return krippendorff_alpha(units, name.removeprefix("alpha_")).value
    if name.startswith("ICC("):
        kind = name[4:-1]
        return icc(units, ICC_NAMES.get(kind, kind)).value
    if name in MEAN_SQUARES:
        return float(getattr(icc(units), MEAN_SQUARES[name]))
    if name in ("Do", "De"):  # alpha's disagreement, seen and expected
        found = krippendorff_alpha(units)
        return 1 - (found.observed if name == "Do" else found.expected)
    if name == "CI95":
        found = icc(units, as_published=True)
        return (found.low, found.high)[int(rest[0])]
    if name == "F(19,39.75)":
        assert icc(units).df == pytest.approx((19, 39.75), abs=0.005)
        return icc(units).f
    return MANY[name](units).value if name in MANY else None


def of_two(name: str, what: dict[str, Any]) -> float | None:
    """Return our value of a measure of two raters, the first two unless its name says which."""
    columns = list(zip(*units_of(what), strict=True))
    named = re.fullmatch(r"(.*)_(?:r|J)(\d)_?(?:r|J)(\d)", name)
    base, first, second = (named[1], int(named[2]), int(named[3])) if named else (name, 1, 2)
    pair = columns[first - 1], columns[second - 1]
    if base in ("lin_ccc", "pearson"):
        return {"lin_ccc": lin_ccc, "pearson": pearson}[base](*pair).value
    given: dict[str, Any] = {"weights": WEIGHTS.get(base)}
    if base in OWN_WEIGHTS:
        given = {"disagreement": OWN_WEIGHTS[base]}
    elif base == "kw":
        given = {"weights": what["similarity_weights"]}
    elif base not in WEIGHTS:
        raise AssertionError(f"no measure of ours is called {name!r}: test it, or say in NOT_OFFERED why not")
    found = cohen_kappa(*pair, **given)
    assert "table" not in what or found == cohen_kappa_of_table(what["table"], **given)
    return {"po": found.observed, "pe": found.expected}.get(base, found.value)


def of_stretches(name: str, rest: tuple[str, ...], what: dict[str, Any]) -> float | None:
    """Return our value of the table of stretches of film, or of the same film cut into seconds."""
    place = rest[0] if rest else "0"
    film = "ABC"[int(place)] if place.isdigit() else place
    lists, length = from_lengths(what["data"][film]), what["data"]["L"]
    if name.startswith("digitised"):
        units = digits(lists, length)
        if "kappa" in name:
            return cohen_kappa(*units.T).value
        return (fleiss_kappa if " pi " in name else krippendorff_alpha)(units).value
    of = unitizing_parts(events([lists]), 2, 1, length * SECOND, form="1995")
    seen, chance = of.disagreement()
    return {"Do": seen[0, 0], "De": chance[0, 0]}.get(name.split("_", maxsplit=1)[0], of.alpha()[0])


def ours(value: Value) -> float | None:
    """Return what our measures make of the table that a published value comes from."""
    _, name, *rest = value.path
    if value.table == UNITIZING:
        return of_stretches(name, tuple(rest), value.what)
    what = value.what
    if "tables" in what:  # several small tables, each with values of its own
        what, name = {"table": what["tables"][name]}, rest.pop(0)
    found = of_many(name, units_of(what), tuple(rest))
    return of_two(name, what) if found is None else found


@pytest.mark.parametrize("value", values(), ids=str)
def test_a_published_value(value: Value) -> None:
    assert ours(value) == pytest.approx(value.number, abs=value.tolerance)


def test_nothing_of_the_tables_is_passed_over() -> None:
    for name, table in TABLES.items():
        assert name in NOT_OURS or set(table) <= {*VALUES, *GIVEN}, f"{name}: is this a value, or what it comes from?"
    assert set(NOT_OURS) <= set(TABLES)
    for table, group, name in NOT_OFFERED:
        assert name in TABLES[table][group], "taken off the tables: take it off the list"
    # 18 tables without those of gamma and of lags; each of their values is a test of its own above.
    assert {value.table for value in values()} == set(TABLES) - set(NOT_OURS)


def test_rows_are_the_first_rater_s_where_weights_are_not_even_handed() -> None:
    what = TABLES["R08_cohen_1960_p45"]
    own = OWN_WEIGHTS["kw_cohen1968_asym_rows_0_1_4__1_0_6__2_2_0"]
    found = cohen_kappa_of_table(np.array(what["table"]).T, disagreement=own)
    assert found.value == pytest.approx(0.4206, abs=what["tol"])  # its table's note says so


@pytest.mark.parametrize(
    ("name", "warned"), [("skewed", True), ("skewed2", True), ("extreme", True), ("balanced", False)]
)
def test_the_paradox_is_told_and_only_then(name: str, warned: bool) -> None:
    found = cohen_kappa_of_table(TABLES["R14_kappa_paradox"]["tables"][name])
    assert any("Prevalence paradox" in sentence for sentence in found.warnings) is warned


def test_the_paradox_is_told_of_many_raters() -> None:
    raters = TABLES["R13_irr_video"]["raters"]
    units = units_of(TABLES["R13_irr_video"])
    for found in (cohen_kappa(raters[0], raters[1]), fleiss_kappa(units), krippendorff_alpha(units)):
        assert any("Gwet's AC1" in sentence for sentence in found.warnings), found
