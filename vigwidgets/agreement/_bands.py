"""What a coefficient is commonly called, and by whom: words to lean on, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["SCALES", "Scale", "ScaleName", "band_words"]

ScaleName = Literal["kappa", "alpha", "icc"]


@dataclass(frozen=True)
class Scale:
    """Somebody's words for the sizes of a coefficient.

    Attributes:
        source: Whose.
        steps: From where on (inclusive) which word is used, rising.
    """

    source: str
    steps: tuple[tuple[float, str], ...]

    def word(self, value: float) -> str:
        """Return the word for a value; values are compared as they are printed, to two places."""
        shown = round(value, 2)
        return [word for start, word in self.steps if shown >= start][-1]


_LOWEST = float("-inf")
SCALES: dict[ScaleName, Scale] = {
    "kappa": Scale(
        "Landis and Koch 1977",
        (
            (_LOWEST, "poor"),
            (0.0, "slight"),
            (0.21, "fair"),
            (0.41, "moderate"),
            (0.61, "substantial"),
            (0.81, "almost perfect"),
        ),
    ),
    "alpha": Scale(
        "Krippendorff 2004",
        ((_LOWEST, "too low to draw conclusions from"), (0.667, "enough for tentative conclusions"), (0.8, "reliable")),
    ),
    "icc": Scale("Koo and Li 2016", ((_LOWEST, "poor"), (0.5, "moderate"), (0.75, "good"), (0.9, "excellent"))),
}


def band_words(scale: ScaleName, value: float, low: float | None, high: float | None) -> str:
    """Say in the scale's words where a value lies, and where it could lie.

    The interval decides: where its two ends have different words, both are said (Koo and Li 2016 ask for this).
    """
    words = SCALES[scale]
    lower, upper = (words.word(value if end is None else end) for end in (low, high))
    if lower == upper:
        return f"{lower} in the words of {words.source}"
    return f"anywhere from {lower} to {upper} in the words of {words.source}"
