"""An interval for alpha over numbers: the jackknife on a scale on which alpha is nearly normal.

Alpha over numbers is all but the one-way intraclass correlation, for which Fisher's transformation ½ ln((1 + (k − 1) α)
/ (1 − α)) steadies the spread. Leaving out one unit at a time there, with Student's t, holds what drawing units again
does not at ten or twenty units (Hughes 2022 on the jackknife for alpha; Fisher 1925 on the transformation).
"""

from __future__ import annotations

from math import exp, isfinite, log, sqrt

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._scipy import scipy_module

__all__ = ["MOST_UNITS", "jackknife_interval"]

MOST_UNITS = 60
"""Up to so many units; from more on drawing again does as well."""


def jackknife_interval(
    value: float, left_out: NDArray[np.float64], raters: float, confidence: float
) -> tuple[float, float] | None:
    """Return the interval; None where leaving out one unit leaves nothing to measure, or nothing that differs.

    Args:
        value: Alpha of all units.
        left_out: Alpha without each unit: shape (units,).
        raters: How many ratings a unit has, on average.
        confidence: Of the interval.
    """
    n, below = len(left_out), -1 / (raters - 1)
    if n < 3 or not np.isfinite(left_out).all() or min(value, left_out.min()) <= below:
        return None
    if max(value, left_out.max()) >= 1 - 1e-12:
        return None
    at = np.log((1 + (raters - 1) * left_out) / (1 - left_out)) / 2
    middle = log((1 + (raters - 1) * value) / (1 - value)) / 2
    error = sqrt((n - 1) / n * float(((at - at.mean()) ** 2).sum()))
    half = float(scipy_module("special").stdtrit(n - 1, 1 - (1 - confidence) / 2)) * error
    low, high = (_back(middle + way * half, raters) for way in (-1, 1))
    return (low, high) if isfinite(low) and isfinite(high) else None


def _back(z: float, raters: float) -> float:
    if z > 300:
        return 1.0
    grown = exp(2 * z)
    return (grown - 1) / (grown + raters - 1)
