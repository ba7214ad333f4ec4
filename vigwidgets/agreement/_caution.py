"""What a reader should be told before believing a figure."""

from __future__ import annotations

from math import sqrt

from vigwidgets.agreement._estimate import counted, number

__all__ = ["FEW", "few", "leniency", "paradox", "severity"]

FEW = 20
_LOW_VALUE = 0.41
_SKEWED = 0.7
_FALL = 0.4


def few(n: int, of: str) -> str:
    """Warn of few cases; empty where there are enough.

    Below twenty an interval is wider than the bands that it is read by: with 21 films a correlation of .60 could be
    anything from .23 to .82.
    """
    if n >= FEW:
        return ""
    return f"Only {counted(n, of)}: the interval is wide, and one more case could change the picture."


def paradox(observed: float | None, value: float | None, commonest: float) -> str:
    """Warn where nearly everything is one category, so that a coefficient is low although people mostly agree.

    Feinstein and Cicchetti 1990: with a prevalence far from even, chance alone explains nearly all agreement, and a
    few differences drag kappa down.

    Args:
        observed: Agreement as seen.
        value: The chance-corrected coefficient.
        commonest: The commonest category's part of all judgements, 0 to 1.
    """
    if observed is None or value is None:
        return ""
    if value >= _LOW_VALUE or commonest < _SKEWED or observed - value < _FALL:
        return ""
    return (
        f"Prevalence paradox: the observers agree on {observed * 100:.0f} % and yet the coefficient is "
        f"{number(value)}, because one category makes up {commonest * 100:.0f} % of all judgements; read the "
        "agreement itself and Gwet's AC1 beside it."
    )


def leniency(correlation: float | None, concordance: float | None, bias: float, sd_of_bias: float, n: int) -> str:
    """Warn where a correlation hides that one observer is steadily milder or stricter than the other.

    Args:
        correlation: Pearson's.
        concordance: Lin's, which loses what the correlation does not see.
        bias: Mean of second minus first.
        sd_of_bias: Standard deviation of the single differences.
        n: How many pairs.
    """
    if correlation is None or concordance is None or correlation - concordance < 0.1 or n < 2:
        return ""
    if abs(bias) <= 2 * sd_of_bias / sqrt(n):
        return ""
    way = "higher" if bias > 0 else "lower"
    return (
        f"Leniency that correlation hides: the correlation is {number(correlation)}, but the second observer rates "
        f"{number(abs(bias))} {way} on average, and the concordance is only {number(concordance)}."
    )


def severity(first: int, second: int) -> str:
    """Warn where one observer tags clearly more than the other: more than chance would part equal observers.

    The two counts are compared as by a sign test's normal form, at about one false alarm in twenty.
    """
    total = first + second
    if total == 0 or abs(first - second) - 1 <= 2 * sqrt(total):
        return ""
    more, less = max(first, second), min(first, second)
    who = "first" if first > second else "second"
    return f"The {who} observer tagged much more ({more} against {less}): they may not count the same things."
