"""How tags are compared: the choices behind every figure on timed tags, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field

from vigwidgets.agreement._panel import Label, by_code_and_actor
from vigwidgets.agreement._resample import may_promise
from vigwidgets.agreement._unitizing import Form
from vigwidgets.errors import Refusal

__all__ = ["Setting"]


@dataclass(frozen=True)
class Setting:
    """How tags are compared.

    Attributes:
        tolerance: How far edges may lie apart and still agree, in microseconds.
        unit: The unit of time of the time-based figures, in microseconds.
        reach: How far apart two tags of one code may begin and still be one that is shifted, in microseconds.
        label: What makes two tags the same.
        form: Of unitizing alpha.
        surrogates: How often one observer's tags are moved round the film to see what chance gives; 0: not at all.
        resamples: How often stretches of film are drawn again for the intervals; 0: no intervals.
        confidence: Of the intervals.
        seed: Of what is drawn; the same seed gives the same figures.

    Raises:
        Refusal: A length or a number that has no meaning.
    """

    tolerance: int = 500_000
    unit: int = 100_000
    reach: int = 2_000_000
    label: Label = field(default=by_code_and_actor)
    form: Form = "1995"
    surrogates: int = 100
    resamples: int = 1000
    confidence: float = 0.95
    seed: int = 1

    def __post_init__(self) -> None:
        if self.tolerance < 0 or self.reach < 0:
            raise Refusal(
                f"A tolerance of {self.tolerance / 1e6:g} s with a reach of {self.reach / 1e6:g} s has no meaning; "
                "both must be 0 or more."
            )
        if self.unit <= 0:
            raise Refusal(f"A unit of {self.unit / 1e6:g} s cannot be counted; choose one above 0, for example 0.1 s.")
        if self.surrogates < 0 or self.resamples < 0:
            raise Refusal("Surrogates and resamples are counted; each must be 0 or more.")
        may_promise(self.confidence)

    @property
    def tolerance_units(self) -> int:
        """The tolerance in units of time, rounded up, so that a shift within it never counts."""
        return -(-self.tolerance // self.unit)
