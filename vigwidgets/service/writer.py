"""One thread that writes, so that nothing waits for the disk on the service's loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from vigwidgets.records import StoreBusy

__all__ = ["Writer"]

P = ParamSpec("P")
T = TypeVar("T")


class Writer:
    """Does what it is given in the order in which it was given, one thing at a time.

    Args:
        limit: How many things may wait; more are refused, so that a stuck disk does not fill the memory.
    """

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._waiting = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vig-writer")

    @property
    def waiting(self) -> int:
        """How many things have been given and are not done."""
        return self._waiting

    async def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do ``work`` on the writer's thread and return what it returns.

        Raises:
            StoreBusy: Too much is waiting already; nothing was done.
        """
        if self._waiting >= self._limit:
            raise StoreBusy(
                f"The server has {self._waiting} changes waiting for its disk, so this was not saved; "
                "keep the page open, and it will be sent again."
            )
        self._waiting += 1
        future = asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args, **kwargs))
        future.add_done_callback(self._done)
        # A browser that leaves must not take back what is on its way to the disk.
        return await asyncio.shield(future)

    def _done(self, _: object) -> None:
        self._waiting -= 1

    def close(self) -> None:
        """Finish what was given, then stop."""
        self._thread.shutdown(wait=True)
