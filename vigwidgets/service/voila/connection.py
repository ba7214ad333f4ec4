"""What lies between a page's line and its kernel's streams, and how it is let go."""

from __future__ import annotations

import asyncio

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

__all__ = ["KernelConnection"]


class KernelConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's connection, which may also be let go while it is still being made.

    Jupyter begins to listen at the kernel's streams once the kernel has answered, even where the page was left
    meanwhile and the streams are closed. Here the streams are closed when it has answered; a kernel that has ended is
    not waited for longer than half a second.
    """

    _connecting: asyncio.Future[None] | None = None
    _letting_go = False

    def connect(self) -> asyncio.Future[None] | None:  # type: ignore[override]
        """Connect to the kernel; the future ends when it has answered."""
        self._connecting = super().connect()
        return self._connecting

    def disconnect(self) -> None:  # type: ignore[override]
        """Let go of the kernel, at once or when it has answered."""
        if self._connecting is None or self._connecting.done():
            super().disconnect()  # type: ignore[no-untyped-call]
        elif not self._letting_go:
            self._letting_go = True
            self._connecting.add_done_callback(lambda _: self.disconnect())
