"""The gradebook as a file: for a spreadsheet, or for a program."""

from __future__ import annotations

from typing import Any, ClassVar

from vigwidgets.service.base import VigHandler
from vigwidgets.service.state import ServiceState

__all__ = ["GradebookHandler"]


class GradebookHandler(VigHandler):
    """``/supervision/gradebook.csv`` and ``gradebook.json``: the same rows."""

    actions: ClassVar = {"get": "gradebook.read"}

    async def get(self, kind: str) -> None:
        """Send every attempt with the figures of the mark that counts."""
        self.set_header("Content-Disposition", f'attachment; filename="gradebook.{kind}"')
        if kind == "json":
            self.send_json({"attempts": await self.state.read(_rows, self.state)})
            return
        text = await self.state.read(_gradebook, self.state)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        # With its mark a spreadsheet knows that this is UTF-8.
        self.send(text.encode("utf-8-sig"))


def _rows(state: ServiceState) -> list[dict[str, Any]]:
    from vigwidgets.grading import gradebook_rows  # noqa: PLC0415 - numpy and more, on first use

    return [dict(row) for row in gradebook_rows(state.records, state.course)]


def _gradebook(state: ServiceState) -> str:
    from vigwidgets.grading import gradebook_csv  # noqa: PLC0415 - numpy and more, on first use

    return gradebook_csv(_rows(state))
