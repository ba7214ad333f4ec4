"""What a run has around it: its processes wherever they have gone, and its memory that lies in files."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

from vigwidgets.kernels._family import is_alive, signal_process
from vigwidgets.kernels._fence import SHARED, VARIABLE

__all__ = ["Traces"]

_SWEEPING = 2.0  # seconds: what is killed may take a moment to die, and start another until then
_PARENT_SPACE = 0xB702  # the request that asks a namespace for the one around it
_ENVIRONMENT = 1 << 20  # bytes of an environment that are looked through
_DEEPEST = 32  # namespaces in one another, as many as Linux allows
_IN_MEMORY = ("/memfd:", f"{SHARED}/")

File = tuple[int, int]  # device and inode


class Traces:
    """By what a run's processes and its shared memory are known. Take it before the notebook's first cell.

    Args:
        process: The run's first process.
        word: What it has as ``VIG_RUN`` in its environment.
    """

    def __init__(self, process: int, word: str) -> None:
        self._word = f"\0{VARIABLE}={word}\0".encode()
        self._process = process
        self._made: dict[str, File] = {}  # what it has in everybody's shared memory
        # Held open: the number of a namespace that has gone would be given to the next run.
        self._mounts = _other_space(process, "mnt")
        self._users = _other_space(process, "user")
        self._shared = _device(f"/proc/{process}/root{SHARED}")
        if self._shared == _device(SHARED):
            self._shared = None
        self._before = set(_listed()) if self._shared is None else set()

    def shared_memory(self, processes: list[int]) -> int:
        """Return how many bytes the run has in files that lie in memory.

        Args:
            processes: Those of it that are known.
        """
        total = sum(self._files(processes).values())
        if self._shared is not None:
            with contextlib.suppress(OSError):
                about = os.statvfs(f"/proc/{self._process}/root{SHARED}")
                total += (about.f_blocks - about.f_bfree) * about.f_frsize
        return total

    def counted_twice(self, processes: list[int]) -> int:
        """Return how many of those bytes one process alone has mapped, so that they are its own, too.

        It takes some milliseconds.
        """
        files = self._files(processes)
        return sum(_mapped(process, set(files), self._shared) for process in processes)

    def end(self) -> None:
        """End what is left of the run, and remove what it has left in everybody's shared memory."""
        until, dying = time.monotonic() + _SWEEPING, set[int]()
        # What is dying shows its marks no longer, though it is still there: it is waited for, and not signalled again.
        while (left := self._left()) or any(is_alive(process) for process in dying):
            for process in left:
                signal_process(process, signal.SIGKILL)
            dying.update(left)
            if time.monotonic() > until:
                break
            time.sleep(0.001)
        for name, file in self._made.items():
            with contextlib.suppress(OSError):
                about = os.lstat(name)
                if (about.st_dev, about.st_ino) == file:
                    Path(name).unlink()
        self._made.clear()

    def close(self) -> None:
        """Let go of what it is known by."""
        for space in (self._mounts, self._users):
            if space is not None:
                os.close(space[0])
        self._mounts = self._users = None

    def _left(self) -> list[int]:
        return [process for process in _processes() if self._bears(process) and is_alive(process)]

    def _bears(self, process: int) -> bool:
        with contextlib.suppress(OSError):
            # By text and descriptor, not by Path: every process of the machine is asked at the end of every run.
            if self._mounts and os.readlink(f"/proc/{process}/ns/mnt") == f"mnt:[{self._mounts[1]}]":  # noqa: PTH115
                return True
            if self._users and _lies_in(process, self._users[1]):
                return True
            environment = os.open(f"/proc/{process}/environ", os.O_RDONLY | os.O_CLOEXEC)
            try:
                return self._word in b"\0" + os.read(environment, _ENVIRONMENT)
            finally:
                os.close(environment)
        return False

    def _files(self, processes: list[int]) -> dict[File, int]:
        """Return the files in memory that the processes have open, with their bytes; those of its own tmpfs not."""
        found: dict[File, int] = {}
        for process in processes:
            for name, about in _open_files(process):
                file = about.st_dev, about.st_ino
                if about.st_dev == self._shared or file in self._before:
                    continue
                found[file] = about.st_blocks * 512
                if name.startswith(f"{SHARED}/") and about.st_uid == os.geteuid():
                    self._made[name] = file
        return found | self._kept(found)

    def _kept(self, found: dict[File, int]) -> dict[File, int]:
        """Return what it has closed meanwhile and left in everybody's shared memory."""
        kept: dict[File, int] = {}
        for name, file in self._made.items():
            if file not in found:
                with contextlib.suppress(OSError):
                    about = os.lstat(name)
                    if (about.st_dev, about.st_ino) == file:
                        kept[file] = about.st_blocks * 512
        return kept


def _processes() -> list[int]:
    with contextlib.suppress(OSError), os.scandir("/proc") as entries:
        return [int(one.name) for one in entries if one.name.isdigit() and int(one.name) != os.getpid()]
    return []


def _other_space(process: int, kind: str) -> tuple[int, int] | None:
    """Return a descriptor of a process's namespace, and its number; None if it is in ours, or there are none."""
    with contextlib.suppress(OSError):
        opened = os.open(f"/proc/{process}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
        number = os.fstat(opened).st_ino
        if number != Path(f"/proc/self/ns/{kind}").stat().st_ino:
            return opened, number
        os.close(opened)
    return None


def _lies_in(process: int, number: int) -> bool:
    """Tell whether a process is in a user namespace, or in one that was made there."""
    space = os.open(f"/proc/{process}/ns/user", os.O_RDONLY | os.O_CLOEXEC)
    try:
        for _ in range(_DEEPEST):
            if os.fstat(space).st_ino == number:
                return True
            around = fcntl.ioctl(space, _PARENT_SPACE)  # an error at ours: what is around that is not shown
            os.close(space)
            space = around
    finally:
        os.close(space)
    return False


def _open_files(process: int) -> Iterator[tuple[str, os.stat_result]]:
    with contextlib.suppress(OSError):
        for link in Path(f"/proc/{process}/fd").iterdir():
            with contextlib.suppress(OSError):
                name = str(link.readlink())
                if name.startswith(_IN_MEMORY):
                    yield name, link.stat()


def _mapped(process: int, files: set[File], device: int | None) -> int:
    """Return how many bytes a process alone has mapped of some files, and of a whole device."""
    total, ours = 0, False
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/smaps").read_text(encoding="utf-8", errors="replace").splitlines():
            word, _, rest = line.partition(" ")
            if not word.endswith(":"):
                where, inode = rest.split()[2:4]
                major, minor = (int(part, 16) for part in where.split(":"))
                on = os.makedev(major, minor)
                ours = on == device or (on, int(inode)) in files
            elif ours and word in {"Private_Clean:", "Private_Dirty:"}:
                total += 1024 * int(rest.split()[0])
    return total


def _listed() -> Iterator[File]:
    with contextlib.suppress(OSError):
        for entry in os.scandir(SHARED):
            with contextlib.suppress(OSError):
                about = entry.stat(follow_symlinks=False)
                yield about.st_dev, about.st_ino


def _device(path: str) -> int | None:
    with contextlib.suppress(OSError):
        return Path(path).stat().st_dev
    return None
