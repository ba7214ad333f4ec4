"""Intervals of Cohen's kappa where a category is rare, and the usual standard error promises far too much.

With 20 units of which one in twenty is a case, the interval from the standard error holds the true kappa in 32 of 100
samples: a sample with a single case looks as if there could be no other. The interval here is that of the posterior
for the table's probabilities, with half a unit of agreement and half a unit of disagreement put in for each category
that was used; `scripts/coverage.py` counts how often it and the usual one together hold (see docs/agreement.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._posterior import MANY_STEPS

__all__ = ["FEWEST_OF_ONE", "by_rater", "posterior_interval", "rare_words"]

FEWEST_OF_ONE = 5
"""From how many judgements of each category, by each rater, the usual standard error may be trusted."""

_DRAWS = 4000


def posterior_interval(
    table: NDArray[np.float64], weights: NDArray[np.float64], confidence: float
) -> tuple[float, float] | None:
    """Return the interval of kappa, the same every time, or None where fewer than two categories were used.

    Args:
        table: Counts of pairs, shape (categories, categories): rows are the first rater's.
        weights: Of agreement, same shape.
        confidence: Of the interval.
    """
    used = np.flatnonzero(table.sum(axis=0) + table.sum(axis=1) > 0)
    if len(used) < 2:
        return None
    # Where a step farther off weighs more, a step that no unit was on would have told the units apart much better.
    nominal = np.array_equal(weights, np.eye(len(weights)))
    half, used = 0.5 * len(used), used if nominal or len(weights) > MANY_STEPS else np.arange(len(weights))
    q = len(used)
    half /= q
    counts, w = table[np.ix_(used, used)], weights[np.ix_(used, used)]
    if tuple(counts.T.ravel()) < tuple(counts.ravel()):
        counts, w = counts.T, w.T  # the same draws whoever of the two is named first
    before = np.where(np.eye(q) > 0, half, half / (q - 1))
    drawn = np.random.default_rng(0).standard_gamma((counts + before).ravel(), (_DRAWS, q * q)).reshape(_DRAWS, q, q)
    p = drawn / drawn.sum(axis=(1, 2), keepdims=True)
    observed = np.einsum("sij,ij->s", p, w)
    expected = np.einsum("si,ij,sj->s", p.sum(axis=2), w, p.sum(axis=1))
    left = 1 - expected
    kappa = np.divide(observed - expected, left, out=np.full(_DRAWS, np.nan), where=left > 1e-12)
    tail = (1 - confidence) / 2
    low, high = np.nanquantile(kappa, [tail, 1 - tail])
    commonest = int((counts.sum(axis=0) + counts.sum(axis=1)).argmax())
    # A single unit apart from all others may be a slip, or the first of many on which both agree: nobody can know.
    alone = counts.sum() - counts[commonest, commonest] < 2
    return float(low), 1.0 if alone else float(high)


def by_rater(codes: NDArray[np.int64], q: int) -> NDArray[np.float64]:
    """Return how often each rater chose each of ``q`` categories, shape (raters, q); ``codes`` is (units, raters)."""
    return np.array([np.bincount(of_one[of_one >= 0], minlength=q) for of_one in codes.T], dtype=float)


def rare_words(counts: NDArray[np.float64]) -> str:
    """Warn where a category that was used is rare; empty where none is.

    Args:
        counts: How often each rater chose each category: shape (raters, categories).
    """
    of_used = counts[:, counts.sum(axis=0) > 0]
    if of_used.shape[1] < 2 or of_used.min() >= FEWEST_OF_ONE:
        return ""
    least = round(float(of_used.min()))
    times = {0: "never chosen", 1: "chosen only once", 2: "chosen only twice"}.get(least, f"chosen only {least} times")
    return f"One category was {times} by a rater: the interval is wide, and one more case could change the picture."
