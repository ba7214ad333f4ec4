"""An observation as JSON, and handing it in."""

from __future__ import annotations

from typing import ClassVar

from vigwidgets.contract import FrozenMessage
from vigwidgets.errors import Refusal
from vigwidgets.records import Attempt, ObservationRecord
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.clips import holds_clips
from vigwidgets.service.release import read_by
from vigwidgets.service.state import ServiceState
from vigwidgets.service.terms import hand_in

__all__ = ["HandInHandler", "ObservationHandler", "OfAnObservation", "hand_in_and_mark"]


class OfAnObservation(VigHandler):
    """The base of handlers whose path names an observation."""

    async def found(self, observation_id: str) -> ObservationRecord:
        """Return the observation that the path names.

        Raises:
            Missing: There is none.
        """
        try:
            return await self.state.read(self.state.records.observation, observation_id)
        except Refusal as refused:
            raise Missing(str(refused)) from None

    async def owns(self, *path: str) -> bool:
        """Tell whether the asking person is the one who codes."""
        return self.person is not None and (await self.found(path[0])).person == self.person.id

    async def handed_in(self, *path: str) -> bool:
        """Tell whether the observation is finished."""
        return (await self.found(path[0])).frozen


async def hand_in_and_mark(state: ServiceState, record: ObservationRecord) -> Attempt:
    """Freeze an observation, tell its windows, and mark it if its exercise is marked at once.

    Raises:
        Refusal: Its exercise has closed.
        StoreUnavailable: Nothing could be saved now.
    """
    # In its person's turn: after the edits that they sent before.
    attempt = await state.writer.submit_for(record.person, hand_in, state, record.id)
    state.rooms.tell(record.id, FrozenMessage())
    if await state.read(state.records.mark, attempt.id) is None:
        await state.mark(attempt)
    return attempt


class ObservationHandler(OfAnObservation):
    """``/observations/<id>``."""

    actions: ClassVar = {"get": "observation.read"}

    async def get(self, observation_id: str) -> None:
        """Send the observation as it is now."""
        record = await self.found(observation_id)
        attempt = await self.state.read(self.state.records.attempt_of, observation_id) if record.frozen else None
        observation = await self.state.read(read_by, self.person, record, self.state.course, self.state.records)
        self.send_json(
            {
                "observation": observation.model_dump(mode="json"),
                "seq": record.seq,
                "frozen": record.frozen,
                "exercise": record.exercise,
                "exercise_version": record.exercise_version,
                "attempt": None if attempt is None else attempt.id,
            }
        )


class HandInHandler(OfAnObservation):
    """``/observations/<id>/hand-in``."""

    actions: ClassVar = {"post": "observation.hand-in"}

    async def post(self, observation_id: str) -> None:
        """Freeze the observation, mark it at once if its exercise says so, and answer with the receipt.

        Handing in again gives the same answer.
        """
        record = await self.found(observation_id)
        if holds_clips(record.exercise):
            raise Refusal("A tray of clips is not handed in; export it instead.")
        attempt = await hand_in_and_mark(self.state, record)
        self.send_json(
            {
                "attempt": attempt.id,
                "receipt": attempt.receipt,
                "feedback": f"{self.state.base}attempts/{attempt.id}",
            }
        )
