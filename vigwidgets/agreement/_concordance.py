"""Two raters on a number scale: correlation, Lin's concordance, and Bland and Altman's bias and limits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._caution import FEW, few, leniency
from vigwidgets.agreement._estimate import Estimate, counted, number
from vigwidgets.agreement._leftout import lin_left_out, pearson_left_out, widened
from vigwidgets.agreement._ratings import numbers, pair
from vigwidgets.agreement._resample import may_promise, unseen
from vigwidgets.agreement._scipy import scipy_module
from vigwidgets.errors import Refusal

__all__ = ["BlandAltman", "bland_altman", "lin_ccc", "lin_value", "pearson", "pearson_value"]

_OR_WIDER = ", or that of the jackknife on Fisher's scale where it is wider"


@dataclass(frozen=True)
class BlandAltman:
    """How much higher the second rater is, and within which limits single differences lie.

    Attributes:
        bias: Mean of second minus first.
        low: Lower end of the bias's interval.
        high: Upper end.
        sd: Standard deviation of the differences.
        lower: Lower limit of agreement, bias − 1.96 sd: one difference in forty lies below.
        upper: Upper limit.
        lower_interval: The lower limit's own interval.
        upper_interval: The upper limit's own interval.
        slope: By how much the difference grows for each step on the scale; far from 0: the bias is not the same
            for low and high ratings. None where the means do not vary.
        n: How many pairs.
        confidence: What the intervals promise.
        warnings: A sentence each.
    """

    bias: float
    low: float
    high: float
    sd: float
    lower: float
    upper: float
    lower_interval: tuple[float, float]
    upper_interval: tuple[float, float]
    slope: float | None
    n: int
    confidence: float
    warnings: tuple[str, ...]

    def sentence(self) -> str:
        """Say it in plain words."""
        if self.low <= 0 <= self.high:
            said = "Neither rater is clearly higher: the second differs by"
        else:
            said = f"The second rater is {'higher' if self.bias > 0 else 'lower'}: by"
        return (
            f"{said} {number(self.bias)} on average ({self.confidence * 100:g} % interval {number(self.low)} to "
            f"{number(self.high)}, from {self.n} pairs); 19 single differences in 20 lie between "
            f"{number(self.lower)} and {number(self.upper)}."
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON; ``value`` is the bias."""
        own = asdict(self) | {"warnings": list(self.warnings)}
        return {"measure": "Bland and Altman's bias", "value": self.bias, **own, "sentence": self.sentence()}


def pearson_value(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """Return Pearson's correlation; None where either does not vary."""
    a, b = _around_mean(first), _around_mean(second)
    below = sqrt(float((a**2).sum())) * sqrt(float((b**2).sum()))
    return None if below == 0 else max(-1.0, min(1.0, float((a * b).sum()) / below))


def _around_mean(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return numbers less their mean; equal ones, but for rounding, give just nothing."""
    return np.zeros_like(x) if float(np.ptp(x)) <= _rounding(x) else x - x.mean()


def _rounding(*columns: NDArray[np.float64]) -> float:
    """Return what rounding may make of a difference between equal numbers of this size."""
    return 4 * float(np.finfo(float).eps) * max(float(np.abs(column).max()) for column in columns)


def lin_value(first: NDArray[np.float64], second: NDArray[np.float64]) -> float | None:
    """Return Lin's concordance; None where nothing varies and nothing differs."""
    a, b = _around_mean(first), _around_mean(second)
    apart = float(first.mean() - second.mean())
    apart = 0.0 if abs(apart) <= _rounding(first, second) else apart
    below = float((a**2).mean() + (b**2).mean()) + apart**2
    return None if below == 0 else 2 * float((a * b).mean()) / below


def pearson(first: Any, second: Any, *, confidence: float = 0.95, as_published: bool = False) -> Estimate:
    """Return Pearson's correlation. It does not see that one rater is milder throughout.

    Its interval is the wider of Fisher's and one that holds for long-tailed numbers, too.

    Args:
        first: Numbers, one for each unit; None, NaN or "" where missing.
        second: Likewise.
        confidence: Of the interval.
        as_published: Fisher's interval alone, as textbooks print it: for normal numbers.

    Raises:
        Refusal: Text, or fewer than three pairs.
    """
    may_promise(confidence)
    a, b, gone = _pairs(first, second)
    value, n = pearson_value(a, b), len(a)
    interval = None if value is None else _fisher(value, 1 / sqrt(n - 3), n, confidence) if n > 3 else None
    if value is not None and interval is not None and not as_published:
        interval = widened(interval, value, pearson_left_out(a, b), confidence)
    return _estimate(
        "Pearson's correlation", value, interval, n, f"interval Fisher 1921{'' if as_published else _OR_WIDER}",
        "one rater's ratings are all the same", confidence, _cautions(a, b, gone),
    )  # fmt: skip


def lin_ccc(first: Any, second: Any, *, confidence: float = 0.95, as_published: bool = False) -> Estimate:
    """Return Lin's concordance correlation: how near the pairs lie to the line on which both say the same.

    It is the correlation less what differs in level and in spread. Lin 1989; interval by Fisher's transformation
    with the variance corrected in Lin 2000, or the wider one that holds for long-tailed numbers, too.

    Args:
        first: Numbers, one for each unit; None, NaN or "" where missing.
        second: Likewise.
        confidence: Of the interval.
        as_published: Lin's interval alone: for normal numbers.

    Raises:
        Refusal: Text, or fewer than three pairs.
    """
    may_promise(confidence)
    a, b, gone = _pairs(first, second)
    value, n = lin_value(a, b), len(a)
    interval = None if value is None else _lin_interval(a, b, value, confidence)
    if value is not None and interval is not None and not as_published:
        interval = widened(interval, value, lin_left_out(a, b), confidence)
    return _estimate(
        "Lin's concordance", value, interval, n, f"Lin 1989, variance Lin 2000{'' if as_published else _OR_WIDER}",
        "all ratings are the same", confidence, _cautions(a, b, gone),
    )  # fmt: skip


def bland_altman(first: Any, second: Any, *, confidence: float = 0.95) -> BlandAltman:
    """Return the bias (second minus first) and the limits of agreement (Bland and Altman 1986, 1999).

    Args:
        first: Numbers, one for each unit; None, NaN or "" where missing.
        second: Likewise.
        confidence: Of the intervals.

    Raises:
        Refusal: Text, or fewer than three pairs.
    """
    may_promise(confidence)
    a, b, gone = _pairs(first, second)
    apart, mean, n = b - a, (a + b) / 2, len(a)
    bias, sd = float(apart.mean()), float(apart.std(ddof=1))
    t = float(scipy_module("special").stdtrit(n - 1, 1 - (1 - confidence) / 2))
    z = NormalDist().inv_cdf(0.975)
    of_bias = t * sd / sqrt(n)
    of_limit = t * sd * sqrt(1 / n + z**2 / (2 * (n - 1)))
    lower, upper = bias - z * sd, bias + z * sd
    spread = float(((mean - mean.mean()) ** 2).sum())
    slope = float(((mean - mean.mean()) * (apart - bias)).sum()) / spread if spread > 1e-300 else None
    return BlandAltman(
        bias=bias,
        low=bias - of_bias,
        high=bias + of_bias,
        sd=sd,
        lower=lower,
        upper=upper,
        lower_interval=(lower - of_limit, lower + of_limit),
        upper_interval=(upper - of_limit, upper + of_limit),
        slope=slope,
        n=n,
        confidence=confidence,
        warnings=_cautions(a, b, gone),
    )


def _pairs(first: Any, second: Any) -> tuple[NDArray[np.float64], NDArray[np.float64], int]:
    table = numbers(pair(first, second))
    whole = ~np.isnan(table).any(axis=1)
    if whole.sum() < 3:
        raise Refusal(
            f"Only {int(whole.sum())} units were rated by both raters; this measure needs at least three that were."
        )
    return table[whole, 0], table[whole, 1], int(np.sum(~whole))


def _fisher(value: float, error: float, n: int, confidence: float, df: int | None = None) -> tuple[float, float]:
    if abs(value) >= 1 - 1e-12:
        low, high = unseen(1.0, n)
        return (low, high) if value > 0 else (-high, -low)
    tail = 1 - (1 - confidence) / 2
    times = NormalDist().inv_cdf(tail) if df is None else float(scipy_module("special").stdtrit(df, tail))
    return tanh(atanh(value) - times * error), tanh(atanh(value) + times * error)


def _lin_interval(
    a: NDArray[np.float64], b: NDArray[np.float64], value: float, confidence: float
) -> tuple[float, float] | None:
    n, r = len(a), pearson_value(a, b)
    if abs(value) >= 1 - 1e-12:
        return _fisher(value, 0.0, n, confidence)
    if r is None:
        return None
    spreads, apart = float(a.std() * b.std()), float(a.mean() - b.mean()) ** 2
    # Lin's bias correction, by which concordance is less than correlation: not from their ratio, which may be 0 / 0.
    bias = 2 * spreads / (float(a.var() + b.var()) + apart)
    shift, rest = apart / spreads, 1 - value**2
    variance = (
        (1 - r**2) * bias**2 / rest
        + 2 * value**2 * bias * (1 - value) * shift / rest**2
        - value**2 * bias**2 * shift**2 / (2 * rest**2)
    ) / (n - 2)
    # The variance, too, is estimated from these units: where they are few, Student's t holds and the normal does not.
    return _fisher(value, sqrt(max(0.0, variance)), n, confidence, n - 2 if n < FEW else None)


def _cautions(a: NDArray[np.float64], b: NDArray[np.float64], gone: int) -> tuple[str, ...]:
    apart = b - a
    said = (
        f"Left out: {counted(gone, 'units')}, because one of the two did not rate them." if gone else "",
        few(len(a), "units"),
        leniency(pearson_value(a, b), lin_value(a, b), float(apart.mean()), float(apart.std(ddof=1)), len(a)),
    )
    return tuple(sentence for sentence in said if sentence)


def _estimate(
    measure: str,
    value: float | None,
    interval: tuple[float, float] | None,
    n: int,
    method: str,
    undefined: str,
    confidence: float,
    warnings: tuple[str, ...],
) -> Estimate:
    return Estimate(
        measure=measure,
        value=value,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        n=n,
        of="units",
        raters=2,
        method=method,
        undefined="" if value is not None else undefined,
        confidence=confidence,
        warnings=warnings,
    )
