"""Whether a person may begin an exercise, or hand it in, now. Terms bind trainees; who teaches may try at any time."""

from __future__ import annotations

from datetime import UTC, datetime

from vigwidgets.curriculum import Exercise, lateness
from vigwidgets.dates import day_and_time, zone_name
from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt, Person, Records
from vigwidgets.service.state import ServiceState
from vigwidgets.service.whole import check_whole

__all__ = ["check_attempts", "check_open", "hand_in", "key_shown", "may_follow", "opened"]


def opened(exercise: Exercise, now: datetime | None = None) -> bool:
    """Tell whether an exercise has opened, for anybody: more time moves its end only. ``now``: None: ask the clock."""
    opens = exercise.terms.window().opens
    return opens is None or opens <= (now or datetime.now(UTC))


def check_open(records: Records, person: Person, exercise: Exercise, now: datetime | None = None) -> None:
    """Go on only if the exercise is open to this person.

    Args:
        records: Where extensions are.
        person: Who asks.
        exercise: What they want to begin or to hand in.
        now: The moment that it is; None: ask the clock.

    Raises:
        Refusal: It has not opened yet, or has closed.
    """
    from vigwidgets.grading import window_of  # noqa: PLC0415 - numpy and more, on first use

    terms = exercise.terms
    if person.role != "trainee" or (terms.opens is terms.due is terms.closes is None):
        return
    window = window_of(exercise, person.id, records)
    state = lateness(now or datetime.now(UTC), window, terms.late).state
    if state == "early" and window.opens is not None:
        raise Refusal(
            f"“{exercise.title}” opens on {day_and_time(window.opens)} ({zone_name()}); come back then, and go on with "
            "something else on your path."
        )
    if state == "closed":
        ended = (window.due if terms.late.rule == "refuse" else window.closes) or window.closes
        when = f" on {day_and_time(ended)} ({zone_name()})" if ended else ""
        raise Refusal(f"“{exercise.title}” closed{when}. What you made is kept; ask your supervisor for more time.")


def check_attempts(records: Records, person: Person, exercise: Exercise) -> None:
    """Go on only if this person may hand the exercise in once more.

    Raises:
        Refusal: They have done so as often as its terms allow, or have been shown its key.
    """
    _check_key(records, person, exercise)
    if exercise.may_follow(len(records.attempts(exercise.id, person.id))):
        return
    allowed = exercise.attempts_allowed or 0
    often = "once, and you have done so" if allowed == 1 else f"{allowed} times, and you have done so"
    raise Refusal(
        f"“{exercise.title}” is handed in {often}; read it under “My learning”, "
        "or ask your supervisor for another exercise."
    )


def may_follow(records: Records, person: str, exercise: Exercise) -> bool:
    """Tell whether a person (an id) may hand an exercise in once more, as `check_attempts` does."""
    # What was handed in is read only where its number counts: it may be thousands of moments.
    done = 0 if exercise.attempts_allowed is None else len(records.attempts(exercise.id, person))
    return exercise.may_follow(done) and not key_shown(records, person, exercise)


def key_shown(records: Records, person: str, exercise: Exercise) -> bool:
    """Tell whether a person (an id) was ever shown the key of a summative exercise.

    The feedback on one attempt has the key in it, moment by moment, so that its release ends the attempts, however
    many the terms allow. What was taken back later was seen all the same.
    """
    if exercise.marking != "summative":
        return False
    done = records.attempts(exercise.id, person)
    return any(step.stage == "released" for one in done for step in records.stages(one.id))


def _check_key(records: Records, person: Person, exercise: Exercise) -> None:
    if key_shown(records, person.id, exercise):
        raise Refusal(
            f"“{exercise.title}” is over for you: its feedback has been released, and shows what the experts saw; read "
            "it under “My learning”, or ask your supervisor for another exercise."
        )


def hand_in(state: ServiceState, observation_id: str) -> Attempt:
    """Hand an observation in, if it is whole and its exercise still open to its person. Runs on the writer's thread.

    Raises:
        Refusal: It has closed, its key has been shown to them since, or something is missing; the observation stays
            as it is.
        StoreUnavailable: Nothing could be saved now.
    """
    record = state.records.observation(observation_id)
    exercise = state.course.exercises.get(record.exercise)
    if not record.frozen and exercise is not None:
        person = state.records.person(record.person)
        check_open(state.records, person, exercise)
        _check_key(state.records, person, exercise)
        check_whole(exercise, record.observation, state.course.codebook(exercise))
    return state.records.hand_in(observation_id)
