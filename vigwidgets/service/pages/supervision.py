"""The supervisor's page: what was handed in, and the gradebook."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import merge

from vigwidgets.curriculum import Course, Exercise
from vigwidgets.grading import AnswersMark, ClipsMark, Mark, RatingMark, Standing, standing_of
from vigwidgets.records import Attempt, DamagedAttempt, Person, Records
from vigwidgets.service.pages.groups import KINDS
from vigwidgets.service.pages.lanes import Lane, lanes_of
from vigwidgets.service.pages.words import count
from vigwidgets.service.release import UNNAMED, marks_blind

__all__ = ["AttemptRow", "Cell", "Column", "GradebookRow", "Supervision", "supervision"]

NEWEST = 200
"""How many attempts the table shows; the gradebook file has them all."""

HandedIn = Attempt | DamagedAttempt

_COLUMNS = {"none": "not marked", "formative": "practice", "summative": "marked"}


@dataclass(frozen=True)
class AttemptRow:
    """One thing that was handed in."""

    who: str
    exercise: str
    handed_in_at: str
    lanes: list[Lane]
    no_lanes: str
    state: str
    status: str
    path: str


@dataclass(frozen=True)
class Column:
    """One exercise of the gradebook, or a set of ratings, and where its group is shown."""

    title: str
    marking: str
    path: str


@dataclass(frozen=True)
class Cell:
    """One person and one exercise of the gradebook."""

    exercise: str
    words: str
    path: str = ""


@dataclass(frozen=True)
class GradebookRow:
    """One person of the gradebook; ``path`` leads to their record of hours."""

    who: str
    path: str
    cells: list[Cell]


@dataclass(frozen=True)
class Supervision:
    """All that the page says."""

    lead: str
    attempts: list[AttemptRow]
    earlier: int
    legend: list[Lane]
    exercises: list[Column]
    sets: list[Column]
    gradebook: list[GradebookRow]


def supervision(course: Course, records: Records) -> Supervision:
    """Return the supervisor's page; the newest attempts stand first."""
    people = {person.id: person for person in records.people()}
    attempts = _newest_first(records)
    known = _Standings(course, records)
    rows = [_row(one, people, known) for one in attempts[:NEWEST]]
    legend: dict[str, Lane] = {}
    for row in rows:
        legend.update((lane.name, lane) for lane in row.lanes)
    steps = _steps(course)
    trainees = sorted((one for one in people.values() if one.role == "trainee"), key=lambda one: one.name)
    return Supervision(
        lead=_lead(attempts),
        attempts=rows,
        earlier=max(0, len(attempts) - NEWEST),
        legend=list(legend.values()),
        exercises=[Column(one.title, _COLUMNS[one.marking], _group(one)) for one in steps],
        sets=[
            Column(course.rating_set(one.id).title, "", f"supervision/cohort/{one.id}")
            for one in course.pathway
            if one.kind == "set" and one.id not in course.exercises
        ],
        gradebook=[_gradebook_row(person, steps, attempts, known) for person in trainees] if steps else [],
    )


def _newest_first(records: Records) -> list[HandedIn]:
    """Return what was handed in. Both lists keep their order, which follows people's attempts where a clock did not."""
    whole: list[HandedIn] = [*records.attempts()]
    damaged: list[HandedIn] = [*records.damaged_attempts()]
    return list(merge(whole, damaged, key=lambda one: one.handed_in_at))[::-1]


def _steps(course: Course) -> list[Exercise]:
    """Return the pathway's exercises in order, those of its sets among them."""
    names: list[str] = []
    for step in course.pathway:
        names += [step.id] if step.kind == "exercise" else []
        names += course.rating_set(step.id).exercises if step.kind == "set" else []
    return [course.exercises[name] for name in dict.fromkeys(names)]


def _group(exercise: Exercise) -> str:
    """Return where the group's work on an exercise is shown; nowhere where nothing is counted."""
    counted = exercise.marking != "none" and exercise.kind in ("tagging", *KINDS)
    return f"supervision/cohort/{exercise.id}" if counted else ""


def _lead(attempts: list[HandedIn]) -> str:
    if not attempts:
        return "What trainees hand in comes to this page, with its feedback."
    handed_in = {one.person for one in attempts}
    who = "this person" if len(handed_in) == 1 else "each of them"
    return (
        f"{count(len(attempts), 'attempt').capitalize()} handed in by {count(len(handed_in), 'person', 'people')}. "
        f"Begin with what {who} saw well."
    )


class _Standings:
    """How the marking of each attempt stands, looked up once."""

    def __init__(self, course: Course, records: Records) -> None:
        self.course, self.records = course, records
        self._known: dict[str, Standing] = {}

    def of(self, attempt: HandedIn) -> Standing | None:
        """Return it, or None for an attempt that cannot be read."""
        if isinstance(attempt, DamagedAttempt):
            return None
        if attempt.id not in self._known:
            self._known[attempt.id] = standing_of(attempt, self.records, self.course)
        return self._known[attempt.id]


def _tags_mark(standing: Standing | None) -> Mark | None:
    return standing.mark if standing is not None and isinstance(standing.mark, Mark) else None


def _in_short(standing: Standing | None) -> str:
    """Return a mark of ratings, clips or answers in a few words; nothing for tags, and where there is none."""
    mark = standing.mark if standing is not None else None
    if isinstance(mark, RatingMark):
        return f"{mark.exact} of {len(mark.items)} items alike"
    if isinstance(mark, ClipsMark):
        whole = sum(clip.part == 1 for clip in mark.clips)
        return f"{whole} of {max(mark.asked, len(mark.clips))} clips whole"
    if isinstance(mark, AnswersMark) and mark.asked:
        return f"{mark.right} of {mark.asked} questions as the course"
    return ""


def _is_told(attempt: HandedIn, person: Person, exercise: Exercise, blind: bool, known: _Standings) -> bool:
    """Tell whether an attempt is this person's at this exercise, and whether that may be known."""
    if attempt.person != person.id or attempt.exercise != exercise.id:
        return False
    standing = known.of(attempt)
    return not blind if standing is None else not standing.blind


def _row(attempt: HandedIn, people: dict[str, Person], known: _Standings) -> AttemptRow:
    exercise = known.course.exercises.get(attempt.exercise)
    standing = known.of(attempt)
    readable, mark = standing is not None, _tags_mark(standing)
    tried = exercise is not None and exercise.marking == "none"
    lanes = lanes_of(mark) if mark and not tried else []
    state, status = ("in", "Feedback given") if tried else _status(standing)
    if not readable:
        state, status = "waiting", "Could not be read"
    blind = standing.blind if standing is not None else marks_blind(exercise)
    words = (not blind and _in_short(standing)) or "No figures yet"
    return AttemptRow(
        who=UNNAMED if blind else people[attempt.person].name,
        exercise=exercise.title if exercise else attempt.exercise,
        handed_in_at=attempt.handed_in_at,
        lanes=lanes,
        no_lanes="Damaged in the database" if not readable else "Try-out, no figures" if tried else words,
        state=state,
        status=status,
        path=f"attempts/{attempt.id}",
    )


def _status(standing: Standing | None) -> tuple[str, str]:
    """Return where the marking of an attempt stands, for the table."""
    stage = standing.stage if standing is not None else "in marking"
    if stage == "in marking":
        return "waiting", "Waits for its mark"
    return ("in", "Feedback given") if stage == "released" else ("waiting", stage.capitalize())


def _gradebook_row(
    person: Person, exercises: list[Exercise], attempts: list[HandedIn], known: _Standings
) -> GradebookRow:
    cells = [_cell(person, exercise, attempts, known) for exercise in exercises]
    return GradebookRow(person.name, f"supervision/records/{person.id}", cells)


def _cell(person: Person, exercise: Exercise, attempts: list[HandedIn], known: _Standings) -> Cell:
    """Return the newest attempt of a person at an exercise that may be known; ``attempts`` stand newest first.

    While attempts are marked blind, a cell says the same of who handed in and of who did not: the one who did would
    be known by their name's row.
    """
    blind = marks_blind(exercise)
    own = next((one for one in attempts if _is_told(one, person, exercise, blind, known)), None)
    if own is None:
        if blind:
            return Cell(exercise.title, "marked blind")
        begun = known.records.current_observation(person.id, exercise.id) is not None
        return Cell(exercise.title, "begun" if begun else "not begun")
    path, standing = f"attempts/{own.id}", known.of(own)
    if standing is None:
        return Cell(exercise.title, "could not be read", path)
    mark = _tags_mark(standing)
    if exercise.marking == "none":
        return Cell(exercise.title, "tried", path)
    if mark is None:
        credit = standing.settled.credit
        waits = "handed in, waits" if credit is None else f"credit {credit:.2f}"
        return Cell(exercise.title, _in_short(standing) or waits, path)
    found = mark.overall
    parts = [f"{found.seen} of {found.seen + found.missed} seen"]
    parts += [f"{n} {what}" for n, what in ((found.nearly, "nearly"), (found.alone, "their own")) if n]
    return Cell(exercise.title, ", ".join(parts), path)
