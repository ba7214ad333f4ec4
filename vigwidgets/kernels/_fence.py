"""What a run is fenced in with where Linux allows it: shared memory of its own, and a mark that it cannot take off.

A private mount namespace has a ``/dev/shm`` that nobody else sees and that goes with its last process; every process
that the run starts is in that namespace, whatever it does to leave its family, so the owner finds it (see `_traces`).
Without privileges a user namespace is needed for it. Where neither is allowed there is only the name in the
environment, which a program that is started with another environment does not bear.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path
from typing import Literal

__all__ = ["BLANK", "SHARED", "VARIABLE", "Way", "brand", "fence", "way_here"]

SHARED = "/dev/shm"  # noqa: S108 - where Linux keeps shared memory
VARIABLE = "VIG_RUN"
BLANK = "-" * 32
"""What the forking parent was started with as ``VIG_RUN``; a run overwrites it with its own word of that length."""

Way = Literal["root", "user", "none"]
_NEW_MOUNTS, _NEW_IPC, _NEW_USER = 0x00020000, 0x08000000, 0x10000000
_PRIVATE, _NO_SUID, _NO_DEVICES = 0x4000 | 1 << 18, 2, 4
_CAPABILITIES = 0x20080522  # the version of what `capset` takes
_SYSTEM_V = 16 << 20  # bytes of shared memory of the old kind, which no process shows as its own


def way_here() -> Way:
    """Find out, in a process that is gone afterwards, how a run can be fenced in here."""
    if sys.platform != "linux":
        return "none"
    ways: tuple[Way, ...] = ("root", "user")
    for way in ways:
        process = os.fork()
        if process == 0:
            held = False
            with contextlib.suppress(BaseException):
                held = fence(way, 1 << 20)
            os._exit(0 if held else 1)
        if os.waitpid(process, 0)[1] == 0:
            return way
    return "none"


def fence(way: Way, memory: int | None) -> bool:
    """Fence this process in; it must have one thread only.

    Args:
        way: What `way_here` said.
        memory: How many bytes its shared memory may be; None: as many as the system gives.

    Returns:
        Whether it has a ``/dev/shm`` of its own now.
    """
    if way == "none":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.geteuid(), os.getegid()
    if libc.unshare(_NEW_MOUNTS | _NEW_IPC | (_NEW_USER if way == "user" else 0)):
        return False
    if way == "user":
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    if libc.mount(b"none", b"/", None, _PRIVATE, None):
        return False  # a mount would be seen by everybody
    size = "" if memory is None else f",size={memory}"
    done = libc.mount(b"vig", SHARED.encode(), b"tmpfs", _NO_SUID | _NO_DEVICES, f"mode=1777{size}".encode())
    if memory is not None:
        with contextlib.suppress(OSError):
            pages = min(memory, _SYSTEM_V) // resource.getpagesize()
            Path("/proc/sys/kernel/shmall").write_text(str(pages), encoding="ascii")
    if way == "user":  # what it may do in its own namespace it could not do before, and needs no longer
        libc.capset((ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)())
    return not done


def brand(word: str) -> None:
    """Write a word where the system looks for this process's first environment, so that its forks bear it too."""
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_void_p
    address = libc.getenv(VARIABLE.encode())
    if address and len(word) == len(BLANK) and ctypes.string_at(address) == BLANK.encode():
        ctypes.memmove(address, word.encode(), len(word))
