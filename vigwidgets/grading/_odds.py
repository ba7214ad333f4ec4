"""How surprising a count is: exact tail probabilities, for counts so small that nothing else will do."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, comb

__all__ = ["at_least", "drawn_at_least", "median_with_interval"]


def at_least(count: int, n: int, share: float) -> float:
    """Return the probability of ``count`` or more of ``n``, if each comes with probability ``share`` (binomial)."""
    return float(sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(count, n + 1)))


def drawn_at_least(count: int, n: int, marked: int, of: int, *, mid: bool = False) -> float:
    """Return the probability that ``n`` drawn from ``of`` have ``count`` or more of the ``marked`` (hypergeometric).

    It is Fisher's exact test, on one side: are the marked more frequent among these ``n`` than among the others?

    Args:
        count: How many of those that were drawn are marked.
        n: How many were drawn.
        marked: How many there are.
        of: From how many they were drawn.
        mid: Whether just ``count`` counts half (Lancaster's mid-p): with few drawn the whole makes all seem usual.
    """
    ways = sum(comb(marked, k) * comb(of - marked, n - k) for k in range(count, min(n, marked) + 1))
    just = comb(marked, count) * comb(of - marked, n - count) if mid and count <= n else 0
    return (ways - just / 2) / comb(of, n) if of else 1.0


def median_with_interval(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float, float]:
    """Return the median with an interval that no outlier can move: two of the values in order (the sign test's).

    Args:
        values: At least one.
        confidence: What the interval promises at least, where there are enough values for it.
    """
    ordered, n = sorted(values), len(values)
    middle = (ordered[(n - 1) // 2] + ordered[n // 2]) / 2
    tail = (1 - confidence) / 2
    low = 0
    while low < ceil(n / 2) - 1 and sum(comb(n, k) for k in range(low + 2)) / 2**n <= tail:
        low += 1
    return middle, ordered[low], ordered[n - 1 - low]
