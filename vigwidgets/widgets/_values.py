"""What a person writes in Python, or a table holds: numbers of any kind, and the several ways to say "nothing"."""

from __future__ import annotations

import math
import numbers
import sys
from decimal import Decimal
from typing import Any

__all__ = ["none_if_missing", "number_of"]


def number_of(value: Any) -> float | None:
    """Return a finite number as a float; None for anything else.

    Numbers are Python's own, fractions and decimals, and a single one of numpy's. Truth values, arrays, spans of
    time and text are none.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real | Decimal):
        return None
    # numpy counts its spans of time among the whole numbers, whatever their unit.
    if getattr(getattr(value, "dtype", None), "kind", "f") not in "iuf":
        return None
    try:
        number = float(value)
    except (ArithmeticError, TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def none_if_missing(value: Any) -> Any:
    """Return None for what a table writes where nothing is (NaN, ``pandas.NA``, ``NaT``), else the value itself."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, Decimal) and value.is_nan():
        return None
    # Whoever has one of pandas' has pandas already; nobody else need wait for it.
    pandas = sys.modules.get("pandas")
    return None if pandas is not None and (value is pandas.NA or value is pandas.NaT) else value
