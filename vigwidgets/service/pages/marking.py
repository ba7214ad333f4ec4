"""The supervisor's marking pages: where everything stands, and one attempt with all that was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from vigwidgets.curriculum import Course, Criterion, Exercise
from vigwidgets.dates import day_and_time
from vigwidgets.errors import Refusal
from vigwidgets.grading import (
    STAGES,
    AnswerMark,
    AnswersMark,
    Standing,
    changes,
    counting_attempts,
    judged_by,
    mark_of,
    moves,
    overridden,
    standing_of,
)
from vigwidgets.records import Person, Records, Seen
from vigwidgets.service.base import VigHandler
from vigwidgets.service.pages.words import count
from vigwidgets.service.release import UNNAMED
from vigwidgets.service.workflow import the_standing

__all__ = ["MARKING_ROUTES", "AttemptMarking", "Marking", "attempt_marking", "credit_words", "late_words", "marking"]

_DONE = {"in review": "Back to review", "ready": "Ready to be released", "released": "Release"}


@dataclass(frozen=True)
class Row:
    """One attempt in the list."""

    who: str
    handed_in_at: str
    late: str
    credit: str
    stage: str
    path: str
    counts: bool


@dataclass(frozen=True)
class Section:
    """One exercise in the list: its attempts, and how many are ready."""

    id: str
    title: str
    terms: str
    ready: int
    rows: list[Row]


@dataclass(frozen=True)
class Given:
    """More time that somebody has."""

    who: str
    exercise: str
    until: str
    reason: str
    by: str


@dataclass(frozen=True)
class Timed:
    """An exercise with a time of its own: its name with that time, as its own clock shows it."""

    id: str
    words: str


@dataclass(frozen=True)
class Marking:
    """All that the list says."""

    lead: str
    sections: list[Section]
    given: list[Given]
    timed: list[Timed]
    people: list[Person]


def marking(course: Course, records: Records) -> Marking:
    """Return where the marking of everything stands that a supervisor releases or judges."""
    people = {person.id: person for person in records.people()}
    sections = [
        _section(exercise, [standing_of(one, records, course) for one in records.attempts(exercise.id)], people)
        for exercise in course.exercises.values()
        if exercise.marking == "summative" or exercise.markers
    ]
    waiting = sum(row.stage in STAGES[:3] for section in sections for row in section.rows)
    given = [
        Given(
            people[one.person].name, _title(one.exercise, course), day_and_time(one.until), one.reason,
            people[one.by].name,
        )
        for one in records.extensions()
    ]  # fmt: skip
    timed = [Timed(one.id, _times(one)) for one in course.exercises.values() if one.terms.due or one.terms.closes]
    return Marking(
        lead=f"{count(waiting, 'attempt').capitalize()} on the way to being released." if sections
        else "No exercise of this course is released or judged by a supervisor.",
        sections=sections,
        given=given,
        timed=timed,
        people=sorted((one for one in people.values() if one.role == "trainee"), key=lambda one: one.name),
    )  # fmt: skip


def _times(exercise: Exercise) -> str:
    terms = exercise.terms
    times = [f"{what} {at:%d %B %Y, %H:%M}" for what, at in (("due", terms.due), ("closes", terms.closes)) if at]
    return f"{exercise.title}: {', '.join(times)} ({terms.zone})"


def _title(exercise: str, course: Course) -> str:
    return course.exercises[exercise].title if exercise in course.exercises else exercise


def _section(exercise: Exercise, standings: Sequence[Standing], people: dict[str, Person]) -> Section:
    counted = counting_attempts(list(standings))
    rows = [
        Row(
            who=UNNAMED if one.blind else people[one.attempt.person].name,
            handed_in_at=one.attempt.handed_in_at,
            late=late_words(one),
            credit="–" if one.blind else credit_words(one.settled.credit),
            stage=one.stage,
            path=f"attempts/{one.attempt.id}/marking",
            counts=one.attempt.id in counted,
        )
        for one in sorted(standings, key=lambda one: (STAGES.index(one.stage), one.attempt.handed_in_at))
    ]
    return Section(exercise.id, exercise.title, _terms(exercise), sum(row.stage == "ready" for row in rows), rows)


def _terms(exercise: Exercise) -> str:
    terms, allowed = exercise.terms, exercise.attempts_allowed
    said = [f"{count(allowed, 'attempt')}, the {terms.which} counts" if allowed else f"the {terms.which} counts"]
    if exercise.marking == "summative" and allowed != 1:
        said.append("a release shows the key and so ends the person's attempts")
    said += [f"due {terms.due:%d %B %Y, %H:%M} ({terms.zone})"] if terms.due else []
    if exercise.markers:
        said.append(f"{count(exercise.markers, 'judgement')} needed{', blind' if terms.blind else ''}")
    words = "; ".join(said)
    return f"{words[:1].upper()}{words[1:]}."


def credit_words(credit: float | None) -> str:
    """Return a credit for a table: ``0.75``, or a dash."""
    return "–" if credit is None else f"{credit:.2f}"


def late_words(standing: Standing) -> str:
    """Return how late an attempt was in a few words; nothing if it was not."""
    if standing.lateness.state not in ("late", "closed"):
        return ""
    hours = standing.lateness.seconds / 3600
    span = f"{hours:.0f} h late" if hours < 48 else f"{hours / 24:.0f} days late"
    taken = standing.lateness.taken_off
    return f"{span}, {taken:.0%} taken off" if taken else span


@dataclass(frozen=True)
class Said:
    """What somebody said, or did, and when."""

    who: str
    at: str
    what: str
    reason: str


@dataclass(frozen=True)
class AttemptMarking:
    """All that the page of one attempt says."""

    id: str
    who: str
    title: str
    handed_in_at: str
    stage: str
    late: str
    figures: list[tuple[str, str]]
    summary: list[str]
    history: list[Said]
    moves: list[tuple[str, str]]
    seen: Seen
    judges: bool
    overrides: bool
    marked: bool
    needs: str
    own: bool
    rubric: list[Criterion]
    answers: list[AnswerMark]


def attempt_marking(standing: Standing, reader: Person, records: Records) -> AttemptMarking:
    """Return one attempt as a supervisor marks it; a blind marker reads nobody's name and nobody's judgement."""
    people = {person.id: person.name for person in records.people()}
    settled, facts = standing.settled, standing.facts
    blind = standing.blind
    figures = [
        ("Computed", credit_words(settled.measured)),
        ("Judged", "–" if blind else credit_words(settled.judged)),
        ("Taken off for lateness", f"{settled.taken_off:.0%}"),
        ("Set by a supervisor", "–" if blind else credit_words(settled.override)),
        ("Credit", "–" if blind else credit_words(settled.credit)),
    ]
    mine = reader.id in judged_by(standing.judgements)
    missing = max(0, facts.needed - facts.judged)
    return AttemptMarking(
        id=standing.attempt.id,
        who=UNNAMED if blind else people[standing.attempt.person],
        title=standing.exercise.title if standing.exercise else standing.attempt.exercise,
        handed_in_at=standing.attempt.handed_in_at,
        stage=standing.stage,
        late=late_words(standing),
        figures=figures,
        summary=standing.mark.summary if standing.mark else [],
        history=_history(standing, reader, people, records, blind),
        moves=[(to, _DONE[to]) for to in moves(facts)],
        seen=standing.seen,
        judges=facts.needed > 0 and not mine and facts.marked,
        overrides=not blind and facts.marked,
        marked=facts.marked,
        needs=f"{count(missing, 'judgement').capitalize()} more needed." if missing else "",
        own=standing.attempt.person == reader.id,
        rubric=standing.exercise.rubric if standing.exercise else [],
        answers=standing.mark.answers if isinstance(standing.mark, AnswersMark) else [],
    )


def _history(
    standing: Standing, reader: Person, people: dict[str, str], records: Records, blind: bool
) -> list[Said]:  # fmt: skip
    said = _marks(standing, records)
    word = overridden(standing.judgements)
    for one in standing.judgements:
        if blind and one.by != reader.id:
            # That another has judged may be known; that a credit was set says too much already.
            said += [Said("Another marker", one.at, "has judged", "")] if one.kind == "marking" else []
            continue
        credit = credit_words(one.body.get("credit"))
        stands = "" if one.kind == "marking" or one == word else " (no longer counts)"
        what = f"judged {credit}" if one.kind == "marking" else f"set {credit} in place of what came out{stands}"
        said.append(Said(people[one.by], one.at, what, one.reason))
    shown = [] if blind else standing.steps
    said += [Said(people[one.by], one.at, f"moved it to “{one.stage}”", one.note) for one in shown]
    return sorted(said, key=lambda one: one.at)


def _marks(standing: Standing, records: Records) -> list[Said]:
    """Return each computed mark, with what changed since the one before."""
    said, before = [], None
    for stored, at in records.dated_marks(standing.attempt.id):
        try:
            mark = mark_of(stored)
        except Refusal:
            mark = None
        if mark is None:
            said.append(Said("Marking", at, "kept a mark that this version cannot read", ""))
            continue
        measured = "there is no figure" if mark.measured is None else credit_words(mark.measured)
        what = f"computed: {measured}" if before is None else f"computed it again: {measured}"
        said.append(Said("Marking", at, what, "" if before is None else " ".join(changes(before, mark))))
        before = mark
    return said


class MarkingHandler(VigHandler):
    """``/supervision/marking``."""

    actions: ClassVar = {"get": "marking.read"}

    async def get(self) -> None:
        """Show where everything stands."""
        view = await self.state.read(marking, self.state.course, self.state.records)
        self.page("marking.html", here="supervision", view=view)


class AttemptMarkingHandler(VigHandler):
    """``/attempts/<id>/marking``."""

    actions: ClassVar = {"get": "marking.read"}

    async def get(self, attempt_id: str) -> None:
        """Show one attempt, and the forms to mark it with."""
        view = await self.state.read(self._view, attempt_id)
        self.page("attempt-marking.html", here="supervision", view=view)

    def _view(self, attempt_id: str) -> Any:
        assert self.person is not None  # noqa: S101 - the table of rights lets nobody in who is not signed in
        return attempt_marking(the_standing(self.state, attempt_id), self.person, self.state.records)


MARKING_ROUTES: list[tuple[str, type[VigHandler]]] = [
    (r"supervision/marking", MarkingHandler),
    (r"attempts/([A-Za-z0-9][A-Za-z0-9._-]{0,63})/marking", AttemptMarkingHandler),
]
"""The marking pages' addresses below the application's root."""
