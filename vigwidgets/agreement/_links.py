"""Which tag of one observer is which of another's, for many pairs of observers at once.

Two tags of the same code whose edges lie within the tolerance are *matched*; two of the same code that overlap, or
begin within reach of each other, are *shifted*; two of different codes whose edges lie within the tolerance are
*mislabelled*. Every tag has at most one partner. The alignment is the best of all, not the first that fits: none has
more matched; none with as many matched has more shifted; then more mislabelled. Among equals like goes with like (a
moment with a moment, what lasts with what lasts), then the nearer; what is still equal is settled by the tags' own
times, the same way whoever of the two comes first.

Bakeman, Quera and Gnisci 2009 on why both alignment and time-based figures are needed; Holle and Rein 2015 on linking.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._blocks import best_choice
from vigwidgets.agreement._panel import Events
from vigwidgets.errors import Refusal

__all__ = ["MATCHED", "MISLABELLED", "SHIFTED", "Links", "link"]

MISLABELLED, SHIFTED, MATCHED = 1, 2, 3
_AT_ONCE = 4_000_000
_TIE = 1e-6
"""What settles ties, as a part of nearness: less than any difference that an eye could see."""


@dataclass(frozen=True)
class Links:
    """Tags that belong together.

    Attributes:
        pair: Of which pair of observers, by number.
        first: The first observer's tag, by its place among the first events.
        second: The second observer's, by its place among the second events.
        kind: ``MATCHED``, ``SHIFTED`` or ``MISLABELLED``.
    """

    pair: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    kind: NDArray[np.int64]


def link(first: Events, second: Events, pair_of: NDArray[np.int64], tolerance: int, reach: int) -> Links:
    """Align tags.

    Args:
        first: Some observers' tags.
        second: Some observers' tags; may be the same ones.
        pair_of: Shape (first owners, second owners): the pair's number, −1 where two are not compared.
        tolerance: In microseconds, at either edge; a point and a tag that lasts are compared by their starts.
        reach: In microseconds: how far apart two tags of the same code may begin to be one that is shifted.

    Raises:
        Refusal: The tolerance or the reach is negative.
    """
    if tolerance < 0 or reach < 0:
        raise Refusal(
            f"A tolerance of {tolerance / 1e6:g} s with a reach of {reach / 1e6:g} s has no meaning; both must be 0 "
            "or more."
        )
    reach = max(reach, tolerance)
    parts = [
        part
        for left, right in _candidates(first, second, tolerance, reach)
        if len((part := _worthy(first, second, left, right, pair_of, tolerance))[0])
    ]
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Links(none, none, none, none)
    left, right, pair, kind, near = (np.concatenate(column) for column in zip(*parts, strict=True))
    like = first.point[left] == second.point[right]
    near = (1 - _TIE) * near + _TIE * _settled(first, second, left, right)
    chosen = best_choice(pair * len(first) + left, pair * len(second) + right, kind, near, like)
    order = np.flatnonzero(chosen)
    order = order[np.lexsort((left[order], pair[order]))]
    return Links(pair[order], left[order], right[order], kind[order])


def _worthy(
    first: Events,
    second: Events,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    pair_of: NDArray[np.int64],
    tolerance: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Keep the candidates that may be linked, with their pair, kind and nearness."""
    pair = pair_of[first.owner[left], second.owner[right]]
    kept = pair >= 0
    left, right, pair = left[kept], right[kept], pair[kept]
    apart = np.abs(first.start[left] - second.start[right])
    at_end = np.abs(first.end[left] - second.end[right])
    apart = np.where(first.point[left] == second.point[right], np.maximum(apart, at_end), apart)
    same, near = first.code[left] == second.code[right], apart <= tolerance
    kind = np.where(same, np.where(near, MATCHED, SHIFTED), MISLABELLED)
    kept = same | near
    nearness = np.where(near, 1 - apart / (tolerance + 1), 1 / (1 + apart / 1e6))
    return left[kept], right[kept], pair[kept], kind[kept], nearness[kept]


def _settled(first: Events, second: Events, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return a number from 0 to 1 for each pair of tags, made of their times alone, and the same either way round.

    Any rule such as "the earlier" would leave sums of several pairs equal again; these are as good as never equal.
    """
    both = _scrambled(first)[left] + _scrambled(second)[right]
    return np.asarray(_mixed(both) / float(2**64))


def _scrambled(events: Events) -> NDArray[np.uint64]:
    return _mixed(_mixed(events.start.astype(np.uint64)) + events.end.astype(np.uint64) * np.uint64(2))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scatter numbers over all 64 bits (the finaliser of SplitMix64; Steele, Lea and Flood 2014)."""
    x = values + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))


def _candidates(
    first: Events, second: Events, tolerance: int, reach: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Find pairs that could be linked, some at a time: same code and near or overlapping, or any code and near."""
    if not len(first) or not len(second):
        return
    last = int(max(first.end.max(), second.end.max()))
    span = last + 2 * reach + 4
    a, b = first.code * span + first.start + reach + 1, second.code * span + second.start + reach + 1
    # The second begins near the first's start or while the first lasts …
    to = a + np.maximum(reach, first.end - first.start - 1)
    yield from _between(b, a - reach, to)
    # … or it began longer ago than that, and still lasts when the first begins.
    for right, left in _between(a, b + reach + 1, b + second.end - second.start - 1):
        yield left, right
    for left, right in _between(second.start, first.start - tolerance, first.start + tolerance):
        other = first.code[left] != second.code[right]
        yield left[other], right[other]


def _between(
    keys: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """For each window from low to high give the places of the keys inside, as pairs (window, key), some at a time."""
    order = np.argsort(keys, kind="stable")
    ranked = keys[order]
    begin = np.searchsorted(ranked, low, side="left")
    count = np.maximum(0, np.searchsorted(ranked, high, side="right") - begin)
    total = np.cumsum(count)
    at = 0
    while at < len(low):
        done = int(total[at - 1]) if at else 0
        to = max(at + 1, int(np.searchsorted(total, done + _AT_ONCE, side="right")))
        some = count[at:to]
        window = np.repeat(np.arange(at, to), some)
        step = np.arange(len(window)) - np.repeat(np.cumsum(some) - some, some)
        yield window, order[begin[window] + step]
        at = to
