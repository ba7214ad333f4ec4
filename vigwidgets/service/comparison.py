"""Whose moments may be laid beside one's own: those that the exercise names, and only once one has handed in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from vigwidgets.contract import Beat, Tag, Truth
from vigwidgets.curriculum import Exercise, Policy
from vigwidgets.errors import Refusal
from vigwidgets.grading import Again, Seen
from vigwidgets.records import Attempt, ObservationRecord
from vigwidgets.service.state import ServiceState

__all__ = ["MOST", "Paired", "compare_with", "expert_of", "others_of", "paired_alike", "paired_as", "tolerance_of"]

MOST = 5
"""How many earlier attempts of one's own, and how many colleagues, are offered at most: the newest."""

_READ = 40  # attempts that are read to find them: a page does not wait for a whole year's
_SECOND = 1_000_000
_FORMS = {"missed": "alone", "extra": "alone", "other_name": "name", "other_boundary": "edge"}

Paired = tuple[str, str | None, str | None]
"""A form, the id of one's own moment, and that of the expert's."""


def compare_with(state: ServiceState, exercise: Exercise, record: ObservationRecord) -> dict[str, Any] | None:
    """Return what the exercise page lays beside a finished observation, as plain JSON, or None.

    The expert comes first. Nothing is given away while somebody still codes, nor of an exercise that is released by
    a supervisor.

    Args:
        state: The service.
        exercise: What was done; its ``compare`` says who.
        record: The observation that is shown.
    """
    if not record.frozen or not exercise.compare or exercise.marking == "summative" or exercise.kind != "tagging":
        return None
    observers: list[dict[str, Any]] = []
    if "expert" in exercise.compare and exercise.policy.against == "truth":
        try:
            truth = state.library.truth(record.observation.film)
        except Refusal:
            truth = None
        if truth is not None and truth.scheme == record.observation.scheme:
            observers.append(expert_of(truth))
    observers += others_of(state, exercise, record.person, record.id)
    return {"observers": observers, "tolerance": tolerance_of(exercise.policy)} if observers else None


def others_of(state: ServiceState, exercise: Exercise, person: str, observation: str) -> list[dict[str, Any]]:
    """Return one's own earlier attempts and colleagues' newest, as the exercise allows.

    A colleague has neither name nor notes here: what somebody wrote for themselves is not for others, and the times
    that remain are all that is compared. Ids of moments are new ones for the same reason.

    Args:
        state: The service.
        exercise: What was done.
        person: Whose page it is.
        observation: The observation that is shown itself, which is left out.
    """
    if exercise.marking == "summative" or not {"mine", "colleagues"} & set(exercise.compare):
        return []
    here = state.records.observation(observation).observation

    def fits(one: Attempt) -> bool:
        there = one.observation
        return there.film == here.film and there.scheme == here.scheme

    own = (
        state.records.attempts(exercise.id, person, newest=_READ, without=observation)
        if "mine" in exercise.compare
        else []
    )
    mine = [one for one in own if fits(one)][:MOST]
    everybody = (
        state.records.attempts(exercise.id, newest=_READ, without=observation)
        if "colleagues" in exercise.compare
        else []
    )
    colleagues = _newest_of_each([one for one in everybody if one.person != person and fits(one)])[:MOST]
    return [
        *(_earlier(attempt, number) for number, attempt in enumerate(mine, 1)),
        *(_colleague(attempt, number) for number, attempt in enumerate(colleagues, 1)),
    ]


def expert_of(truth: Truth) -> dict[str, Any]:
    """Return what the expert saw as an observer: each beat under the first of its codes, with all that it accepts."""
    beats = sorted(truth.beats, key=lambda beat: (beat.start, beat.id))
    return {
        "id": "expert",
        "name": "The expert",
        "tags": [_tag_of(beat).model_dump(mode="json") for beat in beats],
        "accepts": {_id_of(beat): list(beat.codes) for beat in beats},
    }


def paired_as(seen: Sequence[Seen], again: Sequence[Again]) -> list[Paired]:
    """Return how a mark, or its lists at another tolerance, pair moments, for the page to draw and to count.

    Args:
        seen: What is alike.
        again: What is not.

    Returns:
        For each its form as the page calls it (``both``, ``edge``, ``name``, ``alone``), the id of the trainee's tag
        and that of the expert's beat as `expert_of` gives it, None where there is none.
    """
    alike: list[Paired] = [("both", one.tag.id, _id_of(one.beat)) for one in seen]
    return alike + [
        (_FORMS[one.kind], one.tag.id if one.tag else None, _id_of(one.beat) if one.beat else None) for one in again
    ]


def paired_alike(named: Sequence[tuple[Tag, Beat]]) -> list[Paired]:
    """Return pairs of a tag and a beat as `paired_as` does, where nothing but what is alike is told."""
    return [("both", tag.id, _id_of(beat)) for tag, beat in named]


def _id_of(beat: Beat) -> str:
    return f"beat-{beat.id}"[:64]


def _tag_of(beat: Beat) -> Tag:
    links = [{"kind": "answers", "to": f"beat-{beat.answers}"[:64]}] if beat.answers else []
    return Tag.model_validate(
        {
            "id": _id_of(beat), "code": beat.codes[0], "actor": beat.actor, "target": beat.target,
            "start": beat.start, "end": beat.end, "note": beat.says, "links": links,
        }
    )  # fmt: skip


def _newest_of_each(attempts: Sequence[Attempt]) -> list[Attempt]:
    """One attempt of each person: the first in the list, which is their newest."""
    first: dict[str, Attempt] = {}
    for attempt in attempts:
        first.setdefault(attempt.person, attempt)
    return list(first.values())


def _earlier(attempt: Attempt, number: int) -> dict[str, Any]:
    name = "You, the time before" if number == 1 else f"You, {number} times before"
    return {"id": f"mine-{number}", "name": name, "tags": _bare(attempt.observation.tags, f"m{number}", notes=True)}


def _colleague(attempt: Attempt, number: int) -> dict[str, Any]:
    name = "A colleague" if number == 1 else f"Colleague {number}"
    return {
        "id": f"colleague-{number}",
        "name": name,
        "tags": _bare(attempt.observation.tags, f"c{number}", notes=False),
    }


def _bare(tags: Sequence[Tag], prefix: str, *, notes: bool) -> list[dict[str, Any]]:
    """Return moments under new ids, linked among each other; if asked, without notes, modifiers and certainty."""
    numbers = count()
    fresh = {tag.id: f"{prefix}-{next(numbers)}" for tag in sorted(tags, key=lambda tag: (tag.start, tag.id))}
    found = []
    for tag in tags:
        links = [link.model_copy(update={"to": fresh[link.to]}) for link in tag.links or [] if link.to in fresh]
        changes: dict[str, Any] = {"id": fresh[tag.id], "links": links}
        if not notes:
            changes |= {"note": "", "modifiers": {}, "certainty": None}
        found.append(tag.model_copy(update=changes).model_dump(mode="json"))
    return found


def tolerance_of(policy: Policy) -> dict[str, float]:
    """Return what counts as the same moment, as the page compares: a share, and three lengths in microseconds."""
    return {
        "overlap": policy.min_overlap,
        "point": policy.point_tolerance_s * _SECOND,
        "edge": policy.edge_s * _SECOND,
        "near": policy.near_s * _SECOND,
    }
