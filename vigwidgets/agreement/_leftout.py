"""An interval that also holds for long-tailed numbers: each unit is left out in turn, and few films may carry a figure.

Fisher's, Lin's, and McGraw and Wong's intervals take numbers for normal. Totals of a screening scale are not: most are
low and a few are high, so that these few make the figure. In simulations of such totals those intervals held 73 to 86
of 100, and fewer the more units there were (Bishara and Hittner 2017 for the correlation). Here the spread is found
from the units themselves, on Fisher's scale; see `widened`. What it holds is in docs/agreement.md, and
`scripts/coverage.py` counts it.
"""

from __future__ import annotations

from math import sqrt, tanh
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._scipy import scipy_module

__all__ = ["FEWEST", "icc_left_out", "lin_left_out", "pearson_left_out", "widened"]

Numbers = NDArray[np.float64]

FEWEST = 4
"""With fewer units nothing can be said from leaving one out."""

_FULL = 1e-9
_EQUAL = 1e-12  # of the largest square: less than that is what rounding makes of equal numbers


def pearson_left_out(first: Numbers, second: Numbers) -> Numbers:
    """Return Pearson's correlation without each unit, shape (units,); 0 where nothing varies without it."""
    one, two, together, _ = _moments(first / _size(first), second / _size(second))
    return _ratio(together, np.sqrt(one * two))


def lin_left_out(first: Numbers, second: Numbers) -> Numbers:
    """Return Lin's concordance without each unit, shape (units,); 0 where nothing varies without it."""
    size = max(_size(first), _size(second), abs(float(first.mean() - second.mean())))
    one, two, together, apart = _moments(first / size, second / size)
    return _ratio(2 * together, one + two + apart**2)


def icc_left_out(table: Numbers, form: Literal["1", "2", "3"]) -> Numbers:
    """Return the intraclass correlation of a single rater without each target, shape (targets,).

    Args:
        table: Ratings without gaps, shape (targets, raters).
        form: Shrout and Fleiss' first figure: ``"2"`` for ICC(2,1).
    """
    n, k = len(table) - 1, table.shape[1]
    x = (table - table.mean()) / _size(table)
    rows, whole = x.mean(axis=1), (x.sum() - x.sum(axis=1)) / (n * k)
    around = n * k * whole**2
    targets = k * ((rows**2).sum() - rows**2) - around
    raters = ((x.sum(axis=0) - x) ** 2).sum(axis=1) / n - around
    rest = (x**2).sum() - (x**2).sum(axis=1) - around - targets
    between, level, error = (
        np.maximum(squares, 0.0) / df
        for squares, df in ((targets, n - 1), (raters, k - 1), (rest - raters, (n - 1) * (k - 1)))
    )
    within = np.maximum(rest, 0.0) / (n * (k - 1))
    if form == "1":
        return _ratio(between - within, between + (k - 1) * within)
    below = between + (k - 1) * error
    return _ratio(between - error, below + k * (level - error) / n if form == "2" else below)


def widened(
    usual: tuple[float, float], value: float, left_out: Numbers, confidence: float, raters: int = 2
) -> tuple[float, float]:
    """Return the wider of the usual interval and that of the jackknife on Fisher's scale.

    The spread is that of the figures without each unit, around the figure itself. Where a few units make most of it, it
    is itself known as badly as if there were only so few: Student's t then has as few degrees of freedom as the
    kurtosis says (Satterthwaite). Such figures also lie too low or too high; the interval reaches as far from the
    figure less its jackknife bias as from the figure. What agrees in full without one unit counts as one more on
    Fisher's scale, for in full it would be without end.

    Args:
        usual: The interval for normal numbers.
        value: The figure of all units.
        left_out: The figure without each unit, shape (units,).
        confidence: Of the interval.
        raters: How many ratings a unit has: of an intraclass correlation, Fisher's scale depends on it.
    """
    n, floor = len(left_out), -1 / (raters - 1)
    if n < FEWEST or not floor + _FULL < value < 1 - _FULL:
        return usual
    middle = float(_fisher(np.array([value]), raters)[0])
    at = _fisher(np.clip(left_out, floor + _FULL, 1 - _FULL), raters)
    at = np.where(left_out >= 1 - _FULL, np.maximum(middle, 0) + 1, at)
    at = np.where(left_out <= floor + _FULL, np.minimum(middle, 0) - 1, at)
    off = at - middle
    squares = float((off**2).sum())
    if squares <= 0:
        return usual
    tail = 1 - (1 - confidence) / 2
    half = float(scipy_module("special").stdtrit(_degrees(off), tail)) * sqrt((n - 1) / n * squares)
    bias = (n - 1) * float(off.mean())
    low, high = (_back(middle + way * half + way * max(0.0, -way * bias), raters) for way in (-1, 1))
    return min(usual[0], low), max(usual[1], high)


def _degrees(off: Numbers) -> float:
    """Return the degrees of freedom of a spread from so many deviations, by their kurtosis: never more than n - 1."""
    n, squares = len(off), float((off**2).mean())
    plain = float((off**4).mean()) / squares**2 - 3
    kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6)
    return min(2 / (max(kurtosis, 0.0) / n + 2 / (n - 1)), n - 1.0)


def _moments(first: Numbers, second: Numbers) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return without each unit: both variances, the covariance, and how far apart the means are."""
    n, x = len(first) - 1, np.column_stack([first, second])
    level = x.mean(axis=0)
    x = x - level  # around 0 squares keep their digits
    means = (x.sum(axis=0) - x) / n
    one, two = (((x**2).sum(axis=0) - x**2) / n - means**2).T
    together = ((x[:, 0] * x[:, 1]).sum() - x[:, 0] * x[:, 1]) / n - means[:, 0] * means[:, 1]
    apart = level[0] - level[1] + means[:, 0] - means[:, 1]
    return np.maximum(one, 0.0), np.maximum(two, 0.0), together, apart


def _size(numbers: Numbers) -> float:
    """Return how far numbers reach from their mean; divided by it, they show what is no more than rounding."""
    return max(float(np.abs(numbers - numbers.mean()).max()), 1e-300)


def _ratio(above: Numbers, below: Numbers) -> Numbers:
    return np.divide(above, below, out=np.zeros_like(above), where=below > _EQUAL)


def _fisher(value: Numbers, raters: int) -> Numbers:
    return np.asarray(np.log((1 + (raters - 1) * value) / (1 - value)) / 2)


def _back(z: float, raters: float) -> float:
    """Return what `_fisher` came from; for two raters that is the hyperbolic tangent."""
    middle = tanh(z)
    return 2 * middle / (raters - (raters - 2) * middle)
