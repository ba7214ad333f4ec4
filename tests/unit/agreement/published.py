"""The published tables, read value by value: what each is called, what it is, and how near ours must come."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REFERENCE = Path(__file__).parents[2] / "reference"
TABLES: dict[str, dict[str, Any]] = json.loads((REFERENCE / "agreement_tables.json").read_text(encoding="utf-8"))

NOT_OURS = {
    "R19_mathet_AlexPaulSuzan": "gamma is not offered",
    "R20_gamma_simple_fixture": "gamma is not offered",
    "R21_gamma_unequal_fixture": "gamma is not offered",
    "R22_gamma_weighted_fixture": "gamma is not offered",
    "R24_griffin_gottman_1990": "lag-sequential analysis is not offered",
}
"""Tables of measures that are not offered, and why not."""

NOT_OFFERED = {
    ("R01_krippendorff_2011_C", "expected", "conger"): "Conger's kappa is not offered",
    ("R08_cohen_1960_p45", "expected", "kappa_max"): "the highest kappa that the margins allow is not offered",
}
"""Single values of such measures, in tables of which the rest is ours."""

VALUES = ("expected", "published", "derived", "recomputed")
"""Where a table keeps results; under every other name is what they come from, or words."""

GIVEN = (
    "observers_x_units", "pairs", "targets_x_judges", "raters", "table", "tables", "data", "similarity_weights",
    "source", "note", "lesson", "checked_with", "tol", "tol_alpha",
)  # fmt: skip

_UNITIZING = 0.005  # the printed chance disagreement of 1995 has small errors, as its table's note says


@dataclass(frozen=True)
class Value:
    """One published number.

    Attributes:
        table: Which table.
        path: Where in it: the group, then names and places down to the number.
        number: What was published.
        tolerance: How near ours must come.
    """

    table: str
    path: tuple[str, ...]
    number: float
    tolerance: float

    @property
    def what(self) -> dict[str, Any]:
        """The table that it stands in."""
        return TABLES[self.table]

    def __str__(self) -> str:
        return " ".join([self.table.split("_")[0], *self.path])


def values() -> Iterator[Value]:
    """Yield every number of every table of ours; one that is of no measure of ours stands in `NOT_OFFERED`."""
    for table, what in TABLES.items():
        if table not in NOT_OURS:
            for path, number in _numbers({group: what[group] for group in VALUES if group in what}):
                if (table, *path) not in NOT_OFFERED:
                    yield Value(table, path, number, _tolerance(what, path, number))


def _numbers(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], float]]:
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from _numbers(inner, (*path, name))
    elif isinstance(part, list):
        for place, inner in enumerate(part):
            yield from _numbers(inner, (*path, str(place)))
    else:
        assert isinstance(part, int | float), f"{path}: {part!r} is no number"
        yield path, float(part)


def _tolerance(what: dict[str, Any], path: tuple[str, ...], number: float) -> float:
    if "tol_alpha" in what:
        if path[1].startswith("De_"):
            return _UNITIZING
        return float(what["tol_alpha"]) if path[1].startswith("alpha_") else 0.51 * _last_digit(number)
    # What was printed with two digits says no more than those.
    printed = 0.51 * _last_digit(number) if path[0] == "published" else 0.0
    return max(float(what["tol"]), printed)


def _last_digit(number: float) -> float:
    return float(10.0 ** -len(str(number).partition(".")[2]))
