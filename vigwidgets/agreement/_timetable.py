"""Time-based agreement of many pairs of observers at once: per code and unit of time, do both say that it is there?

A tag that an observer makes does not shut out another at the same time, so every code is judged by itself, present
or not, and the codes are pooled as De Vries and others 2008 do: the mean of what is seen beyond chance, as a part of
the mean of what could be. With one code this is Cohen's kappa over units of time (Bakeman, Quera and Gnisci 2009).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._panel import Events
from vigwidgets.errors import Refusal

__all__ = ["TimeTable", "pooled_kappa", "rolled_tables", "time_tables", "units_of"]

Units = NDArray[np.float32]


@dataclass(frozen=True)
class TimeTable:
    """Counts of units of time, for pairs of observers, by code and stretch of film.

    Attributes:
        both: Shape (pairs, codes, stretches): units in which both said yes.
        only_first: Likewise, only the first.
        only_second: Likewise, only the second.
        units: Shape (stretches,): how many units each stretch has.
    """

    both: NDArray[np.float64]
    only_first: NDArray[np.float64]
    only_second: NDArray[np.float64]
    units: NDArray[np.float64]


def units_of(events: Events, owners: int, codes: int, duration: int, unit: int) -> Units:
    """Return which units each owner's tags cover: shape (owners, codes, units), 0 or 1.

    A tag covers the units whose middle lies in it, and at least the one in which it begins; so does a point.

    Raises:
        Refusal: The unit is not above 0.
    """
    if unit <= 0:
        raise Refusal(f"A unit of {unit} µs cannot be counted; choose one above 0, for example 100000.")
    n = -(-duration // unit)
    begin = np.clip((events.start + unit - 1 - unit // 2) // unit, 0, n)
    end = np.clip((events.end + unit - 1 - unit // 2) // unit, 0, n)
    short = end <= begin
    begin = np.where(short, np.clip(events.start // unit, 0, max(n - 1, 0)), begin)
    end = np.where(short, np.minimum(begin + 1, n), end)
    steps = np.zeros((owners, codes, n + 1), dtype=np.int32)
    np.add.at(steps, (events.owner, events.code, begin), 1)
    np.add.at(steps, (events.owner, events.code, end), -1)
    return np.asarray(np.cumsum(steps, axis=2)[:, :, :n] > 0, dtype=np.float32)


def widened(units: Units, by: int) -> Units:
    """Return units that are covered, or have a covered one at most ``by`` units away."""
    if by == 0 or units.shape[-1] == 0:
        return units
    total = np.cumsum(np.pad(units, [(0, 0)] * (units.ndim - 1) + [(by + 1, by)]), axis=-1, dtype=np.float64)
    return np.asarray(total[..., 2 * by + 1 :] - total[..., : -2 * by - 1] > 0, dtype=np.float32)


def time_tables(
    units: Units, first: NDArray[np.int64], second: NDArray[np.int64], tolerance: int, stretches: int = 1
) -> TimeTable:
    """Count for pairs of owners.

    With a tolerance, a unit that only one observer names counts as named by both where the other names the same code
    at most that far away. All counts follow from three products of matrices, for all pairs at once.

    Args:
        units: As from ``units_of``.
        first: Shape (pairs,): the first's owner number.
        second: Likewise the second's.
        tolerance: In units.
        stretches: Into how many stretches of equal length to part the film.
    """
    if tolerance < 0:
        raise Refusal(f"A tolerance of {tolerance} units has no meaning; it must be 0 or more.")
    n = units.shape[2]
    length = max(1, -(-n // stretches))
    wide = widened(units, tolerance)
    parted = [_parted(part, stretches, length) for part in (units, wide)]
    shape = (len(first), units.shape[1], stretches)
    both, only_first, only_second = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for code in range(units.shape[1]):
        plain, near = parted[0][:, code], parted[1][:, code]  # each (owners, stretches, length)
        plain, near = plain.transpose(1, 0, 2), near.transpose(1, 2, 0)
        # [stretch, i, j]: units that i names and that j names nearby; and those that both name.
        seen = (plain @ near)[:, first, second].T
        seen_back = (plain @ near)[:, second, first].T
        same = (plain @ plain.transpose(0, 2, 1))[:, first, second].T
        own = plain.sum(axis=2).T
        both[:, code] = seen + seen_back - same
        only_first[:, code] = own[first] - seen
        only_second[:, code] = own[second] - seen_back
    size = np.clip(n - length * np.arange(stretches), 0, length).astype(float)
    return TimeTable(both, only_first, only_second, size)


def _parted(units: Units, stretches: int, length: int) -> Units:
    gap = stretches * length - units.shape[2]
    return np.pad(units, [(0, 0), (0, 0), (0, gap)]).reshape(*units.shape[:2], stretches, length)


def rolled_tables(first: Units, second: Units, shifts: NDArray[np.int64], tolerance: int) -> TimeTable:
    """Count for one observer beside another's copies, each rolled round the film's end by so many units.

    All shifts come from one Fourier transform, since a count over all shifts is a circular correlation.

    Args:
        first: Shape (codes, units).
        second: Likewise.
        shifts: By how many units the second is later.
        tolerance: In units.
    """
    n = first.shape[1]
    near_first, near_second = widened(first, tolerance), widened(second, tolerance)
    spectra = [np.fft.rfft(part, axis=1) for part in (first, near_first, second, near_second)]

    def over(one: int, other: int) -> NDArray[np.float64]:
        counts = np.fft.irfft(spectra[one] * np.conj(spectra[other]), n=n, axis=1)
        return np.asarray(np.round(counts[:, shifts % n]).T[:, :, None])

    seen, seen_back, same = over(0, 3), over(1, 2), over(0, 2)
    own, others = first.sum(axis=1)[:, None], second.sum(axis=1)[:, None]
    return TimeTable(seen + seen_back - same, own - seen, others - seen_back, np.array([float(n)]))


def pooled_kappa(
    table: TimeTable, weights: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return kappa pooled over the codes, and agreement seen and expected: each (samples, pairs), NaN where undefined.

    Args:
        table: Counts.
        weights: Shape (samples, stretches): how often each stretch was drawn; None: once.
    """
    w = np.ones((1, len(table.units))) if weights is None else weights
    shape = (len(w), table.both.shape[0])
    top, below, agreed, named = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape)
    n = (w @ table.units)[:, None]
    for code in range(table.both.shape[1]):
        both, one, two = (w @ part[:, code].T for part in (table.both, table.only_first, table.only_second))
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (n - one - two) / n
            yes_first, yes_second = (both + one) / n, (both + two) / n
        expected = yes_first * yes_second + (1 - yes_first) * (1 - yes_second)
        used = (both + one + two) > 0
        top += np.where(used, observed - expected, 0)
        below += np.where(used, 1 - expected, 0)
        agreed += np.where(used, observed, 0)
        named += used
    some = np.where(named > 0, named, np.nan)
    value = np.divide(top, below, out=np.full(shape, np.nan), where=below > 1e-12)
    return value, agreed / some, 1 - below / some
