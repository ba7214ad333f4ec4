"""The best one-to-one choice among many small, separate sets of possible pairs, solved together.

Alignment of many observers makes hundreds of thousands of separate blocks of a few tags each. Most are too small to
be worth a call of their own: they are solved side by side as arrays, by looking at every permutation.
"""

from __future__ import annotations

from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._scipy import scipy_module

__all__ = ["best_choice"]

_SMALL = 5
_AT_ONCE = 4_000_000


def best_choice(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    tier: NDArray[np.int64],
    nearness: NDArray[np.float64],
    like: NDArray[np.bool_] | None = None,
) -> NDArray[np.bool_]:
    """Choose pairs so that no row and no column has two.

    No other choice has more pairs of the highest tier; none with as many has more of the next, and so on; none that is
    equal in all of these has more pairs of like; and none that is equal in that, too, has more nearness together.

    Args:
        rows: For each possible pair its row, any numbers.
        columns: Likewise its column.
        tier: 1 or more; higher is better, without exception.
        nearness: 0 to 1, decides between equals.
        like: Which pairs are of two that are alike; None: all.

    Returns:
        Which pairs are chosen.
    """
    chosen = np.zeros(len(rows), dtype=bool)
    if not len(rows):
        return chosen
    row, column = _numbered(rows), _numbered(columns)
    sure = _alone(row, column, tier == tier.max())
    chosen[sure] = True
    taken_row = np.zeros(row.max() + 1, dtype=bool)
    taken_column = np.zeros(column.max() + 1, dtype=bool)
    taken_row[row[sure]] = True
    taken_column[column[sure]] = True
    rest = np.flatnonzero(~(taken_row[row] | taken_column[column]))
    if len(rest):
        alike = np.ones(len(rest), dtype=bool) if like is None else like[rest]
        chosen[rest[_rest(_numbered(row[rest]), _numbered(column[rest]), tier[rest], nearness[rest], alike)]] = True
    return chosen


def _numbered(names: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.unique(names, return_inverse=True)[1].astype(np.int64)


def _alone(row: NDArray[np.int64], column: NDArray[np.int64], best: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell which pairs of the best tier have no rival in it: every best choice has them."""
    in_row = np.bincount(row[best], minlength=row.max() + 1)
    in_column = np.bincount(column[best], minlength=column.max() + 1)
    return np.asarray(best & (in_row[row] == 1) & (in_column[column] == 1))


def _rest(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    tier: NDArray[np.int64],
    nearness: NDArray[np.float64],
    like: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Solve what has rivals, block by connected block; return the places of the chosen."""
    n_rows, n_columns = int(row.max()) + 1, int(column.max()) + 1
    graph = scipy_module("sparse").coo_matrix(
        (np.ones(len(row), dtype=np.int8), (row, n_rows + column)), shape=(n_rows + n_columns,) * 2
    )
    blocks, block_of = scipy_module("sparse.csgraph").connected_components(graph, directed=False)
    local_row, heights = _local(block_of[:n_rows].astype(np.int64), blocks)
    local_column, widths = _local(block_of[n_rows:].astype(np.int64), blocks)
    block = block_of[row].astype(np.int64)
    size = np.maximum(heights, widths)[block]
    chosen = []
    for k in range(1, _SMALL + 1):
        these = np.flatnonzero(size == k)
        if len(these):
            chosen.append(these[_side_by_side(block[these], local_row[row[these]], local_column[column[these]],
                                              _worth(tier[these], nearness[these], like[these], k), k)])  # fmt: skip
    large = np.flatnonzero(size > _SMALL)
    large = large[np.argsort(block[large], kind="stable")]
    for these in np.split(large, np.flatnonzero(np.diff(block[large])) + 1):
        if len(these):
            k = int(size[these[0]])
            chosen.append(these[_one(local_row[row[these]], local_column[column[these]],
                                     _worth(tier[these], nearness[these], like[these], k), k)])  # fmt: skip
    return np.concatenate(chosen)


def _local(block_of: NDArray[np.int64], blocks: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each node's place within its block, and how many nodes each block has."""
    counts = np.bincount(block_of, minlength=blocks)
    order = np.argsort(block_of, kind="stable")
    place = np.empty(len(block_of), dtype=np.int64)
    place[order] = np.arange(len(block_of)) - np.repeat(np.cumsum(counts) - counts, counts)
    return place, counts


def _worth(
    tier: NDArray[np.int64], nearness: NDArray[np.float64], like: NDArray[np.bool_], k: int
) -> NDArray[np.float64]:
    """Return worths that can be added: one pair of a tier outweighs all that k pairs below it can add up to.

    Within a tier one pair of like outweighs all the nearness of k pairs.
    """
    bonus = np.zeros(int(tier.max()) + 1)
    for step in range(1, len(bonus)):
        bonus[step] = k * (bonus[step - 1] + 1) + 1
    return np.asarray(bonus[tier] + ((k + 1) * like + nearness) / (k + 2))


def _side_by_side(
    block: NDArray[np.int64],
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    worth: NDArray[np.float64],
    k: int,
) -> NDArray[np.int64]:
    """Solve blocks of at most k × k, all at once; return the places of the chosen."""
    number = _numbered(block)
    table = np.zeros((int(number.max()) + 1, k, k))
    table[number, row, column] = worth
    ways = np.array(list(permutations(range(k))))
    best = np.empty((len(table), k), dtype=np.int64)
    step = max(1, _AT_ONCE // ways.size)
    for at in range(0, len(table), step):
        part = table[at : at + step]
        totals = sum(part[:, line, ways[:, line]] for line in range(k))
        best[at : at + step] = ways[np.argmax(totals, axis=1)]
    return np.flatnonzero(best[number, row] == column)


def _one(row: NDArray[np.int64], column: NDArray[np.int64], worth: NDArray[np.float64], k: int) -> NDArray[np.int64]:
    """Solve one large block; return the places of the chosen."""
    table = np.zeros((int(row.max()) + 1, int(column.max()) + 1))
    table[row, column] = worth
    at_row, at_column = scipy_module("optimize").linear_sum_assignment(table, maximize=True)
    best = np.full(k, -1, dtype=np.int64)
    best[at_row] = at_column
    return np.flatnonzero(best[row] == column)
