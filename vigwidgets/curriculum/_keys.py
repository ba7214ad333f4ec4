"""Keys that are panels: several experts' observations of a film, kept apart, one file each.

Practice panels lie in the course, ``keys/<exercise>/*.json``, for everybody to read. A summative key lies only in the
data directory, ``DATA/keys/<exercise>/*.json``, and nothing in the service hands it out.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path

from vigwidgets.contract import Observation
from vigwidgets.curriculum._course import Course
from vigwidgets.curriculum._exercise import Exercise
from vigwidgets.errors import Refusal
from vigwidgets.observations import parse_observation

__all__ = ["add_to_panel", "panel_folder", "panel_of"]

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def panel_folder(data: Path, exercise: str) -> Path:
    """Return where the data directory keeps the panel of an exercise."""
    return data / "keys" / exercise


def panel_of(exercise: Exercise, course: Course, data: Path) -> list[Observation]:
    """Return the experts' observations for an exercise, by the names of their files; none where there is no panel.

    The data directory goes before the course, and for a summative exercise the course is not looked at: what lies
    there is no secret.

    Raises:
        Refusal: A file is no observation, or is of another film or scheme.
    """
    folder = panel_folder(data, exercise.id)
    if not folder.is_dir() and exercise.marking != "summative":
        folder = course.folder / "keys" / exercise.id
    return [_read(path, exercise, course) for path in sorted(folder.glob("*.json"))]


def _read(path: Path, exercise: Exercise, course: Course) -> Observation:
    try:
        found = parse_observation(json.loads(path.read_text(encoding="utf-8")), path.name)
    except (OSError, ValueError) as error:
        raise Refusal(f"The key {path.name} of “{exercise.title}” could not be read ({error}); restore it.") from None
    _check(found, path.stem, exercise, course)
    return found


def _check(found: Observation, name: str, exercise: Exercise, course: Course) -> None:
    scheme = course.codebook(exercise).ref
    if found.film != exercise.film or found.scheme != scheme:
        raise Refusal(
            f"The key {name!r} is of film {found.film!r} under {found.scheme.id} version {found.scheme.version}; "
            f"“{exercise.title}” has film {exercise.film!r} under {scheme.id} version {scheme.version}."
        )


def add_to_panel(data: Path, course: Course, exercise: Exercise, expert: str, observation: Observation) -> Path:
    """Keep an expert's observation in the data directory, readable by nobody else on the machine, and return its file.

    Args:
        data: The data directory.
        course: The course that the exercise is in.
        exercise: Whose key it is.
        expert: What the expert is called among files: small letters, digits and dashes. A trainee never reads it.
        observation: What they coded.

    Raises:
        Refusal: The name cannot be used, or the observation is of another film or scheme; nothing was changed.
    """
    if not _NAME.fullmatch(expert):
        raise Refusal(f"The expert's name {expert[:40]!r} cannot be used; write small letters, digits and dashes.")
    _check(observation, expert, exercise, course)
    folder = panel_folder(data, exercise.id)
    folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.mkdir(exist_ok=True, mode=0o700)
    path = folder / f"{expert}.json"
    # mkstemp opens for its owner only.
    handle, draft = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(observation.model_dump_json(indent=1))
        file.flush()
        os.fsync(file.fileno())
    Path(draft).replace(path)
    return path
