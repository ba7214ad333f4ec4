"""Attempts that are kept with a course: for each exercise an expert's, a plausible and a naive one.

They lie in ``attempts/<exercise>/<eye>.json``. An exercise that people read has ``points.yaml`` beside them: how many
points of its rubric each deserves. Nobody is shown them; they hold marking to what it did when its author looked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from vigwidgets.authoring._ranking import Rank
from vigwidgets.authoring.simulate import EYES
from vigwidgets.contract import Observation
from vigwidgets.curriculum import Course, Exercise
from vigwidgets.errors import Refusal
from vigwidgets.grading import Key, check_points, mark_by_key
from vigwidgets.observations import parse_observation
from vigwidgets.yamls import YamlRefused, read_file

__all__ = ["attempts_folder", "figures_of_kept", "keep_attempt"]


def attempts_folder(course: Course, exercise: Exercise) -> Path:
    """Return where the attempts at an exercise are kept."""
    return course.folder / "attempts" / exercise.id


def keep_attempt(course: Course, exercise: Exercise, eye: str, observation: Observation) -> Path:
    """Keep an attempt as an example of such an eye, in place of the one that was kept, and return its file.

    Args:
        course: The course.
        exercise: What it is an attempt at.
        eye: ``expert``, ``plausible`` or ``naive``.
        observation: What was handed in; who did so is not kept.

    Raises:
        Refusal: It is of another film or scheme, or the exercise is summative; nothing was changed.
    """
    if exercise.marking == "summative":
        raise Refusal(f"“{exercise.title}” is summative; an attempt in the course would show its key to everybody.")
    _check(observation, eye, course, exercise)
    path = attempts_folder(course, exercise) / f"{eye}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    nobody = observation.model_copy(update={"id": f"kept-{eye}", "observer": eye})
    path.write_text(nobody.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")
    return path


def figures_of_kept(course: Course, exercise: Exercise, key: Key) -> Rank | None:
    """Return the figure of each kept attempt; None where none is kept.

    Raises:
        Refusal: One is missing, cannot be read, or cannot be marked.
    """
    folder = attempts_folder(course, exercise)
    if not folder.is_dir():
        return None
    points = _points(folder, exercise) if exercise.kind == "reflection" else {}
    scheme = course.codebook(exercise).scheme
    found = {}
    for eye in EYES:
        observation = _read(folder / f"{eye}.json", eye, course, exercise)
        measured = mark_by_key(observation, exercise, scheme, key).measured
        found[eye] = points.get(eye, measured or 0.0)
    return found


def _read(path: Path, eye: str, course: Course, exercise: Exercise) -> Observation:
    name = f"attempts/{exercise.id}/{path.name}"
    try:
        found = parse_observation(json.loads(path.read_text(encoding="utf-8")), name)
    except (OSError, ValueError) as error:
        raise Refusal(f"{name} could not be read ({error}); keep it anew with `vig course keep`.") from None
    _check(found, eye, course, exercise)
    return found


def _check(observation: Observation, eye: str, course: Course, exercise: Exercise) -> None:
    scheme = course.codebook(exercise).ref
    if observation.film != exercise.film or observation.scheme != scheme:
        raise Refusal(
            f"The {eye} attempt at {exercise.id!r} is of film {observation.film!r} under {observation.scheme.id} "
            f"version {observation.scheme.version}; the exercise has {exercise.film!r} under {scheme.id} version "
            f"{scheme.version}; keep one of that."
        )


def _points(folder: Path, exercise: Exercise) -> dict[str, float]:
    """Return the part of the rubric's points that each attempt deserves."""
    path = folder / "points.yaml"
    try:
        data, _ = read_file(path)
    except YamlRefused as refused:
        raise Refusal(f"attempts/{exercise.id}/points.yaml: {refused}") from None
    most = sum(line.points for line in exercise.rubric)
    found = {}
    for eye in EYES:
        given = data.get(eye) if isinstance(data, Mapping) else None
        typed = {str(name): str(value) for name, value in given.items()} if isinstance(given, Mapping) else {}
        found[eye] = sum(check_points(exercise.rubric, typed).values()) / most
    return found
