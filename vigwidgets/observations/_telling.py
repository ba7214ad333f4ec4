"""Whoever asked is told of what was saved: in its order, and when nobody is kept waiting by the lock any more."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable

from vigwidgets.contract import Edit, Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations._difference import difference
from vigwidgets.observations._own import own_edit, own_observation

__all__ = ["Telling", "Told"]

Told = Callable[[Edit, Observation], None]
"""Called with an edit that was saved, and a copy of the observation after it."""

_DEEPEST = 100


class Telling:
    """What is still to be told about one file.

    One at a time tells everybody. An edit that is made by somebody while being told waits for its turn, so that all
    hear of edits in the order in which they were saved.
    """

    def __init__(self) -> None:
        self._hearers: list[Told] = []
        self._waiting: deque[tuple[Edit, Observation, int]] = deque()
        self._lock = threading.Lock()
        self._teller: int | None = None
        self._depth = 0  # how many edits, each in answer to one before, led to the one that is being told

    def hear(self, told: Told) -> None:
        """Tell one more."""
        self._hearers.append(told)

    def stop(self, told: Told) -> None:
        """Tell one no more."""
        if told in self._hearers:
            self._hearers.remove(told)

    def may_take(self) -> None:
        """Check that those who are told do not answer one another without end.

        Raises:
            Refusal: They do; the edit at hand is one too many.
        """
        if self._answering() and self._depth >= _DEEPEST:
            raise Refusal(
                f"A function given to on_edit answered an edit with an edit, {_DEEPEST} times over; let it leave alone "
                "what it made itself."
            )

    def took(self, edit: Edit, after: Observation) -> None:
        """Have an edit told that was saved."""
        if self._hearers:
            self._waiting.append((edit, after, self._depth + 1 if self._answering() else 1))

    def replaced(self, before: Observation, after: Observation) -> None:
        """Have told what another program changed."""
        for edit in difference(before, after) if self._hearers else []:
            self.took(edit, after)

    def tell(self) -> None:
        """Tell everybody what is still to be told; whoever tells already goes on with it."""
        while (found := self._next()) is not None:
            edit, after, self._depth = found
            try:
                for told in list(self._hearers):
                    told(own_edit(edit), own_observation(after))
            finally:
                with self._lock:
                    self._teller = None

    def _next(self) -> tuple[Edit, Observation, int] | None:
        with self._lock:
            if self._teller is not None or not self._waiting:
                return None
            self._teller = threading.get_ident()
            return self._waiting.popleft()

    def _answering(self) -> bool:
        return self._teller == threading.get_ident()
