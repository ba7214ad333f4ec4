"""Ratings as a table: a row for each unit, a column for each rater, and gaps where nobody rated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite, isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vigwidgets.errors import Refusal

__all__ = ["Coded", "coded", "is_missing", "numbers", "pair", "rows"]

_SPAN = 100_000
_LARGEST, _SMALLEST = 1e100, 1e-100
"""What lies beyond cannot be squared and summed; no scale that anybody rates on does."""


@dataclass(frozen=True)
class Coded:
    """Ratings as numbers of their categories.

    Attributes:
        codes: Shape (units, raters): which category, −1 where missing.
        categories: The categories, rising (numbers) or as given.
        values: The categories as numbers; None if any is not one.
        ordered: Whether their order means something: that of numbers does, that of words if it was given.
    """

    codes: NDArray[np.int64]
    categories: tuple[Any, ...]
    values: NDArray[np.float64] | None
    ordered: bool = True

    @property
    def q(self) -> int:
        """How many categories there are."""
        return len(self.categories)

    def counts(self) -> NDArray[np.float64]:
        """Return for each unit how many raters chose each category: shape (units, categories)."""
        units = self.codes.shape[0]
        flat = (np.arange(units)[:, None] * self.q + self.codes)[self.codes >= 0]
        return np.bincount(flat, minlength=units * self.q).reshape(units, self.q).astype(float)

    def scores(self) -> NDArray[np.float64]:
        """Return the categories as numbers for weighing distances: their values, else their places."""
        return np.arange(self.q, dtype=float) if self.values is None else self.values


def is_missing(value: Any) -> bool:
    """Tell whether a cell is empty: None, NaN, pandas' NA or blank text."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    if isinstance(value, (float, np.floating)):
        return isnan(value)
    return type(value).__name__ in {"NAType", "NaTType"}


def _as_number(value: Any) -> float | None:
    if isinstance(value, (complex, np.complexfloating)):
        return None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if isfinite(found) else None


def _endless(value: Any) -> bool:
    """Tell whether a cell is a number, and none that can be held: infinite, or a whole one of hundreds of digits."""
    if isinstance(value, (float, np.floating)):
        return not isfinite(value) and not isnan(value)
    return isinstance(value, int) and abs(value) > _LARGEST


def _refuse_endless(cells: Iterable[tuple[int, int, Any]]) -> None:
    for unit, rater, cell in cells:
        if _endless(cell):
            said = "infinite" if isinstance(cell, (float, np.floating)) else "a number of more than a hundred digits"
            raise Refusal(f"Unit {unit + 1}, rater {rater + 1} is {said}; give a finite number, or NaN where missing.")


def _refuse_extremes(table: NDArray[np.float64]) -> None:
    size = np.abs(table)
    wrong = (size > _LARGEST) | ((size > 0) & (size < _SMALLEST))
    if wrong.any():
        unit, rater = (int(at) for at in np.argwhere(wrong)[0])
        raise Refusal(
            f"Unit {unit + 1}, rater {rater + 1} has {table[unit, rater]:g}, and sums cannot be made of numbers beyond "
            f"{_LARGEST:g} or nearer to 0 than {_SMALLEST:g}; give the ratings in another unit of measurement."
        )


def rows(ratings: Any) -> NDArray[Any]:
    """Return ratings as a two-dimensional array: numbers where all are numbers, else objects.

    Args:
        ratings: Shape (units, raters): a list of rows, an array or a data frame.

    Raises:
        Refusal: The rows differ in length, or there is nothing in them.
    """
    table: Any = ratings.to_numpy() if hasattr(ratings, "to_numpy") else ratings
    if not isinstance(table, np.ndarray):
        listed = [list(row) if isinstance(row, Iterable) and not isinstance(row, str) else [row] for row in table]
        lengths = [len(row) for row in listed]
        for at, length in enumerate(lengths):
            if length != lengths[0]:
                raise Refusal(
                    f"Row {at + 1} has {length} ratings and row 1 has {lengths[0]}; give every unit one cell for each "
                    "rater and leave it empty where a rating is missing."
                )
        table = np.array(listed, dtype=object).reshape(len(listed), lengths[0] if lengths else 0)
    if table.ndim == 1:
        table = table[:, None]
    if table.ndim != 2 or table.shape[0] == 0 or table.shape[1] < 2:
        raise Refusal(
            f"The table has the shape {table.shape}; agreement needs at least one unit (row) and two raters (columns)."
        )
    if table.dtype.kind == "f" and np.isinf(table).any():
        unit, rater = (int(at) for at in np.argwhere(np.isinf(table))[0])
        raise Refusal(f"Unit {unit + 1}, rater {rater + 1} is infinite; give a finite number, or NaN where missing.")
    return np.asarray(table)


def pair(first: Any, second: Any) -> Any:
    """Return two raters' lists as a table with two columns.

    Raises:
        Refusal: One rated more units than the other.
    """
    columns = [column if isinstance(column, np.ndarray) else list(column) for column in (first, second)]
    if len(columns[0]) != len(columns[1]):
        raise Refusal(
            f"The first rater has {len(columns[0])} ratings and the second {len(columns[1])}; give both as many, in "
            "the same order, and None where one is missing."
        )
    if not len(columns[0]):
        raise Refusal("There are no ratings to compare; give at least one unit that both raters rated.")
    if all(isinstance(column, np.ndarray) and column.dtype.kind in "fiub" for column in columns):
        return np.column_stack(columns)
    return list(zip(*columns, strict=True))


def coded(ratings: Any, categories: Sequence[Any] | None = None) -> Coded:
    """Return ratings as numbers of their categories.

    Numbers written as text count as numbers when all categories are such.

    Args:
        ratings: Shape (units, raters).
        categories: All that could be chosen, in order; None: those that were.

    Raises:
        Refusal: A rating is not among the categories, or the table is not one.
    """
    table = rows(ratings)
    if table.dtype.kind in "fiub" and categories is None:
        return _coded_numbers(table.astype(float))
    cells = [[None if is_missing(cell) else cell for cell in row] for row in table.tolist()]
    _refuse_endless((unit, rater, cell) for unit, row in enumerate(cells) for rater, cell in enumerate(row))
    named = list(categories) if categories is not None else [cell for row in cells for cell in row if cell is not None]
    numeric = [_as_number(cell) for cell in named]
    if all(value is not None for value in numeric):
        known = [value for value in numeric if value is not None]
        known = list(dict.fromkeys(known)) if categories is not None else sorted(set(known))
        place: dict[float | None, int] = {value: at for at, value in enumerate(known)}
        found = [[-1 if cell is None else place.get(_as_number(cell), -2) for cell in row] for row in cells]
        values: NDArray[np.float64] | None = np.array(known, dtype=float)
        order: list[Any] = [int(value) if value.is_integer() else value for value in known]
    else:
        order = list(dict.fromkeys(map(str, named))) if categories is not None else sorted(set(map(str, named)))
        place_of = {value: at for at, value in enumerate(order)}
        found = [[-1 if cell is None else place_of.get(str(cell), -2) for cell in row] for row in cells]
        values = None
    codes = np.array(found, dtype=np.int64).reshape(table.shape)
    if np.any(codes == -2):
        unit, rater = (int(at) for at in np.argwhere(codes == -2)[0])
        raise Refusal(
            f"Unit {unit + 1}, rater {rater + 1} has {cells[unit][rater]!r}, which is no category; allowed are "
            f"{', '.join(map(str, order))}."
        )
    return Coded(codes, tuple(order), values, ordered=values is not None or categories is not None)


def _coded_numbers(table: NDArray[np.float64]) -> Coded:
    gap = np.isnan(table)
    known, codes = _steps(table, gap)
    names = tuple(int(value) if float(value).is_integer() else float(value) for value in known)
    codes[gap] = -1
    return Coded(codes, names, known)


def _steps(table: NDArray[np.float64], gap: NDArray[np.bool_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the values that occur, rising, and for each cell the place of its own (anything where there is a gap)."""
    filled = np.where(gap, np.nanmin(table) if not gap.all() else 0.0, table)
    low, high = float(filled.min()), float(filled.max())
    if gap.all():
        return np.zeros(0), np.zeros(table.shape, dtype=np.int64)
    whole = filled.astype(np.int64) if high - low <= _SPAN and abs(low) + abs(high) < 2**52 else None
    if whole is None or not np.array_equal(whole, filled):
        known, codes = np.unique(filled, return_inverse=True)
        return known, codes.reshape(table.shape).astype(np.int64)
    # Steps of a scale are whole and few: a tally finds them without sorting.
    whole -= int(low)
    used = np.bincount(whole.ravel()) > 0
    return np.flatnonzero(used).astype(np.float64) + low, (np.cumsum(used) - 1)[whole].astype(np.int64)


def numbers(ratings: Any) -> NDArray[np.float64]:
    """Return ratings as numbers, NaN where missing: shape (units, raters).

    Raises:
        Refusal: A cell holds something else than a number, or one beyond all scales.
    """
    table = rows(ratings)
    if table.dtype.kind in "fiub":
        _refuse_extremes(np.asarray(table, dtype=float))
        return np.asarray(table, dtype=float)
    _refuse_endless((unit, rater, cell) for (unit, rater), cell in np.ndenumerate(table))
    found = np.full(table.shape, np.nan)
    for (unit, rater), cell in np.ndenumerate(table):
        if is_missing(cell):
            continue
        value = _as_number(cell)
        if value is None:
            raise Refusal(
                f"Unit {unit + 1}, rater {rater + 1} has {cell!r}, which is not a number; this measure needs numbers, "
                "so correct the cell, leave it empty, or choose a measure for categories such as cohen-kappa."
            )
        found[unit, rater] = value
    _refuse_extremes(found)
    return found
