"""The author's page: the course check, and every exercise to be tried as a trainee."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from vigwidgets.authoring import CourseCheck, Ranking, check_course
from vigwidgets.curriculum import Course, Exercise, Problem, read_course
from vigwidgets.films import FilmLibrary
from vigwidgets.service.pages.path import MARKING
from vigwidgets.service.pages.words import count, length, minutes

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
    waits: str
    can_be_tried: bool


@dataclass(frozen=True)
class Authoring:
    """All that the page says."""

    lead: str
    sound: bool
    verdict: str
    kept: str
    checks: list[Check]
    exercises: list[ExerciseCard]


def authoring(
    library: FilmLibrary, folder: Path | None = None, *, taught: Course | None = None, refused: str = ""
) -> Authoring:
    """Return the author's page for the course as it lies on the disk now.

    Args:
        library: The films, to say which are missing.
        folder: Where ``course.yaml`` lies; None: the course that comes with the package.
        taught: The course that trainees meet now; None: the one on the disk.
        refused: Why that is not the one on the disk, if it is not.
    """
    course, _ = read_course(folder)
    check = _checked(folder, course.stamp if course else None)
    cards = [_card(one, library, taught) for one in course.exercises.values()] if course else []
    absent = sum(1 for card in cards if card.missing)
    return Authoring(
        lead="Check the course, and go through each exercise as a trainee would.",
        sound=check.holds,
        verdict=_verdict(check.problems, absent),
        kept=f"Trainees still meet the course as it was, because the new one is refused: {refused}" if refused else "",
        checks=[*(_wrong(problem) for problem in check.problems), *_right(check)],
        exercises=cards,
    )


@lru_cache(maxsize=4)
def _checked(folder: Path | None, changed: object) -> CourseCheck:  # noqa: ARG001 - what is known by its files' times
    return check_course(folder)


def _verdict(problems: list[Problem], absent: int) -> str:
    if problems:
        return f"{count(len(problems), 'thing').capitalize()} to put right before this course is published."
    if absent:
        return f"The course fits together; {count(absent, 'exercise')} still {_waits(absent)} for a film here."
    return "The course fits together and every film is here."


def _waits(n: int) -> str:
    return "waits" if n == 1 else "wait"


def _wrong(problem: Problem) -> Check:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return Check(False, f"{problem.sentence[:1].upper()}{problem.sentence[1:]}", place)


def _right(check: CourseCheck) -> list[Check]:
    kinds = (
        ("exercise", check.exercises),
        ("lesson", check.lessons),
        ("film script", check.films),
        ("scheme", check.schemes),
    )
    found = [
        Check(True, f"{count(len(names), kind).capitalize()} can be read.", ", ".join(names))
        for kind, names in kinds
        if names
    ]
    return found + [_ranked(ranking) for ranking in check.rankings if ranking.holds]


def _ranked(ranking: Ranking) -> Check:
    return Check(
        True,
        f"Marking “{ranking.exercise}” ranks an expert above a trainee and a trainee above a guess, "
        f"on {count(ranking.moments, 'moment')}.",
        "; ".join(_figures(ranking)),
    )


def _figures(ranking: Ranking) -> Iterator[str]:
    if ranking.expert is not None:
        made = (ranking.expert, ranking.plausible, ranking.naive)
        yield f"means of simulated attempts: {', '.join(f'{one or 0:.2f}' for one in made)}"
    if ranking.kept is not None:
        yield f"those that are kept: {', '.join(f'{one:.2f}' for one in ranking.kept.values())}"


def _card(exercise: Exercise, library: FilmLibrary, taught: Course | None) -> ExerciseCard:
    film = next((one for one in library.list() if one.id == exercise.film), None)
    about = f"Film “{film.title}”, {length(film.duration)}" if film else f"Film “{exercise.film}”"
    missing = "" if film else f"Its film “{exercise.film}” is not in the library; render or add it first."
    facts = [minutes(exercise.minutes).capitalize(), about, MARKING[exercise.marking].capitalize()]
    can, waits = True, ""
    if taught is not None and exercise != taught.exercises.get(exercise.id):
        can = exercise.id in taught.exercises
        waits = f"It can be tried {'as it was before' if can else 'as soon as the course is put right'}."
    return ExerciseCard(exercise.id, exercise.title, [*facts, f"Version {exercise.version}"], missing, waits, can)
