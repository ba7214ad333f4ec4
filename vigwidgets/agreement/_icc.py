"""Intraclass correlations: how much of the spread in ratings is spread of what was rated."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._caution import few, leniency
from vigwidgets.agreement._concordance import lin_value, pearson_value
from vigwidgets.agreement._estimate import Estimate, counted, number
from vigwidgets.agreement._iccothers import FEW_RATERS, Anova, others_interval
from vigwidgets.agreement._leftout import FEWEST, icc_left_out, widened
from vigwidgets.agreement._ratings import numbers
from vigwidgets.agreement._resample import may_promise, unseen
from vigwidgets.agreement._scipy import scipy_module
from vigwidgets.errors import Refusal

__all__ = ["IccEstimate", "icc"]

_KINDS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
_MEANS = {
    "1": "each target has raters of its own",
    "2": "raters drawn from many, who must agree in level",
    "3": "these raters only, level aside",
}


@dataclass(frozen=True)
class IccEstimate(Estimate):
    """An intraclass correlation with its analysis of variance.

    Attributes:
        kind: ``"2,1"`` and the like.
        ms_targets: Mean square between targets (BMS).
        ms_raters: Mean square between raters (JMS).
        ms_error: Residual mean square (EMS).
        ms_within: Mean square within targets (WMS).
        f: The F that tests whether the correlation is 0.
        df: Its degrees of freedom; for ICC(2,·) the second is Satterthwaite's, which the interval uses.
        others_low: Of ICC(2,·), the lower end of the interval for any raters of whom these are a sample. McGraw and
            Wong's holds for these raters; so few of them say little of how far others differ.
        others_high: The upper end.
    """

    kind: str = ""
    ms_targets: float = 0.0
    ms_raters: float = 0.0
    ms_error: float = 0.0
    ms_within: float = 0.0
    f: float | None = None
    df: tuple[float, float] = (0.0, 0.0)
    others_low: float | None = None
    others_high: float | None = None


def icc(
    ratings: Any, kind: str = "2,1", *, confidence: float = 0.95, only_these: bool = False, as_published: bool = False
) -> IccEstimate:
    """Return an intraclass correlation of Shrout and Fleiss 1979.

    Its interval is the wider of McGraw and Wong's (1996) and one that holds for long-tailed ratings, too.

    ICC(2,1), absolute agreement of single raters, is the one for a trainee beside a reference. ICC(3,·) does not see
    that a rater is too mild; read it with Lin's concordance or the bias.

    Args:
        ratings: Shape (targets, raters). Targets with a missing rating are left out, and a warning says so.
        kind: ``"1,1"``, ``"2,1"``, ``"3,1"`` for a single rater, ``"1,k"``, ``"2,k"``, ``"3,k"`` for the mean of all.
        confidence: Of the interval.
        only_these: Whether nothing is asked about other raters, as of a trainee beside the reference: then no warning
            says how little two or three tell of others.
        as_published: McGraw and Wong's interval alone, as other packages print it: for normal ratings.

    Raises:
        Refusal: An unknown kind, text, or fewer than two complete targets.
    """
    may_promise(confidence)
    table, gone = _complete(ratings, kind)
    anova = _anova(table)
    value = _value(anova, kind)
    (low, high), others, f, df = _intervals(table, anova, kind, value, confidence, as_published)
    return IccEstimate(
        measure=f"ICC({kind})",
        value=value,
        low=low,
        high=high,
        n=anova.n,
        of="targets",
        raters=anova.k,
        method=_method(kind, anova.k, as_published),
        scale="icc",
        undefined="" if value is not None else "the targets' ratings do not differ from each other",
        confidence=confidence,
        kind=kind,
        ms_targets=anova.targets,
        ms_raters=anova.raters,
        ms_error=anova.error,
        ms_within=anova.within,
        f=f,
        df=df,
        others_low=others[0] if others else None,
        others_high=others[1] if others else None,
        warnings=_warnings(table, gone, None if only_these else others),
    )


def _method(kind: str, raters: int, as_published: bool) -> str:
    whom = "one rater" if kind.endswith("1") else f"the mean of {raters} raters"
    wider = "" if as_published else ", or that of the jackknife on Fisher's scale where it is wider"
    return f"Shrout and Fleiss 1979 ({_MEANS[kind[0]]}; {whom}); interval McGraw and Wong 1996{wider}"


def _complete(ratings: Any, kind: str) -> tuple[NDArray[np.float64], int]:
    """Return the ratings of the targets without a gap, shape (targets, raters), and how many were left out."""
    if kind not in _KINDS:
        raise Refusal(f"ICC({kind}) is not known; choose one of {', '.join(_KINDS)}.")
    table = numbers(ratings)
    whole = np.asarray(~np.isnan(table).any(axis=1))
    if whole.sum() < 2:
        raise Refusal(
            f"Only {int(whole.sum())} targets were rated by all {table.shape[1]} raters; an intraclass correlation "
            "needs at least two, so fill the gaps or use Krippendorff's alpha (interval), which allows them."
        )
    return table[whole], int(np.sum(~whole))


def _anova(x: NDArray[np.float64]) -> Anova:
    n, k = x.shape
    # A sum of squares below this is what rounding makes of equal numbers; centred ones no longer tell how large.
    rounding = x.size * (4 * float(np.finfo(float).eps) * float(np.abs(x).max())) ** 2
    x = x - x.mean()
    rows, columns = x.mean(axis=1), x.mean(axis=0)
    targets = k * float((rows**2).sum()) / (n - 1)
    raters = n * float((columns**2).sum()) / (k - 1)
    within = float(((x - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    error = float(((x - rows[:, None] - columns) ** 2).sum()) / ((n - 1) * (k - 1))
    # What rounding leaves of nothing is nothing.
    tiny = max(1e-12 * max(targets, raters, within, float(np.abs(x).max()) ** 2), rounding)
    targets, raters, error, within = (0.0 if part < tiny else part for part in (targets, raters, error, within))
    return Anova(n, k, targets, raters, error, within)


def _value(a: Anova, kind: str) -> float | None:
    n, k = a.n, a.k
    top = a.targets - (a.within if kind[0] == "1" else a.error)
    below = {
        "1,1": a.targets + (k - 1) * a.within,
        "2,1": a.targets + (k - 1) * a.error + k * (a.raters - a.error) / n,
        "3,1": a.targets + (k - 1) * a.error,
        "1,k": a.targets,
        "2,k": a.targets + (a.raters - a.error) / n,
        "3,k": a.targets,
    }[kind]
    return None if below <= 1e-12 * (a.targets + a.raters + a.error + a.within) else top / below


def _interval(
    a: Anova, kind: str, value: float | None, confidence: float
) -> tuple[tuple[float | None, float | None], float | None, tuple[float, float]]:
    """Return the interval, F and its degrees of freedom."""
    n, k, tail = a.n, a.k, 1 - (1 - confidence) / 2
    plain = n * (k - 1) if kind[0] == "1" else (n - 1) * (k - 1)
    noise = a.within if kind[0] == "1" else a.error
    f = a.targets / noise if noise > 0 else float("inf")
    df = (float(n - 1), float(plain))
    if value is None:
        return (None, None), None, df
    if noise == 0:
        low, high = unseen(value, n) if value >= 1 - 1e-12 else (None, None)
        return (low, high), None, df
    quantile = scipy_module("special").fdtri
    if kind[0] == "2":
        return _interval_of_agreement(a, kind, value, tail), f, (float(n - 1), _satterthwaite(a))
    lower = f / float(quantile(n - 1, plain, tail))
    upper = f * float(quantile(plain, n - 1, tail))
    if kind.endswith("k"):
        return (1 - 1 / lower, 1 - 1 / upper), f, df
    return ((lower - 1) / (lower + k - 1), (upper - 1) / (upper + k - 1)), f, df


def _weights(a: Anova) -> tuple[float, float]:
    """Return McGraw and Wong's weights of the mean squares between raters and of the error."""
    value = _value(a, "2,1")
    if value is None or value >= 1:
        return 0.0, 1.0
    return a.k * value / (a.n * (1 - value)), 1 + a.k * value * (a.n - 1) / (a.n * (1 - value))


def _satterthwaite(a: Anova) -> float:
    """Return the degrees of freedom of both mean squares together; 0 where they weigh nothing."""
    one, two = _weights(a)
    below = (one * a.raters) ** 2 / (a.k - 1) + (two * a.error) ** 2 / ((a.n - 1) * (a.k - 1))
    return (one * a.raters + two * a.error) ** 2 / below if below > 1e-24 * (a.raters + a.error) ** 2 else 0.0


def _interval_of_agreement(a: Anova, kind: str, value: float, tail: float) -> tuple[float | None, float | None]:
    """Return McGraw and Wong's interval of ICC(2,1), or stepped up by Spearman and Brown, of ICC(2,k)."""
    n, k, df = a.n, a.k, _satterthwaite(a)
    quantile = scipy_module("special").fdtri
    if df <= 0:
        return None, None
    strict, mild = float(quantile(n - 1, df, tail)), float(quantile(df, n - 1, tail))
    rest = k * a.raters + (k * n - k - n) * a.error
    low = n * (a.targets - strict * a.error) / (strict * rest + n * a.targets)
    high = n * (mild * a.targets - a.error) / (rest + n * mild * a.targets)
    if not isfinite(low) or not isfinite(high):
        return None, None
    if kind == "2,k":
        # Below −1/(k − 1) Spearman and Brown's step up has no meaning: as low as can be.
        low, high = (k * end / (1 + (k - 1) * end) if 1 + (k - 1) * end > 0 else -inf for end in (low, high))
    return max(low, min(-1.0, value)), max(high, value)


def _widened(
    usual: tuple[float, float], table: NDArray[np.float64], a: Anova, kind: str, confidence: float
) -> tuple[float, float]:
    """Return the interval that holds for long-tailed ratings, too: of one rater, or stepped up to the mean of all."""
    form, single = cast("Literal['1', '2', '3']", kind[0]), _value(a, f"{kind[0]},1")
    if len(table) < FEWEST or single is None:
        return usual
    nothing = (single, single)  # what is wider is taken of the kind that was asked for
    low, high = widened(nothing, single, icc_left_out(table, form), confidence, a.k)
    if (low, high) == nothing:
        return usual
    if kind.endswith("k"):
        # Near -1/(k - 1) Spearman and Brown's step up falls without end: as low as can be said.
        low, high = (max(-1.0, a.k * end / max(1 + (a.k - 1) * end, 1e-9)) for end in (low, high))
    return min(usual[0], low), max(usual[1], high)


def _intervals(
    table: NDArray[np.float64], a: Anova, kind: str, value: float | None, confidence: float, as_published: bool
) -> tuple[tuple[float | None, float | None], tuple[float, float] | None, float | None, tuple[float, float]]:
    """Return the interval, that of other raters, F and its degrees of freedom.

    Unless as published, both hold for long-tailed ratings, too; that of other raters is never the narrower.
    """
    (low, high), f, df = _interval(a, kind, value, confidence)
    others = others_interval(a, kind, confidence) if kind[0] == "2" and low is not None else None
    if as_published or low is None or high is None:
        return (low, high), others, f, df
    low, high = _widened((low, high), table, a, kind, confidence)
    return (low, high), (min(others[0], low), max(others[1], high)) if others else None, f, df


def _warnings(table: NDArray[np.float64], gone: int, others: tuple[float, float] | None) -> tuple[str, ...]:
    said = [
        f"Left out: {counted(gone, 'targets')}, because a rating is missing." if gone else "",
        few(len(table), "targets"),
    ]
    if others is not None and table.shape[1] < FEW_RATERS:
        said.append(
            f"The interval is for these {table.shape[1]} raters, and so few say little of others: for any like them it "
            f"is {number(others[0])} to {number(others[1])}."
        )
    if table.shape[1] == 2:
        apart = table[:, 1] - table[:, 0]
        first, second = table[:, 0], table[:, 1]
        said.append(
            leniency(
                pearson_value(first, second), lin_value(first, second), float(apart.mean()), float(apart.std(ddof=1)),
                len(apart),
            )
        )  # fmt: skip
    return tuple(sentence for sentence in said if sentence)
