"""Whose kernel is whose: every page's kernel belongs to the person for whose page it was started."""

from __future__ import annotations

import logging
import os
import uuid
from collections.abc import Mapping
from typing import Any

__all__ = ["PageKernels", "kernel_environment"]

log = logging.getLogger("vigwidgets.service")

# What a kernel may know of the server's environment. Nothing else: there may be keys and passwords in it.
_PASSED = (
    "PATH", "HOME", "LANG", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "VIRTUAL_ENV", "IPYTHONDIR",
    "PYTHONPATH", "PYTHONUTF8", "PYTHONIOENCODING",
)  # fmt: skip


def kernel_environment(told: Mapping[str, str]) -> dict[str, str]:
    """Return a kernel's environment: the harmless part of ours, and what the service tells it."""
    passed = {name: value for name, value in os.environ.items() if name in _PASSED or name.startswith("LC_")}
    return passed | dict(told)


class PageKernels:
    """Starts and ends the kernels of pages, a few for each person at a time.

    Args:
        manager: Jupyter's manager of kernels.
        per_person: How many kernels one person may have; the oldest gives way to the next, and its page goes on.
    """

    def __init__(self, manager: Any, per_person: int) -> None:
        self._manager = manager
        self._per_person = per_person
        self._owners: dict[str, str] = {}

    def owner(self, kernel: str) -> str | None:
        """Return the id of the person whose kernel this is; None if it is nobody's, or not there any more."""
        return self._owners.get(kernel) if kernel in self._manager else None

    def manager_of(self, kernel: str) -> Any:
        """Return Jupyter's manager of one kernel."""
        return self._manager.get_kernel(kernel)

    async def start(self, person: str, name: str, told: Mapping[str, str], directory: str) -> str:
        """Start a kernel for a person's page and return its id.

        Args:
            person: The id of the person whose page it is.
            name: The kernelspec's name.
            told: What the kernel is told, in its environment. It is the service that says this, never the browser.
            directory: Where the kernel works.
        """
        await self._make_room(person)
        kernel = str(uuid.uuid4())
        self._owners[kernel] = person
        try:
            await self._manager.start_kernel(
                kernel_id=kernel, kernel_name=name, env=kernel_environment(told), cwd=directory
            )
        except BaseException:
            del self._owners[kernel]
            raise
        return kernel

    async def end(self, kernel: str) -> None:
        """End a kernel; one that has ended already is no mishap."""
        self._owners.pop(kernel, None)
        if kernel in self._manager:
            try:
                await self._manager.shutdown_kernel(kernel, now=True)
            except Exception:  # whatever it was, nothing that matters lives in a kernel
                log.exception("The kernel %s did not end as it should.", kernel)

    async def _make_room(self, person: str) -> None:
        self._owners = {kernel: owner for kernel, owner in self._owners.items() if kernel in self._manager}
        own = [kernel for kernel, owner in self._owners.items() if owner == person]
        for kernel in own[: len(own) - self._per_person + 1] if len(own) >= self._per_person else []:
            await self.end(kernel)
