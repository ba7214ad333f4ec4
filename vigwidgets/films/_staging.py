"""Staging folders: a film is made out of sight and appears by one rename.

The maker holds a lock on its staging folder, which the kernel takes away when the maker ends, however it ends. A
staging folder that nobody holds is what a killed maker left, and is cleared away at the next start.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["PREFIX", "abandoned", "clear_abandoned", "locked", "staging_folder", "sync_folder"]

PREFIX = ".staging-"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the one lock of a folder, waiting for it if need be."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def staging_folder(films: Path) -> Iterator[Path]:
    """Make a locked staging folder; whatever is still there at the end is removed."""
    films.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(films):  # so that nobody clears it away between its making and its locking
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=films))
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def clear_abandoned(films: Path) -> int:
    """Remove the staging folders that nobody holds, and return how many there were."""
    if not any(films.glob(f"{PREFIX}*")):
        return 0
    cleared = 0
    with locked(films):
        for folder in films.glob(f"{PREFIX}*"):
            if abandoned(folder):
                shutil.rmtree(folder, ignore_errors=True)
                cleared += 1
    return cleared


def abandoned(folder: Path) -> bool:
    """Tell whether nobody holds a staging folder any more."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def sync_folder(folder: Path) -> None:
    """Bring a folder and its files to the disk, so that a film that is there after a power cut is whole."""
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            with suppress(OSError):  # some network file systems cannot
                os.fsync(handle)
        finally:
            os.close(handle)
