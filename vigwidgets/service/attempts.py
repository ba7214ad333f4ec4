"""What was handed in: its receipt, and its report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from vigwidgets.errors import NotAllowed, Refusal
from vigwidgets.records import Attempt, AttemptDamaged
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.release import why_withheld, withheld

__all__ = ["ReceiptHandler", "ReportHandler"]


class _AttemptHandler(VigHandler):
    """The base of handlers whose path names an attempt."""

    actions: ClassVar = {"get": "attempt.read"}

    async def found(self, attempt_id: str) -> Attempt:
        """Return the attempt that the path names.

        Raises:
            Missing: There is none.
            AttemptDamaged: It is there and cannot be read.
        """
        try:
            return await self.state.read(self.state.records.attempt, attempt_id)
        except AttemptDamaged:
            raise
        except Refusal as refused:
            raise Missing(str(refused)) from None

    async def owns(self, *path: str) -> bool:
        """Tell whether the asking person handed it in."""
        return self.person is not None and (await self.found(path[0])).person == self.person.id


class ReceiptHandler(_AttemptHandler):
    """``/attempts/<id>/receipt``."""

    async def get(self, attempt_id: str) -> None:
        """Send the receipt."""
        attempt = await self.found(attempt_id)
        receipt = dict(attempt.receipt)
        if self.person is None or attempt.person != self.person.id:
            del receipt["person_sha256"]  # whoever marks blind must not try people's ids on it
        self.send_json(receipt)


class ReportHandler(_AttemptHandler):
    """``/attempts/<id>/report``: the executed notebook as it was converted, shut in a box."""

    # A notebook's output is not ours to trust: it runs without an origin, without cookies, without a network.
    content_policy: ClassVar = (
        "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; media-src data:; frame-ancestors 'self'"
    )

    async def get(self, attempt_id: str) -> None:
        """Send the report, once it has been written and this person may see what stands in it.

        Raises:
            NotAllowed: It is their own, and not released.
        """
        attempt = await self.found(attempt_id)
        # First the mark, then whether it may be seen, then the page of just that mark: in this order, whatever is
        # marked anew meanwhile is either refused or not yet here.
        mark = await self.state.read(self.state.records.mark, attempt.id)
        if await self.state.read(withheld, attempt, self.person, self.state.course, self.state.records):
            course = self.state.course
            raise NotAllowed(why_withheld(course.exercises.get(attempt.exercise), course))
        page = await self.state.read(_page, self.state.data, attempt.id, mark)
        if page is None:
            raise Missing(self._have_written(attempt, mark))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "private, no-cache")
        self.finish(page)

    def _have_written(self, attempt: Attempt, mark: dict[str, Any] | None) -> str:
        """Have a report written that is not there, as of a mark from an older version, and say when it will be."""
        trainee = self.person is not None and self.person.role == "trainee"
        if mark is None:
            command = "your supervisor has it marked" if trainee else "`vig grade` marks it"
            return f"This attempt has no mark yet, and so no report; {command}."
        if self.state.grader.has_failed(attempt.id, mark):
            what = "ask your supervisor to run `vig grade`" if trainee else "run `vig grade`"
            return f"The report of this attempt could not be written; {what}, which says why."
        self.state.in_background(self.state.grader.write_report(attempt, mark, self.state.course))
        return "The report of this attempt is being written; reload this page in a moment."


def _page(data: Path, attempt: str, mark: Mapping[str, Any] | None) -> bytes | None:
    from vigwidgets.grading import read_report  # noqa: PLC0415 - numpy and more, on first use

    return read_report(data, attempt, mark)
