"""The figures on timed tags, each with its interval: time-based, event-based, names of linked tags, unitizing.

Intervals are by drawing stretches of film again. Tags near each other are not independent, and a stretch keeps them
together (a block bootstrap; Künsch 1989). Where all stretches agree wholly, drawing again shows nothing, and the
interval says instead how much disagreement so few tags could have missed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._caution import paradox
from vigwidgets.agreement._chance import laid_together
from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._eventtable import EventTable, event_table, f_one, label_kappa
from vigwidgets.agreement._links import Links, link
from vigwidgets.agreement._panel import Panel
from vigwidgets.agreement._resample import draws, percentiles, unseen, wilson
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._timetable import TimeTable, pooled_kappa, time_tables, units_of
from vigwidgets.agreement._unitizing import unitizing_parts

__all__ = ["Material", "events_estimate", "labels_estimate", "material", "time_estimate", "unitizing_estimate"]

_STRETCH = 10_000_000
_FEWEST, _MOST = 20, 60
# Up to so many independent looks, drawing again alone was seen to promise too much (86 in 100 instead of 95).
_LITTLE = 30
_NOBODY = "nobody tagged anything, so that there is nothing to agree on"
Interval = tuple[float, float] | None


@dataclass(frozen=True)
class Material:
    """A panel, aligned and counted.

    Attributes:
        panel: The observers' tags.
        setting: How they are compared.
        links: Their alignment.
        table: What is aligned, counted.
        drawn: Shape (samples, stretches): how often each stretch of film was drawn; None: not at all.
        stretches: Into how many the film is parted.
    """

    panel: Panel
    setting: Setting
    links: Links
    table: EventTable
    drawn: NDArray[np.float64] | None
    stretches: int

    @property
    def tags(self) -> int:
        """How many tags there are in all."""
        return len(self.panel.events)

    def evidence(self, cases: float) -> int:
        """How many independent looks there are at most: stretches of film, and no more than cases."""
        return max(1, min(self.stretches, int(cases)))


def material(panel: Panel, setting: Setting) -> Material:
    """Align a panel's observers, each with each, and count."""
    observers, events = len(panel.observers), panel.events
    pairs = np.triu_indices(observers, 1)
    pair_of = np.full((observers, observers), -1, dtype=np.int64)
    pair_of[pairs] = np.arange(len(pairs[0]))
    links = link(events, events, pair_of, setting.tolerance, setting.reach)
    stretches = int(np.clip(round(panel.duration / _STRETCH), _FEWEST, _MOST))
    table = event_table(links, events, events, pairs, len(panel.codes), panel.duration, stretches)
    drawn = draws(stretches, setting.resamples, setting.seed) if setting.resamples else None
    return Material(panel, setting, links, table, drawn, stretches)


def time_estimate(of: Material) -> Estimate:
    """Return the time-unit kappa: do both name the same codes at the same moments? The mean over pairs of observers."""
    panel, setting = of.panel, of.setting
    units = units_of(panel.events, len(panel.observers), len(panel.codes), panel.duration, setting.unit)
    first, second = np.triu_indices(len(panel.observers), 1)
    table = time_tables(units, first, second, setting.tolerance_units, of.stretches)
    value, observed, expected = (_one(part) for part in pooled_kappa(table))
    differences = float(table.only_first.sum() + table.only_second.sum())
    drawn = None if of.drawn is None or value is None else _over_pairs(pooled_kappa_of, table, of.drawn)
    return _estimate(
        of,
        "Time-unit kappa",
        value,
        _interval(value, drawn, differences == 0, of, float(panel.counts.mean())),
        n=units.shape[2],
        kind=f"units of {setting.unit / 1e6:g} s",
        method=f"Cohen 1960 per code and unit of time within {setting.tolerance / 1e6:g} s (Bakeman, Quera and Gnisci "
        "2009), codes pooled as De Vries and others 2008; interval by drawing stretches of film",
        undefined=_NOBODY if not of.tags else "the observers name one and the same code all the time",
        observed=observed,
        expected=expected,
    ).warn(paradox(observed, value, _commonest(table)))


def _commonest(table: TimeTable) -> float:
    """Return the commoner answer's part (there, or not there) of all that was said of the codes that were used."""
    named = 2 * table.both.sum(axis=2) + table.only_first.sum(axis=2) + table.only_second.sum(axis=2)
    used = named > 0
    share = float(named[used].sum() / (2 * table.units.sum() * used.sum())) if used.any() else 0.0
    return max(share, 1 - share)


def pooled_kappa_of(table: TimeTable, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the pooled kappa alone."""
    return pooled_kappa(table, weights)[0]


def events_estimate(of: Material) -> Estimate:
    """Return F1 of the alignment: which part of the tags has a partner of the same code within the tolerance?"""
    value = _one(f_one(of.table))
    interval: Interval = None
    if value is not None and of.drawn is not None:
        low, high = wilson(
            value, float((of.table.first + of.table.second).sum(axis=1).mean()) / 2, of.setting.confidence
        )
        drawn = percentiles(_means(f_one(of.table, of.drawn)), of.setting.confidence)
        # The wider of two: that of so many single tags, and that of tags that come in clusters.
        interval = (low, high) if drawn is None else (min(low, drawn[0]), max(high, drawn[1]))
    return _estimate(
        of,
        "F1 of aligned tags",
        value,
        interval,
        n=of.tags,
        kind="tags",
        method=f"optimal alignment within {of.setting.tolerance / 1e6:g} s; the wider of Wilson's interval and that by "
        "drawing stretches of film",
        undefined=_NOBODY,
        scale=False,
    )


def labels_estimate(of: Material) -> Estimate:
    """Return Cohen's kappa over the codes of linked tags: where both saw something, do they call it the same?"""
    many = len(of.panel.observers) > 2
    value, observed, expected = (_one(part) for part in label_kappa(of.table, mirrored=many))
    linked = int(of.table.confusion.sum())
    drawn = None
    if of.drawn is not None and value is not None:
        drawn = label_kappa(of.table, of.drawn, mirrored=many)[0][:, 0]
    none = "no two tags are linked within the tolerance" if not linked else "all linked tags have one and the same code"
    return _estimate(
        of,
        "Kappa of linked tags",
        value,
        _interval(value, drawn, float(of.table.mislabelled.sum()) == 0, of, linked / len(of.table.matched)),
        n=linked,
        kind="pairs of tags linked within the tolerance",
        method="Cohen 1960 over tags linked by the optimal alignment (Bakeman, Quera and Gnisci 2009; Holle and Rein "
        "2015); interval by drawing stretches of film",
        undefined=none,
        observed=observed,
        expected=expected,
    )


def unitizing_estimate(of: Material) -> Estimate:
    """Return Krippendorff's alpha for unitizing: do the observers find the same stretches?

    Of two observers, tags that match within the tolerance are first laid upon each other.
    """
    panel, setting = of.panel, of.setting
    observers = len(panel.observers)
    events = panel.events
    if observers == 2 and setting.tolerance:
        a, b = events.of(0), events.of(1)
        own = Links(of.links.pair, of.links.first, of.links.second - len(a), of.links.kind)
        events = laid_together(a, b, own)
    lasting = int(np.sum(~events.point))
    value, interval = None, None
    if lasting and panel.duration > 0:
        parts = unitizing_parts(
            events, observers, len(panel.codes), panel.duration, form=setting.form, unit=setting.unit,
            parts=of.stretches,
        )  # fmt: skip
        value = _one(parts.alpha())
        drawn = None if of.drawn is None or value is None else parts.alpha(of.drawn)
        interval = _interval(value, drawn, float(parts.seen.sum()) == 0, of, lasting / observers)
    within = f" within {setting.tolerance / 1e6:g} s" if observers == 2 else ""
    points = len(events) - lasting
    return _estimate(
        of,
        f"Unitizing alpha ({setting.form})",
        value,
        interval,
        n=lasting,
        kind="tags that last",
        method=f"Krippendorff {setting.form}, tags that match{within} laid upon each other; interval by drawing "
        "stretches of film"
        if within
        else f"Krippendorff {setting.form}; interval by drawing stretches of film",
        undefined=_NOBODY if not of.tags else "no tag lasts, and a moment has no length to compare",
    ).warn(f"{points} tags are moments without length and do not count in alpha." if points and lasting else "")


def _estimate(
    of: Material,
    measure: str,
    value: float | None,
    interval: Interval,
    *,
    n: int,
    kind: str,
    method: str,
    undefined: str,
    observed: float | None = None,
    expected: float | None = None,
    scale: bool = True,
) -> Estimate:
    alpha = measure.startswith("Unitizing")
    return Estimate(
        measure=measure,
        value=value,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        n=n,
        of=kind,
        raters=len(of.panel.observers),
        method=method,
        observed=observed,
        expected=expected,
        scale=("alpha" if alpha else "kappa") if scale else None,
        undefined="" if value is not None else undefined,
        confidence=of.setting.confidence,
    )


def _one(values: NDArray[np.float64]) -> float | None:
    """Return the mean over pairs of the one sample; None where no pair has a value."""
    mean = float(_means(values)[0])
    return mean if np.isfinite(mean) else None


def _means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each sample the mean over the pairs that have a value: (samples, pairs) or (samples,)."""
    table = values.reshape(len(values), -1)
    known = np.isfinite(table)
    total = np.where(known, table, 0).sum(axis=1)
    return np.asarray(np.divide(total, known.sum(axis=1), out=np.full(len(table), np.nan), where=known.any(axis=1)))


def _over_pairs(
    measure: Callable[[TimeTable, NDArray[np.float64]], NDArray[np.float64]],
    table: TimeTable,
    drawn: NDArray[np.float64],
    at_once: int = 200,
) -> NDArray[np.float64]:
    """Return a measure's mean over pairs for each sample, some pairs at a time."""
    total, known = np.zeros(len(drawn)), np.zeros(len(drawn))
    for at in range(0, len(table.both), at_once):
        some = slice(at, at + at_once)
        part = TimeTable(table.both[some], table.only_first[some], table.only_second[some], table.units)
        values = measure(part, drawn)
        finite = np.isfinite(values)
        total += np.where(finite, values, 0).sum(axis=1)
        known += finite.sum(axis=1)
    return np.asarray(np.divide(total, known, out=np.full(len(drawn), np.nan), where=known > 0))


def _interval(
    value: float | None, drawn: NDArray[np.float64] | None, whole: bool, of: Material, cases: float
) -> Interval:
    """Return the interval by drawing again, and never a narrower one than so few cases could give.

    Args:
        value: The figure.
        drawn: What drawing again gave.
        whole: Whether agreement is complete, so that drawing again shows nothing.
        of: The counts.
        cases: On how many tags of one observer, or links of one pair, the figure rests.
    """
    if value is None or drawn is None:
        return None
    n = of.evidence(cases)
    if whole:
        return unseen(value, n)
    found = percentiles(drawn, of.setting.confidence)
    low, high = (value, value) if found is None else found
    if found is None or n <= _LITTLE:
        few_low, few_high = wilson(min(1.0, max(0.0, value)), n, of.setting.confidence)
        low, high = min(low, few_low), max(high, few_high)
    return min(low, value), max(high, value)
