"""A run's standard output and error: text that becomes messages, in the order of everything else."""

from __future__ import annotations

import io
import os
import threading
import time
from typing import Any

from jupyter_client.session import Session

__all__ = ["Stream"]

_AT_ONCE = 256  # lines of a cell that are sent as they come, so that they survive a crash
_LATER = 0.05  # seconds: lines after those wait this long for company
_FULL = 1 << 16  # characters


class Stream(io.TextIOBase):
    """What `sys.stdout` or `sys.stderr` is in a run.

    Args:
        session: What sends messages.
        name: ``stdout`` or ``stderr``.
        number: The descriptor of the same; what is written there (by C code, by other programs) is read by the owner.
    """

    def __init__(self, session: Session, name: str, number: int) -> None:
        self.name = name
        self.session = session
        self._number = number
        self._process = os.getpid()
        self._lock = threading.RLock()
        self._waiting: list[str] = []
        self._size = 0
        self._lines = 0
        self._sent = 0.0
        self._parent: dict[str, Any] = {}

    encoding = "UTF-8"
    errors = "strict"

    def fileno(self) -> int:
        """Return the descriptor, for programs that are started."""
        return self._number

    def isatty(self) -> bool:
        """Tell that nobody sits at a terminal."""
        return False

    def writable(self) -> bool:
        """Tell that this can be written to."""
        return True

    def set_parent(self, parent: dict[str, Any]) -> None:
        """Let what is written from now on belong to a request."""
        self.flush()
        self._parent = parent
        self._lines = 0

    def write(self, text: str) -> int:
        """Write text.

        Raises:
            TypeError: It is not text.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if os.getpid() != self._process:
            os.write(self._number, text.encode("utf-8", "replace"))  # a fork must not talk in between
            return len(text)
        with self._lock:
            self._waiting.append(text)
            self._size += len(text)
            if "\n" in text:
                self._lines += 1
                if self._lines <= _AT_ONCE or time.monotonic() - self._sent > _LATER:
                    self.flush()
            if self._size > _FULL:
                self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what waits."""
        if os.getpid() != self._process:
            return
        with self._lock:
            if self._waiting:
                text = "".join(self._waiting)
                self._waiting.clear()
                self._size = 0
                self._sent = time.monotonic()
                self.session.send(None, "stream", {"name": self.name, "text": text}, parent=self._parent)
