"""Each observer with each other one, as matrices: for a cohort, a panel of experts, a supervisor's overview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._eventtable import event_table, f_one, label_kappa
from vigwidgets.agreement._links import link
from vigwidgets.agreement._panel import Panel, panel
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._timetable import pooled_kappa, time_tables, units_of
from vigwidgets.contract import Observation

__all__ = ["Pairwise", "pairwise", "pairwise_panel"]


@dataclass(frozen=True)
class Pairwise:
    """Matrices of agreement: each shape (observers, observers), symmetric, NaN where a figure has no meaning.

    Attributes:
        observers: Who, in the order of rows and columns.
        tags: How many tags each made.
        time: Time-unit kappa.
        events: F1 of the optimal alignment.
        labels: Cohen's kappa over the codes of linked tags.
        matched: How many tags match; on the diagonal, all.
        shifted: How many have the same code and other edges.
        mislabelled: How many have another code.
    """

    observers: tuple[str, ...]
    tags: NDArray[np.int64]
    time: NDArray[np.float64]
    events: NDArray[np.float64]
    labels: NDArray[np.float64]
    matched: NDArray[np.int64]
    shifted: NDArray[np.int64]
    mislabelled: NDArray[np.int64]


def pairwise(observations: Sequence[Observation], setting: Setting | None = None) -> Pairwise:
    """Return the agreement of each observer with each other one, all pairs at once and without intervals.

    Args:
        observations: Two or more, of one film under one scheme.
        setting: Tolerance and the like.

    Raises:
        Refusal: As for ``compare``.
    """
    setting = setting or Setting()
    return pairwise_panel(panel(observations, setting.label), setting)


def pairwise_panel(of: Panel, setting: Setting) -> Pairwise:
    """Return the same for observers whose tags are arrays already."""
    m, codes, events = len(of.observers), len(of.codes), of.events
    pairs = np.triu_indices(m, 1)
    pair_of = np.full((m, m), -1, dtype=np.int64)
    pair_of[pairs] = np.arange(len(pairs[0]))
    links = link(events, events, pair_of, setting.tolerance, setting.reach)
    table = event_table(links, events, events, pairs, codes, of.duration, pooled=False)
    units = units_of(events, m, codes, of.duration, setting.unit)
    times = time_tables(units, *pairs, setting.tolerance_units)

    def full(values: NDArray[np.float64], own: NDArray[np.float64]) -> NDArray[np.float64]:
        square = np.zeros((m, m))
        square[pairs] = values
        square += square.T
        square[np.diag_indices(m)] = own
        return square

    one = np.where(of.counts > 0, 1.0, np.nan)
    own_codes = np.bincount(events.owner * max(codes, 1) + events.code, minlength=m * max(codes, 1))
    several = (own_codes.reshape(m, -1) > 0).sum(axis=1) > 1
    nothing = np.zeros(m)
    return Pairwise(
        of.observers,
        of.counts,
        full(pooled_kappa(times)[0][0], one),
        full(f_one(table)[0], one),
        full(label_kappa(table)[0][0], np.where(several, 1.0, np.nan)),
        full(table.matched[:, 0], of.counts.astype(float)).astype(np.int64),
        full(table.shifted[:, 0], nothing).astype(np.int64),
        full(table.mislabelled[:, 0], nothing).astype(np.int64),
    )
