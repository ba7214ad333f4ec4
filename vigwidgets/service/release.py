"""Who may see a mark: of a summative exercise nobody sees their own before their supervisor releases it."""

from __future__ import annotations

from vigwidgets.contract import Observation
from vigwidgets.curriculum import Course, Exercise
from vigwidgets.records import Attempt, ObservationRecord, Person, Records

__all__ = ["NOT_RELEASED", "RATED_BLIND", "UNNAMED", "UNNAMED_ID", "marks_blind", "read_by", "why_withheld", "withheld"]

NOT_RELEASED = (
    "Your work is safely handed in; your supervisor releases its report, and you will find it here when it has been "
    "released."
)

RATED_BLIND = (
    "Your ratings are safely handed in; feedback comes when the last film of its set is handed in, and you will find "
    "it here then."
)

UNNAMED = "Name hidden (marked blind)"
"""What stands in the place of a name while an attempt is marked blind."""

UNNAMED_ID = "hidden"
"""What stands in the place of a person's id, which a page with people to choose from would give a name."""


def marks_blind(exercise: Exercise | None) -> bool:
    """Tell whether what is handed in at an exercise is marked by supervisors who must not know whose it is."""
    return exercise is not None and exercise.terms.blind and exercise.markers > 0


def withheld(attempt: Attempt, reader: Person | None, course: Course, records: Records) -> bool:
    """Tell whether the mark of ``attempt`` is still kept from ``reader``: the key stands in it, moment by moment.

    A mark that nobody has released is read by those only who may look at others' work. What an exercise was that
    is no longer in the course, nobody can say; its marks stay as they were, released or not. A mark that was made
    after the release waits for another.
    """
    if reader is not None and attempt.person != reader.id:
        return False
    exercise = course.exercises.get(attempt.exercise)
    if exercise is not None and exercise.marking != "summative":
        return _rates_blind(exercise, attempt.person, course, records)
    return not records.released(attempt.id)


def why_withheld(exercise: Exercise | None, course: Course) -> str:
    """Return for what a mark that is withheld waits, as its owner reads it; None: the exercise is gone."""
    blind = exercise is not None and exercise.marking != "summative" and course.set_of(exercise.id) is not None
    return RATED_BLIND if blind else NOT_RELEASED


def read_by(reader: Person | None, record: ObservationRecord, course: Course, records: Records) -> Observation:
    """Return an observation as ``reader`` may see it: of another's, while it is marked blind, not whose it is.

    Raises:
        AttemptDamaged: It is another's, was handed in, and cannot be read.
    """
    from vigwidgets.grading import standing_of  # noqa: PLC0415 - numpy and more, on first use

    if not record.frozen or (reader is not None and reader.id == record.person):
        return record.observation
    attempt = records.attempt_of(record.id)
    if attempt is None or not standing_of(attempt, records, course).blind:
        return record.observation
    return record.observation.model_copy(update={"observer": UNNAMED_ID})


def _rates_blind(exercise: Exercise, person: str, course: Course, records: Records) -> bool:
    """Tell whether a person still rates films of the exercise's set blind: feedback comes when all are handed in."""
    found = course.set_of(exercise.id)
    return found is not None and not all(records.attempts(one, person, newest=1) for one in found.blind)
