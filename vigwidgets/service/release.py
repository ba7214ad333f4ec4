"""Who may see a mark: of a summative exercise nobody sees their own before their supervisor releases it."""

from __future__ import annotations

from vigwidgets.curriculum import Course
from vigwidgets.records import Attempt, Person

__all__ = ["NOT_RELEASED", "withheld"]

NOT_RELEASED = (
    "Your work is safely handed in; your supervisor releases its report, and you will find it here when it has been "
    "released."
)


def withheld(attempt: Attempt, reader: Person | None, course: Course) -> bool:
    """Tell whether the mark of ``attempt`` is still kept from ``reader``: the key stands in it, moment by moment.

    A mark that nobody has released is read by those only who may look at others' work. What an exercise was that
    is no longer in the course, nobody can say; its marks stay where they are.
    """
    if reader is not None and attempt.person != reader.id:
        return False
    exercise = course.exercises.get(attempt.exercise)
    return exercise is None or exercise.marking == "summative"
