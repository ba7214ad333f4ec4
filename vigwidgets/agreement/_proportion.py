"""A proportion with what so few cases can say about it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

__all__ = ["Proportion", "proportion"]

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Proportion:
    """So many of so many.

    Attributes:
        count: How many.
        n: Of how many.
        value: ``count / n``; None when n is 0.
        low: The lower end of the 95 % interval (Wilson 1927); None when n is 0.
        high: The upper end.
    """

    count: int
    n: int
    value: float | None
    low: float | None
    high: float | None


def proportion(count: int, n: int) -> Proportion:
    """Return ``count`` of ``n`` with Wilson's 95 % interval, which stays honest for few cases.

    Raises:
        ValueError: ``count`` is not between 0 and ``n``.
    """
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n} is no proportion; the count lies between 0 and {n}.")
    if n == 0:
        return Proportion(0, 0, None, None, None)
    share = count / n
    scale = 1 + _Z95**2 / n
    centre = (share + _Z95**2 / (2 * n)) / scale
    half = _Z95 / scale * sqrt(share * (1 - share) / n + _Z95**2 / (4 * n**2))
    # At the ends the interval meets the share itself; rounding must not carry it past.
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == n else min(1.0, centre + half)
    return Proportion(count, n, share, low, high)
