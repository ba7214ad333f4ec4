"""An attempt with all that is needed to mark it and to report on it; it can travel to another process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from vigwidgets.contract import Observation, Scheme, in_a_sentence
from vigwidgets.curriculum import Course, Exercise
from vigwidgets.errors import Refusal
from vigwidgets.grading._kinds import ANY_MARK, AnyMark, Key, key_of, mark_by_key
from vigwidgets.grading._mark import Marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vigwidgets.films import FilmLibrary
    from vigwidgets.records import Attempt, Records

__all__ = ["Case", "Task", "mark_attempt", "mark_of", "mark_task", "says_the_same", "task_of"]


class Task(BaseModel):
    """What is needed to mark one attempt.

    Attributes:
        attempt: The attempt's id.
        exercise: The exercise as the course has it now.
        scheme: The scheme that was coded.
        observation: What was handed in.
        key: What it is compared with.
        film_title: The film's title, for the report.
        handed_in_at: When, ISO 8601 in UTC.
        kept: The mark that counts, as JSON, just as the records keep it; empty: there is none, or it does not matter.
        anew: Whether it is marked again all the same; else a kept mark stays, and only its report is written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    attempt: str
    exercise: Exercise
    scheme: Scheme
    observation: Observation
    key: Key
    film_title: str
    handed_in_at: str
    kept: str = ""
    anew: bool = True


class Case(BaseModel):
    """A marked attempt, as the grading notebook reads it: no name of a person, no path, no picture.

    Attributes:
        attempt: The attempt's id.
        exercise: The exercise.
        scheme: The scheme that was coded.
        observation: What was handed in.
        mark: How it was marked.
        film_title: The film's title.
        handed_in_at: When, ISO 8601 in UTC.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["vig-case"] = "vig-case"
    version: Literal[1] = 1
    attempt: str
    exercise: Exercise
    scheme: Scheme
    observation: Observation
    mark: AnyMark
    film_title: str
    handed_in_at: str

    @classmethod
    def of(cls, task: Task, mark: AnyMark) -> Case:
        """Return a task with its mark; the key stays behind."""
        return cls(
            attempt=task.attempt,
            exercise=task.exercise,
            scheme=task.scheme,
            observation=task.observation,
            mark=mark,
            film_title=task.film_title,
            handed_in_at=task.handed_in_at,
        )

    @classmethod
    def read(cls, path: Path) -> Case:
        """Read a case from its JSON file.

        Raises:
            Refusal: The file is not there or is no case.
        """
        try:
            return cls.model_validate_json(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise Refusal(f"{path.name} could not be read ({error.strerror}); mark the attempt again.") from None
        except ValidationError as error:
            raise Refusal(in_a_sentence(error, path.name)) from None


def task_of(attempt: Attempt, library: FilmLibrary, course: Course) -> Task:
    """Return what is needed to mark an attempt.

    Raises:
        Refusal: The course has no such exercise, or the film has no key.
    """
    exercise = course.exercise(attempt.exercise)
    film = library.get(attempt.observation.film)
    return Task(
        attempt=attempt.id,
        exercise=exercise,
        scheme=course.codebook(exercise).scheme,
        observation=attempt.observation,
        key=key_of(exercise, course, library),
        film_title=film.title,
        handed_in_at=attempt.handed_in_at,
    )


def mark_task(task: Task) -> AnyMark:
    """Return the mark of a task; the same every time.

    Raises:
        Refusal: What was handed in does not belong to the film or the scheme of the exercise.
    """
    mark = mark_by_key(task.observation, task.exercise, task.scheme, task.key)
    return mark.model_copy(update={"exercise": task.exercise.id, "exercise_version": task.exercise.version})


def mark_attempt(records: Records, library: FilmLibrary, course: Course, attempt: Attempt) -> AnyMark:
    """Mark an attempt and keep its mark. If it already has just this mark, nothing is added.

    Args:
        records: Where the mark is kept.
        library: Where the film's key is.
        course: Where the exercise and its policy are.
        attempt: What was handed in.

    Raises:
        Refusal: It cannot be marked; nothing was kept.
    """
    mark = mark_task(task_of(attempt, library, course))
    keep(records, attempt.id, mark)
    return mark


def keep(records: Records, attempt: str, mark: Marked) -> bool:
    """Keep a mark unless it is the one that counts already; return whether it is new.

    One that an older version kept, before a figure was there that has a default, says the same as it is read today.
    """
    return (
        records.add_new_mark(attempt, mark.model_dump(mode="json"), lambda kept: says_the_same(kept, mark)) is not None
    )


def says_the_same(kept: Mapping[str, object], mark: Marked) -> bool:
    """Tell whether a mark that the records kept, as it is read today, is just this one."""
    try:
        # As JSON on both sides: it is what is kept, and what a worker brings.
        return mark_of(kept) == ANY_MARK.validate_json(mark.model_dump_json())
    except Refusal:
        return False


def mark_of(stored: Mapping[str, object] | None) -> AnyMark | None:
    """Return a mark from what the records kept; None stays None.

    Raises:
        Refusal: It was kept by a version that is not known here.
    """
    if stored is None:
        return None
    try:
        return ANY_MARK.validate_python(stored)
    except ValidationError as error:
        raise Refusal(in_a_sentence(error, "the mark") + " Mark the attempt again.") from None
