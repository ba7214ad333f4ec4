"""Which of one observer's events is which of the other's: the best pairing of all, not the first that fits."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

__all__ = ["best_pairs"]


def best_pairs(worth: ArrayLike) -> list[tuple[int, int]]:
    """Pair rows with columns one to one: as many pairs as can be, and among those the worthiest together.

    A greedy pairing can take an event's only partner away for the sake of a slightly better fit; this one cannot.

    Args:
        worth: Shape (n, m): how good each pair would be, above 0 and finite; 0 or less: they may not be paired.

    Returns:
        The pairs (row, column), sorted by row.

    Raises:
        ValueError: A worth is not a finite number.
    """
    array = np.asarray(worth, dtype=float)
    if array.ndim != 2 or array.size == 0:
        return []
    if not np.all(np.isfinite(array)):
        raise ValueError("A pair's worth must be a finite number.")
    # Loading scipy takes half a second, and whoever only reads a mark needs none of it.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    allowed = array > 0
    # One more pair outweighs every gain in worth, because all worths together stay below this bonus.
    bonus = float(array[allowed].max() if allowed.any() else 0) * min(array.shape) + 1
    rows, columns = linear_sum_assignment(np.where(allowed, array + bonus, 0.0), maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True) if allowed[row, column]]
