"""What the records answer with: plain values that hold no connection."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypedDict

from vigwidgets.contract import Observation

__all__ = [
    "ROLES",
    "Attempt",
    "DamagedAttempt",
    "EntryVersion",
    "Extension",
    "Judgement",
    "ObservationRecord",
    "Otherwise",
    "Person",
    "Receipt",
    "StageStep",
    "WorkSign",
    "iso",
    "now",
    "person_fingerprint",
]

ROLES = ("trainee", "supervisor", "author", "administrator")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        id: Opaque; what observations name as their observer.
        name: As it is shown.
        login: What is typed at sign-in, in lower case.
        role: One of `ROLES`.
    """

    id: str
    name: str
    login: str
    role: str


@dataclass(frozen=True, slots=True)
class DamagedAttempt:
    """What is still known of an attempt whose stored observation cannot be read any more.

    Attributes:
        id: The attempt's id.
        person: The id of the person who handed in.
        exercise: The exercise's id.
        exercise_version: The version that was worked on.
        handed_in_at: ISO 8601, UTC, ending in ``Z``.
    """

    id: str
    person: str
    exercise: str
    exercise_version: str
    handed_in_at: str


@dataclass(frozen=True, slots=True)
class ObservationRecord:
    """An observation, and what the records know about it.

    Attributes:
        id: The observation's id.
        person: The id of the person who codes; the only one who may edit.
        exercise: The exercise that it was started in.
        exercise_version: The version that the exercise had then.
        observation: What has been coded, after edit number ``seq``.
        seq: How many edits have been saved.
        frozen: Handed in: nothing may change any more.
    """

    id: str
    person: str
    exercise: str
    exercise_version: str
    observation: Observation
    seq: int
    frozen: bool


class Receipt(TypedDict):
    """What a person gets for handing in.

    ``observation_sha256`` is `vigwidgets.observations.content_hash`, ``person_sha256`` is `person_fingerprint`.
    """

    attempt: str
    observation_sha256: str
    handed_in_at: str
    exercise: str
    exercise_version: str
    film: str
    person_sha256: str


def person_fingerprint(attempt_id: str, person_id: str) -> str:
    """Return what stands in a receipt for whom it was given to: no name, and another in each attempt."""
    return hashlib.sha256(f"vig-receipt {attempt_id} {person_id}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Attempt:
    """An observation as it was handed in.

    Attributes:
        id: The attempt's id.
        person: The id of the person who handed in.
        exercise: The exercise's id.
        exercise_version: The version that was worked on.
        observation: What was coded, frozen.
        handed_in_at: ISO 8601, UTC, ending in ``Z``.
        receipt: Proof of what was handed in and when.
        nth: The how-manieth of this person at this exercise, from 1; a clock that is set back changes nothing in it.
    """

    id: str
    person: str
    exercise: str
    exercise_version: str
    observation: Observation
    handed_in_at: str
    receipt: Receipt
    nth: int = 1


@dataclass(frozen=True, slots=True)
class StageStep:
    """A step of an attempt's marking.

    Attributes:
        attempt: The attempt's id.
        number: From 1; the highest is where it stands.
        stage: What it came to.
        mark_number: The mark that this is about; None: there was none.
        by: The id of the supervisor.
        note: Why, where that was said.
        at: ISO 8601, UTC.
    """

    attempt: str
    number: int
    stage: str
    mark_number: int | None
    by: str
    note: str
    at: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How an attempt's marking stood when somebody looked, by the numbers of what was newest; 0: there was none.

    Attributes:
        step: The last step.
        mark: The mark that counted.
        judgement: The last judgement or override.
    """

    step: int = 0
    mark: int = 0
    judgement: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a supervisor said of an attempt, beside what was computed.

    Attributes:
        attempt: The attempt's id.
        number: From 1.
        kind: ``marking``: one of the markers judged. ``override``: this stands in place of what came out.
        by: The id of the supervisor.
        body: What was judged, as data.
        reason: Why.
        mark_number: The computed mark that lay there then; None: there was none.
        at: ISO 8601, UTC.
    """

    attempt: str
    number: int
    kind: str
    by: str
    body: dict[str, Any]
    reason: str
    mark_number: int | None
    at: str


@dataclass(frozen=True, slots=True)
class Extension:
    """More time for one person at one exercise.

    Attributes:
        exercise: The exercise's id.
        person: Who has more time.
        until: Until when, ISO 8601, UTC.
        reason: Why.
        by: The id of the supervisor who gave it.
        at: When, ISO 8601, UTC.
    """

    exercise: str
    person: str
    until: str
    reason: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A trainee's reason to see a difference otherwise.

    Attributes:
        attempt: The attempt's id.
        number: From 1, within the attempt.
        item: Which difference: ``beat:<id>``, ``tag:<id>`` or ``item:<id>``.
        exercise: The exercise's id.
        reason: Their own words.
        at: ISO 8601, UTC.
    """

    attempt: str
    number: int
    item: str
    exercise: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """What somebody wrote into their own record, as it stood after one change.

    Attributes:
        entry: The entry's id; several people may use the same.
        number: From 1; the highest counts.
        body: What was written, as data.
        at: When, ISO 8601, UTC.
    """

    entry: str
    number: int
    body: dict[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class WorkSign:
    """A moment at which the records know that somebody was at work.

    Attributes:
        at: When, ISO 8601, UTC.
        kind: ``work``: on an observation (begun, changed, handed in). ``lesson``: opened for the first time.
            ``feedback``: opened, or answered with another view. ``said``: opened where a supervisor's words stood.
        of: The observation's, lesson's or attempt's id.
        exercise: The exercise's id; empty for a lesson.
    """

    at: str
    kind: Literal["work", "lesson", "feedback", "said"]
    of: str
    exercise: str


def iso(moment: datetime) -> str:
    """Write a moment in UTC with microseconds; such texts sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def now() -> str:
    """Return this moment as `iso` writes it."""
    return iso(datetime.now(UTC))
