"""How much work something may be, in seconds of an ordinary machine.

A clock tells how busy a machine is, not how much work was done on it; and a busy or small machine takes more of the
processor's own time for the same work, too. So the time that this process has had is held against that of a fixed piece
of work, done just before and just after.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

#: What `_piece` takes on an ordinary machine at rest, in seconds.
ORDINARY = 0.02


def _piece() -> float:
    begun = time.thread_time()
    seen: dict[str, int] = {}
    for n in range(60_000):
        name = f"t{n % 977}"
        seen[name] = seen.get(name, 0) + len(name) * n
    assert len(seen) == 977
    return time.thread_time() - begun


def pace() -> float:
    """Return how many times longer this machine takes just now than an ordinary one at rest; at least 1."""
    return max(1.0, min(_piece() for _ in range(3)) / ORDINARY)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail unless what is done inside is at most so many seconds of work of this process, on an ordinary machine."""
    before = pace()
    begun = time.process_time()
    yield
    took = time.process_time() - begun
    allowed = seconds * max(before, pace())
    assert took < allowed, f"{took:.2f} s of work, where {allowed:.2f} s are allowed"
