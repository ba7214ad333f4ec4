"""Whether the service is well, for whatever watches over it."""

from __future__ import annotations

import shutil
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

from vigwidgets import __version__
from vigwidgets.errors import Refusal
from vigwidgets.service.base import VigHandler

__all__ = ["LITTLE_ROOM", "HealthHandler"]

LITTLE_ROOM = 64 << 20
"""Bytes: with less free than this the administrator should make room now."""

_NO_ROOM = "There is almost no room left on the disk of the data directory; make room, or changes cannot be saved."


class HealthHandler(VigHandler):
    """``/health``: 200 when the database answers, 503 when not.

    ``status`` is ``ok``, ``degraded`` (what was saved can be read, and there is no room for more), or ``unwell``.
    """

    actions: ClassVar = {"get": "health.read"}

    async def get(self) -> None:
        """Ask the database, and say how much is waiting to be written."""
        try:
            await self.state.read(self.state.records.ping)
            full = self.state.writer.full or await self.state.read(_little_room, self.state.data)
            status, problem = ("degraded", _NO_ROOM) if full else ("ok", None)
        except Refusal as refused:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            status, problem = "unwell", str(refused)
        self.send_json(
            {
                "status": status,
                "problem": problem,
                "version": __version__,
                "waiting": self.state.writer.waiting,
            }
        )


def _little_room(data: Path) -> bool:
    return shutil.disk_usage(data).free < LITTLE_ROOM
