"""Begin an exercise, or go on with it."""

from __future__ import annotations

from vigwidgets.curriculum import Exercise
from vigwidgets.observations import new_observation
from vigwidgets.records import ObservationRecord, Person
from vigwidgets.service.state import ServiceState
from vigwidgets.service.terms import check_attempts, check_open

__all__ = ["observation_for"]


async def observation_for(
    state: ServiceState, person: Person, exercise: Exercise, *, again: bool = False
) -> ObservationRecord:
    """Return the observation with which a person does an exercise.

    That is what they have open; else what they handed in last, frozen; else a new one. An open observation of
    an exercise whose film or scheme has changed since is set aside (it stays in the records), and a new one begins.

    Args:
        state: The service.
        person: Who does it.
        exercise: What they do.
        again: Begin anew when it was handed in, as often as its terms allow.

    Raises:
        Refusal: The film is not there, the exercise is not open, or it was done as often as its terms allow.
    """
    return await state.writer.submit(_observation_for, state, person, exercise, again)


def _observation_for(state: ServiceState, person: Person, exercise: Exercise, again: bool) -> ObservationRecord:
    records = state.records
    scheme = state.course.codebook(exercise).ref
    current = records.current_observation(person.id, exercise.id)
    if current is not None:
        record = records.observation(current)
        if record.observation.film == exercise.film and record.observation.scheme == scheme:
            return record
        records.set_aside(current)
    else:
        handed_in = records.handed_in(person.id, exercise.id)
        if handed_in is not None and not again:
            return records.observation(handed_in)
        if handed_in is not None:
            check_attempts(records, person, exercise)
    check_open(records, person, exercise)
    film = state.library.get(exercise.film)
    fresh = new_observation(film.id, film.duration, scheme, person.id, list(film.cast))
    return records.start_observation(person.id, exercise.id, exercise.version, fresh)
