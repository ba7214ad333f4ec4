"""What a kernel's owner and the forking parent say to each other: one JSON object a line, one socket a kernel.

```
owner  -> parent   {"start": {"arguments": [...], "environment": {...}, "directory": "..."}}
                   for a run of a notebook with "run": {"memory": bytes or null, "fence": bool, "word": "..."}, and with
                   three descriptors: the socket that it talks through (see `_frames`), its standard output, its
                   standard error
parent -> owner    {"pid": 4711}                  or {"refused": "one sentence"}
owner  -> parent   {"signal": 2}                  to the kernel's whole process group
parent -> owner    {"exit": 0}                    minus the signal's number if a signal ended it
```

The socket is the kernel's life: when the owner closes it, the parent ends the kernel.
"""

from __future__ import annotations

import json
from typing import NotRequired, TypedDict

__all__ = ["LONGEST", "Lines", "Message", "RunStart", "Start", "pack"]

LONGEST = 4 << 20
"""No message is longer than this many bytes; an environment is a few kilobytes."""


class RunStart(TypedDict):
    """What a run is started with besides.

    Attributes:
        memory: How many bytes it may take of its own.
        fence: Whether it is to be fenced in where the system allows it.
        word: What it is known by, besides.
    """

    memory: int | None
    fence: bool
    word: str


class Start(TypedDict):
    """What a kernel is started with."""

    arguments: list[str]
    environment: dict[str, str]
    directory: str
    run: NotRequired[RunStart]


class Message(TypedDict, total=False):
    """One line; exactly one of the keys is there."""

    start: Start
    pid: int
    refused: str
    signal: int
    exit: int


def pack(message: Message) -> bytes:
    """Return a message as one line."""
    return json.dumps(message, separators=(",", ":")).encode() + b"\n"


class Lines:
    """Puts the pieces that a socket gives back together into messages."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes) -> list[Message]:
        """Return the messages that are complete with this piece.

        Raises:
            ValueError: What came is not a message.
        """
        *whole, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > LONGEST:
            raise ValueError(f"A message is longer than {LONGEST} bytes.")
        messages = [json.loads(line) for line in whole]
        if not all(isinstance(message, dict) for message in messages):
            raise ValueError("A message is not an object.")
        return messages
