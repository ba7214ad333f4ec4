"""One figure with all that keeps it honest: its interval, what it rests on, how it was found, and cautions."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from vigwidgets.agreement._bands import ScaleName, band_words

__all__ = ["Estimate", "counted", "number"]


def number(value: float) -> str:
    """Write a coefficient with two places and a true minus sign; never ``-0.00``."""
    text = f"{value:.2f}"
    return text.replace("-", "−") if float(text) else "0.00"


def counted(n: int, of: str) -> str:
    """Write how many of what, for example ``1 unit`` or ``1,200 units of 0.1 s``; ``of`` is in the plural."""
    what, *more = of.split(" ")
    return " ".join([f"{n:,}", what.removesuffix("s") if n == 1 else what, *more])


@dataclass(frozen=True)
class Estimate:
    """A measure of agreement.

    Attributes:
        measure: What it is called, for example ``"Cohen's kappa"``.
        value: The figure; None where it has no meaning, and ``undefined`` says why.
        low: The lower end of the interval; None where there is none.
        high: The upper end.
        n: On how much it rests.
        of: What ``n`` counts, for example ``"units"``.
        raters: How many observers.
        method: How it and its interval were found, with their sources.
        observed: Agreement as seen, 0 to 1, where the measure has such a thing.
        expected: Agreement by chance, as the measure understands chance.
        scale: Whose words fit it, if anyone's.
        chance: What the same measure gives when one observer's tags are moved in time; None if that was not asked.
        chance_high: What chance reaches in no more than one case in twenty; None where that was not found.
        undefined: Why there is no value; empty where there is one.
        warnings: What a reader should know before believing it, a sentence each.
        confidence: What the interval promises.
    """

    measure: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    of: str
    raters: int
    method: str
    observed: float | None = None
    expected: float | None = None
    scale: ScaleName | None = None
    chance: float | None = None
    chance_high: float | None = None
    undefined: str = ""
    warnings: tuple[str, ...] = ()
    confidence: float = 0.95

    def sentence(self) -> str:
        """Say it in plain words."""
        basis = f"from {counted(self.n, self.of)}"
        basis += f" and {self.raters} observers" if self.raters > 2 else ""
        if self.value is None:
            return f"{self.measure} has no value here: {self.undefined}."
        said = f"{self.measure} is {number(self.value)}"
        if self.low is not None and self.high is not None:
            said += f" ({self.confidence * 100:g} % interval {number(self.low)} to {number(self.high)})"
        said += f", {basis}"
        if self.scale is not None:
            said += f": {band_words(self.scale, self.value, self.low, self.high)}"
        if self.chance is not None:
            said += f"; the same tags at other moments of the film would give {number(self.chance)}"
            said += "" if self.chance_high is None else f", and seldom more than {number(self.chance_high)}"
        return f"{said}."

    def warn(self, *sentences: str) -> Estimate:
        """Return the same with further cautions; empty ones are left out."""
        return replace(self, warnings=self.warnings + tuple(sentence for sentence in sentences if sentence))

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain data for JSON, with its sentence."""
        return {**asdict(self), "warnings": list(self.warnings), "sentence": self.sentence()}
