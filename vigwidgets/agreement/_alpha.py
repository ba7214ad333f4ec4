"""Krippendorff's alpha: any number of raters, any level of measurement, gaps allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._caution import few, paradox
from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._jackknife import MOST_UNITS, jackknife_interval
from vigwidgets.agreement._posterior import MANY_STEPS, sparse, units_interval
from vigwidgets.agreement._rare import by_rater, rare_words
from vigwidgets.agreement._ratings import Coded, coded, numbers
from vigwidgets.agreement._resample import draws, may_promise, percentiles, unseen
from vigwidgets.errors import Refusal

__all__ = ["Level", "krippendorff_alpha"]

Level = Literal["nominal", "ordinal", "interval", "ratio"]
_LEVELS = ("nominal", "ordinal", "interval", "ratio")
_CELLS = 20_000_000


def krippendorff_alpha(
    ratings: Any,
    level: Level = "nominal",
    *,
    categories: Sequence[Any] | None = None,
    confidence: float = 0.95,
    resamples: int = 1000,
    seed: int | None = None,
) -> Estimate:
    """Return Krippendorff's alpha: 1 less the disagreement seen, as a part of what chance would give.

    Krippendorff 2004 and 2011. The interval is by drawing units again (percentiles), and is widened where that is
    known to promise too much: over numbers by the jackknife, over few units or rare categories by a posterior.

    Args:
        ratings: Shape (units, raters); None, NaN or "" where missing. Units that fewer than two rated do not count.
        level: ``"nominal"`` for categories, ``"ordinal"`` for ranks, ``"interval"`` for numbers, ``"ratio"`` for
            numbers with a true zero.
        categories: All that could be chosen, in order; needed for ordered categories that are not numbers.
        confidence: Of the interval.
        resamples: How often to draw; 0: no interval.
        seed: For other draws than the usual ones.

    Raises:
        Refusal: No unit was rated by two raters, an unknown level, or text where numbers are needed.
    """
    may_promise(confidence)
    if resamples < 0:
        raise Refusal(f"Units cannot be drawn again {resamples} times; give 0 for no interval, or 1000.")
    of = _checked(ratings, level, categories)
    counts = of.counts()
    counts = counts[counts.sum(axis=1) >= 2]
    n = len(counts)
    if n == 0:
        raise Refusal("No unit was rated by two raters; alpha needs at least one that was.")
    sheet = _Sheet(counts, of.scores(), level)
    seen, chance = (float(part[0]) for part in sheet.disagreement(np.ones((1, n))))
    value = None if chance <= 0 else 1 - seen / chance
    interval = None
    if value is not None and resamples and n > 1:
        interval = unseen(value, n) if seen == 0 else _drawn(sheet, draws(n, resamples, seed), confidence)
        interval = _widened(sheet, value, interval, confidence)
    found = _estimate(level, value, (seen, chance), interval, (n, of.codes.shape[1]), confidence)
    share = float((counts / counts.sum(axis=1, keepdims=True)).mean(axis=0).max())
    steps = of.q <= MANY_STEPS and interval is not None
    rare = rare_words(by_rater(of.codes, of.q)) if steps else ""
    return found.warn(few(n, "units"), paradox(1 - seen, value, share) if level == "nominal" else "", rare)


def _estimate(
    level: Level,
    value: float | None,
    disagreement: tuple[float, float],
    interval: tuple[float, float] | None,
    size: tuple[int, int],
    confidence: float,
) -> Estimate:
    """Return alpha in words and figures; ``disagreement`` is seen and by chance, ``size`` counts units and raters."""
    seen, chance = disagreement
    return Estimate(
        measure=f"Krippendorff's alpha ({level})",
        value=value,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        n=size[0],
        of="units",
        raters=size[1],
        method="Krippendorff 2004, 2011; interval by drawing units again, widened where units or cases are few",
        observed=1 - seen if level == "nominal" else None,
        expected=1 - chance if level == "nominal" else None,
        scale="alpha",
        undefined="" if value is not None else "only one category was used, so that nothing is left to agree on",
        confidence=confidence,
    )


def _drawn(sheet: _Sheet, times: NDArray[np.float64], confidence: float) -> tuple[float, float] | None:
    return percentiles(sheet.alpha(times), confidence)


def _widened(
    sheet: _Sheet, value: float, interval: tuple[float, float] | None, confidence: float
) -> tuple[float, float] | None:
    """Return the widest of the interval that was drawn and of those that hold where drawing units again does not."""
    n, all_of = len(sheet.counts), [] if interval is None else [interval, (value, value)]
    if sparse(sheet.counts):
        wide = units_interval(
            sheet.counts, lambda counts, times: _Sheet(counts, sheet.values, sheet.level).alpha(times), confidence
        )
        all_of += [wide] if wide else []
    if sheet.level != "nominal" and n <= MOST_UNITS:
        left_out = sheet.alpha(np.ones((n, n)) - np.eye(n))
        wide = jackknife_interval(value, left_out, float(sheet.raters.mean()), confidence)
        all_of += [wide] if wide else []
    return (min(low for low, _ in all_of), max(high for _, high in all_of)) if all_of else None


def _checked(ratings: Any, level: Level, categories: Sequence[Any] | None) -> Coded:
    if level not in _LEVELS:
        raise Refusal(f"The level {level!r} is not known; choose {', '.join(_LEVELS)}.")
    if level in {"interval", "ratio"}:
        ratings = numbers(ratings)
    of = coded(ratings, categories)
    if level == "ordinal" and of.values is None and categories is None:
        raise Refusal("The categories are not numbers, so that their order is not known; name all of them in order.")
    if level == "ratio" and of.values is not None and np.any(of.values < 0):
        raise Refusal(f"A ratio scale has no values below 0, and {of.values.min():g} is one; choose interval instead.")
    return of


class _Sheet:
    """The units' counts, and what they disagree for any weighting of the units.

    An ordinal difference is the difference between two mid-ranks among all values that can be paired, so ordinal is
    interval over mid-ranks; these depend on the weighting, the values of the other levels do not.
    """

    def __init__(self, counts: NDArray[np.float64], values: NDArray[np.float64], level: Level) -> None:
        self.counts, self.values, self.level = counts, values, level
        self.raters = counts.sum(axis=1)
        if level == "nominal":
            self.apart = 1 - np.eye(len(values))
        elif level == "ratio":
            total = values[:, None] + values
            self.apart = np.divide(values[:, None] - values, total, out=np.zeros_like(total), where=total > 0) ** 2
        if level in {"nominal", "ratio"}:
            alike = np.einsum("uc,uc->u", counts @ self.apart, counts)
            self.per_unit = alike / (self.raters - 1)

    def alpha(self, times: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return alpha for each row of weights (samples, units); NaN where chance gives no disagreement."""
        seen, chance = self.disagreement(times)
        return np.asarray(1 - np.divide(seen, chance, out=np.full(len(seen), np.nan), where=chance > 0))

    def disagreement(self, times: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return disagreement seen and by chance, for each row of weights (samples, units)."""
        step = max(1, _CELLS // max(1, self.counts.size))
        parts = [self._some(times[at : at + step]) for at in range(0, len(times), step)]
        return np.concatenate([seen for seen, _ in parts]), np.concatenate([chance for _, chance in parts])

    def _some(self, times: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        totals = times @ self.counts
        n = totals.sum(axis=1)
        if self.level in {"nominal", "ratio"}:
            seen = times @ self.per_unit
            chance = np.einsum("sc,sc->s", totals @ self.apart, totals)
        else:
            scores = self._scores(totals)
            # The sum of squared differences over all pairs is 2 (n Σx² − (Σx)²): no pair need be looked at.
            square, line = (scores**2) @ self.counts.T, scores @ self.counts.T
            per_unit = np.maximum(0, 2 * (self.raters * square - line**2)) / (self.raters - 1)
            # What rounding leaves of nothing is nothing: of each unit's own terms, so that no other unit counts in it.
            per_unit[per_unit < 1e-12 * self.raters * square / (self.raters - 1)] = 0
            seen = np.einsum("su,su->s", times, per_unit)
            whole = n * (totals * scores**2).sum(axis=1)
            chance = 2 * (whole - (totals * scores).sum(axis=1) ** 2)
            chance[chance < 1e-12 * whole] = 0
        return seen / n, chance / (n * (n - 1))

    def _scores(self, totals: NDArray[np.float64]) -> NDArray[np.float64]:
        if self.level == "interval":
            # Around their middle, so that large values with small differences keep their digits.
            return np.broadcast_to(self.values - self.values.mean(), totals.shape)
        return np.cumsum(totals, axis=1) - totals / 2
