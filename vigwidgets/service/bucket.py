"""A measure for how quickly one person's changes may come."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["BURST", "RATE", "Bucket", "Buckets"]

RATE = 400.0
"""Units a second in the long run. A message is one, and so are each further change in it and each KiB of it."""

BURST = 2_500.0
"""Units that may come at once: 2,000 tags that waited for a lost connection go through without a wait."""


class Bucket:
    """Lets a burst pass and then holds to a rate, by telling how long to wait.

    Args:
        rate: Units a second in the long run.
        size: How many may come at once.
        clock: Gives seconds that only go forward.
    """

    def __init__(self, rate: float = RATE, size: float = BURST, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._size, self._clock = rate, size, clock
        self._left = size
        self._at = clock()

    @property
    def full(self) -> bool:
        """Whether nothing is owed, so that a new one would be the same."""
        self._fill()
        return self._left >= self._size

    def take(self, units: float = 1, patience: float = float("inf")) -> float | None:
        """Take units, and return how many seconds to wait before they are used; 0 while there is room.

        What is larger than the whole bucket counts as one bucket, so that it too comes through in the end.

        Args:
            units: How many.
            patience: The longest wait that is any use, in seconds; beyond it nothing is taken and None returned.
        """
        self._fill()
        left = self._left - min(units, self._size)
        wait = max(0.0, -left / self._rate)
        if wait > patience:
            return None
        self._left = left
        return wait

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._size, self._left + (now - self._at) * self._rate)
        self._at = now


class Buckets:
    """A bucket for each person, however many windows they have open.

    Args:
        make: Makes a full one.
    """

    def __init__(self, make: Callable[[], Bucket] = Bucket) -> None:
        self._make = make
        self._buckets: dict[str, Bucket] = {}

    def of(self, person: str) -> Bucket:
        """Return a person's bucket."""
        if person not in self._buckets:
            if len(self._buckets) >= 1000:
                self._buckets = {each: bucket for each, bucket in self._buckets.items() if not bucket.full}
            self._buckets[person] = self._make()
        return self._buckets[person]
