"""Cohen's kappa for two raters, plain and weighted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vigwidgets.agreement._caution import few, paradox
from vigwidgets.agreement._estimate import Estimate, counted
from vigwidgets.agreement._posterior import FEW_APART, FEW_UNITS, MANY_STEPS
from vigwidgets.agreement._rare import posterior_interval, rare_words
from vigwidgets.agreement._ratings import Coded, coded, pair
from vigwidgets.agreement._resample import may_promise, normal_interval, unseen
from vigwidgets.agreement._weights import WeightName, from_disagreement, weight_matrix
from vigwidgets.errors import Refusal

__all__ = ["cohen_kappa", "cohen_kappa_of_table", "kappa_of_table"]


@dataclass(frozen=True)
class _Kappa:
    value: float | None
    observed: float
    expected: float
    error: float


def kappa_of_table(table: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> _Kappa:
    """Return kappa, agreement seen and expected, and its standard error, from counts of pairs.

    Cohen 1960 and 1968; the standard error is that of Fleiss, Cohen and Everitt 1969.

    Args:
        table: Shape (categories, categories): rows are the first rater's.
        weights: Of agreement, same shape; None: only the diagonal agrees.
    """
    n = float(table.sum())
    p = table / n
    w = np.eye(len(p)) if weights is None else weights
    first, second = p.sum(axis=1), p.sum(axis=0)
    observed, expected = float((w * p).sum()), float(first @ w @ second)
    if 1 - expected <= 1e-12:
        return _Kappa(None, observed, expected, 0.0)
    value = (observed - expected) / (1 - expected)
    mean_of_row, mean_of_column = w @ second, first @ w
    spread = w - (mean_of_row[:, None] + mean_of_column) * (1 - value)
    variance = float((p * spread**2).sum()) - (value - expected * (1 - value)) ** 2
    return _Kappa(value, observed, expected, sqrt(max(0.0, variance) / n) / (1 - expected))


def cohen_kappa(
    first: Any,
    second: Any,
    *,
    weights: WeightName | ArrayLike | None = None,
    disagreement: ArrayLike | None = None,
    categories: Sequence[Any] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return Cohen's kappa: agreement of two raters beyond what their own habits would give by chance.

    Use it for categories (unweighted) and for ordered steps (weighted). Units that either left out are not counted.

    Args:
        first: One rating for each unit; None, NaN or "" where missing.
        second: Likewise, in the same order.
        weights: ``"linear"``, ``"quadratic"``, or a matrix of agreement (1: the same), rows are the first rater's.
        disagreement: Instead of ``weights``: a matrix of disagreement (0: the same, any scale), as in Cohen 1968.
        categories: All that could be chosen, in order; None: those that were.
        confidence: Of the interval.

    Raises:
        Refusal: The raters do not have as many ratings, or the weights do not fit.
    """
    ratings = coded(pair(first, second), categories)
    both = np.all(ratings.codes >= 0, axis=1)
    left_out = int(np.sum(~both))
    if not both.any():
        raise Refusal("No unit was rated by both raters; kappa needs at least one that was.")
    pairs = ratings.codes[both]
    table = np.bincount(pairs[:, 0] * ratings.q + pairs[:, 1], minlength=ratings.q**2).reshape(ratings.q, ratings.q)
    found = _estimate(table.astype(float), ratings, weights, disagreement, confidence)
    gone = f"Left out: {counted(left_out, 'units')}, because one of the two did not rate them." if left_out else ""
    return found.warn(gone)


def cohen_kappa_of_table(
    table: ArrayLike,
    *,
    weights: WeightName | ArrayLike | None = None,
    disagreement: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return Cohen's kappa from a table of counts, as papers print it: rows the first rater's, columns the second's.

    Args:
        table: Shape (categories, categories).
        weights: As for ``cohen_kappa``.
        disagreement: As for ``cohen_kappa``.
        confidence: Of the interval.

    Raises:
        Refusal: The table is not square, holds no count, or a negative one.
    """
    try:
        counts = np.asarray(table, dtype=float)
    except (TypeError, ValueError, OverflowError):
        raise Refusal(
            "The table of counts holds something else than numbers; give a row of counts for each category."
        ) from None
    if not np.isfinite(counts).all():
        raise Refusal("The table of counts holds a count that is not finite; give how often each pair was chosen.")
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or np.any(counts < 0) or counts.sum() <= 0:
        raise Refusal(
            f"The table of counts has the shape {counts.shape}; it must be square, with counts of 0 or more and at "
            "least one above 0."
        )
    places = Coded(np.empty((0, 2), dtype=np.int64), tuple(range(len(counts))), np.arange(len(counts), dtype=float))
    return _estimate(counts, places, weights, disagreement, confidence)


def _estimate(
    table: NDArray[np.float64],
    of: Coded,
    weights: WeightName | ArrayLike | None,
    disagreement: ArrayLike | None,
    confidence: float,
) -> Estimate:
    may_promise(confidence)
    if weights is not None and disagreement is not None:
        raise Refusal("Weights of agreement and of disagreement were both given; give one of them.")
    w = weight_matrix(weights, of) if disagreement is None else from_disagreement(disagreement, of)
    found, n = kappa_of_table(table, w), round(float(table.sum()))
    own = "own" if disagreement is not None or not isinstance(weights, (str, type(None))) else weights
    low: float | None = None
    high: float | None = None
    if found.value is not None:
        low, high = (
            normal_interval(found.value, found.error, confidence) if found.error > 1e-6 else unseen(found.value, n)
        )
    margins = np.array([table.sum(axis=1), table.sum(axis=0)])
    rare = rare_words(margins)
    seldom = n < FEW_UNITS or n - float(np.trace(table)) < FEW_APART
    widened = bool(rare) or (seldom and int(np.sum(margins.sum(axis=0) > 0)) <= MANY_STEPS)
    if widened and low is not None and high is not None and (wide := posterior_interval(table, w, confidence)):
        low, high = min(low, wide[0]), max(high, wide[1])
    commonest = float(((table.sum(axis=0) + table.sum(axis=1)) / (2 * table.sum())).max())
    return Estimate(
        measure=f"Cohen's kappa with {own} weights" if own else "Cohen's kappa",
        value=found.value,
        low=low,
        high=high,
        n=n,
        of="units",
        raters=2,
        method="Cohen 1960, weights Cohen 1968; standard error Fleiss, Cohen and Everitt 1969"
        + ("; widened where units or cases are few" if widened else ""),
        observed=found.observed,
        expected=found.expected,
        scale="kappa",
        undefined="" if found.value is not None else "both raters used one and the same category throughout",
        confidence=confidence,
    ).warn(few(n, "units"), "" if own else paradox(found.observed, found.value, commonest), rare)
