"""Mark what was handed in, at once where its exercise says so."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt

if TYPE_CHECKING:
    from vigwidgets.service.state import ServiceState

__all__ = ["mark_at_once"]

log = logging.getLogger("vigwidgets.service")


async def mark_at_once(state: ServiceState, attempt: Attempt) -> None:
    """Mark an attempt unless its exercise is summative, and keep the mark.

    What goes wrong here is logged and takes nothing from the person who handed in: the attempt is on the disk and
    waits for `vig grade`.
    """
    exercise = state.course.exercises.get(attempt.exercise)
    if exercise is None or exercise.marking == "summative":
        return
    try:
        mark = await state.read(_marked, state, attempt)
        if mark is not None:
            await state.writer.submit(state.records.add_mark, attempt.id, mark)
    except Refusal as refused:
        log.warning("attempt %s waits for its mark: %s", attempt.id, refused)
    except Exception:
        log.exception("attempt %s waits for its mark", attempt.id)


def _marked(state: ServiceState, attempt: Attempt) -> dict[str, Any] | None:
    from vigwidgets.grading import mark_observation  # noqa: PLC0415 - numpy and more, on first use

    truth = state.library.truth(attempt.observation.film)
    if truth is None:
        return None
    exercise = state.course.exercise(attempt.exercise)
    mark = mark_observation(attempt.observation, truth, state.course.codebook(exercise), exercise.policy)
    return mark.model_copy(update={"exercise": exercise.id, "exercise_version": exercise.version}).model_dump(
        mode="json"
    )
