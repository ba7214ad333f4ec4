"""The processes that descend from one: how many, how much memory of their own, and how to end them all."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

__all__ = ["descendants", "end_family", "is_alive", "memory_of", "own_memory", "signal_process"]

_ROUNDS = 50  # a process that is ended cannot start another; those that were just started are found in the next round


def descendants(process: int, most: int = 10_000) -> list[int]:
    """Return the processes that descend from one, without itself; on Linux only, elsewhere none.

    Args:
        process: Its number.
        most: Look no further than this many.
    """
    found: list[int] = []
    open_ends = [process]
    while open_ends and len(found) < most:
        children = _children(open_ends.pop())
        found += children
        open_ends += children
    return found


def _children(process: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError):
                found += [int(word) for word in (task / "children").read_text(encoding="ascii").split()]
    return found


def own_memory(process: int) -> int:
    """Return how many bytes a process holds that it shares with nobody; 0 if it is gone or cannot be asked."""
    return memory_of(process)[0]


def memory_of(process: int) -> tuple[int, int]:
    """Return how many bytes a process holds that it shares with nobody, and its part of what lies in shared memory.

    The second has what is in the first if nobody else has it mapped. Both are 0 if it is gone or cannot be asked.
    """
    own = shared = 0
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith(("Private_Clean:", "Private_Dirty:")):
                own += 1024 * int(line.split()[1])
            elif line.startswith("Pss_Shmem:"):
                shared += 1024 * int(line.split()[1])
    return own, shared


def end_family(process: int) -> None:
    """End a process and all that descend from it, whatever they have done to leave its group.

    It is stopped first, not ended: while it is there, what loses its parent becomes its child.
    """
    signal_process(process, signal.SIGSTOP)
    for _ in range(_ROUNDS):
        family = [child for child in descendants(process) if is_alive(child)]
        if not family:
            break
        for child in family:
            signal_process(child, signal.SIGKILL)
    signal_process(process, signal.SIGKILL)


def is_alive(process: int) -> bool:
    """Tell whether a process is there and has not ended; on Linux only, elsewhere it is not."""
    try:
        state = (
            Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[0]
        )
    except OSError:
        return False
    return state not in "ZX"


def signal_process(process: int, number: int) -> None:
    """Signal a process, if it is still there and ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, number)
