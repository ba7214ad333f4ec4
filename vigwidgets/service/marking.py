"""Mark what was handed in, at once where its exercise says so."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt

if TYPE_CHECKING:
    from vigwidgets.grading import Task
    from vigwidgets.service.state import ServiceState

__all__ = ["mark_at_once"]

log = logging.getLogger("vigwidgets.service")


async def mark_at_once(state: ServiceState, attempt: Attempt) -> None:
    """Mark an attempt unless its exercise is summative, keep the mark, and have the report written afterwards.

    What goes wrong here is logged and takes nothing from the person who handed in: the attempt is on the disk and
    waits for `vig grade`.
    """
    exercise = state.course.exercises.get(attempt.exercise)
    # Ratings that are not marked have nothing to be compared with; they are talked over.
    unmarked = exercise is not None and exercise.kind == "rating" and exercise.marking == "none"
    if exercise is None or exercise.marking == "summative" or unmarked:
        return
    try:
        mark = await state.grader.mark(await state.read(_task, state, attempt))
        await state.writer.submit(state.records.add_new_mark, attempt.id, mark)
    except Refusal as refused:
        log.warning("attempt %s waits for its mark: %s", attempt.id, refused)
    except Exception:
        log.exception("attempt %s waits for its mark", attempt.id)
    else:
        state.in_background(state.grader.write_report(attempt, mark, state.course))


def _task(state: ServiceState, attempt: Attempt) -> Task:
    from vigwidgets.grading import task_of  # noqa: PLC0415 - numpy and more, on first use

    return task_of(attempt, state.library, state.course)
