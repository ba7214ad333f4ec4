"""Keep made-up attempts with a course, as a beginning: an author puts real ones in their place."""

from __future__ import annotations

from pathlib import Path

from vigwidgets.authoring._kept import keep_attempt
from vigwidgets.authoring._ranking import key_in_course, made_attempt
from vigwidgets.authoring.simulate import EYES
from vigwidgets.curriculum import Course
from vigwidgets.errors import Refusal

__all__ = ["keep_made_up"]


def keep_made_up(course: Course, exercise_id: str) -> list[Path]:
    """Keep an expert's, a plausible and a naive attempt that nobody made, and return their files.

    Args:
        course: The course; its folder is written to.
        exercise_id: The exercise.

    Raises:
        Refusal: There is no such exercise, it has no key in the course, or people read it; nothing was changed.
    """
    from vigwidgets.films.dyad import load_script, truth_of  # noqa: PLC0415 - only an author needs the drawing room

    exercise = course.exercise(exercise_id)
    if exercise.kind == "reflection":
        raise Refusal(
            f"“{exercise.title}” is answered in words and read by people; hand three attempts in, keep each with "
            f"--from, and write points.yaml beside them."
        )
    script = load_script(course.folder / "films" / f"{exercise.film}.yaml")
    truth = truth_of(script)
    key = key_in_course(course, exercise, script, truth)
    made = {eye: made_attempt(course, exercise, truth, key, eye) for eye in EYES}
    return [keep_attempt(course, exercise, eye, observation) for eye, observation in made.items()]
