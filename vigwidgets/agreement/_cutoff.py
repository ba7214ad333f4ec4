"""Does a rater find those whom the reference finds? Sensitivity and specificity at a cut-off."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any

import numpy as np

from vigwidgets.agreement._caution import few
from vigwidgets.agreement._estimate import counted
from vigwidgets.agreement._proportion import Proportion, proportion
from vigwidgets.agreement._ratings import numbers, pair
from vigwidgets.errors import Refusal

__all__ = ["Screening", "screening"]


@dataclass(frozen=True)
class Screening:
    """A rater's decisions at a cut-off beside the reference's.

    Attributes:
        cut_off: A score of this or more is a finding.
        reference_cut_off: Likewise for the reference.
        sensitivity: Of those whom the reference finds, how many the rater finds.
        specificity: Of those whom it does not, how many the rater does not.
        positive: Of the rater's findings, how many are the reference's (positive predictive value).
        negative: Of the rater's all-clears, how many are the reference's.
        found: Found by both.
        missed: Found by the reference alone.
        false_alarms: Found by the rater alone.
        cleared: Found by neither.
        n: How many units both rated.
        warnings: A sentence each.
    """

    cut_off: float
    reference_cut_off: float
    sensitivity: Proportion
    specificity: Proportion
    positive: Proportion
    negative: Proportion
    found: int
    missed: int
    false_alarms: int
    cleared: int
    n: int
    warnings: tuple[str, ...]

    def sentence(self) -> str:
        """Say it in plain words."""
        return (
            f"At a cut-off of {self.cut_off:g}, of {self.sensitivity.n} that the reference finds, "
            f"{self.found} were found ({_share('sensitivity', self.sensitivity)}), and of {self.specificity.n} that "
            f"it does not, {self.cleared} were rightly let be ({_share('specificity', self.specificity)})."
        )

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON; ``value`` is the sensitivity."""
        own = asdict(self) | {"warnings": list(self.warnings)}
        value = {"value": self.sensitivity.value, "low": self.sensitivity.low, "high": self.sensitivity.high}
        return {"measure": "Sensitivity and specificity", **value, **own, "sentence": self.sentence()}


def screening(rater: Any, reference: Any, cut_off: float, *, reference_cut_off: float | None = None) -> Screening:
    """Return sensitivity and specificity of a rater's scores against a reference's, with Wilson's intervals.

    Args:
        rater: Numbers, one for each unit; None, NaN or "" where missing.
        reference: Likewise.
        cut_off: A score of this or more is a finding.
        reference_cut_off: For the reference, where its scale has another.

    Raises:
        Refusal: Text, no unit that both rated, or a cut-off that is no finite number.
    """
    for one in (cut_off, reference_cut_off):
        if one is not None and not isfinite(one):
            raise Refusal(f"A cut-off of {one:g} parts nobody; give a finite score, for example 5.")
    table = numbers(pair(rater, reference))
    whole = ~np.isnan(table).any(axis=1)
    if not whole.any():
        raise Refusal("No unit was rated by both; give at least one that was.")
    other = cut_off if reference_cut_off is None else reference_cut_off
    says, is_so = table[whole, 0] >= cut_off, table[whole, 1] >= other
    found, missed = int(np.sum(says & is_so)), int(np.sum(~says & is_so))
    false_alarms, cleared = int(np.sum(says & ~is_so)), int(np.sum(~says & ~is_so))
    gone, n = int(np.sum(~whole)), int(whole.sum())
    said = (
        f"Left out: {counted(gone, 'units')}, because one of the two did not rate them." if gone else "",
        few(found + missed, "units that the reference finds"),
    )
    return Screening(
        cut_off=cut_off,
        reference_cut_off=other,
        sensitivity=proportion(found, found + missed),
        specificity=proportion(cleared, cleared + false_alarms),
        positive=proportion(found, found + false_alarms),
        negative=proportion(cleared, cleared + missed),
        found=found,
        missed=missed,
        false_alarms=false_alarms,
        cleared=cleared,
        n=n,
        warnings=tuple(sentence for sentence in said if sentence),
    )


def _share(name: str, part: Proportion) -> str:
    if part.value is None or part.low is None or part.high is None:
        return f"no {name}: there were none"
    return f"{name} {part.value * 100:.0f} %, 95 % interval {part.low * 100:.0f} to {part.high * 100:.0f} %"
