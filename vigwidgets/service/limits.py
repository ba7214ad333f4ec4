"""How much one connection may send, how slowly, and how many there may be: the server's own patience.

| limit | is | because |
|---|---|---|
| body of a request | 64 KiB | a sign-in is the longest that is posted; edits go over a socket with its own limit |
| headers | 32 KiB | ours are under 2 KiB |
| headers must be whole, and a quiet connection asks again, within | 30 s | a page needs 1 s on a poor line |
| body must be whole within | 30 s | the same |
| read ahead for one connection | 17 MiB | the longest message of a kernel's line, 16 MiB; only for who is signed in |
| connections of one address | 300 | a page holds 2 sockets and for seconds up to 6 more: 100 trainees of one clinic |
"""

from __future__ import annotations

from typing import Any
from weakref import WeakSet

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream

__all__ = ["CONNECTIONS", "LONGEST_MESSAGE", "HouseServer"]

CONNECTIONS = 300
"""How many connections one address may hold at a time."""

LONGEST_MESSAGE = 16 << 20
"""Bytes of the longest message on any socket: a kernel's line, where the tags of a long film are one."""

_LARGEST_BODY = 64 << 10
_LARGEST_HEADER = 32 << 10
_PATIENCE = 30.0


class HouseServer(HTTPServer):
    """Tornado's server with the limits above.

    Args:
        application: What answers.
        per_address: How many connections one address may hold; 0 for any number, behind a proxy that counts itself.
        patience: Seconds for headers, and for a body.
    """

    def initialize(  # type: ignore[override]
        self, application: Any, per_address: int = CONNECTIONS, patience: float = _PATIENCE
    ) -> None:
        """Take the limits; Tornado makes its servers here and not in ``__init__``."""
        super().initialize(
            application,
            xheaders=False,
            idle_connection_timeout=patience,
            body_timeout=patience,
            max_header_size=_LARGEST_HEADER,
            max_body_size=_LARGEST_BODY,
            max_buffer_size=LONGEST_MESSAGE + (1 << 20),
        )
        self._per_address = per_address
        self._open: dict[str, WeakSet[IOStream]] = {}

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        """Serve a connection, or hang up when its address holds too many."""
        if self._per_address and not self._may(stream, str(address[0]) if address else ""):
            stream.close()
            return
        super().handle_stream(stream, address)

    def _may(self, stream: IOStream, address: str) -> bool:
        # Streams, not requests: a socket leaves Tornado's count of connections once it is open.
        if len(self._open) > 1000:
            self._open = {each: streams for each, streams in self._open.items() if _alive(streams)}
        streams = self._open.setdefault(address, WeakSet())
        if len(streams) >= self._per_address and _alive(streams) >= self._per_address:
            return False
        streams.add(stream)
        return True


def _alive(streams: WeakSet[IOStream]) -> int:
    return sum(not stream.closed() for stream in streams)
