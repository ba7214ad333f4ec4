"""How a run and its owner talk: Jupyter's messages over one socket, each as JSON with its binary buffers behind it.

```
4 bytes: length of the JSON · 4 bytes: how many buffers · the JSON · for each buffer 8 bytes: its length · its bytes
```

Nothing is pickled: what runs in a notebook is not trusted by the one that started it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Sequence
from typing import Any

__all__ = ["Frames", "TooMuch", "framed"]

_HEAD = struct.Struct(">II")
_SIZE = struct.Struct(">Q")

Json = dict[str, Any]


class TooMuch(Exception):
    """A message is longer than its reader takes."""


def framed(message: Json, buffers: Sequence[Any] = (), default: Callable[[Any], Any] | None = None) -> bytes:
    """Return a message as bytes.

    Args:
        message: What JSON can hold; half a surrogate pair becomes a question mark, so that a notebook can be saved.
        buffers: What has bytes.
        default: Turns anything else into what JSON can hold.
    """
    text = json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=default).encode("utf-8", "replace")
    parts = [_HEAD.pack(len(text), len(buffers)), text]
    for buffer in buffers:
        content = bytes(memoryview(buffer))
        parts += [_SIZE.pack(len(content)), content]
    return b"".join(parts)


class Frames:
    """Puts the pieces that a socket gives back together into messages.

    Args:
        longest: No message may be longer than this many bytes.
    """

    def __init__(self, longest: int = 1 << 32) -> None:
        self._rest = bytearray()
        self._longest = longest

    def feed(self, piece: bytes) -> list[Json]:
        """Return the messages that are complete with this piece; their buffers are under ``buffers``.

        Raises:
            TooMuch: A message is longer than is allowed.
            ValueError: What came is not a message.
        """
        self._rest += piece
        found = []
        while (message := self._next()) is not None:
            found.append(message)
        return found

    def _next(self) -> Json | None:
        if len(self._rest) < _HEAD.size:
            return None
        length, count = _HEAD.unpack_from(self._rest)
        at = _HEAD.size + length
        self._bound(at)
        spans = []
        for _ in range(count):
            if len(self._rest) < at + _SIZE.size:
                return None
            (size,) = _SIZE.unpack_from(self._rest, at)
            at += _SIZE.size
            spans.append((at, at + size))
            at += size
            self._bound(at)
        if len(self._rest) < at:
            return None
        message = json.loads(self._rest[_HEAD.size : _HEAD.size + length])
        if not isinstance(message, dict):
            raise ValueError("A message is not an object.")
        message["buffers"] = [bytes(self._rest[start:end]) for start, end in spans]
        del self._rest[:at]
        return message

    def _bound(self, length: int) -> None:
        if length > self._longest:
            raise TooMuch
