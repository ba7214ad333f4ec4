"""Intervals by drawing again: what other, equal samples would have given."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._proportion import proportion
from vigwidgets.errors import Refusal

__all__ = ["draws", "may_promise", "normal_interval", "percentiles", "unseen", "wilson"]

_SEED = 20210611


def may_promise(confidence: float) -> None:
    """Check what an interval shall promise.

    Raises:
        Refusal: It is below one half, or 1 and more, or no number.
    """
    if not 0.5 <= confidence < 1:
        raise Refusal(f"An interval cannot promise {confidence:g}; choose from 0.5 up to below 1, such as 0.95.")


def draws(n: int, times: int, seed: int | None = None) -> NDArray[np.float64]:
    """Return how often each of ``n`` cases is drawn in each of ``times`` samples with replacement: (times, n).

    The seed is fixed by default, so that the same data always give the same interval.
    """
    generator = np.random.default_rng(_SEED if seed is None else seed)
    return generator.multinomial(n, np.full(n, 1 / n), size=times).astype(float)


def percentiles(values: NDArray[np.float64], confidence: float) -> tuple[float, float] | None:
    """Return the interval between the percentiles of what was drawn; None where there is nothing to order."""
    finite = values[np.isfinite(values)]
    if finite.size == 0 or finite.size < values.size / 2:
        return None
    tail = (1 - confidence) / 2
    low, high = np.quantile(finite, [tail, 1 - tail])
    return float(low), float(high)


def wilson(share: float, n: float, confidence: float) -> tuple[float, float]:
    """Return Wilson's interval of a share of n, which need not be whole (Wilson 1927)."""
    from statistics import NormalDist  # noqa: PLC0415 - a third of this module's loading time, seldom needed

    z = NormalDist().inv_cdf(1 - (1 - confidence) / 2)
    centre = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * float(np.sqrt(max(0.0, share * (1 - share)) / n + z**2 / (4 * n**2)))
    low = 0.0 if share <= 0 else max(0.0, centre - half)
    return low, 1.0 if share >= 1 else min(1.0, centre + half)


def unseen(value: float, n: int) -> tuple[float, float]:
    """Return an interval where nothing varied, so that drawing again shows nothing.

    Cases unlike all those seen may exist: as many as Wilson's interval allows for 0 of ``n``. If such cases agreed
    as by chance, a coefficient would fall by that share; ``value`` is its upper end when it is 1.
    """
    share = proportion(0, n).high
    share = 1.0 if share is None else share
    return value - share, value if value >= 1 else min(1.0, value + share)


def normal_interval(
    value: float, error: float, confidence: float, floor: float = -1.0, ceiling: float = 1.0, df: int | None = None
) -> tuple[float, float]:
    """Return value ± error, as many as the normal (or, with degrees of freedom, Student's) distribution asks."""
    from statistics import NormalDist  # noqa: PLC0415 - a third of this module's loading time, seldom needed

    tail = 1 - (1 - confidence) / 2
    if df is None:
        times = NormalDist().inv_cdf(tail)
    else:
        from vigwidgets.agreement._scipy import scipy_module  # noqa: PLC0415

        times = float(scipy_module("special").stdtrit(df, tail))
    return min(value, max(floor, value - times * error)), max(value, min(ceiling, value + times * error))
