"""A group's work on ratings, a set of them, questions or clips: what is hard, and who may want a hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from markupsafe import Markup

from vigwidgets.curriculum import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.grading import (
    AnswersMark,
    ClipsMark,
    Marked,
    RatedOn,
    RatingMark,
    Standing,
    cohort_of_answers,
    cohort_of_clips,
    cohort_of_ratings,
    judged_by,
    standing_of,
)
from vigwidgets.records import Attempt
from vigwidgets.service.base import Missing
from vigwidgets.service.pages.charts import spots_svg
from vigwidgets.service.pages.group_tables import Table, answer_tables, clip_tables, rating_tables
from vigwidgets.service.pages.words import count
from vigwidgets.service.release import UNNAMED
from vigwidgets.service.state import ServiceState

__all__ = ["KINDS", "KindGroup", "kind_group", "set_group"]

KINDS = ("rating", "mcq", "reflection", "clips")
"""The kinds of exercise whose group stands here; tags have a page of their own."""

_CAREFULLY = (
    "Agreement in training, from few ratings or answers each: the bars show the interval for 95 of 100. It says "
    "nothing about any family, and it certifies nobody."
)

M = TypeVar("M", bound=Marked)


@dataclass(frozen=True)
class KindGroup:
    """All that the page says.

    Attributes:
        id: The exercise's, or the set's.
        title: Likewise.
        over: What stands above the title.
        lead: How many people, and what waits.
        soft: How it is to be taken.
        waiting: Attempts that are not counted yet: whose and why, and where.
        tables: The people first.
        spots: Where in the film people chose clips, as a drawing; empty where there are none.
        data: The same as data for JSON.
    """

    id: str
    title: str
    over: str
    lead: str
    soft: str
    waiting: list[tuple[str, str]]
    tables: list[Table]
    spots: Markup
    data: dict[str, Any]


@dataclass
class _Gathered:
    """What a group handed in: each person's marks, those of an exercise in order, and how they may be called."""

    people: dict[str, str]
    marks: dict[str, list[tuple[Standing, Any]]] = field(default_factory=lambda: defaultdict(list))
    waiting: list[tuple[str, str]] = field(default_factory=list)
    blind: set[str] = field(default_factory=set)
    otherwise: int = 0  # attempts marked by another version of their exercise

    def known(self) -> dict[str, tuple[str, str]]:
        """Return for each person a name and where the newest attempt is; one that is marked blind hides the name."""
        return {
            person: (
                UNNAMED if person in self.blind else self.people[person],
                f"attempts/{_newest(own).id}",
            )
            for person, own in self.marks.items()
        }


def _newest(own: Sequence[tuple[Standing, Any]]) -> Attempt:
    """Return somebody's newest attempt: of an exercise the last, whatever the clock said, and of those by time."""
    last = {standing.attempt.exercise: standing.attempt for standing, _ in own}
    return max(last.values(), key=lambda one: (one.handed_in_at, one.id))


def _gather(exercises: Sequence[Exercise], kind: type[M], state: ServiceState) -> _Gathered:
    found = _Gathered({person.id: person.name for person in state.records.people()})
    for exercise in exercises:
        for attempt in state.records.attempts(exercise.id):
            standing = standing_of(attempt, state.records, state.course)
            if standing.blind:
                found.blind.add(attempt.person)
            mark = standing.mark
            why = _why_not(attempt, exercise, mark, kind, state)
            if why or not isinstance(mark, kind):
                name = UNNAMED if standing.blind else found.people[attempt.person]
                found.waiting.append((f"{name}: {why}", f"attempts/{attempt.id}"))
            else:
                found.marks[attempt.person].append((standing, mark))
                found.otherwise += mark.exercise_version not in (None, exercise.version)
    return found


def _why_not(attempt: Attempt, exercise: Exercise, mark: Marked | None, kind: type[M], state: ServiceState) -> str:
    """Return why an attempt is not counted; nothing: it is."""
    if not isinstance(mark, kind):
        return "waits for a mark"
    if attempt.observation.film != exercise.film:
        return "made with another film"
    if isinstance(mark, RatingMark):
        if attempt.observation.scheme != state.course.codebook(exercise).ref:
            return "made with another scale"
        if any(item.off is None for item in mark.items):
            return "not rated whole"
    return ""


def kind_group(exercise: Exercise, state: ServiceState) -> KindGroup:
    """Return a group's work on an exercise with ratings, questions or clips."""
    if exercise.kind == "rating":
        return _ratings(exercise.id, exercise.title, "The group", [exercise], state)
    if exercise.kind == "clips":
        return _clips(exercise, state)
    return _answers(exercise, state)


def set_group(set_id: str, state: ServiceState) -> KindGroup:
    """Return a group's work on the blind films of a set of ratings.

    Raises:
        Missing: There is no such set.
    """
    try:
        found = state.course.rating_set(set_id)
    except Refusal as refused:
        raise Missing(str(refused)) from None
    exercises = [state.course.exercise(name) for name in found.blind]
    return _ratings(found.id, found.title, "The group, over the films that are rated blind", exercises, state)


def _lead(gathered: _Gathered) -> str:
    people = count(len(gathered.marks), "person", "people")
    n = len(gathered.waiting)
    waits = f"; {count(n, 'attempt is', 'attempts are')} not counted yet" if n else ""
    others = gathered.otherwise
    said = f"{people} so far{waits}.".capitalize()
    if others:
        was = count(others, "counted attempt was", "counted attempts were")
        said += f" {was.capitalize()} marked by another version of the exercise."
    return said


def _named(rows: list[dict[str, Any]], known: dict[str, tuple[str, str]]) -> None:
    for row in rows:
        row["person"] = known[row["person"]][0]


def _ratings(
    name: str, title: str, over: str, exercises: Sequence[Exercise], state: ServiceState
) -> KindGroup:  # fmt: skip
    gathered = _gather(exercises, RatingMark, state)
    known, by_id = gathered.known(), {one.id: one for one in exercises}
    rated: dict[str, list[RatedOn]] = {}
    for person, own in gathered.marks.items():
        films: dict[str, list[tuple[Standing, RatingMark]]] = defaultdict(list)
        for one in own:
            films[one[0].attempt.exercise].append(one)
        rated[person] = [_rated_on(by_id[exercise], made) for exercise, made in films.items()]
    cohort = cohort_of_ratings(rated)
    codebook = state.course.codebook(exercises[0])
    paths = {one.title: f"supervision/cohort/{one.id}" for one in exercises}
    data = cohort.as_data()
    _named(data["raters"], known)
    return KindGroup(
        id=name, title=title, over=over, lead=_lead(gathered), soft=_CAREFULLY, waiting=gathered.waiting,
        tables=rating_tables(cohort, known, codebook, paths) if cohort.raters else [], spots=Markup(""), data=data,
    )  # fmt: skip


def _rated_on(exercise: Exercise, made: Sequence[tuple[Standing, RatingMark]]) -> RatedOn:
    """Return one person's ratings of one film: what is rated once and for all counts as it was rated first."""
    first, newest = made[0], made[-1]
    counts = first if exercise.terms.which == "first" else newest
    return RatedOn(exercise.title, counts[0].attempt.handed_in_at, counts[1], first[1], newest[1])


def _answers(exercise: Exercise, state: ServiceState) -> KindGroup:
    gathered = _gather([exercise], AnswersMark, state)
    known = gathered.known()
    cohort = cohort_of_answers(
        {person: [mark for _, mark in own] for person, own in gathered.marks.items()}, exercise.questions
    )
    judged = {person: _read(own[-1][0]) for person, own in gathered.marks.items()} if exercise.markers else {}
    shown = [one for own in gathered.marks.values() for one, _ in own if not one.blind]
    given = [judgement for one in shown for judgement in judged_by(one.judgements).values()]
    points = {
        f"{line.text} (0 to {line.points})": [
            at for one in given if isinstance(at := one.body.get("points", {}).get(line.id), int)
        ]
        for line in exercise.rubric
    }
    data = cohort.as_data()
    _named(data["answerers"], known)
    return KindGroup(
        id=exercise.id, title=exercise.title, over="The group", lead=_lead(gathered), soft=_CAREFULLY,
        waiting=gathered.waiting, tables=answer_tables(cohort, known, judged, points) if cohort.answerers else [],
        spots=Markup(""), data=data,
    )  # fmt: skip


def _read(standing: Standing) -> str:
    if standing.facts.judged < standing.facts.needed:
        return f"by {standing.facts.judged} of {standing.facts.needed}"
    credit = standing.settled.credit
    return "yes" if credit is None else f"yes, credit {credit:.2f}"


def _clips(exercise: Exercise, state: ServiceState) -> KindGroup:
    gathered = _gather([exercise], ClipsMark, state)
    known = gathered.known()
    durations = [one.attempt.observation.duration for own in gathered.marks.values() for one, _ in own]
    cohort = cohort_of_clips(
        {person: [mark for _, mark in own] for person, own in gathered.marks.items()}, max(durations, default=0)
    )
    data = cohort.as_data()
    _named(data["choosers"], known)
    return KindGroup(
        id=exercise.id, title=exercise.title, over="The group", lead=_lead(gathered), soft=_CAREFULLY,
        waiting=gathered.waiting, tables=clip_tables(cohort, known) if cohort.choosers else [],
        spots=spots_svg(cohort.spots, "Which seconds of the film people chose for a clip") if cohort.choosers
        else Markup(""), data=data,
    )  # fmt: skip
