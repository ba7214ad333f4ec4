"""One thread that writes, so that nothing waits for the disk on the service's loop."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any, ParamSpec, TypeVar

from vigwidgets.records import StoreBusy, StoreFull

__all__ = ["Writer"]

P = ParamSpec("P")
T = TypeVar("T")

_HOUSE = ""  # whose turn it is when the work is nobody's in particular


class Writer:
    """Does one thing at a time: each person's in the order in which it was given, and people take turns.

    So nobody waits for more than what is being done and one thing of each other person, whatever one of them sends.

    Args:
        limit: How many things may wait; more are refused, so that a stuck disk does not fill the memory.
    """

    def __init__(self, limit: int = 10_000) -> None:
        self._limit = limit
        self._waiting = 0
        self._lock = threading.Lock()
        self._lines: OrderedDict[str, deque[tuple[Future[Any], Callable[[], Any]]]] = OrderedDict()  # next turn first
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vig-writer")
        self._full_at = float("-inf")

    @property
    def waiting(self) -> int:
        """How many things have been given and are not done."""
        return self._waiting

    @property
    def full(self) -> bool:
        """Whether the last that was to be written within a minute found no room."""
        return time.monotonic() - self._full_at < 60

    async def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do ``work``, which is nobody's in particular, and return what it returns.

        Raises:
            StoreBusy: Too much is waiting already; nothing was done.
        """
        return await self.submit_for(_HOUSE, work, *args, **kwargs)

    async def submit_for(self, person: str, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do ``work`` when it is the person's turn, after all that was given for them before; return what it returns.

        Raises:
            StoreBusy: Too much is waiting already; nothing was done.
        """
        if self._waiting >= self._limit:
            raise StoreBusy(
                f"The server has {self._waiting} changes waiting for its disk, so this was not saved; "
                "keep the page open, and it will be sent again."
            )
        self._waiting += 1
        done: Future[T] = Future()
        with self._lock:
            self._lines.setdefault(person, deque()).append((done, partial(work, *args, **kwargs)))
        self._thread.submit(self._next)  # as many turns as there are things; whose each is, is seen when it comes
        future = asyncio.wrap_future(done)
        future.add_done_callback(self._done)
        # A browser that leaves must not take back what is on its way to the disk.
        return await asyncio.shield(future)

    def _next(self) -> None:
        with self._lock:
            person, line = self._lines.popitem(last=False)
            done, work = line.popleft()
            if line:
                self._lines[person] = line
        if not done.set_running_or_notify_cancel():
            return
        try:
            result = work()
        except BaseException as error:
            if isinstance(error, StoreFull):
                self._full_at = time.monotonic()
            done.set_exception(error)
        else:
            self._full_at = float("-inf")
            done.set_result(result)

    def _done(self, _: object) -> None:
        self._waiting -= 1

    def close(self) -> None:
        """Finish what was given, then stop."""
        self._thread.shutdown(wait=True)
