"""What a group's clips say: what they hold and what they lack, and where in the film people chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from vigwidgets.agreement import proportion
from vigwidgets.grading._clips import ClipMark, ClipsMark
from vigwidgets.grading._mark import Share

__all__ = ["ASPECTS", "Chooser", "ClipsCohort", "Held", "cohort_of_clips"]

_SECOND = 1_000_000

ASPECTS: tuple[tuple[str, str], ...] = (
    ("question", "says how it helps with the question"),
    ("pair", "shows an initiative with its response"),
    ("named", "has both tagged"),
    ("safe", "may be shown to a parent"),
    ("fits", "has a length that fits"),
)
"""What is looked for in a clip: its name in a mark, and in words."""


@dataclass(frozen=True)
class Chooser:
    """One person of the group.

    Attributes:
        person: Their id.
        attempts: How many marked attempts they made.
        whole: Of the clips that were asked for, or chosen if more, how many hold the whole triple focus, in the newest.
        unsafe: How many clips hold a moment that did not go well.
        help: Why they may want a hand, in a few words; empty: nothing speaks for it.
    """

    person: str
    attempts: int
    whole: Share
    unsafe: int
    help: str


@dataclass(frozen=True)
class Held:
    """One aspect, over all clips: how many have it."""

    aspect: str
    says: str
    held: Share


@dataclass(frozen=True)
class ClipsCohort:
    """What a group's clips say.

    Attributes:
        people: How many.
        choosers: The people, those first who may want a hand.
        aspects: What is looked for, over all clips of all people.
        spots: For each second of the film the part of the people who chose it, 0 to 1.
    """

    people: int
    choosers: list[Chooser]
    aspects: list[Held]
    spots: list[float]

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return {
            "people": self.people,
            "choosers": [{**asdict(one), "whole": one.whole.model_dump()} for one in self.choosers],
            "aspects": [{**asdict(one), "held": one.held.model_dump()} for one in self.aspects],
            "spots": self.spots,
        }


def cohort_of_clips(marks: Mapping[str, Sequence[ClipsMark]], duration: int) -> ClipsCohort:
    """Return what a group's clips say, by each person's newest attempt.

    Args:
        marks: For each person the marks of their attempts, by time; of one film.
        duration: The film's length in microseconds.
    """
    there = {person: own for person, own in sorted(marks.items()) if own}
    choosers = [_chooser(person, own) for person, own in there.items()]
    choosers.sort(key=lambda one: (not one.help, one.whole.value or 0.0, one.person))
    newest = [own[-1].clips for own in there.values()]
    clips = [clip for own in newest for clip in own]
    aspects = [
        Held(name, says, Share.of(proportion(sum(bool(getattr(clip, name)) for clip in clips), len(clips))))
        for name, says in ASPECTS
    ]
    return ClipsCohort(len(there), choosers, aspects, _spots(newest, duration))


def _chooser(person: str, own: Sequence[ClipsMark]) -> Chooser:
    last = own[-1]
    whole = sum(clip.part == 1 for clip in last.clips)
    share = Share.of(proportion(whole, max(last.asked, len(last.clips), 1)))
    unsafe = sum(not clip.safe for clip in last.clips)
    if unsafe:
        wants = "a clip holds a moment that did not go well"
    else:
        wants = "no clip holds the whole triple focus yet" if not whole else ""
    return Chooser(person, len(own), share, unsafe, wants)


def _spots(people: Sequence[Sequence[ClipMark]], duration: int) -> list[float]:
    counts = [0] * -(-duration // _SECOND)
    for clips in people:
        chosen = {second for clip in clips for second in range(clip.start // _SECOND, -(-clip.end // _SECOND))}
        for second in chosen:
            if second < len(counts):
                counts[second] += 1
    return [count / len(people) for count in counts] if people else []
