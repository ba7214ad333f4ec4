"""A page's line to its kernel. Only the person whose page started the kernel may hold it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from vigwidgets.records import Person
from vigwidgets.service import rights
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.edits import SIGNED_OUT
from vigwidgets.service.identity import COOKIE
from vigwidgets.service.limits import LONGEST_MESSAGE
from vigwidgets.service.mishaps import log_answer
from vigwidgets.service.state import ServiceState
from vigwidgets.service.voila.kernels import PageKernels

__all__ = ["ALLOWED_MESSAGES", "KernelChannels", "KernelEnd"]

ALLOWED_MESSAGES = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]
"""What a page may send to its kernel. Anything else is dropped: code above all."""

_UNREADABLE = 1007  # the closing code for what is not what it says it is


class KernelChannels(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """``/kernels/<id>/channels``, a WebSocket."""

    actions: ClassVar = {"get": "kernel.use"}

    def initialize(self, state: ServiceState, kernels: PageKernels) -> None:
        """Take what all handlers share, and who owns which kernel."""
        self.state = state
        self.kernels = kernels

    async def get(self, kernel_id: str) -> None:
        """Open the line, if the kernel is the asking person's own."""
        # Somebody else's kernel and none at all are answered alike.
        if not await self._may(kernel_id):
            raise HTTPError(HTTPStatus.FORBIDDEN)
        await super().get(kernel_id=kernel_id)

    async def _may(self, kernel_id: str) -> bool:
        token = self.get_cookie(COOKIE)
        person: Person | None = await self.state.read(self.state.records.session_person, token) if token else None
        owns = person is not None and self.kernels.owner(kernel_id) == person.id
        return rights.allowed(person, "kernel.use", owns=owns)

    def select_subprotocol(self, subprotocols: list[str]) -> None:
        """Speak no other protocol than Jupyter's first, in text."""

    @property
    def max_message_size(self) -> int:
        """How long one message may be, in bytes."""
        return LONGEST_MESSAGE

    async def open(self, kernel_id: str) -> None:
        """Connect; small messages are sent at once, not gathered for 40 ms."""
        self.set_nodelay(True)
        await super().open(kernel_id)

    async def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on, while the session that opened the line lasts."""
        if not await self._may(self.kernel_id):
            self.close(SIGNED_OUT)
            return
        try:
            # Pages write text. Jupyter's reader of bytes believes what they say of their own number of parts, and
            # with a false one would keep the whole service busy for hours.
            if isinstance(ws_message, bytes):
                raise TypeError("bytes")
            super().on_message(ws_message)
        except Exception:  # anything at all can be written there, and Jupyter's reader minds each kind in its own way
            self.close(_UNREADABLE)

    def write_message(self, message: str | bytes | dict[str, Any], binary: bool = False) -> Any:
        """Send a kernel's message as it is.

        Voila looks into binary messages first, and reads them in a form that is not spoken here: the first eight bytes
        of ours, taken for a number of parts, would keep the whole service busy for hours.
        """
        return super(VoilaKernelWebsocketHandler, self).write_message(message, binary)

    def check_xsrf_cookie(self) -> None:
        """Let nothing in but the opening of a line, which asks the table of rights and where the page is from."""
        if self.request.method != "GET":
            raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:  # noqa: ARG002
        """Log what went wrong, and not with whose kernel."""
        log_answer(self, value)

    def write_error(self, status_code: int, **_told: Any) -> None:
        """Answer with the number alone: a script asked, and Jupyter's error page belongs to another house."""
        self.set_status(status_code)
        self.finish()

    def on_close(self) -> None:
        """Let go of the kernel."""
        if getattr(self, "connection", None) is not None:
            super().on_close()


class KernelEnd(VigHandler):
    """``/kernels/<id>/end``: the page has been left, so its kernel may go."""

    actions: ClassVar = {"post": "kernel.use"}
    kernels: PageKernels

    def initialize(self, state: ServiceState, kernels: PageKernels | None = None) -> None:
        """Take what all handlers share, and who owns which kernel."""
        super().initialize(state)
        assert kernels is not None  # noqa: S101
        self.kernels = kernels

    async def owns(self, *path: str) -> bool:
        """Tell whether the kernel is the asking person's own."""
        return self.person is not None and self.kernels.owner(path[0]) == self.person.id

    async def post(self, kernel_id: str) -> None:
        """End the kernel."""
        if self.kernels.owner(kernel_id) is None:
            raise Missing("This kernel has ended already; nothing needs to be done.")
        await self.kernels.end(kernel_id)
        self.set_status(HTTPStatus.NO_CONTENT)
