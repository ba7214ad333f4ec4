"""What everybody in this process who has an observation file open shares, and the lock between processes."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakValueDictionary

from vigwidgets.contract import Edit, Observation
from vigwidgets.errors import Refusal
from vigwidgets.observations._saved import Saved
from vigwidgets.observations._telling import Telling

try:
    import fcntl
except ImportError:  # Windows has none: there only one process may write a file
    fcntl = None  # type: ignore[assignment]

__all__ = ["Listener", "Shared", "Signature", "Unwritten", "locked", "shared_at", "signature_of"]

Signature = tuple[int, int, int, int]
_PATIENCE = 2.0  # seconds that another process may hold the lock
_PAUSE = 0.01


class Unwritten(Refusal):
    """The file takes no edit just now; the same edit may be taken later.

    Args:
        said: What is wrong and what mends it, without a full stop.

    Attributes:
        waiting: The sentence for a page, which sends the edit again by itself.
    """

    def __init__(self, said: str) -> None:
        super().__init__(f"{said}, then try again.")
        self.waiting = f"{said}, and the edit will be sent again."


@dataclass(frozen=True, eq=False, slots=True)
class Listener:
    """Who is told of what happens: of each edit with its number, and that the file holds something else now."""

    edited: Callable[[Edit, int], None]
    replaced: Callable[[], None]


class Shared:
    """One file's observation in this process: many widgets on one file see and change one thing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.observation: Observation | None = None
        #: The file as it was when it was last read or written here; None while there is none.
        self.signature: Signature | None = None
        self.seq = 0
        self.seen: dict[str, int] = {}
        #: What each edit that was seen said.
        self.said: dict[str, str] = {}
        #: Which edits of pages the file names as held.
        self.saved = Saved()
        self.listeners: list[Listener] = []
        self.lock = threading.RLock()
        self.holder: int | None = None  # the thread whose turn it is
        self.telling = Telling()

    def within(self) -> bool:
        """Whether it is this thread's turn: what is held here is then looked at as it is."""
        return self.holder == threading.get_ident()

    def took(self, edit: Edit, after: Observation, signature: Signature | None) -> int:
        """Remember an edit that is in the file now, tell everybody, and return its number.

        Whoever made it is told as well: one widget may be open in several windows. All are told before the lock is
        let go, so that everybody hears of edits in the order in which they are in the file.
        """
        self.observation, self.signature = after, signature
        self.seq += 1
        self.seen[edit.id] = self.seq
        for listener in list(self.listeners):
            listener.edited(edit, self.seq)
        return self.seq

    def replace(self, observation: Observation, signature: Signature | None, saved: Saved) -> None:
        """Take what the file holds, or what a new one begins with, and tell everybody if it is something else.

        An edit that it holds already, by another process or an earlier one, counts as seen.
        """
        self.saved = saved
        for edit, said in saved.edits.items():
            self.said.setdefault(edit, said)
            self.seen.setdefault(edit, self.seq)
        before, self.observation, self.signature = self.observation, observation, signature
        if before is not None and before != observation:
            self.telling.replaced(before, observation)
            for listener in list(self.listeners):
                listener.replaced()


_SHARED: WeakValueDictionary[Path, Shared] = WeakValueDictionary()
_SHARING = threading.Lock()


def shared_at(path: Path) -> Shared:
    """Return what is shared about a file, under whichever name it is opened."""
    place = path.resolve()
    with _SHARING:
        found = _SHARED.get(place)
        if found is None:
            found = _SHARED[place] = Shared(place)
        return found


def signature_of(path: Path) -> Signature | None:
    """Return what changes whenever anybody writes the file; None if there is none.

    Raises:
        OSError: It cannot be looked at.
    """
    try:
        now = path.stat()
    except FileNotFoundError:
        return None
    return now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns


@contextmanager
def locked(shared: Shared) -> Iterator[None]:
    """Keep every other thread and process from writing the file.

    The folder is locked, so that nothing is left lying beside the file. Where a folder cannot be locked (Windows,
    some network drives) only this process is kept in order.

    Raises:
        Unwritten: Another process holds the lock and does not give it back.
    """
    with shared.lock:
        folder = _lock_folder(shared.path)
        try:
            yield
        finally:
            if folder is not None:
                os.close(folder)


def _lock_folder(path: Path) -> int | None:
    if fcntl is None:
        return None
    try:
        folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES):
                os.close(folder)
                return None
            if time.monotonic() > end:
                os.close(folder)
                raise Unwritten(
                    f"{path.name} is being written by another program and is not given back; stop that program"
                ) from None
        else:
            return folder
        time.sleep(_PAUSE)
