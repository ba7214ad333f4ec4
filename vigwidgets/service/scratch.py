"""A temporary folder that is held while its process lives, and that the next process takes away if it was killed."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import BinaryIO

__all__ = ["Scratch"]

_HELD = ".held"
_YOUNGEST = 60.0  # seconds: a folder this new may not be locked yet by the process that is making it


class Scratch:
    """A folder of this process's own. Making one takes away those that killed processes left.

    The folder is held by a lock on a file in it, which the system lets go of however the process ends; a process's
    number would not do, because another may have it by then, or the same one in another container.

    Args:
        prefix: How the folder's name begins; only folders of this user with this beginning are ever taken away.

    Attributes:
        path: The folder.
    """

    def __init__(self, prefix: str) -> None:
        _take_away_the_dead(prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix))
        self._file = (self.path / _HELD).open("wb")
        _lock(self._file)

    def close(self) -> None:
        """Take the folder away."""
        self._file.close()
        shutil.rmtree(self.path, ignore_errors=True)


def _lock(file: BinaryIO) -> bool:
    """Lock a file for this process; return whether nobody else holds it."""
    if sys.platform == "win32":
        return False  # nothing is taken away there
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _take_away_the_dead(prefix: str) -> None:
    if sys.platform == "win32":
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        try:
            about = folder.lstat()
            if about.st_uid != os.getuid() or time.time() - about.st_mtime < _YOUNGEST or folder.is_symlink():
                continue
            with (folder / _HELD).open("r+b") as file:
                if _lock(file):
                    shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # gone meanwhile, or none of ours: it is not worth a word
