"""By which names the service may be asked: what a browser says in ``Host``, and who may say it.

A page of somebody else's can have its own name point at this machine for a moment (DNS rebinding). The browser then
takes the service for that page's own and lets its script read every answer. The name in ``Host`` gives it away.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from http import HTTPStatus
from ipaddress import ip_address
from typing import Any

from tornado.httputil import HTTPServerRequest
from tornado.web import Application, RequestHandler

__all__ = ["ANY_HOST", "HouseApplication", "Names"]

ANY_HOST = "*"
"""Told as a name: whatever a browser says. For a service behind a proxy that has looked already."""

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::[0-9]{1,5})?")


class Names:
    """The names that a service answers to.

    Loopback is always among them. An address written in digits is too unless ``demo``: a browser that was sent to
    an address was not led there by a name.

    Args:
        told: Further names, as given to ``vig serve --host-name``; one may be `ANY_HOST`.
        demo: Nobody needs a password, so that nothing but loopback and what was told will do.
    """

    def __init__(self, told: Iterable[str] = (), *, demo: bool = False) -> None:
        self._told = {name.strip().casefold().rstrip(".") for name in told}
        self._demo = demo
        if not demo:
            self._told.add(socket.gethostname().casefold())

    def __contains__(self, host: object) -> bool:
        """Tell whether a ``Host`` header, with or without a port, names this service."""
        if ANY_HOST in self._told:
            return True
        found = _HOST.fullmatch(host) if isinstance(host, str) else None
        if found is None:
            return False
        name = (found[1] or found[2]).casefold().rstrip(".")
        try:
            address = ip_address(name)
        except ValueError:
            return name == "localhost" or name in self._told
        return address.is_loopback or name in self._told or not self._demo


class _Elsewhere(RequestHandler):
    """The answer to whoever asked by another name: one sentence, no cookie, nothing of what is here."""

    SUPPORTED_METHODS = ("GET", "HEAD", "POST", "DELETE", "PATCH", "PUT", "OPTIONS")

    async def prepare(self) -> None:
        self.set_status(HTTPStatus.MISDIRECTED_REQUEST)
        self.clear_header("Server")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(
            "This service is not known by the name in your address bar; use the address that `vig serve` printed, "
            "or have the administrator add the name with --host-name.\n"
        )

    def check_xsrf_cookie(self) -> None:
        """Ask for nothing: nothing is done."""

    def data_received(self, chunk: bytes) -> None:
        """Take part of a streamed body; nothing is done with it."""


class HouseApplication(Application):
    """Tornado's application, which answers to its own names only, whatever the path: pages, films, sockets.

    Args:
        handlers: As Tornado's.
        names: What it may be called.
        settings: As Tornado's.
    """

    def __init__(self, handlers: Any, *, names: Names, **settings: Any) -> None:
        # No log of who asked for what: mishaps are logged where they happen.
        super().__init__(handlers, **({"log_function": lambda _: None} | settings))
        self._names = names

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        """Find who answers; nobody of the house does when the name is another's."""
        if request.headers.get("Host", "") not in self._names:
            return self.get_handler_delegate(request, _Elsewhere)
        return super().find_handler(request, **kwargs)
