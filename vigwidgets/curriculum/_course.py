"""A course: its pathway, its exercises and lessons, read from a folder of YAML and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from vigwidgets.curriculum._exercise import Exercise, Name, Text
from vigwidgets.curriculum._lesson import Lesson, read_lesson
from vigwidgets.curriculum._places import CourseRefused, Problem, Source, read_source
from vigwidgets.curriculum._questions import answers_codebook
from vigwidgets.curriculum._sets import RatingSet
from vigwidgets.errors import Refusal
from vigwidgets.resources import resource_path
from vigwidgets.schemes import Codebook, load_scheme, with_clips

__all__ = ["Course", "Step", "load_course", "read_course", "stamp_of"]

Thing = TypeVar("Thing")


class Step(BaseModel):
    """One step of a pathway; in YAML ``- exercise: first-look`` or ``- lesson: seeing-an-initiative``.

    Attributes:
        kind: What it is.
        id: Which one.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["exercise", "lesson", "set"]
    id: Name

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, data: Any) -> Any:
        if isinstance(data, dict) and "kind" not in data and len(data) == 1:
            ((kind, name),) = data.items()
            return {"kind": kind, "id": name}
        return data


class _Head(BaseModel):
    """What ``course.yaml`` itself says."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    about: Text | None = None
    pathway: Annotated[list[Step], Field(min_length=1)]


Stamp = tuple[tuple[str, int], ...]


def stamp_of(folder: Path) -> Stamp:
    """Return what tells whether any file of a course has changed: their names, and when each was last written."""
    found = []
    for path in folder.rglob("*"):
        with suppress(OSError):  # taken away while we look
            if path.is_file():
                found.append((path.relative_to(folder).as_posix(), path.stat().st_mtime_ns))
    return tuple(sorted(found))


@dataclass(frozen=True)
class Course:
    """A course that has been read and fits together.

    Attributes:
        title: What it is called.
        about: What it is for, in Markdown.
        pathway: Its steps, in order.
        exercises: Its exercises by id.
        lessons: Its lessons by id.
        codebooks: Its schemes by id.
        sets: Its sets of ratings by id.
        folder: Where it was read from.
        stamp: What its files were when it was read, see `stamp_of`.
    """

    title: str
    about: str | None
    pathway: list[Step]
    exercises: dict[str, Exercise]
    lessons: dict[str, Lesson]
    codebooks: dict[str, Codebook]
    folder: Path
    stamp: Stamp = ()
    sets: dict[str, RatingSet] = field(default_factory=dict)

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise by its id.

        Raises:
            Refusal: The course has no such exercise.
        """
        return self._get(self.exercises, "exercise", exercise_id)

    def lesson(self, lesson_id: str) -> Lesson:
        """Return a lesson by its id.

        Raises:
            Refusal: The course has no such lesson.
        """
        return self._get(self.lessons, "lesson", lesson_id)

    def codebook(self, exercise: Exercise | str) -> Codebook:
        """Return the scheme that an exercise is coded with.

        Clips stand on lanes of their own below those of the scheme; answers have a code for each question.

        Raises:
            Refusal: The course has no such exercise.
        """
        found = exercise if isinstance(exercise, Exercise) else self.exercise(exercise)
        if found.questions:
            return answers_codebook(found.id, found.version, found.questions)
        codebook = self._get(self.codebooks, "scheme", found.scheme)
        return with_clips(codebook) if found.kind == "clips" else codebook

    def set_of(self, exercise_id: str) -> RatingSet | None:
        """Return the set in which an exercise is rated blind, or None."""
        return next((one for one in self.sets.values() if exercise_id in one.blind), None)

    def rating_set(self, set_id: str) -> RatingSet:
        """Return a set by its id.

        Raises:
            Refusal: The course has no such set.
        """
        return self._get(self.sets, "set", set_id)

    def _get(self, things: dict[str, Thing], what: str, name: str) -> Thing:
        if name in things:
            return things[name]
        there = ", ".join(sorted(things)) or "none"
        raise Refusal(f"The course has no {what} {name!r}; it has {there}.")


@dataclass
class _Reading:
    """A course while it is read: what was found, and what is wrong."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def attempt(self, read: Callable[[], Thing]) -> Thing | None:
        """Return what ``read`` gives, or note its problems and return None."""
        try:
            return read()
        except CourseRefused as refused:
            self.problems.extend(refused.problems)
            return None

    def note(self, source: Source, sentence: str, *place: int | str) -> None:
        self.problems.append(source.problem(sentence, *place))


def load_course(folder: Path | None = None) -> Course:
    """Read a course and check that its parts fit together.

    Args:
        folder: Where ``course.yaml`` lies; None: the course that comes with the package.

    Raises:
        CourseRefused: Something in it is wrong; the message names file, line and what is allowed.
    """
    course, problems = read_course(folder)
    if course is None or problems:
        raise CourseRefused(problems)
    return course


def read_course(folder: Path | None = None) -> tuple[Course | None, list[Problem]]:
    """Read as much of a course as can be read, with everything that is wrong in it.

    Returns:
        The course, or None if ``course.yaml`` cannot be read; and its problems, none if all is well.
    """
    root = folder if folder is not None else resource_path("course")
    stamp = stamp_of(root)  # before reading: what is written meanwhile is read again
    reading = _Reading(root)
    source = reading.attempt(lambda: read_source(root / "course.yaml", root))
    head = reading.attempt(lambda: source.parse(_Head)) if source else None
    lessons = _read_lessons(reading)
    codebooks = _read_schemes(reading)
    exercises = _read_exercises(reading, codebooks)
    sets = _read_sets(reading, exercises, codebooks)
    if source is None or head is None:
        return None, reading.problems
    known_steps: dict[str, Collection[str]] = {"exercise": exercises, "lesson": lessons, "set": sets}
    for place, step in enumerate(head.pathway):
        there = known_steps[step.kind]
        if step.id not in there and not (root / f"{step.kind}s" / f"{step.id}{_SUFFIX[step.kind]}").exists():
            known = ", ".join(sorted(there)) or "none"
            reading.note(source, f"there is no {step.kind} {step.id!r}; there are {known}.", "pathway", place)
    course = Course(head.title, head.about, head.pathway, exercises, lessons, codebooks, root, stamp, sets)
    return course, reading.problems


_SUFFIX = {"exercise": ".yaml", "lesson": ".md", "set": ".yaml"}


def _read_lessons(reading: _Reading) -> dict[str, Lesson]:
    paths = sorted((reading.folder / "lessons").glob("*.md"))
    found = (reading.attempt(lambda path=path: read_lesson(path, reading.folder)) for path in paths)  # type: ignore[misc]
    return {lesson.id: lesson for lesson in found if lesson is not None}


def _read_schemes(reading: _Reading) -> dict[str, Codebook]:
    codebooks: dict[str, Codebook] = {}
    for path in sorted((reading.folder / "schemes").glob("*.yaml")):
        try:
            codebooks[path.stem] = load_scheme(path)
        except Refusal as refused:
            reading.problems.append(Problem(path.relative_to(reading.folder).as_posix(), 0, str(refused)))
    return codebooks


def _read_exercises(reading: _Reading, codebooks: dict[str, Codebook]) -> dict[str, Exercise]:
    exercises: dict[str, Exercise] = {}
    for path in sorted((reading.folder / "exercises").glob("*.yaml")):
        source = reading.attempt(lambda path=path: read_source(path, reading.folder))  # type: ignore[misc]
        exercise = reading.attempt(lambda source=source: source.parse(Exercise)) if source else None  # type: ignore[misc]
        if source is None or exercise is None:
            continue
        exercises[exercise.id] = exercise
        _check_exercise(reading, source, exercise, path, codebooks)
    return exercises


def _read_sets(
    reading: _Reading, exercises: dict[str, Exercise], codebooks: dict[str, Codebook]
) -> dict[str, RatingSet]:
    sets: dict[str, RatingSet] = {}
    for path in sorted((reading.folder / "sets").glob("*.yaml")):
        source = reading.attempt(lambda path=path: read_source(path, reading.folder))  # type: ignore[misc]
        one = reading.attempt(lambda source=source: source.parse(RatingSet)) if source else None  # type: ignore[misc]
        if source is None or one is None:
            continue
        sets[one.id] = one
        if one.id != path.stem:
            reading.note(source, f"id is {one.id!r}; allowed is the file's own name, {path.stem!r}.", "id")
        if one.scheme not in codebooks or codebooks[one.scheme].scheme.scale is None:
            reading.note(source, f"scheme is {one.scheme!r}; allowed is a rating scale.", "scheme")
        for part in ("practise", "blind"):
            for place, name in enumerate(getattr(one, part)):
                found = exercises.get(name)
                if found is None or found.kind != "rating" or found.scheme != one.scheme:
                    reading.note(source, f"{name!r} is no rating exercise with scheme {one.scheme!r}.", part, place)
                elif part == "blind" and found.terms.which != "first":
                    # Whoever has read the reference rates no longer blind.
                    reading.note(
                        source,
                        f"{name!r} counts the {found.terms.which} attempt; rated blind, only the first may count "
                        "(`which: first` in its terms).",
                        part,
                        place,
                    )
    return sets


def _check_exercise(
    reading: _Reading, source: Source, exercise: Exercise, path: Path, codebooks: dict[str, Codebook]
) -> None:
    if exercise.id != path.stem:
        reading.note(source, f"id is {exercise.id!r}; allowed is the file's own name, {path.stem!r}.", "id")
    codebook = codebooks.get(exercise.scheme)
    if codebook is None:
        known = ", ".join(sorted(codebooks)) or "none"
        reading.note(source, f"there is no scheme {exercise.scheme!r}; there are {known}.", "scheme")
        return
    if (exercise.kind == "rating") is not (codebook.scheme.scale is not None):
        scales = ", ".join(name for name, book in sorted(codebooks.items()) if book.scheme.scale is not None) or "none"
        reading.note(
            source,
            f"kind is {exercise.kind!r} and scheme {exercise.scheme!r} is {'a' if codebook.scheme.scale else 'no'} "
            f"rating scale; rating goes with a scale ({scales}), every other kind with any other scheme.",
            "kind",
        )
    lanes = [lane.id for lane in codebook.lanes]
    for place, code in enumerate(exercise.policy.counts or []):
        if code not in lanes:
            allowed = ", ".join(repr(lane) for lane in lanes)
            reading.note(
                source,
                f"{code!r} is not a lane of scheme {exercise.scheme!r}; allowed are {allowed}.",
                "policy",
                "counts",
                place,
            )
