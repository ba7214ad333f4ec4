"""Any number of raters on categories: Fleiss' kappa, Gwet's AC1 and AC2, Brennan and Prediger, plain agreement.

All share one observed agreement and differ in what they take for chance. The form for missing ratings and the
standard errors (by linearisation, over units) are Gwet's: *Handbook of Inter-Rater Reliability*, 4th ed. 2014.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vigwidgets.agreement._caution import few, paradox
from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._posterior import MANY_STEPS, Coefficient, sparse, units_interval
from vigwidgets.agreement._rare import by_rater, rare_words
from vigwidgets.agreement._ratings import coded
from vigwidgets.agreement._resample import may_promise, normal_interval, unseen
from vigwidgets.agreement._weights import WeightName, weight_matrix
from vigwidgets.errors import Refusal

__all__ = ["brennan_prediger", "fleiss_kappa", "gwet_ac1", "gwet_ac2", "percent_agreement"]

_Chance = Literal["fleiss", "gwet", "uniform", "none"]


@dataclass(frozen=True)
class _Parts:
    """Each unit's part in the agreement: counts (units, q), raters, agreement where two or more rated, its mean."""

    counts: NDArray[np.float64]
    raters: NDArray[np.float64]
    shared: NDArray[np.bool_]
    agreement: NDArray[np.float64]
    observed: float


def fleiss_kappa(
    ratings: Any,
    *,
    weights: WeightName | ArrayLike | None = None,
    categories: Sequence[Any] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return Fleiss' kappa: agreement of many raters, chance taken from how often each category was used by all.

    Fleiss 1971, in the form of Gwet 2014 where ratings are missing. For two raters this is Scott's pi.

    Args:
        ratings: Shape (units, raters); None, NaN or "" where missing.
        weights: ``"linear"``, ``"quadratic"`` or a matrix of agreement; None: only the same category agrees.
        categories: All that could be chosen, in order; None: those that were.
        confidence: Of the interval.

    Raises:
        Refusal: No unit was rated by two raters, or the table is not one.
    """
    return _coefficient("Fleiss' kappa", "Fleiss 1971", "fleiss", ratings, weights, categories, confidence)


def gwet_ac1(ratings: Any, *, categories: Sequence[Any] | None = None, confidence: float = 0.95) -> Estimate:
    """Return Gwet's AC1, which stays near the agreement seen where nearly everything is one category (Gwet 2008).

    Args:
        ratings: Shape (units, raters); None, NaN or "" where missing.
        categories: All that could be chosen; their number matters here, so say it where some were never used.
        confidence: Of the interval.

    Raises:
        Refusal: No unit was rated by two raters, or the table is not one.
    """
    return _coefficient("Gwet's AC1", "Gwet 2008", "gwet", ratings, None, categories, confidence)


def gwet_ac2(
    ratings: Any,
    *,
    weights: WeightName | ArrayLike = "quadratic",
    categories: Sequence[Any] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return Gwet's AC2: AC1 for ordered categories, in which near misses count in part (Gwet 2014).

    Args:
        ratings: Shape (units, raters); None, NaN or "" where missing.
        weights: ``"linear"``, ``"quadratic"`` or a matrix of agreement.
        categories: All that could be chosen, in order; None: those that were.
        confidence: Of the interval.

    Raises:
        Refusal: No unit was rated by two raters, or the weights do not fit.
    """
    return _coefficient("Gwet's AC2", "Gwet 2014", "gwet", ratings, weights, categories, confidence)


def brennan_prediger(
    ratings: Any,
    *,
    weights: WeightName | ArrayLike | None = None,
    categories: Sequence[Any] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return Brennan and Prediger's coefficient, in which chance means that every category is as likely (1981).

    Args:
        ratings: Shape (units, raters).
        weights: As for ``fleiss_kappa``.
        categories: All that could be chosen; their number is all that chance depends on.
        confidence: Of the interval.

    Raises:
        Refusal: No unit was rated by two raters.
    """
    return _coefficient(
        "Brennan and Prediger's kappa", "Brennan and Prediger 1981", "uniform", ratings, weights, categories, confidence
    )


def percent_agreement(ratings: Any, *, categories: Sequence[Any] | None = None, confidence: float = 0.95) -> Estimate:
    """Return how often two raters of a unit agree, 0 to 1, without taking anything off for chance.

    Args:
        ratings: Shape (units, raters).
        categories: All that could be chosen; None: those that were.
        confidence: Of the interval.

    Raises:
        Refusal: No unit was rated by two raters.
    """
    return _coefficient("Agreement", "Gwet 2014", "none", ratings, None, categories, confidence)


def _parts(counts: NDArray[np.float64], w: NDArray[np.float64]) -> _Parts:
    raters = counts.sum(axis=1)
    counts, raters = counts[raters > 0], raters[raters > 0]
    shared = raters >= 2
    if not shared.any():
        raise Refusal("No unit was rated by two raters; agreement needs at least one that was.")
    alike = (counts * (counts @ w.T - 1)).sum(axis=1)
    pairs = raters * (raters - 1)
    agreement = np.divide(alike, pairs, out=np.zeros(len(counts)), where=shared)
    return _Parts(counts, raters, shared, agreement, float(agreement[shared].mean()))


def _chance(kind: _Chance, parts: _Parts, w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return agreement by chance, and each unit's part in it (such that twice its spread carries the error)."""
    each = parts.counts / parts.raters[:, None]
    share, q = each.mean(axis=0), len(w)
    if kind == "fleiss":
        return float(share @ w @ share), each @ ((w + w.T) @ share / 2)
    if kind == "gwet":
        scale = float(w.sum()) / (q * (q - 1)) if q > 1 else 0.0
        expected = scale * float((share * (1 - share)).sum()) if q > 1 else 1.0
        return expected, scale * (each @ (1 - share))
    expected = float(w.sum()) / q**2 if kind == "uniform" else 0.0
    return expected, np.full(len(each), expected)


def _weighted(kind: _Chance, w: NDArray[np.float64]) -> Coefficient:
    """Return the coefficient as a function of counts and of weights of their units."""

    def of(counts: NDArray[np.float64], times: NDArray[np.float64]) -> NDArray[np.float64]:
        raters, whole = counts.sum(axis=1), times.sum(axis=1)
        agreement = (counts * (counts @ w.T - 1)).sum(axis=1) / (raters * (raters - 1))
        observed, share = times @ agreement / whole, times @ (counts / raters[:, None]) / whole[:, None]
        if kind == "fleiss":
            expected = np.einsum("sc,sc->s", share @ w, share)
        elif kind == "gwet":
            expected = float(w.sum()) / (len(w) * (len(w) - 1)) * (share * (1 - share)).sum(axis=1)
        else:
            expected = np.full(len(times), float(w.sum()) / len(w) ** 2 if kind == "uniform" else 0.0)
        left = 1 - expected
        return np.asarray(np.divide(observed - expected, left, out=np.full(len(times), np.nan), where=left > 1e-12))

    return of


def _interval(
    value: float, error: float, parts: _Parts, of: Coefficient, floor: float, confidence: float, *, weighted: bool
) -> tuple[float, float]:
    """Return Gwet's interval, widened by the posterior's where units are few or a category is rare."""
    n, shared = len(parts.counts), parts.counts[parts.shared]
    low, high = (
        normal_interval(value, error, confidence, floor, df=n - 1) if error > 1e-6 else unseen(value, len(shared))
    )
    wide = units_interval(shared, of, confidence, every=weighted) if sparse(shared) else None
    return (low, high) if wide is None else (min(low, wide[0]), max(high, wide[1]))


def _coefficient(
    measure: str,
    source: str,
    chance: _Chance,
    ratings: Any,
    weights: WeightName | ArrayLike | None,
    categories: Sequence[Any] | None,
    confidence: float,
) -> Estimate:
    may_promise(confidence)
    of = coded(ratings, categories)
    w = weight_matrix(weights, of)
    parts = _parts(of.counts(), w)
    expected, of_chance = _chance(chance, parts, w)
    n, used = len(parts.counts), int(parts.shared.sum())
    value = None if 1 - expected <= 1e-12 else (parts.observed - expected) / (1 - expected)
    low: float | None = None
    high: float | None = None
    if value is not None and n > 1:
        each = n / used * np.where(parts.shared, parts.agreement - expected, 0) / (1 - expected)
        each = each - 2 * (1 - value) * (of_chance - expected) / (1 - expected)
        error = sqrt(float(((each - value) ** 2).sum()) / (n * (n - 1)))
        floor = 0.0 if chance == "none" else -1.0
        low, high = _interval(
            value, error, parts, _weighted(chance, w), floor, confidence, weighted=weights is not None
        )
    share = float((parts.counts / parts.raters[:, None]).mean(axis=0).max())
    note = paradox(parts.observed, value, share) if chance == "fleiss" and weights is None else ""
    # Gwet's chance and even chance hardly move with a rare category, and neither do their intervals.
    few_of_one = chance == "fleiss" and low is not None and of.q <= MANY_STEPS
    rare = rare_words(by_rater(of.codes, of.q)) if few_of_one else ""
    named = f" with {weights if isinstance(weights, str) else 'own'} weights" if weights is not None else ""
    return Estimate(
        measure=measure + named,
        value=value,
        low=low,
        high=high,
        n=used,
        of="units",
        raters=of.codes.shape[1],
        method=f"{source}; missing ratings and standard error Gwet 2014; widened where units or cases are few",
        observed=parts.observed,
        expected=expected,
        scale=None if chance == "none" else "kappa",
        undefined="" if value is not None else "only one category was used, so that nothing is left to agree on",
        confidence=confidence,
    ).warn(few(used, "units"), note, rare)
