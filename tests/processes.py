"""Whether a process still runs, asked so that it may end meanwhile."""

from __future__ import annotations

import psutil

__all__ = ["lives"]


def lives(pid: int) -> bool:
    """Return whether there is such a process, and it has not ended with nobody having asked how."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
