"""An interval for many raters where units are few or a category is rare, and other intervals promise too much.

A sample with a single case looks as if there could be no other, so that neither a standard error nor drawing the same
units again tells how far off it may be. Here the units' probabilities have a posterior (the Bayesian bootstrap, Rubin
1981) with units put in that nobody saw: for each category half a unit on which all raters agree, and half a unit on
which one of them differs. What it holds is in docs/agreement.md, and `scripts/coverage.py` counts it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEW_APART", "FEW_UNITS", "MANY_STEPS", "Coefficient", "sparse", "units_apart", "units_interval"]

Coefficient = Callable[[NDArray[np.float64], NDArray[np.float64]], NDArray[np.float64]]
"""A coefficient from counts (units, categories) and rows of weights of these units (samples, units): (samples,)."""

FEW_UNITS = 30
"""From how many units on an interval from the units themselves may be trusted …"""

_LEAST_OF_ONE = 8
"""… if each category that was used is found in so many of them …"""

FEW_APART = 5
"""… and raters differ in so many: two of fifty that differ could as well have been six."""

MANY_STEPS = 7
"""On a scale of more steps each is rare, and that is as it should be."""

_DRAWS = 1000


def units_apart(counts: NDArray[np.float64]) -> int:
    """Return in how many units anybody said anything but the commonest category; ``counts``: (units, categories)."""
    return int(np.sum(counts.sum(axis=1) > counts[:, counts.sum(axis=0).argmax()]))


def sparse(counts: NDArray[np.float64]) -> bool:
    """Tell whether units are few, or those with some category, or those on which raters differ: (units, categories)."""
    found = (counts > 0).sum(axis=0)
    of_used, differ = found[found > 0], int(np.sum(counts.max(axis=1) < counts.sum(axis=1)))
    few = len(counts) < FEW_UNITS or differ < FEW_APART
    return 2 <= len(of_used) <= MANY_STEPS and (few or int(of_used.min()) < _LEAST_OF_ONE)


def units_interval(
    counts: NDArray[np.float64], coefficient: Coefficient, confidence: float, *, every: bool = False
) -> tuple[float, float] | None:
    """Return the posterior's interval, the same every time and for any order of units; None if nothing can vary.

    Where only one unit has anything but the commonest category, its upper end is 1: whether that one was a slip or
    the first of many on which all agree, nobody can know.

    Args:
        counts: How many raters chose each category, shape (units, categories); every unit has two raters or more.
        coefficient: What the interval is for.
        confidence: Of the interval.
        every: Whether categories that nobody used get a part of the units put in, too. Where a step farther off weighs
            more, a step that no unit was on would have told the units apart much better.
    """
    used = np.flatnonzero(counts.sum(axis=0) > 0)
    if len(used) < 2:
        return None
    told = np.arange(counts.shape[1]) if every and counts.shape[1] <= MANY_STEPS else used
    patterns, times = np.unique(counts, axis=0, return_counts=True)
    unseen, mass = _unseen(told, counts.shape[1], float(counts.sum(axis=1).mean()), 0.5 * len(used) / len(told))
    shape = np.concatenate([times, mass])
    drawn = np.random.default_rng(0).standard_gamma(shape, (_DRAWS, len(shape)))
    weights = drawn / drawn.sum(axis=1, keepdims=True) * len(counts)
    found = coefficient(np.concatenate([patterns, unseen]), weights)
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(found, [tail, 1 - tail])
    return float(low), 1.0 if units_apart(counts) < 2 else float(high)


def _unseen(
    used: NDArray[np.int64], q: int, raters: float, half: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the units put in, shape (units, q), and how much each weighs."""
    rows, mass = [], []
    for one in used:
        for other in used:
            row = np.zeros(q)
            row[one] = raters - (one != other)
            row[other] += one != other
            rows.append(row)
            mass.append(half if one == other else half / (len(used) - 1))
    return np.array(rows), np.array(mass)
