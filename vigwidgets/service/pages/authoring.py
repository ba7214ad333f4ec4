"""The author's page: the course check, and every exercise to be tried as a trainee."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from vigwidgets.curriculum import Course, Exercise, Problem, read_course
from vigwidgets.films import FilmLibrary
from vigwidgets.service.pages.path import MARKING
from vigwidgets.service.pages.words import clock, count, minutes

__all__ = ["Authoring", "Check", "ExerciseCard", "authoring"]


@dataclass(frozen=True)
class Check:
    """One line of the course check: right or wrong, the sentence, and the file and line if it is wrong."""

    good: bool
    says: str
    place: str = ""


@dataclass(frozen=True)
class ExerciseCard:
    """One exercise, and what a trainee would meet in it."""

    id: str
    title: str
    facts: list[str]
    missing: str


@dataclass(frozen=True)
class Authoring:
    """All that the page says."""

    lead: str
    sound: bool
    verdict: str
    checks: list[Check]
    exercises: list[ExerciseCard]


def authoring(library: FilmLibrary, folder: Path | None = None) -> Authoring:
    """Return the author's page for the course as it lies on the disk now.

    Args:
        library: The films, to say which are missing.
        folder: Where ``course.yaml`` lies; None: the course that comes with the package.
    """
    course, problems = read_course(folder)
    cards = [_card(one, library) for one in course.exercises.values()] if course else []
    absent = sum(1 for card in cards if card.missing)
    return Authoring(
        lead="Check the course, and go through each exercise as a trainee would.",
        sound=not problems,
        verdict=_verdict(problems, absent),
        checks=[_wrong(problem) for problem in problems] + (_right(course) if course else []),
        exercises=cards,
    )


def _verdict(problems: list[Problem], absent: int) -> str:
    if problems:
        return f"{count(len(problems), 'thing').capitalize()} to put right before this course can be used."
    if absent:
        return f"The course fits together; {count(absent, 'exercise')} still waits for its film here."
    return "The course fits together and every film is here."


def _wrong(problem: Problem) -> Check:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Check(False, f"{problem.sentence[:1].upper()}{problem.sentence[1:]}", place)


def _right(course: Course) -> list[Check]:
    schemes = ", ".join(
        f"{book.scheme.id} version {book.scheme.version} ({count(len(book.scheme.codes), 'code')})"
        for book in course.codebooks.values()
    )
    found = [
        f"The pathway “{course.title}” has {count(len(course.pathway), 'step')}, and each of them exists.",
        f"{count(len(course.exercises), 'exercise').capitalize()} read: "
        f"{', '.join(one.title for one in course.exercises.values())}.",
        f"{count(len(course.lessons), 'lesson').capitalize()} read"
        + (f": {', '.join(one.title for one in course.lessons.values())}." if course.lessons else "."),
        f"{count(len(course.codebooks), 'scheme').capitalize()} read: {schemes}.",
    ]
    return [Check(True, says) for says in found]


def _card(exercise: Exercise, library: FilmLibrary) -> ExerciseCard:
    film = next((one for one in library.list() if one.id == exercise.film), None)
    about = f"Film “{film.title}”, {clock(film.duration)}" if film else f"Film “{exercise.film}”"
    missing = "" if film else f"Its film “{exercise.film}” is not in the library; render or add it first."
    facts = [minutes(exercise.minutes).capitalize(), about, MARKING[exercise.marking].capitalize()]
    return ExerciseCard(exercise.id, exercise.title, [*facts, f"Version {exercise.version}"], missing)
