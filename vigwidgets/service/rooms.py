"""Who is listening to which observation: the sockets that are open in this process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Protocol

from vigwidgets.contract import EditedMessage, FrozenMessage

__all__ = ["Listener", "Rooms"]


class Listener(Protocol):
    """A window in which an observation is open."""

    def hear(self, message: EditedMessage | FrozenMessage) -> None:
        """Be told what happened to the observation."""


class Rooms:
    """The windows of each observation. Used on the loop only."""

    def __init__(self) -> None:
        self._rooms: defaultdict[str, set[Listener]] = defaultdict(set)

    def join(self, observation_id: str, listener: Listener) -> None:
        """Tell ``listener`` from now on."""
        self._rooms[observation_id].add(listener)

    def leave(self, observation_id: str, listener: Listener) -> None:
        """Tell ``listener`` no more."""
        self._rooms[observation_id].discard(listener)
        if not self._rooms[observation_id]:
            del self._rooms[observation_id]

    def tell(self, observation_id: str, message: EditedMessage | FrozenMessage, but: Listener | None = None) -> None:
        """Tell every window of an observation, except the one that did it."""
        for listener in list(self._rooms.get(observation_id, ())):
            if listener is not but:
                listener.hear(message)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)
