"""Who is listening to which observation: the sockets that are open in this process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Protocol

from vigwidgets.contract import EditedMessage, FrozenMessage, PresenceMessage

__all__ = ["Listener", "Rooms"]


class Listener(Protocol):
    """A window in which an observation is open."""

    writes: bool | None
    """Whether what it sends may change the observation; None until that is known."""

    def hear(self, message: EditedMessage | FrozenMessage | PresenceMessage) -> None:
        """Be told what happened to the observation, or who has it open now."""


class Rooms:
    """The windows of each observation. Used on the loop only."""

    def __init__(self) -> None:
        self._rooms: defaultdict[str, set[Listener]] = defaultdict(set)

    def join(self, observation_id: str, listener: Listener) -> None:
        """Tell ``listener`` from now on."""
        self._rooms[observation_id].add(listener)

    def leave(self, observation_id: str, listener: Listener) -> None:
        """Tell ``listener`` no more, and the others that it is gone."""
        self._rooms[observation_id].discard(listener)
        if not self._rooms[observation_id]:
            del self._rooms[observation_id]
        if listener.writes is not None:
            self.present(observation_id)

    def tell(self, observation_id: str, message: EditedMessage | FrozenMessage, but: Listener | None = None) -> None:
        """Tell every window of an observation, except the one that did it."""
        for listener in list(self._rooms.get(observation_id, ())):
            if listener is not but:
                listener.hear(message)

    def arrive(self, observation_id: str, listener: Listener) -> None:
        """A window knows whether it may write. Whoever is alone with their own work is told nothing."""
        if listener.writes is False or len(self._rooms[observation_id]) > 1:
            self.present(observation_id)

    def present(self, observation_id: str) -> None:
        """Tell every window how many there are, and whether it may change the observation itself."""
        here = [listener for listener in self._rooms.get(observation_id, ()) if listener.writes is not None]
        windows = sum(listener.writes is True for listener in here)
        watching = len(here) - windows
        for listener in here:
            listener.hear(PresenceMessage(windows=windows, watching=watching, writes=listener.writes is True))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rooms)
