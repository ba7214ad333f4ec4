"""What an attempt is worth in the gradebook: what was measured stays, and what people said stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from vigwidgets.curriculum import Criterion, Lateness
from vigwidgets.errors import Refusal
from vigwidgets.grading._typed import typed

if TYPE_CHECKING:
    from vigwidgets.records import Judgement

__all__ = [
    "LONGEST_REASON",
    "Settled",
    "check_credit",
    "check_points",
    "check_reason",
    "judged_by",
    "overridden",
    "settle",
]

LONGEST_REASON = 4000
"""How many characters a reason may have."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What an attempt is worth, and how that came about.

    Attributes:
        measured: The main figure of the computed mark, 0 to 1; None: it has none.
        judged: The mean of what supervisors gave; None: nobody judged.
        taken_off: The part that lateness takes.
        override: What a supervisor set in place of all that; None: nobody did.
        credit: What stands in the gradebook; None: nothing can be said.
    """

    measured: float | None
    judged: float | None
    taken_off: float
    override: float | None
    credit: float | None


def judged_by(judgements: Sequence[Judgement]) -> dict[str, Judgement]:
    """Return each marker's judgement that counts, their latest, by the marker's id."""
    return {one.by: one for one in judgements if one.kind == "marking"}


def overridden(judgements: Sequence[Judgement]) -> Judgement | None:
    """Return the override that counts: the latest, unless it gives the computed figure its place back."""
    last = next((one for one in reversed(judgements) if one.kind == "override"), None)
    return None if last is None or _credit_in(last.body) is None else last


def settle(measured: float | None, lateness: Lateness | None, judgements: Sequence[Judgement]) -> Settled:
    """Return what an attempt is worth.

    An override is the last word, and lateness takes nothing off it; else what supervisors judged; else what was
    measured.

    Args:
        measured: The main figure of the computed mark, 0 to 1.
        lateness: How late it was; None: there is no such term.
        judgements: All that supervisors said of it, oldest first.
    """
    given = [credit for one in judged_by(judgements).values() if (credit := _credit_in(one.body)) is not None]
    judged = fmean(given) if given else None
    taken = 0.0 if lateness is None else lateness.taken_off
    word = overridden(judgements)
    override = None if word is None else _credit_in(word.body)
    base = judged if judged is not None else measured
    credit = override if override is not None else None if base is None else base * (1 - taken)
    return Settled(measured, judged, taken, override, credit)


def _credit_in(body: dict[str, Any]) -> float | None:
    credit = body.get("credit")
    return float(credit) if isinstance(credit, int | float) and 0 <= credit <= 1 else None


def check_credit(text: str) -> float | None:
    """Return a credit that somebody typed, 0 to 1; nothing typed: None.

    Raises:
        Refusal: It is no such number.
    """
    said = text.strip().replace(",", ".")
    if not said:
        return None
    try:
        credit = float(said)
    except ValueError:
        credit = -1.0
    if not 0 <= credit <= 1:
        raise Refusal(f"The credit is {text.strip()[:20]!r}; write a number from 0 to 1, such as 0.75.")
    return abs(credit)  # "-0" is nothing, and is shown as nothing


def check_points(rubric: Sequence[Criterion], typed: Mapping[str, str]) -> dict[str, int]:
    """Return the points for each line of a rubric, as they were typed.

    Raises:
        Refusal: One is missing, or is no whole number that its line allows.
    """
    points = {}
    for line in rubric:
        text = typed.get(line.id, "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= line.points):
            raise Refusal(f"For “{line.text}” the points are {text[:20]!r}; write a whole number, 0 to {line.points}.")
        points[line.id] = int(text)
    return points


def check_reason(text: str) -> str:
    """Return a reason as it is kept; see `typed`.

    Raises:
        Refusal: There is none, or it is very long.
    """
    said = typed(text)
    if not said:
        raise Refusal("Say why, in a sentence; the reason is kept beside the figure.")
    if len(said) > LONGEST_REASON:
        raise Refusal(f"The reason has {len(said)} characters; {LONGEST_REASON} are kept at most, so shorten it.")
    return said
