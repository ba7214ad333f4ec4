"""Event-based agreement from aligned tags: how many match, and whether linked tags have the same code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._links import MATCHED, MISLABELLED, SHIFTED, Links
from vigwidgets.agreement._panel import Events

__all__ = ["EventTable", "event_table", "f_one", "label_kappa"]

Table = NDArray[np.float64]


@dataclass(frozen=True)
class EventTable:
    """Counts of tags for pairs of observers, by stretch of film.

    Attributes:
        matched: Shape (pairs, stretches).
        shifted: Likewise.
        mislabelled: Likewise.
        first: Likewise: all tags of the first observer.
        second: Likewise: all tags of the second.
        confusion: Shape (groups, stretches, codes, codes): codes of the tags linked within the tolerance, the first
            observer's in rows. Shifted tags are linked because they have the same code, and so can say nothing of
            names. One group for each pair, or one for all.
    """

    matched: Table
    shifted: Table
    mislabelled: Table
    first: Table
    second: Table
    confusion: Table


def event_table(
    links: Links,
    first: Events,
    second: Events,
    pairs: tuple[NDArray[np.int64], NDArray[np.int64]],
    codes: int,
    duration: int,
    stretches: int = 1,
    *,
    pooled: bool = True,
) -> EventTable:
    """Count.

    Args:
        links: How the tags are aligned.
        first: Some observers' tags.
        second: Some observers' tags.
        pairs: For each pair the owner among the first and the owner among the second.
        codes: How many codes there are.
        duration: The film's length in microseconds.
        stretches: Into how many stretches of equal length the film is parted; a link lies where its first tag begins.
        pooled: One table of codes for all pairs together, not one for each.
    """
    n = len(pairs[0])
    at = _stretch(first.start[links.first], duration, stretches)
    cell = links.pair * stretches + at
    counts = {
        kind: np.bincount(cell[links.kind == kind], minlength=n * stretches).reshape(n, stretches).astype(float)
        for kind in (MATCHED, SHIFTED, MISLABELLED)
    }
    groups = 1 if pooled else n
    near = links.kind != SHIFTED
    group = np.zeros_like(links.pair) if pooled else links.pair
    place = (group * stretches + at) * codes**2 + first.code[links.first] * codes + second.code[links.second]
    place = place[near]
    confusion = np.bincount(place, minlength=groups * stretches * codes**2).astype(float)
    return EventTable(
        counts[MATCHED],
        counts[SHIFTED],
        counts[MISLABELLED],
        _per_owner(first, pairs[0], duration, stretches),
        _per_owner(second, pairs[1], duration, stretches),
        confusion.reshape(groups, stretches, codes, codes),
    )


def _stretch(start: NDArray[np.int64], duration: int, stretches: int) -> NDArray[np.int64]:
    return np.clip(start * stretches // max(duration, 1), 0, stretches - 1)


def _per_owner(events: Events, owners: NDArray[np.int64], duration: int, stretches: int) -> Table:
    """Return how many tags each of some owners has in each stretch."""
    top = max(int(events.owner.max(initial=0)), int(owners.max(initial=0))) + 1
    place = events.owner * stretches + _stretch(events.start, duration, stretches)
    return np.bincount(place, minlength=top * stretches).reshape(top, stretches)[owners].astype(float)


def f_one(table: EventTable, weights: Table | None = None) -> Table:
    """Return F1 of matched tags, the harmonic mean of precision and recall: (samples, pairs), NaN without tags."""
    w = np.ones((1, table.matched.shape[1])) if weights is None else weights
    matched, tags = w @ table.matched.T, w @ (table.first + table.second).T
    return np.asarray(np.divide(2 * matched, tags, out=np.full(matched.shape, np.nan), where=tags > 0))


def label_kappa(
    table: EventTable, weights: Table | None = None, *, mirrored: bool = False
) -> tuple[Table, Table, Table]:
    """Return Cohen's kappa over the codes of linked tags, with agreement seen and expected: each (samples, groups).

    Args:
        table: Counts.
        weights: Shape (samples, stretches); None: each stretch once.
        mirrored: Count each link both ways round, where pairs of many observers are pooled and none comes first.

    Returns:
        NaN where there is no link, or both used one code only.
    """
    w = np.ones((1, table.confusion.shape[1])) if weights is None else weights
    counts = np.einsum("st,gtab->sgab", w, table.confusion)
    counts = counts + counts.swapaxes(2, 3) if mirrored else counts
    n = counts.sum(axis=(2, 3))
    some = np.where(n > 0, n, np.nan)
    observed = np.trace(counts, axis1=2, axis2=3) / some
    expected = (counts.sum(axis=3) * counts.sum(axis=2)).sum(axis=2) / some**2
    room = 1 - expected
    value = np.divide(observed - expected, room, out=np.full(n.shape, np.nan), where=room > 1e-12)
    return value, observed, expected
