"""How far observations of one film agree, from several sides at once, with what a reader should know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vigwidgets.agreement._align import Alignment, alignment_of
from vigwidgets.agreement._caution import few, paradox, severity
from vigwidgets.agreement._chance import Chance, chance_levels
from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._panel import Panel, panel
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._timed import (
    Material,
    events_estimate,
    labels_estimate,
    material,
    time_estimate,
    unitizing_estimate,
)
from vigwidgets.contract import Observation

__all__ = ["Comparison", "Curve", "compare", "compare_panel", "tolerance_curve"]

_TOLERANCES = (0, 100_000, 200_000, 300_000, 500_000, 750_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000)


@dataclass(frozen=True)
class Comparison:
    """How far observations agree.

    Attributes:
        film: Whose.
        observers: Who.
        tags: How many tags each made.
        tolerance: In microseconds.
        time: Time-based: the time-unit kappa.
        events: Event-based: F1 of the optimal alignment.
        labels: Event-based: Cohen's kappa over the codes of linked tags.
        unitizing: Krippendorff's alpha for unitizing.
        alignment: Tag by tag, where there are two observers; None where there are more.
        warnings: What a reader should know first, a sentence each.
    """

    film: str
    observers: tuple[str, ...]
    tags: tuple[int, ...]
    tolerance: int
    time: Estimate
    events: Estimate
    labels: Estimate
    unitizing: Estimate
    alignment: Alignment | None
    warnings: tuple[str, ...]

    @property
    def figures(self) -> tuple[Estimate, ...]:
        """All figures, the time-based first."""
        return (self.time, self.events, self.labels, self.unitizing)

    def sentences(self) -> list[str]:
        """Say it in plain words: what lies beside what, then each figure, then the cautions."""
        if self.alignment is not None:
            opening = self.alignment.sentence()
        else:
            opening = f"{len(self.observers)} observers made {min(self.tags)} to {max(self.tags)} tags each."
        notes = [note for figure in self.figures for note in figure.warnings]
        return [opening, *(figure.sentence() for figure in self.figures), *self.warnings, *notes]

    def sentence(self) -> str:
        """Say the two figures that matter most in one sentence."""
        return f"{self.time.sentence()[:-1]}; {self.events.sentence()}"

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "film": self.film,
            "observers": list(self.observers),
            "tags": list(self.tags),
            "tolerance": self.tolerance,
            "time": self.time.as_dict(),
            "events": self.events.as_dict(),
            "labels": self.labels.as_dict(),
            "unitizing": self.unitizing.as_dict(),
            "alignment": None if self.alignment is None else self.alignment.as_dict(),
            "warnings": list(self.warnings),
            "sentences": self.sentences(),
        }


@dataclass(frozen=True)
class Curve:
    """The same comparison at several tolerances.

    Attributes:
        comparisons: One for each tolerance, rising.
    """

    comparisons: tuple[Comparison, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return columns for drawing: for each figure its value, interval and chance level at each tolerance."""
        names = ("time", "events", "labels", "unitizing")
        fields = ("value", "low", "high", "chance", "chance_high")
        return {
            "tolerance": [one.tolerance for one in self.comparisons],
            **{
                name: {key: [getattr(getattr(one, name), key) for one in self.comparisons] for key in fields}
                for name in names
            },
        }


def compare(observations: Sequence[Observation], setting: Setting | None = None) -> Comparison:
    """Return how far observations of one film agree: time-based and event-based, with intervals, in plain words.

    Of more than two observers, time-based and event-based figures are the means over all pairs (Light 1971), and
    alpha is that of all together.

    Args:
        observations: Two or more, of one film under one scheme. With two, the first is the one to compare with.
        setting: Tolerance and the like.

    Raises:
        Refusal: Fewer than two, different films or schemes, or scipy is missing.
    """
    setting = setting or Setting()
    return compare_panel(panel(observations, setting.label), setting)


def tolerance_curve(
    observations: Sequence[Observation], tolerances: Sequence[int] = _TOLERANCES, setting: Setting | None = None
) -> Curve:
    """Return the comparison at several tolerances, so that nobody has to believe in one.

    Args:
        observations: As for ``compare``.
        tolerances: In microseconds.
        setting: Everything else.

    Raises:
        Refusal: As for ``compare``, or a tolerance is negative.
    """
    setting = setting or Setting()
    of = panel(observations, setting.label)
    steps = sorted(set(tolerances))
    return Curve(tuple(compare_panel(of, replace(setting, tolerance=tolerance)) for tolerance in steps))


def compare_panel(of: Panel, setting: Setting) -> Comparison:
    """Return the comparison of observers whose tags are arrays already."""
    counted = material(of, setting)
    chance = chance_levels(of, setting)
    labels = labels_estimate(counted)
    return Comparison(
        film=of.film,
        observers=of.observers,
        tags=tuple(int(count) for count in of.counts),
        tolerance=setting.tolerance,
        time=_beside(time_estimate(counted), chance, "time"),
        events=_beside(events_estimate(counted), chance, "events"),
        labels=_beside(labels, chance, "labels").warn(_few_links(labels)),
        unitizing=_beside(unitizing_estimate(counted), chance, "unitizing"),
        alignment=alignment_of(counted) if len(of.observers) == 2 else None,
        warnings=tuple(sentence for sentence in _warnings(counted, labels) if sentence),
    )


def _beside(figure: Estimate, chance: Chance | None, name: str) -> Estimate:
    if chance is None or figure.value is None:
        return figure
    values: NDArray[np.float64] = getattr(chance, name)
    values = values[np.isfinite(values)]
    if not len(values):
        return figure
    found = replace(figure, chance=float(values.mean()))
    if len(values) == 1:
        return found
    high = float(np.quantile(values, 0.95))
    found = replace(found, chance_high=high)
    if figure.value <= high:
        return found.warn(f"{figure.measure} is no higher than chance reaches: the same tags elsewhere do as well.")
    return found


def _few_links(labels: Estimate) -> str:
    return few(labels.n, labels.of) if labels.n else ""


def _warnings(of: Material, labels: Estimate) -> tuple[str, ...]:
    counts = [int(count) for count in of.panel.counts]
    if not sum(counts):
        return (*of.panel.warnings, "Nobody tagged anything: agreement on nothing says nothing.")
    silent = [name for name, count in zip(of.panel.observers, counts, strict=True) if not count]
    shares = of.table.confusion.sum(axis=(0, 1))
    both = shares.sum(axis=0) + shares.sum(axis=1)
    commonest = float(both.max() / both.sum()) if both.sum() else 0.0
    return (
        *of.panel.warnings,
        f"Observer {' and '.join(map(repr, silent))} tagged nothing." if silent else "",
        few(min(counts), "tags of one observer") if not silent else "",
        severity(counts[0], counts[1]) if len(counts) == 2 and not silent else "",
        paradox(labels.observed, labels.value, commonest),
    )
