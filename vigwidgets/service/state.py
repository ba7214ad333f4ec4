"""What every handler of the service shares."""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import tempfile
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from vigwidgets.records import Attempt, Records
from vigwidgets.service.bucket import Buckets
from vigwidgets.service.grader import Grader
from vigwidgets.service.identity import Throttle
from vigwidgets.service.mishaps import log_mishap
from vigwidgets.service.rooms import Rooms
from vigwidgets.service.writer import Writer

if TYPE_CHECKING:
    from vigwidgets.curriculum import Course
    from vigwidgets.films import FilmLibrary

__all__ = ["ServiceState"]

P = ParamSpec("P")
T = TypeVar("T")

Mark = Callable[["ServiceState", Attempt], Awaitable[None]]
"""What is done with an attempt as soon as it was handed in."""


class ServiceState:
    """What an installation is made of, and the hands that work on it.

    Args:
        data: The data directory.
        records: The database, open.
        library: The films.
        course: The course that is taught.
        base: The application's root path; begins and ends with ``/``.
        demo: Offer the demonstration's people at sign-in without a password. Only when bound to loopback.
        mark: What is done with an attempt that was handed in; by default what its exercise's policy says.

    Attributes:
        writer: The one thread that writes.
        rooms: Who is listening to which observation.
        grader: What marks and writes reports, in processes of its own.
        buckets: How much each person has sent.
        throttle: For which login too many passwords were tried.
        address_throttle: From which address.
    """

    def __init__(
        self,
        data: Path,
        records: Records,
        library: FilmLibrary,
        course: Course,
        *,
        base: str = "/",
        demo: bool = False,
        mark: Mark | None = None,
    ) -> None:
        self.data = data
        self.records = records
        self.library = library
        self.course = course
        self.base = base
        self.demo = demo
        self.writer = Writer()
        self.rooms = Rooms()
        self.grader = Grader(data)
        self.buckets = Buckets()
        self.throttle = Throttle()
        # Behind a proxy, or in a clinic, many people share one address.
        self.address_throttle = Throttle(free=50)
        self._mark = mark
        self._readers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="vig-reader")
        self._workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="vig-worker")
        self._background: set[asyncio.Task[None]] = set()

    @classmethod
    def open(cls, data: Path, *, database: str | None = None, base: str = "/", demo: bool = False) -> Self:
        """Open an installation.

        Args:
            data: The data directory; made when it is missing.
            database: A database's URL; by default SQLite in the data directory.
            base: The application's root path.
            demo: See the class.

        Raises:
            Refusal: The data directory, the database or the course cannot be used.
        """
        from vigwidgets.curriculum import load_course  # noqa: PLC0415 - tests bring their own
        from vigwidgets.films import FilmLibrary  # noqa: PLC0415

        records = Records.open(database or data)
        _close_to_others(data)
        return cls(data, records, FilmLibrary(data), load_course(), base=base, demo=demo)

    @property
    def secret(self) -> bytes:
        """The installation's own 32 random bytes, made at first use in ``DATA/secret``; readable by its owner only."""
        path = self.data / "secret"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
            # Whole or not at all, and the first of several processes wins.
            handle, fresh = tempfile.mkstemp(dir=self.data)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
            with contextlib.suppress(FileExistsError):
                os.link(fresh, path)
            Path(fresh).unlink()
        return path.read_bytes()

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something that only reads, on a thread beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, partial(work, *args, **kwargs))

    async def work(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something that takes long (a password) where it keeps no reader waiting."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, partial(work, *args, **kwargs))

    async def mark(self, attempt: Attempt) -> None:
        """Mark what was handed in, if its exercise is marked at once; never fails for whoever handed in."""
        if self._mark is not None:
            await self._mark(self, attempt)
            return
        from vigwidgets.service.marking import mark_at_once  # noqa: PLC0415 - a heavy import, on first use

        await mark_at_once(self, attempt)

    def in_background(self, work: Awaitable[None]) -> None:
        """Let something run on after the answer has been sent; it is finished before the service stops."""

        async def run() -> None:
            try:
                await work
            except Exception as error:
                log_mishap("Something in the background failed.", error)

        task = asyncio.get_running_loop().create_task(run())
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def settle(self) -> None:
        """Wait for what runs in the background."""
        while self._background:
            await asyncio.gather(*self._background, return_exceptions=True)

    def close(self) -> None:
        """Finish what is being written and let go of everything."""
        self.grader.close()
        self.writer.close()
        self._workers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.records.close()


def _close_to_others(data: Path) -> None:
    """Keep the machine's other users out of folders that an earlier version left open."""
    for name in ("attempts", "films"):
        with contextlib.suppress(OSError):  # not there yet, or another's: they decide
            (data / name).chmod(0o700)
