"""A measure for how quickly messages may come."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Bucket"]


class Bucket:
    """Lets a burst pass and then holds to a rate, by telling how long to wait.

    Args:
        rate: Messages a second in the long run.
        size: How many may come at once.
        clock: Gives seconds that only go forward.
    """

    def __init__(self, rate: float, size: float, clock: Callable[[], float]) -> None:
        self._rate, self._size, self._clock = rate, size, clock
        self._left = size
        self._at = clock()

    def take(self) -> float:
        """Take one, and return how many seconds to wait before it is used; 0 while there is room."""
        now = self._clock()
        self._left = min(self._size, self._left + (now - self._at) * self._rate) - 1
        self._at = now
        return max(0.0, -self._left / self._rate)
