"""The gradebook as a file for a spreadsheet."""

from __future__ import annotations

from typing import ClassVar

from vigwidgets.service.base import VigHandler
from vigwidgets.service.state import ServiceState

__all__ = ["GradebookHandler"]


class GradebookHandler(VigHandler):
    """``/supervision/gradebook.csv``."""

    actions: ClassVar = {"get": "gradebook.read"}

    async def get(self) -> None:
        """Send every attempt with the figures of the mark that counts."""
        text = await self.state.read(_gradebook, self.state)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="gradebook.csv"')
        # With its mark a spreadsheet knows that this is UTF-8.
        self.send(text.encode("utf-8-sig"))


def _gradebook(state: ServiceState) -> str:
    from vigwidgets.grading import gradebook_csv, gradebook_rows  # noqa: PLC0415 - numpy and more, on first use

    return gradebook_csv(gradebook_rows(state.records, state.course))
