"""Whether the service is well, for whatever watches over it."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from vigwidgets import __version__
from vigwidgets.errors import Refusal
from vigwidgets.service.base import VigHandler

__all__ = ["HealthHandler"]


class HealthHandler(VigHandler):
    """``/health``: 200 when the database answers, 503 when not."""

    actions: ClassVar = {"get": "health.read"}

    async def get(self) -> None:
        """Ask the database, and say how much is waiting to be written."""
        try:
            await self.state.read(self.state.records.ping)
            problem = None
        except Refusal as refused:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            problem = str(refused)
        self.send_json(
            {
                "status": "ok" if problem is None else "unwell",
                "problem": problem,
                "version": __version__,
                "waiting": self.state.writer.waiting,
            }
        )
