"""Whose kernel is whose: every page's kernel belongs to the person for whose page it was started."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vigwidgets.errors import Refusal
from vigwidgets.kernels import harmless_environment
from vigwidgets.service.mishaps import log_mishap

__all__ = ["IN_ALL", "GaveWay", "PageKernels", "kernel_environment"]

IN_ALL = 100
"""How many kernels there may be: 100 of 20 MB are 2 GB."""


class GaveWay(Refusal):
    """A kernel was given up before it was there, for a newer page's."""


def kernel_environment(told: Mapping[str, str]) -> dict[str, str]:
    """Return a kernel's environment: the harmless part of ours, and what the service tells it."""
    return harmless_environment() | dict(told)


@dataclass(eq=False)
class _Held:
    """A kernel from the moment it is promised until its process has ended."""

    person: str
    weight: int = 1
    started: asyncio.Event = field(default_factory=asyncio.Event)
    ending: asyncio.Task[None] | None = None


class PageKernels:
    """Starts and ends the kernels of pages, a few for each person at a time and not too many in all.

    A kernel is its person's, and counts, from before it is started until its process has ended; so that neither
    pages that open at the same moment nor kernels on their way out make more than there may be.

    Args:
        manager: Jupyter's manager of kernels.
        per_person: How many kernels one person may have; the oldest gives way to the next, and its page goes on.
        in_all: How many there may be; the oldest of whoever has most gives way. A heavy one counts as several.
    """

    def __init__(self, manager: Any, per_person: int, in_all: int = IN_ALL) -> None:
        self._manager = manager
        self._per_person = per_person
        self._in_all = in_all
        self._held: dict[str, _Held] = {}  # oldest first
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def owner(self, kernel: str) -> str | None:
        """Return the id of the person whose kernel this is; None if it is nobody's, or not there any more."""
        held = self._held.get(kernel)
        if held is None or held.ending is not None or (held.started.is_set() and kernel not in self._manager):
            return None
        return held.person

    def manager_of(self, kernel: str) -> Any:
        """Return Jupyter's manager of one kernel."""
        return self._manager.get_kernel(kernel)

    async def start(self, person: str, name: str, told: Mapping[str, str], directory: str, weight: int = 1) -> str:
        """Start a kernel for a person's page and return its id.

        Args:
            person: The id of the person whose page it is.
            name: The kernelspec's name.
            told: What the kernel is told, in its environment. It is the service that says this, never the browser.
            directory: Where the kernel works.
            weight: As how many kernels it counts among all.

        Raises:
            GaveWay: The person opened so many pages meanwhile that this one's kernel was given up.
        """
        kernel, held = str(uuid.uuid4()), _Held(person, weight)
        async with self._turns[person]:
            while (surplus := self._surplus(held)) is not None:
                await self.end(surplus)
            self._held[kernel] = held  # nothing is awaited between the last count and this
        try:
            await self._manager.start_kernel(
                kernel_id=kernel, kernel_name=name, env=kernel_environment(told), cwd=directory
            )
        except BaseException:
            if held.ending is None:
                del self._held[kernel]
            raise
        finally:
            held.started.set()
        if held.ending is not None:
            raise GaveWay("A newer page has taken this page's kernel; reload the page to have one again.")
        return kernel

    async def end(self, kernel: str) -> None:
        """End a kernel, and return when it has ended; one that has ended already is no mishap."""
        held = self._held.get(kernel)
        if held is None:
            return
        if held.ending is None:
            held.ending = asyncio.create_task(self._end(kernel, held))
        await asyncio.shield(held.ending)

    async def _end(self, kernel: str, held: _Held) -> None:
        await held.started.wait()  # what is only half there cannot be ended
        try:
            if kernel in self._manager:
                await self._manager.shutdown_kernel(kernel, now=True)
        except Exception as error:  # whatever it was, nothing that matters lives in a kernel
            log_mishap("A page's kernel did not end as it should.", error)
        finally:
            del self._held[kernel]

    def _surplus(self, new: _Held) -> str | None:
        """Return a kernel that must go before there may be a new one, or None."""
        # Jupyter ends kernels that nobody uses; they are told apart from those that are still starting.
        gone = [
            kernel for kernel, held in self._held.items()
            if held.started.is_set() and held.ending is None and kernel not in self._manager
        ]  # fmt: skip
        for kernel in gone:
            del self._held[kernel]
        count = Counter(held.person for held in self._held.values())
        weight: Counter[str] = Counter()
        for held in self._held.values():
            weight[held.person] += held.weight
        if count[new.person] >= self._per_person:
            whose = new.person
        elif self._held and weight.total() + new.weight > self._in_all:
            whose = weight.most_common(1)[0][0]
        else:
            return None
        return next(kernel for kernel, held in self._held.items() if held.person == whose)
