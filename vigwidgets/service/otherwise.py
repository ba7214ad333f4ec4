"""“I see it otherwise”: a trainee's reason at a difference, on its way to the supervisor."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from vigwidgets.errors import NotAllowed, Refusal
from vigwidgets.records import Attempt
from vigwidgets.service.base import VigHandler
from vigwidgets.service.release import NOT_RELEASED, withheld
from vigwidgets.service.state import ServiceState
from vigwidgets.service.workflow import the_attempt

__all__ = ["OtherwiseHandler"]

LONGEST = 2000


class OtherwiseHandler(VigHandler):
    """``/attempts/<id>/otherwise``: ``item`` names the difference, ``reason`` says why; an empty one takes it back."""

    actions: ClassVar = {"post": "attempt.see-otherwise"}

    async def owns(self, *path: str) -> bool:
        """Tell whether the attempt is the asking person's own."""
        attempt = await self.state.read(the_attempt, self.state, path[0])
        return self.person is not None and attempt.person == self.person.id

    async def post(self, attempt_id: str) -> None:
        """Keep the reason.

        Raises:
            NotAllowed: The mark is not theirs to read yet.
        """
        attempt = await self.state.read(the_attempt, self.state, attempt_id)
        if await self.state.read(withheld, attempt, self.person, self.state.course, self.state.records):
            raise NotAllowed(NOT_RELEASED)
        item, reason = str(self.get_body_argument("item", "")), str(self.get_body_argument("reason", ""))
        number, kept = await self.state.writer.submit_for(attempt.person, _keep, self.state, attempt, item, reason)
        if self._navigates():
            self.redirect(f"{self.state.base}attempts/{attempt_id}#otherwise", status=HTTPStatus.SEE_OTHER)
        else:
            self.send_json({"number": number, "item": item, "kept": kept})


def _keep(state: ServiceState, attempt: Attempt, item: str, said: str) -> tuple[int, bool]:
    from vigwidgets.grading import differences, standing_of, typed  # noqa: PLC0415 - numpy and more, on first use

    reason = typed(said)
    mark = standing_of(attempt, state.records, state.course).mark
    there = differences(mark) if mark is not None else {}
    if item not in there:
        raise Refusal(f"There is no difference {item[:80]!r} in this attempt; choose one that the feedback shows.")
    if len(reason) > LONGEST:
        raise Refusal(f"The reason has {len(reason)} characters; {LONGEST} are kept at most, so shorten it.")
    return state.records.add_otherwise(attempt.id, item, reason), bool(reason)
