"""Time-based agreement: unit by unit, do two observers say the same?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["UnitAgreement", "time_unit_kappa"]


@dataclass(frozen=True)
class UnitAgreement:
    """How two observers agree over units of time.

    Attributes:
        kappa: Cohen's kappa; None where it has no meaning, because both said the same of every unit or because
            nothing was counted.
        agreement: The part of the units in which both said the same, 0 to 1; None if nothing was counted.
        expected: The part in which they would do so by chance, given how often each said yes.
        both: Units in which both said yes.
        only_first: Units in which only the first did.
        only_second: Units in which only the second did.
        neither: Units in which neither did.
    """

    kappa: float | None
    agreement: float | None
    expected: float | None
    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def units(self) -> int:
        """How many units were counted."""
        return self.both + self.only_first + self.only_second + self.neither


def time_unit_kappa(
    first: ArrayLike, second: ArrayLike, *, counted: ArrayLike | None = None, tolerance: int = 0
) -> UnitAgreement:
    """Return Cohen's kappa over units of time, with a tolerance for edges.

    With a tolerance, a unit in which only one observer said yes counts as said by both, when the other said yes at
    most ``tolerance`` units away. This is the same whichever observer comes first, and with identical observers
    or a tolerance of 0 it is plain Cohen's kappa.

    Args:
        first: One truth value for each unit.
        second: Likewise, as many.
        counted: Which units count; None: all.
        tolerance: In units.

    Raises:
        ValueError: The arrays differ in length, or the tolerance is below 0.
    """
    a, b = np.asarray(first, dtype=bool), np.asarray(second, dtype=bool)
    use = np.ones(a.shape, dtype=bool) if counted is None else np.asarray(counted, dtype=bool)
    if a.ndim != 1 or a.shape != b.shape or a.shape != use.shape:
        raise ValueError(f"The observers have {a.shape} and {b.shape} units; they must have as many.")
    if tolerance < 0:
        raise ValueError(f"A tolerance of {tolerance} units has no meaning; it must be 0 or more.")
    if tolerance:
        a, b = a | (b & _widened(a, tolerance)), b | (a & _widened(b, tolerance))
    a, b = a[use], b[use]
    both, neither = int(np.sum(a & b)), int(np.sum(~a & ~b))
    only_first, only_second = int(np.sum(a & ~b)), int(np.sum(~a & b))
    return _from_table(both, only_first, only_second, neither)


def _widened(units: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    reach = np.convolve(units.astype(np.int64), np.ones(2 * by + 1, dtype=np.int64), mode="full")
    return np.asarray(reach[by : by + units.size] > 0)


def _from_table(both: int, only_first: int, only_second: int, neither: int) -> UnitAgreement:
    n = both + only_first + only_second + neither
    if n == 0:
        return UnitAgreement(None, None, None, 0, 0, 0, 0)
    agreement = (both + neither) / n
    expected = ((both + only_first) * (both + only_second) + (neither + only_first) * (neither + only_second)) / n**2
    one_answer_only = n in (neither, both)
    kappa = None if one_answer_only else (agreement - expected) / (1 - expected)
    return UnitAgreement(kappa, agreement, expected, both, only_first, only_second, neither)
