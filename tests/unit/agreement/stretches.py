"""Stretches of film as tests write them down: for each observer a list of start and end in seconds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._panel import Events

__all__ = ["SECOND", "Lists", "digits", "events", "from_lengths"]

SECOND = 1_000_000
Lists = list[list[tuple[int, int]]]


def from_lengths(observers: dict[str, list[list[int]]]) -> Lists:
    """Return the stretches of each observer, of which a table says the beginning and the length."""
    return [[(at, at + size) for at, size in own] for own in observers.values()]


def events(codes: list[Lists], begin: int = 0) -> Events:
    """Return stretches as the measures take them, in microseconds from ``begin``, for each code."""
    found = sorted(
        (owner, (start - begin) * SECOND, (end - begin) * SECOND, code)
        for code, lists in enumerate(codes)
        for owner, own in enumerate(lists)
        for start, end in own
    )
    table = np.array(found, dtype=np.int64).reshape(-1, 4)
    return Events(table[:, 0], table[:, 3], table[:, 1], table[:, 2], table[:, 1] == table[:, 2])


def digits(lists: Lists, length: int) -> NDArray[np.int64]:
    """Return the film cut into seconds: shape (seconds, observers), 1 where an observer has a stretch."""
    rows = [[any(start <= at < end for start, end in own) for own in lists] for at in range(length)]
    return np.array(rows, dtype=np.int64)
