"""Two observers' tags side by side: what matches, what was missed, added, renamed or moved."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

import numpy as np

from vigwidgets.agreement._estimate import Estimate
from vigwidgets.agreement._links import MATCHED, MISLABELLED, SHIFTED
from vigwidgets.agreement._panel import Label, by_code_and_actor, panel
from vigwidgets.agreement._proportion import Proportion, proportion
from vigwidgets.agreement._setting import Setting
from vigwidgets.agreement._timed import Material, events_estimate, labels_estimate, material
from vigwidgets.contract import Observation

__all__ = ["Alignment", "Link", "align", "alignment_of"]

Kind = Literal["matched", "shifted", "mislabelled"]
_KINDS: dict[int, Kind] = {MATCHED: "matched", SHIFTED: "shifted", MISLABELLED: "mislabelled"}


@dataclass(frozen=True)
class Link:
    """Two tags that belong together.

    Attributes:
        first: The first observer's tag, by its id.
        second: The second observer's.
        kind: Same code within the tolerance (matched), same code but other edges (shifted), other code (mislabelled).
        start: How much later the second begins, in microseconds.
        end: How much later the second ends; for a point, that of its moment.
    """

    first: str
    second: str
    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Alignment:
    """The best alignment of a second observer's tags with a first's, for example a trainee's with an expert's.

    Attributes:
        links: Tags that belong together, in the first observer's order.
        missed: The first observer's tags without a partner, by id.
        extra: The second observer's tags without a partner, by id.
        precision: Of the second observer's tags, how many match.
        recall: Of the first observer's tags, how many match.
        f1: Their harmonic mean, with an interval.
        kappa: Cohen's kappa over the codes of linked tags.
        tolerance: In microseconds.
        reach: In microseconds.
    """

    links: tuple[Link, ...]
    missed: tuple[str, ...]
    extra: tuple[str, ...]
    precision: Proportion
    recall: Proportion
    f1: Estimate
    kappa: Estimate
    tolerance: int
    reach: int

    def count(self, kind: Kind) -> int:
        """Return how many links are of a kind."""
        return sum(link.kind == kind for link in self.links)

    def sentence(self) -> str:
        """Say it in plain words."""
        matched, shifted, renamed = (self.count(kind) for kind in _KINDS.values())
        first, second = self.recall.n, self.precision.n
        if not first and not second:
            return "Neither observer tagged anything."
        said = [f"{matched or 'none'} match{'es' if matched == 1 else ''} within {self.tolerance / 1e6:g} s"]
        said += [f"{_have(shifted)} the same code and other edges"] if shifted else []
        said += [f"{_have(renamed)} another code"] if renamed else []
        said += [f"of the first observer's {_have(len(self.missed))} no partner"] if self.missed else []
        said += [f"of the second's {_have(len(self.extra))} no partner"] if self.extra else []
        return f"Of {first} tags of the first observer and {second} of the second, {'; '.join(said)}."

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON."""
        return {
            "sentence": self.sentence(),
            **{kind: self.count(kind) for kind in _KINDS.values()},
            "missed": list(self.missed),
            "extra": list(self.extra),
            "links": [asdict(link) for link in self.links],
            "precision": asdict(self.precision),
            "recall": asdict(self.recall),
            "f1": self.f1.as_dict(),
            "kappa": self.kappa.as_dict(),
            "tolerance": self.tolerance,
            "reach": self.reach,
        }


def _have(count: int) -> str:
    return f"{count} {'has' if count == 1 else 'have'}"


def align(
    first: Observation,
    second: Observation,
    *,
    tolerance: int = 500_000,
    reach: int = 2_000_000,
    label: Label = by_code_and_actor,
    resamples: int = 1000,
) -> Alignment:
    """Align two observers' tags: as many as can be match, and among such alignments the best is taken.

    Args:
        first: The one to compare with, for example an expert.
        second: The other.
        tolerance: How far both edges may lie apart, in microseconds.
        reach: How far apart two tags of the same code may begin to be one that is shifted, if they do not overlap.
        label: What makes two tags the same.
        resamples: For the intervals; 0: none.

    Raises:
        Refusal: The observations are of different films or schemes, or a length is negative.
    """
    setting = replace(Setting(), tolerance=tolerance, reach=reach, label=label, resamples=resamples)
    return alignment_of(material(panel([first, second], label), setting))


def alignment_of(of: Material) -> Alignment:
    """Return the alignment of two observers whose tags are aligned already."""
    events, tags, found = of.panel.events, of.panel.tags, of.links
    pairs = zip(found.first.tolist(), found.second.tolist(), found.kind.tolist(), strict=True)
    links = tuple(
        Link(
            tags[a],
            tags[b],
            _KINDS[kind],
            int(events.start[b] - events.start[a]),
            int(events.end[b] - events.end[a]),
        )
        for a, b, kind in pairs
    )
    matched = int(np.sum(found.kind == MATCHED))
    size = [int(count) for count in of.panel.counts]
    linked = {*found.first.tolist(), *found.second.tolist()}
    alone = [at for at in range(len(events)) if at not in linked]
    return Alignment(
        links=links,
        missed=tuple(tags[at] for at in alone if events.owner[at] == 0),
        extra=tuple(tags[at] for at in alone if events.owner[at] == 1),
        precision=proportion(matched, size[1]),
        recall=proportion(matched, size[0]),
        f1=events_estimate(of),
        kappa=labels_estimate(of),
        tolerance=of.setting.tolerance,
        reach=of.setting.reach,
    )
