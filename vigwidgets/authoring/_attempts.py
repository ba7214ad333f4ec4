"""Made-up attempts of the kinds that are not tagging: an expert's, a plausible one and a naive one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from statistics import median_low

from vigwidgets.contract import Beat, Observation, Tag, Truth
from vigwidgets.curriculum import Course, Exercise, answer_tag
from vigwidgets.grading import Key, Reference
from vigwidgets.observations import RATING, new_observation, rating_id
from vigwidgets.schemes import Codebook

__all__ = ["made_up"]

_SECOND = 1_000_000
_LEAST = 5 * _SECOND  # what is shorter is not seen by somebody who looks for the first time
# How much of what an expert does each of them does.
_SKILL = {"expert": 1.0, "plausible": 0.65, "naive": 0.1}


def made_up(course: Course, exercise: Exercise, truth: Truth, key: Key, eye: str, seed: int) -> Observation:
    """Return an attempt of kind ``rating``, ``clips`` or ``mcq`` as such an eye makes it.

    Args:
        course: The course.
        exercise: The exercise.
        truth: The film's truth.
        key: The exercise's key.
        eye: ``expert``, ``plausible`` or ``naive``.
        seed: The same seed gives the same attempt.
    """
    codebook = course.codebook(exercise)
    name = f"simulated-{exercise.id}-{eye}-{seed}"[:64]
    empty = new_observation(truth.film, truth.duration, codebook.ref, "simulated", list(truth.cast), name)
    random = Random(f"{exercise.id} {eye} {seed}")  # noqa: S311 - the numbers must only be the same every time
    skill = _SKILL[eye]
    if exercise.kind == "rating":
        tags = _ratings(key.references, codebook, empty, random, skill)
    elif exercise.kind == "clips":
        tags = _clips(exercise, truth, random, skill)
    else:
        tags = _answers(exercise, empty, random, skill)
    return empty.model_copy(update={"tags": tags})


def _ratings(
    references: Sequence[Reference], codebook: Codebook, empty: Observation, random: Random, skill: float
) -> list[Tag]:
    steps = [step.id for step in codebook.scheme.scale.steps] if codebook.scheme.scale else []
    tags = []
    for one in references:
        allowed = codebook.code(one.item).actors
        who = next((member.id for member in empty.cast if not allowed or member.role in allowed), empty.cast[0].id)
        # The middle of those who rated: an expert among experts.
        at = median_low(place for place, step in enumerate(steps) for _ in range(one.steps.get(step, 0)))
        if random.random() >= skill:
            # Whoever is unsure is near it; whoever guesses takes any other step.
            others = [place for place in range(len(steps)) if place != at]
            at = min(others, key=lambda place: (abs(place - at), place)) if skill > 0.5 else random.choice(others)
        tags.append(
            Tag(
                id=rating_id(one.item), code=one.item, actor=who, target=who, start=0, end=empty.duration,
                modifiers={RATING: steps[at]},
            )
        )  # fmt: skip
    return tags


def _clips(exercise: Exercise, truth: Truth, random: Random, skill: float) -> list[Tag]:
    beats = {beat.id: beat for beat in truth.beats}
    children = {one.id for one in truth.cast if one.role == "child"}
    pairs = [
        (beats[beat.answers], beat)
        for beat in truth.beats
        if beat.answers in beats and beats[beat.answers].actor in children and not beat.not_for_parent
    ]
    closed = [beat for beat in truth.beats if beat.not_for_parent]
    whole = [pair for pair in pairs if not any(_over(pair, other) for other in closed)]
    least = exercise.clips.least if exercise.clips else 1
    tags: list[Tag] = []
    for number, (first, answer) in enumerate(whole[:least]):
        if random.random() < skill:
            tags += [_tag(first, f"i{number}"), _tag(answer, f"r{number}")]
            note = "Her look lets the baby begin" if random.random() < skill else ""
            tags.append(_clip(*_long_enough(first.start, _end(answer), closed, truth.duration), note, number, truth))
        else:
            start = random.randrange(max(1, truth.duration - 2 * _SECOND))
            tags.append(_clip(start, start + _SECOND, "", number, truth))
    return tags


def _long_enough(start: int, end: int, closed: Sequence[Beat], duration: int) -> tuple[int, int]:
    """Return a clip of at least 5 s around a pair: what follows it first, as far as nothing failed lies there."""
    last = min([one.start for one in closed if one.start >= end] + [duration])
    end = min(max(end, start + _LEAST), last)
    first = max([_end(one) for one in closed if _end(one) <= start] + [0])
    return max(min(start, end - _LEAST), first), end


def _over(pair: tuple[Beat, Beat], other: Beat) -> bool:
    return pair[0].start < _end(other) and other.start < _end(pair[1])


def _end(beat: Beat) -> int:
    return beat.end if beat.end is not None else beat.start + 1


def _tag(beat: Beat, name: str) -> Tag:
    return Tag(id=name, code=beat.codes[0], actor=beat.actor, target=beat.target, start=beat.start, end=beat.end)


def _clip(start: int, end: int, note: str, number: int, truth: Truth) -> Tag:
    who = truth.cast[0].id
    return Tag(id=f"clip-{number}", code="clip", actor=who, target=who, start=start, end=end, note=note)


def _answers(exercise: Exercise, empty: Observation, random: Random, skill: float) -> list[Tag]:
    tags = []
    for question in exercise.questions:
        ids = [choice.id for choice in question.choices]
        right = sorted(question.right)
        wrong = [one for one in ids if one not in question.right] or ids[:1]
        chosen = right if random.random() < skill else [random.choice(wrong)]
        tags.append(answer_tag(question, chosen, "", empty))
    return tags
