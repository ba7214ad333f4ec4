"""Krippendorff's alpha for unitizing: do observers find the same stretches of film?

Disagreement is the square of how far edges lie apart, and of a stretch's whole length where the other has none.
Two forms: that of 2004, in which film comes in units of a stated length, and that of 1995, to which it tends as the
units grow fine. Krippendorff, *On the reliability of unitizing continuous data*, Sociological Methodology 25, 1995;
*Content Analysis*, 2nd ed. 2004, ch. 11.6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._panel import Events
from vigwidgets.errors import Refusal

__all__ = ["Form", "Unitizing", "unitizing_parts"]

Form = Literal["1995", "2004"]


@dataclass(frozen=True)
class _Stretches:
    """One code's stretches, sorted by owner and start, none of an owner overlapping another of the same."""

    owner: NDArray[np.int64]
    start: NDArray[np.float64]
    end: NDArray[np.float64]

    @property
    def length(self) -> NDArray[np.float64]:
        return self.end - self.start


@dataclass(frozen=True)
class Unitizing:
    """What alpha is made of, by code and by part of the film, so that parts can be drawn again.

    Attributes:
        seen: Shape (codes, parts): squared differences seen.
        number: Shape (codes, parts): stretches.
        cubes: Shape (codes, parts): what chance gives two stretches that overlap.
        squares: Shape (codes, parts): pairs of places within one stretch.
        gaps: Shape (codes, parts, parts): what chance gives a stretch of one part in a gap of another.
        observers: How many.
        length: Of the film.
        form: Of 1995 or 2004.
        stretches: How many stretches in all.
    """

    seen: NDArray[np.float64]
    number: NDArray[np.float64]
    cubes: NDArray[np.float64]
    squares: NDArray[np.float64]
    gaps: NDArray[np.float64]
    observers: int
    length: float
    form: Form
    stretches: int

    def disagreement(
        self, weights: NDArray[np.float64] | None = None
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return disagreement seen and by chance: each (samples, codes).

        Args:
            weights: Shape (samples, parts): how often each part of the film was drawn; None: once.
        """
        w = np.ones((1, self.seen.shape[1])) if weights is None else weights
        m, whole = self.observers, self.length
        seen = w @ self.seen.T / (m * (m - 1) * whole**2)
        number, cubes, squares = (w @ part.T for part in (self.number, self.cubes, self.squares))
        in_gaps = np.stack([np.einsum("sp,sp->s", w @ code, w) for code in self.gaps], axis=1)
        places = m * whole * (m * whole - (1 if self.form == "2004" else 0))
        possible = places - squares
        top = 2 / whole * (np.maximum(number - 1, 0) / 3 * cubes + in_gaps)
        return seen, np.divide(top, possible, out=np.zeros_like(top), where=possible > 0)

    def alpha(self, weights: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
        """Return alpha over all codes for each sample; NaN where chance gives no disagreement."""
        seen, chance = (part.sum(axis=1) for part in self.disagreement(weights))
        return np.asarray(1 - np.divide(seen, chance, out=np.full(len(seen), np.nan), where=chance > 0))


def unitizing_parts(
    events: Events,
    observers: int,
    codes: int,
    duration: int,
    *,
    form: Form = "1995",
    unit: int = 100_000,
    parts: int = 1,
) -> Unitizing:
    """Return what alpha is made of. Points have no length and do not count.

    Args:
        events: Tags in microseconds. Of one observer's tags of one code that overlap, the later begins where the
            earlier ends.
        observers: How many; two or more.
        codes: How many.
        duration: The film's length in microseconds.
        form: ``"1995"`` or ``"2004"``.
        unit: For the form of 2004: the length that film is counted in, in microseconds.
        parts: Into how many parts of equal length the film is divided, for drawing again.

    Raises:
        Refusal: An unknown form, a unit of 0, or a film without length.
    """
    if form not in {"1995", "2004"}:
        raise Refusal(f"The form {form!r} of unitizing alpha is not known; choose 1995 or 2004.")
    if unit <= 0 or duration <= 0:
        raise Refusal(f"A film of {duration} µs in units of {unit} µs cannot be counted; both must be above 0.")
    whole = float(max(1, round(duration / unit))) if form == "2004" else duration / 1e6
    shape = (codes, parts)
    seen, number, cubes, squares = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    gaps = np.zeros((codes, parts, parts))
    total = 0
    for code in range(codes):
        these = _stretches(events, code, whole, form, unit)
        if not len(these.start):
            continue
        total += len(these.start)
        part = _part((these.start + these.end) / 2, whole, parts)
        length = these.length
        seen[code] = _seen(these, observers, part, parts)
        number[code] = np.bincount(part, minlength=parts)
        cube = 2 * length**3 - (3 * length**2 - length if form == "2004" else 0)
        square = length * (length - (1 if form == "2004" else 0))
        cubes[code] = np.bincount(part, weights=cube, minlength=parts)
        squares[code] = np.bincount(part, weights=square, minlength=parts)
        gaps[code] = _in_gaps(these, observers, whole, form, part, parts)
    return Unitizing(seen, number, cubes, squares, gaps, observers, whole, form, total)


def _part(middle: NDArray[np.float64], whole: float, parts: int) -> NDArray[np.int64]:
    return np.clip((middle * parts / whole).astype(np.int64), 0, parts - 1)


def _stretches(events: Events, code: int, whole: float, form: Form, unit: int) -> _Stretches:
    """Return one code's stretches, in seconds or in units; what overlaps is parted while times are whole numbers."""
    mine = np.flatnonzero((events.code == code) & ~events.point)
    owner, start, end = events.owner[mine], events.start[mine], events.end[mine]
    scale = 1e6
    if form == "2004":
        scale, start = 1.0, np.round(start / unit).astype(np.int64)
        end = np.maximum(start + 1, np.round(end / unit).astype(np.int64))
    last = round(whole * scale)
    start, end = np.minimum(start, last), np.minimum(end, last)
    order = np.lexsort((end, start, owner))
    owner, start, end = owner[order], start[order], end[order]
    if len(start):
        # The latest end of the same owner so far: an owner's times are lifted above all those of the owner before.
        lift = owner * (last + 1)
        latest = np.maximum.accumulate(end + lift) - lift
        before = np.concatenate([[0], np.where(owner[1:] == owner[:-1], latest[:-1], 0)])
        start = np.maximum(start, before)
    kept = end > start
    return _Stretches(owner[kept], start[kept] / scale, end[kept] / scale)


def _seen(of: _Stretches, observers: int, part: NDArray[np.int64], parts: int) -> NDArray[np.float64]:
    """Return squared differences, both ways round, given to the parts in which the stretches lie."""
    order = np.argsort(of.start, kind="stable")
    owner, start, end, part = of.owner[order], of.start[order], of.end[order], part[order]
    count = np.searchsorted(start, end, side="left") - np.arange(len(start)) - 1
    count = np.maximum(count, 0)
    left = np.repeat(np.arange(len(start)), count)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
    kept = owner[left] != owner[right]
    left, right = left[kept], right[kept]
    apart = (start[left] - start[right]) ** 2 + (end[left] - end[right]) ** 2
    met = np.unique(np.concatenate([left * observers + owner[right], right * observers + owner[left]])) // observers
    alone = observers - 1 - np.bincount(met, minlength=len(start))
    each = 2.0 * alone * (end - start) ** 2
    np.add.at(each, left, apart)
    np.add.at(each, right, apart)
    return np.asarray(np.bincount(part, weights=each, minlength=parts), dtype=np.float64)


def _in_gaps(
    of: _Stretches, observers: int, whole: float, form: Form, part: NDArray[np.int64], parts: int
) -> NDArray[np.float64]:
    """Return for parts s, t what stretches in s make with the gaps in t that are long enough for them."""
    edges = []
    for observer in range(observers):
        mine = of.owner == observer
        begin = np.concatenate([[0.0], of.end[mine]])
        end = np.concatenate([of.start[mine], [whole]])
        edges.append(np.stack([begin, end], axis=1)[end - begin > 1e-12])
    gaps: NDArray[np.float64] = np.concatenate(edges)
    size, where = gaps[:, 1] - gaps[:, 0], _part(gaps.mean(axis=1), whole, parts)
    length, more = of.length, 1.0 if form == "2004" else 0.0
    table = np.zeros((parts, parts))
    for there in np.unique(where):
        sizes = np.sort(size[where == there])
        sums = np.concatenate([[0.0], np.cumsum(sizes)])
        first = np.searchsorted(sizes, length - 1e-9, side="left")
        fitting = len(sizes) - first
        room = sums[-1] - sums[first] - fitting * (length - more)
        table[:, there] = np.bincount(part, weights=length**2 * room, minlength=parts)
    return table


def stretches_of(lists: Sequence[Sequence[tuple[int, int]]], code: int = 0) -> Events:
    """Return plain intervals in microseconds, a list for each observer, as events of one code."""
    rows = sorted((owner, start, end) for owner, own in enumerate(lists) for start, end in own)
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    owner, start, end = table.T
    return Events(owner, np.full(len(table), code, dtype=np.int64), start, end, start == end)
