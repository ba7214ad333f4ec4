"""What chance gives: one observer's tags, all moved together round the film, again and again.

The tags keep their number, lengths, codes and rhythm and lose only what ties them to the film. What agreement is left
is what two people who tag in this way would reach while watching different things.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._eventtable import event_table, f_one, label_kappa
from vigwidgets.agreement._links import MATCHED, Links, link
from vigwidgets.agreement._panel import Events, Panel
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._timetable import pooled_kappa, rolled_tables, units_of
from vigwidgets.agreement._unitizing import unitizing_parts

__all__ = ["Chance", "chance_levels", "laid_together"]

_PAIRS = 45


@dataclass(frozen=True)
class Chance:
    """For each measure what the surrogates gave, NaN where they gave nothing: each shape (surrogates,).

    Labels alone have one figure for all surrogates together: few tags are linked in each, and so few would spread
    from one end of the scale to the other.
    """

    time: NDArray[np.float64]
    events: NDArray[np.float64]
    labels: NDArray[np.float64]
    unitizing: NDArray[np.float64]


def chance_levels(panel: Panel, setting: Setting) -> Chance | None:
    """Return what chance gives, the mean over pairs of observers; None if it was not asked or nothing can be moved.

    Of more than ten observers, 45 pairs are drawn.
    """
    tagged = int(np.sum(panel.counts > 0))
    if not setting.surrogates or panel.duration < 4 * setting.unit or tagged < 2:
        return None
    random = np.random.default_rng(setting.seed)
    first, second = np.triu_indices(len(panel.observers), 1)
    if len(first) > _PAIRS:
        some = np.sort(random.choice(len(first), _PAIRS, replace=False))
        first, second = first[some], second[some]
    found = [
        _of_pair(panel, panel.events.of(int(a)), panel.events.of(int(b)), setting, random)
        for a, b in zip(first, second, strict=True)
    ]
    return Chance(*(_mean([getattr(one, name) for one in found]) for name in ("time", "events", "labels", "unitizing")))


def _mean(rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    table = np.stack(rows)
    known = np.isfinite(table)
    total = np.where(known, table, 0).sum(axis=0)
    out = np.full(table.shape[1], np.nan)
    return np.asarray(np.divide(total, known.sum(axis=0), out=out, where=known.any(axis=0)))


def _offsets(panel: Panel, setting: Setting, random: np.random.Generator) -> NDArray[np.int64]:
    """Draw by how much later, in microseconds; never so little that what is tagged could still be the same thing."""
    near = min(panel.duration // 4, 2 * max(setting.reach, setting.tolerance) + setting.unit)
    steps = (panel.duration - 2 * near) // setting.unit
    drawn = random.integers(0, max(1, steps), size=setting.surrogates)
    return np.asarray(near // setting.unit * setting.unit + drawn * setting.unit, dtype=np.int64)


def _of_pair(panel: Panel, a: Events, b: Events, setting: Setting, random: np.random.Generator) -> Chance:
    offsets, codes, duration = _offsets(panel, setting, random), len(panel.codes), panel.duration
    copies = np.arange(len(offsets))
    mine, theirs = (units_of(events, 1, codes, duration, setting.unit)[0] for events in (a, b))
    times = rolled_tables(mine, theirs, offsets // setting.unit, setting.tolerance_units)
    moved = b.rolled(offsets, duration)
    links = link(a, moved, copies[None, :], setting.tolerance, setting.reach)
    table = event_table(links, a, moved, (np.zeros_like(copies), copies), codes, duration)
    return Chance(
        pooled_kappa(times)[0][0],
        f_one(table)[0],
        label_kappa(table)[0][0],
        np.array([_alpha(a, moved.of(int(copy)), _only(links, int(copy), len(b)), panel, setting) for copy in copies]),
    )


def _only(links: Links, pair: int, size: int) -> Links:
    mine = links.pair == pair
    return Links(links.pair[mine], links.first[mine], links.second[mine] - pair * size, links.kind[mine])


def _alpha(a: Events, b: Events, links: Links, panel: Panel, setting: Setting) -> float:
    both = _wrapped(laid_together(a, b, links), panel.duration)
    parts = unitizing_parts(both, 2, len(panel.codes), panel.duration, form=setting.form, unit=setting.unit)
    return float(parts.alpha()[0])


def laid_together(a: Events, b: Events, links: Links) -> Events:
    """Return two observers' tags as one set in which every two that match have the same edges: their middle."""
    matched = links.kind == MATCHED
    left, right = links.first[matched], links.second[matched]
    starts, ends = [a.start.copy(), b.start.copy()], [a.end.copy(), b.end.copy()]
    # A point and a tag that lasts may match by their starts; there is no common length to give them.
    alike = a.point[left] == b.point[right]
    left, right = left[alike], right[alike]
    for edges in (starts, ends):
        middle = (edges[0][left] + edges[1][right]) // 2
        edges[0][left], edges[1][right] = middle, middle
    owner = np.repeat(np.array([0, 1], dtype=np.int64), [len(a), len(b)])
    code, point = np.concatenate([a.code, b.code]), np.concatenate([a.point, b.point])
    return Events(owner, code, np.concatenate(starts), np.concatenate(ends), point)


def _wrapped(events: Events, duration: int) -> Events:
    """Cut tags that run past the film's end there, and let the rest begin at its start."""
    over = np.flatnonzero(events.end > duration)
    if not len(over):
        return events
    rest = Events(
        events.owner[over],
        events.code[over],
        np.maximum(events.start[over] - duration, 0),
        events.end[over] - duration,
        events.point[over],
    )
    cut = np.minimum(events.end, duration)
    start = np.minimum(events.start, cut)
    return Events(
        np.concatenate([events.owner, rest.owner]),
        np.concatenate([events.code, rest.code]),
        np.concatenate([start, rest.start]),
        np.concatenate([cut, rest.end]),
        np.concatenate([events.point, rest.point]),
    )
