"""Raters that nobody is, each with one fault that is known: does the feedback name it, and name none where none is?

Every rater has the slips that a careful person has too. One with a fault has the same slips and the fault on top, over
all films, so that what is asked of the feedback is what is asked of a supervisor: tell a habit from an accident.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from vigwidgets.contract import Beat, Member, Observation, Tag, Truth
from vigwidgets.grading import HabitKind
from vigwidgets.observations import RATING, new_observation, rating_id
from vigwidgets.schemes import Codebook

__all__ = [
    "BEGINNING",
    "CAREFUL",
    "FLAWLESS",
    "GUESSING",
    "Fault",
    "Slips",
    "rate_film",
    "rate_items",
    "rate_sheet",
    "reference_eye",
]

_SECOND = 1_000_000


@dataclass(frozen=True)
class Slips:
    """What happens to anybody now and then.

    Attributes:
        passes_over: The part of the moments that is not marked.
        misnames: The part that gets a wrong name.
        off_s: How far an edge lies from where it was meant, in seconds (one standard deviation).
        imagines: Marks where there is nothing, as a part of the number of moments.
        principle_only: The part that is named by its principle alone.
        slips_a_step: The part of ratings that lie one step beside.
    """

    passes_over: float = 0.08
    misnames: float = 0.04
    off_s: float = 0.2
    imagines: float = 0.06
    principle_only: float = 0.5
    slips_a_step: float = 0.12


CAREFUL = Slips()
"""A careful person's."""

FLAWLESS = Slips(passes_over=0, misnames=0, off_s=0, imagines=0, principle_only=0, slips_a_step=0)

BEGINNING = Slips(passes_over=0.25, misnames=0.1, off_s=0.4, imagines=0.15, slips_a_step=0.25)
"""A trainee's after some weeks: more of all slips, and no one fault."""

GUESSING = Slips(passes_over=0.5, misnames=0.7, off_s=2.5, imagines=0.6, principle_only=0.9, slips_a_step=0.8)
"""Somebody who does not know what to look for: many slips, and no one fault."""


@dataclass(frozen=True)
class Fault:
    """The one fault that a rater has.

    Attributes:
        kind: As `vigwidgets.grading.Habit` names it.
        lanes: The lanes it is about: one that is passed over, or two that change places.
        amount: How much: seconds, steps, marks for each moment, or the part of the cases in which it shows.
    """

    kind: HabitKind
    lanes: tuple[str, ...] = ()
    amount: float = 0.9


def reference_eye(truth: Truth, codebook: Codebook) -> Observation:
    """Return what an expert would hand in: every moment, by its first name, where it is."""
    return rate_film(truth, codebook, None, 0, slips=FLAWLESS)


def rate_film(
    truth: Truth,
    codebook: Codebook,
    fault: Fault | None,
    seed: int,
    *,
    slips: Slips = CAREFUL,
    lanes: Collection[str] | None = None,
) -> Observation:
    """Return what a rater would hand in for a film.

    Args:
        truth: What there is to be seen.
        codebook: The scheme.
        fault: The rater's; None: none.
        seed: The same seed gives the same tags.
        slips: What happens to this rater now and then, fault or no fault.
        lanes: The lanes that are looked for; None: all.
    """
    # Nothing here protects anything: the numbers must only be the same every time.
    random = Random(f"{truth.film} {seed} {fault}")  # noqa: S311
    about = [lane.id for lane in codebook.lanes if lanes is None or lane.id in lanes]
    tags = _Rater(truth, codebook, fault, slips, random, about).tags()
    empty = new_observation(truth.film, truth.duration, codebook.ref, "simulated", list(truth.cast), f"rater-{seed}")
    numbered = [tag.model_copy(update={"id": f"tag-{number:03d}"}) for number, tag in enumerate(tags, 1)]
    return empty.model_copy(update={"tags": numbered})


@dataclass(frozen=True)
class _Rater:
    """One rater before one film."""

    truth: Truth
    codebook: Codebook
    fault: Fault | None
    slips: Slips
    random: Random
    lanes: list[str]

    def tags(self) -> list[Tag]:
        named = [(beat, [c for c in beat.codes if self._lane(c) in self.lanes]) for beat in self.truth.beats]
        beats = [beat.model_copy(update={"codes": codes}) for beat, codes in named if codes]
        made = [self._see(beat) for beat in beats if self._notices(beat)]
        share = self._amount("too_much") if self._has("too_much") else self.slips.imagines
        made += [self._imagine() for _ in beats if self.random.random() < share]
        return made

    def _lane(self, code: str) -> str:
        return self.codebook.lane_of(code).id

    def _has(self, kind: HabitKind) -> bool:
        return self.fault is not None and self.fault.kind == kind

    def _amount(self, kind: HabitKind) -> float:
        return self.fault.amount if self.fault is not None and self.fault.kind == kind else 0.0

    def _notices(self, beat: Beat) -> bool:
        blind = self.fault is not None and self._has("misses") and self._lane(beat.codes[0]) in self.fault.lanes
        return self.random.random() >= (self._amount("misses") if blind else self.slips.passes_over)

    def _see(self, beat: Beat) -> Tag:
        shift = int((self._amount("late") - self._amount("early")) * _SECOND)
        code = self._name(beat)
        start = self._near(beat.start) + shift
        end = None if beat.end is None else self._near(beat.end) + shift
        if end is None and self.codebook.code(code).kind == "state":
            end = start + _SECOND
        actor = self._actor(beat, code)
        return self._tag(code, actor, beat.target if actor == beat.actor else beat.actor, start, end)

    def _near(self, moment: int) -> int:
        return moment + int(self.random.gauss(0, self.slips.off_s) * _SECOND)

    def _name(self, beat: Beat) -> str:
        own = self._lane(beat.codes[0])
        code = self.random.choice([code for code in beat.codes if self._lane(code) == own])
        right = {self._lane(code) for code in beat.codes}
        if self.fault is not None and self._has("confuses") and own in self.fault.lanes:
            other = next(lane for lane in self.fault.lanes if lane != own)
            if self.random.random() < self.fault.amount and self._may(other, beat.actor):
                return other
        others = [lane for lane in self.lanes if lane not in right and self._may(lane, beat.actor)]
        if others and self.random.random() < self.slips.misnames:
            return self.random.choice(others)
        return own if self.random.random() < self.slips.principle_only else code

    def _may(self, code: str, actor: str) -> bool:
        allowed = self.codebook.code(code).actors
        return not allowed or any(member.id == actor and member.role in allowed for member in self.truth.cast)

    def _actor(self, beat: Beat, code: str) -> str:
        others = [one.id for one in self.truth.cast if one.id != beat.actor and self._may(code, one.id)]
        mixed = others and self.random.random() < self._amount("actor")
        return self.random.choice(others) if mixed else beat.actor

    def _imagine(self) -> Tag:
        pairs = [(lane, one.id) for lane in self.lanes for one in self.truth.cast if self._may(lane, one.id)]
        lane, actor = self.random.choice(pairs)
        start = self.random.randrange(max(self.truth.duration - _SECOND, 1))
        target = self.random.choice([one.id for one in self.truth.cast if one.id != actor] or [actor])
        return self._tag(lane, actor, target, start, start + self.random.randrange(500_000, 3_000_000))

    def _tag(self, code: str, actor: str, target: str, start: int, end: int | None) -> Tag:
        """Return a tag that lies inside the film."""
        last = self.truth.duration
        start = min(max(start, 0), last - 1)
        end = None if end is None else min(max(end, start + 1), last)
        return Tag(id="tag", code=code, actor=actor, target=target, start=start, end=end)


def rate_sheet(
    film: str,
    duration: int,
    cast: Sequence[Member],
    reference: Mapping[str, str],
    codebook: Codebook,
    fault: Fault | None,
    seed: int,
    slips: Slips = CAREFUL,
) -> Observation:
    """Return what a rater would hand in for a film on a rating scale.

    Args:
        film: The film's id.
        duration: Its length in microseconds.
        cast: Who is on film.
        reference: For each item the step that the film shows.
        codebook: The scale.
        fault: ``milder`` or ``stricter`` by ``amount`` steps; None: none.
        seed: The same seed gives the same ratings.
        slips: What happens now and then.
    """
    steps = [step.id for step in codebook.scheme.scale.steps] if codebook.scheme.scale else []
    child = next((one.id for one in cast if one.role == "child"), cast[0].id)
    random = Random(f"{film} {seed} {fault}")  # noqa: S311 - as above
    given = rate_items([steps.index(step) for step in reference.values()], len(steps) - 1, fault, random, slips)
    tags = [
        Tag(
            id=rating_id(item), code=item, actor=child, target=child, start=0, end=duration,
            modifiers={RATING: steps[place]},
        )
        for item, place in zip(reference, given, strict=True)
    ]  # fmt: skip
    empty = new_observation(film, duration, codebook.ref, "simulated", list(cast), f"rater-{seed}")
    return empty.model_copy(update={"tags": tags})


def rate_items(reference: Sequence[int], steps: int, fault: Fault | None, random: Random, slips: Slips) -> list[int]:
    """Return what a rater would give where the reference gives ``reference``.

    Args:
        reference: The reference's steps, from 0.
        steps: The highest step.
        fault: ``milder`` or ``stricter`` by ``amount`` steps; None: none.
        random: Where slips come from.
        slips: What happens now and then.
    """
    way = {"milder": -1, "stricter": 1}.get(fault.kind, 0) if fault else 0
    shift = round(way * (fault.amount if fault else 0))
    found = []
    for step in reference:
        slip = random.choice((-1, 1)) if random.random() < slips.slips_a_step else 0
        found.append(min(max(step + shift + slip, 0), steps))
    return found
