"""How an utterance falls into syllables: the mouth, the voice and their timing share this."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Syllable", "syllables"]

_VOWELS = re.compile(r"[aeiouyäöüàèéìòù]+", re.IGNORECASE)
_WIDE = {"a": 1.0, "e": 0.65, "i": 0.4, "y": 0.4, "o": 0.75, "u": 0.45}


@dataclass(frozen=True)
class Syllable:
    """One syllable.

    Attributes:
        start: Seconds from the start of the utterance.
        end: Seconds from the start of the utterance.
        vowel: One of a, e, i, o, u.
        stress: 0 to 1.
    """

    start: float
    end: float
    vowel: str
    stress: float

    @property
    def open(self) -> float:
        """How far the mouth opens, 0 to 1."""
        return _WIDE.get(self.vowel, 0.6) * (0.75 + 0.25 * self.stress)

    @property
    def round(self) -> float:
        """How round the lips are, 0 to 1."""
        return {"o": 0.8, "u": 1.0}.get(self.vowel, 0.0)


@lru_cache(maxsize=4096)
def syllables(text: str, seconds: float) -> tuple[Syllable, ...]:
    """Return the syllables of ``text`` spread over ``seconds``; the last of each phrase is drawn out."""
    found: list[tuple[str, float]] = []
    for phrase in re.split(r"[.,;:!?…—-]+", text):
        words = phrase.split()
        for w, word in enumerate(words):
            groups = _VOWELS.findall(word.lower())
            if len(groups) > 1 and word.lower().endswith("e") and not word.lower().endswith(("le", "ee")):
                groups = groups[:-1]
            for g, group in enumerate(groups or ["e"]):
                last = w == len(words) - 1 and g == len(groups or "e") - 1
                found.append((group[0] if group[0] != "y" else "i", 1.7 if last else 1.25 if g == 0 else 1.0))
        if words:
            found.append(("", 0.55))
    while found and not found[-1][0]:
        found.pop()
    if not found:
        return ()
    unit = seconds / sum(weight for _, weight in found)
    spoken: list[Syllable] = []
    at = 0.0
    for vowel, weight in found:
        if vowel:
            spoken.append(Syllable(at, at + unit * weight, vowel, clamp_stress(weight)))
        at += unit * weight
    return tuple(spoken)


def clamp_stress(weight: float) -> float:
    """Return stress from a syllable's relative length."""
    return min(max((weight - 1.0) / 0.7, 0.0), 1.0)
