"""What a person has thought and written: their entries with all versions, answers in words, and other views."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from vigwidgets.curriculum import SORTS, Entry, answers_in
from vigwidgets.dates import when
from vigwidgets.grading import differences, standing_of
from vigwidgets.records import AttemptDamaged, Person
from vigwidgets.service.release import withheld
from vigwidgets.service.state import ServiceState

__all__ = ["Earlier", "OwnEntry", "Reflection", "own_entries", "reflections_of"]


@dataclass(frozen=True)
class Earlier:
    """What an entry said before: when it was written, and its lines."""

    at: str
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class OwnEntry:
    """An entry as it stands, and as it stood.

    Attributes:
        id: Its name among its owner's.
        number: Of the version that counts, from 1.
        at: When that was written, ISO 8601, UTC.
        entry: What it says.
        earlier: What it said before, newest first.
    """

    id: str
    number: int
    at: str
    entry: Entry
    earlier: list[Earlier]


@dataclass(frozen=True)
class Reflection:
    """Something that was thought and written.

    Attributes:
        day: When.
        kind: Where it comes from.
        title: What it is about.
        lines: What was written, each line under its name.
        whole: Whether it says what was learnt and what follows from it.
        path: Where more of it stands, below the application's root; may be nothing.
        own: The entry, where it is one.
    """

    day: date
    kind: str
    title: str
    lines: list[tuple[str, str]]
    whole: bool = False
    path: str = ""
    own: OwnEntry | None = None


def own_entries(person: Person, state: ServiceState) -> list[OwnEntry]:
    """Return all that a person wrote into their record, what was withdrawn as well; by day, newest first."""
    found = []
    for entry_id, group in groupby(state.records.entries(person.id), key=lambda one: one.entry):
        versions = [(one, entry) for one in group if (entry := Entry.read(one.body)) is not None]
        if not versions:
            continue
        newest, entry = versions[-1]
        earlier = [Earlier(one.at, lines_of(before, whole=True)) for one, before in versions[-2::-1]]
        found.append(OwnEntry(entry_id, newest.number, newest.at, entry, earlier))
    return sorted(found, key=lambda one: (one.entry.day, one.at), reverse=True)


def lines_of(entry: Entry, *, whole: bool = False) -> list[tuple[str, str]]:
    """Return what an entry says, each under its name; ``whole``: with its title, day and hours, as history has it."""
    facts = [
        ("What it was", f"{entry.title} ({SORTS[entry.sort]}, {entry.day}, {entry.minutes / 60:g} h)"),
        ("Taken out of the record", "yes" if entry.withdrawn else ""),
    ]
    words = [
        ("What I learnt", entry.learnt),
        ("What I will do next", entry.next),
        ("Standards it touches", entry.standard),
    ]
    return [(name, text) for name, text in ([*facts, *words] if whole else words) if text]


def reflections_of(
    person: Person, state: ServiceState, hidden: Collection[str], entries: Sequence[OwnEntry]
) -> list[Reflection]:
    """Return what a person thought and wrote, newest first.

    Args:
        person: Who.
        state: The service.
        hidden: Attempts that are left out.
        entries: Their entries that count.
    """
    written = [
        Reflection(
            one.entry.day, SORTS[one.entry.sort], one.entry.title, lines_of(one.entry), one.entry.reflective, own=one
        )
        for one in entries
        if one.entry.learnt or one.entry.next
    ]
    found = [*written, *_answers(person, state, hidden), *_otherwise(person, state, hidden)]
    return sorted(found, key=lambda one: one.day, reverse=True)


def _answers(person: Person, state: ServiceState, hidden: Collection[str]) -> list[Reflection]:
    """Return answers in words that were handed in."""
    found = []
    for exercise in state.course.exercises.values():
        if exercise.kind != "reflection":
            continue
        asked = {question.id: question.text for question in exercise.questions}
        for attempt in state.records.attempts(exercise.id, person.id):
            said = {asked.get(name, name): words for name, (_, words) in answers_in(attempt.observation).items()}
            lines = [(question, words) for question, words in said.items() if words.strip()]
            if attempt.id not in hidden and lines:
                day = when(attempt.handed_in_at).astimezone().date()
                path = f"attempts/{attempt.id}"
                found.append(Reflection(day, "Answers in an exercise", exercise.title, lines, path=path))
    return found


def _otherwise(person: Person, state: ServiceState, hidden: Collection[str]) -> list[Reflection]:
    """Return what was seen otherwise; what the difference was only while its owner may read the mark."""
    found = []
    reasons = [one for one in state.records.otherwise(person=person.id) if one.attempt not in hidden]
    for attempt_id, group in groupby(reasons, key=lambda one: one.attempt):
        try:
            attempt = state.records.attempt(attempt_id)
        except AttemptDamaged:
            continue
        mark = standing_of(attempt, state.records, state.course).mark
        kept = withheld(attempt, person, state.course, state.records)
        there = differences(mark) if mark is not None and not kept else {}
        exercise = state.course.exercises.get(attempt.exercise)
        for one in group:
            lines = [("The difference", there[one.item])] if one.item in there else []
            day = when(one.at).astimezone().date()
            title = exercise.title if exercise else attempt.exercise
            lines.append(("How I see it", one.reason))
            found.append(Reflection(day, "Seen otherwise", title, lines, path=f"attempts/{attempt_id}#otherwise"))
    return found
