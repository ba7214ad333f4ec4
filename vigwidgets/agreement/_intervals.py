"""Where intervals of time lie to one another: common time, gaps, and which units of time they cover."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["covered_units", "gaps", "overlap_share"]


def _edges(intervals: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    array = np.asarray(intervals, dtype=np.int64).reshape(-1, 2)
    if np.any(array[:, 1] < array[:, 0]):
        raise ValueError("An interval ends before it begins.")
    return array[:, 0], array[:, 1]


def overlap_share(first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
    """Return for every pair how much time they have in common, as a part of the time that either covers.

    Also known as intersection over union or Jaccard's index: 1 for the same interval, 0 for strangers.

    Args:
        first: Shape (n, 2): starts and ends in microseconds, half-open.
        second: Shape (m, 2), likewise.

    Returns:
        Shape (n, m), 0 to 1. An interval without length has nothing in common with any other.

    Raises:
        ValueError: An interval ends before it begins.
    """
    (a_start, a_end), (b_start, b_end) = _edges(first), _edges(second)
    common = np.minimum(a_end[:, None], b_end) - np.maximum(a_start[:, None], b_start)
    common = np.maximum(common, 0)
    either = (a_end - a_start)[:, None] + (b_end - b_start) - common
    return np.asarray(np.divide(common, either, out=np.zeros(common.shape), where=either > 0))


def gaps(first: ArrayLike, second: ArrayLike) -> NDArray[np.int64]:
    """Return for every pair the time between them; 0 where they touch or overlap.

    Args:
        first: Shape (n, 2): starts and ends in microseconds; a point has both the same.
        second: Shape (m, 2), likewise.

    Returns:
        Shape (n, m), microseconds.

    Raises:
        ValueError: An interval ends before it begins.
    """
    (a_start, a_end), (b_start, b_end) = _edges(first), _edges(second)
    between = np.maximum(a_start[:, None], b_start) - np.minimum(a_end[:, None], b_end)
    return np.asarray(np.maximum(between, 0))


def covered_units(intervals: ArrayLike, duration: int, unit: int) -> NDArray[np.bool_]:
    """Return which units of time are covered: those whose middle lies in an interval.

    Args:
        intervals: Shape (n, 2): starts and ends in microseconds, half-open; they may overlap.
        duration: The film's length in microseconds.
        unit: The length of a unit in microseconds; the last unit may be shorter.

    Returns:
        One truth value for each unit.

    Raises:
        ValueError: The unit is not above 0, or an interval ends before it begins.
    """
    if unit <= 0:
        raise ValueError(f"A unit of {unit} µs cannot be counted; it must be above 0.")
    starts, ends = _edges(intervals)
    begins = np.arange(0, max(duration, 0), unit, dtype=np.int64)
    middles = (begins + np.minimum(begins + unit, duration)) // 2
    # Counting starts and ends that lie at or before each middle says how many intervals are open there.
    opened = np.searchsorted(np.sort(starts), middles, side="right")
    closed = np.searchsorted(np.sort(ends), middles, side="right")
    return np.asarray(opened > closed)
