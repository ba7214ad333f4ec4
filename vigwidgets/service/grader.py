"""Mark and report in processes beside the service: neither may hold up its loop, not even for a moment.

A thread would: the numerical libraries that pair tags with beats keep Python's lock while they count.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from vigwidgets.errors import Refusal, VigError

if TYPE_CHECKING:
    from vigwidgets.curriculum import Course
    from vigwidgets.grading import Task
    from vigwidgets.records import Attempt

__all__ = ["Grader"]

log = logging.getLogger("vigwidgets.service")

T = TypeVar("T")


class Grader:
    """One process that marks, and one that runs grading notebooks; each starts when it is first needed.

    Args:
        data: The data directory.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._pools: dict[str, ProcessPoolExecutor] = {}
        self._writing: set[str] = set()
        self._failed: dict[str, dict[str, Any]] = {}  # by attempt: the mark of which no report could be written

    def warm(self) -> None:
        """Start the process that marks, so that the first who hands in does not wait for it."""
        if "mark" not in self._pools:
            self._pool("mark").submit(_ready)

    async def mark(self, task: Task) -> dict[str, Any]:
        """Return a task's mark as data that JSON can hold.

        Raises:
            Refusal: What was handed in does not belong to the film or the scheme of the exercise.
            BrokenProcessPool: The process ended, and so did the one that took its place.
        """
        try:
            return await self._ask("mark", _mark, task)
        except BrokenProcessPool:
            # Whatever ended it (the system, out of memory) was probably not this task.
            return await self._ask("mark", _mark, task)

    async def write_report(self, attempt: Attempt, mark: dict[str, Any], course: Course) -> None:
        """Write an attempt's report, unless it is being written; what goes wrong is logged, and known of `has_failed`.

        Args:
            attempt: The attempt.
            mark: Its mark.
            course: The course.
        """
        if attempt.id in self._writing:
            return
        self._writing.add(attempt.id)
        self._failed[attempt.id] = mark
        try:
            await self._ask("report", _write, attempt, mark, self._data, course)
            del self._failed[attempt.id]
        except BrokenProcessPool:
            log.warning("the report of attempt %s is not written: its process ended; run `vig grade`", attempt.id)
        except (VigError, OSError) as error:
            log.warning("the report of attempt %s is not written: %s", attempt.id, error)
        except Exception:
            log.exception("the report of attempt %s is not written; run `vig grade`", attempt.id)
        finally:
            self._writing.discard(attempt.id)

    def has_failed(self, attempt: str, mark: Mapping[str, Any]) -> bool:
        """Tell whether the report of an attempt's mark was tried and could not be written, since the service began."""
        return attempt not in self._writing and self._failed.get(attempt) == mark

    async def _ask(self, what: str, work: Callable[..., T], *args: Any) -> T:
        pool = self._pool(what)
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *args)
        except BrokenProcessPool:
            # Whoever comes next gets a new process.
            if self._pools.get(what) is pool:
                del self._pools[what]
            raise

    def _pool(self, what: str) -> ProcessPoolExecutor:
        if what not in self._pools:
            # A fork of a process with threads may hang; a fork server has none, and loads the libraries once.
            method = "spawn" if sys.platform == "win32" else "forkserver"
            context = multiprocessing.get_context(method)
            if method == "forkserver":
                context.set_forkserver_preload(["vigwidgets.grading"])
            self._pools[what] = ProcessPoolExecutor(
                1, mp_context=context, initializer=_begin, initargs=(what == "report",)
            )
        return self._pools[what]

    def close(self) -> None:
        """Finish what is being done and leave the rest to `vig grade`."""
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._pools.clear()


def _begin(nobody_waits: bool) -> None:
    """In the new process: let the service decide when to stop, give way if nobody waits, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if nobody_waits and hasattr(os, "nice"):
        os.nice(5)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _ready() -> None:
    # What marking loads when it first pairs tags with beats; half a second that nobody should wait for.
    import scipy.optimize  # noqa: F401, PLC0415

    import vigwidgets.grading  # noqa: F401, PLC0415


def _mark(task: Task) -> dict[str, Any]:
    from vigwidgets.grading import mark_task  # noqa: PLC0415 - loaded in this process only

    return mark_task(task).model_dump(mode="json")


def _write(attempt: Attempt, mark: dict[str, Any], data: Path, course: Course) -> None:
    from vigwidgets.grading import mark_of, report_is_of, write_report  # noqa: PLC0415 - papermill is for here only

    read = mark_of(mark)
    if read is not None:
        write_report(attempt, read, data, course, mark)
    if not report_is_of(data, attempt.id, mark):
        raise Refusal("What was written tells of another mark.")  # else whoever looks has it written again for ever
