"""Write reports in a process beside the service, one after the other, while nobody waits for them."""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING

from vigwidgets.errors import VigError

if TYPE_CHECKING:
    from vigwidgets.curriculum import Course
    from vigwidgets.grading import Mark
    from vigwidgets.records import Attempt

__all__ = ["Reports"]

log = logging.getLogger("vigwidgets.service")


class Reports:
    """The process that runs grading notebooks; it starts with the first report.

    Args:
        data: The data directory.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._pool: ProcessPoolExecutor | None = None

    async def write(self, attempt: Attempt, mark: Mark, course: Course) -> None:
        """Write an attempt's report; what goes wrong is logged, and `vig grade` writes the report later."""
        pool = self._pool = self._pool or _pool()
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(pool, _write, attempt, mark, self._data, course)
        except BrokenProcessPool:
            # The next report gets a new process.
            self._pool = None
            log.warning("the report of attempt %s is not written: its process ended; run `vig grade`", attempt.id)
        except (VigError, OSError) as error:
            log.warning("the report of attempt %s is not written: %s", attempt.id, error)
        except Exception:
            log.exception("the report of attempt %s is not written; run `vig grade`", attempt.id)

    def close(self) -> None:
        """Finish the report that is being written and leave the rest to `vig grade`."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _pool() -> ProcessPoolExecutor:
    # A fork of a process with threads may hang; a fork server has none.
    method = "spawn" if sys.platform == "win32" else "forkserver"
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(method), initializer=_begin)


def _begin() -> None:
    """In the new process: let the service decide when to stop, stay behind its work, and do not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _write(attempt: Attempt, mark: Mark, data: Path, course: Course) -> None:
    from vigwidgets.grading import write_report  # noqa: PLC0415 - papermill belongs in this process only

    write_report(attempt, mark, data, course)
