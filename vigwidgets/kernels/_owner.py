"""The owner's side: start a forking parent, ask it for kernels, and hold each by its socket."""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from vigwidgets.errors import VigError
from vigwidgets.kernels._environment import harmless_environment
from vigwidgets.kernels._fence import BLANK, VARIABLE
from vigwidgets.kernels._protocol import Lines, Message, Start, pack

__all__ = [
    "ForkParent",
    "ForkedKernel",
    "KernelNotStarted",
    "ask",
    "lend_parent",
    "run_folder",
    "shared_parent",
    "socket_path",
]

_DYING = 5.0  # seconds
_STARTING = 60.0  # seconds: the parent's imports, on a cold disk
# One malloc arena and one BLAS thread: what a kernel needs of its own is then what it really uses.
_FRUGAL = {
    "MALLOC_ARENA_MAX": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class KernelNotStarted(VigError):
    """The forking parent could not start a kernel; the sentence says why."""


class ParentGone(KernelNotStarted):
    """The forking parent that was asked is dead: another has to be started."""


class ForkedKernel:
    """One forked kernel, held by its socket; close the socket and the kernel ends.

    The methods follow :class:`subprocess.Popen`. None of them waits, except :meth:`wait`.

    Attributes:
        pid: The process.
        returncode: None while it runs, as far as is known.
        orphaned: Whether it ended because its parent did, through no fault of its own.
    """

    def __init__(self, link: socket.socket, pid: int, lines: Lines) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.orphaned = False
        self._link = link
        self._lines = lines
        link.setblocking(False)

    def poll(self) -> int | None:
        """Return None while the kernel runs, then its exit code (minus the signal that ended it)."""
        while self.returncode is None:
            try:
                piece = self._link.recv(1 << 16)
            except BlockingIOError:
                return None
            except OSError:
                piece = b""
            self.orphaned = not piece  # the parent is gone, and took it along
            self._hear([{"exit": -9}] if self.orphaned else self._lines.feed(piece))
        return self.returncode

    def wait(self, timeout: float) -> int | None:
        """Return the exit code as soon as there is one, or None after ``timeout`` seconds."""
        end = time.monotonic() + timeout
        while self.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the kernel and the processes it has started."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._link.send(pack({"signal": number}))

    def close(self) -> None:
        """Let go of the kernel; one that still runs is killed."""
        self._link.close()

    def _hear(self, messages: list[Message]) -> None:
        for message in messages:
            if "exit" in message:
                self.returncode = message["exit"]
                self._link.close()  # now, and not when somebody has collected the kernel: nobody may


class ForkParent:
    """A forking parent process and the socket at which it listens.

    It ends with the process that started it. Kernels may be asked for at once: they wait for the parent's imports.
    """

    def __init__(self) -> None:
        self.address = socket_path("parent")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(128)
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "vigwidgets.kernels._parent", str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=sys.__stderr__ if sys.__stderr__ is not None else subprocess.DEVNULL,
                # A fork shows the environment that its parent was started with to whoever may look at the process,
                # whatever it is given afterwards.
                env=harmless_environment() | _FRUGAL | {VARIABLE: BLANK},
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )

    def start_kernel(self, arguments: list[str], environment: dict[str, str], directory: str) -> ForkedKernel:
        """Fork a kernel; takes milliseconds once the parent has imported what it shares.

        Args:
            arguments: What ipykernel is started with, usually ``["-f", connection_file]``.
            environment: The kernel's whole environment.
            directory: Where it works.

        Raises:
            KernelNotStarted: The parent is gone, or could not fork.
        """
        return start_kernel(self.address, {"arguments": arguments, "environment": environment, "directory": directory})

    def stop(self) -> None:
        """End the parent and every kernel of it."""
        Path(self.address).unlink(missing_ok=True)
        if self.process.stdin:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def start_kernel(address: str, start: Start, files: Sequence[int] = ()) -> ForkedKernel:
    """Ask the parent that listens at ``address`` for a kernel.

    Args:
        address: Its socket's name.
        start: What the kernel is started with.
        files: Descriptors that it is given.

    Raises:
        ParentGone: Nobody listens there any more.
        KernelNotStarted: The parent refused, or did not answer.
    """
    link = socket.socket(socket.AF_UNIX)
    lines = Lines()
    messages: list[Message] = []
    try:
        link.settimeout(_STARTING)
        link.connect(address)
        asked = pack({"start": start})
        sent = socket.send_fds(link, [asked], list(files)) if files else 0
        link.sendall(asked[sent:])
        while not messages:
            piece = link.recv(1 << 16)
            if not piece:
                raise ConnectionResetError("the forking parent ended")
            messages = lines.feed(piece)
    except (ConnectionError, FileNotFoundError) as error:
        link.close()
        raise ParentGone(f"No kernel could be started: {error}.") from error
    except OSError as error:
        link.close()
        raise KernelNotStarted(f"No kernel could be started: {error}.") from error
    first, *rest = messages
    if "pid" not in first:
        link.close()
        raise KernelNotStarted(first.get("refused", "The forking parent gave an answer that is not known here."))
    kernel = ForkedKernel(link, first["pid"], lines)
    kernel._hear(rest)
    return kernel


_lock = threading.Lock()
_folders: dict[int, str] = {}  # by process: a fork of this one must neither use nor remove what is its parent's
_parents: dict[int, ForkParent] = {}
_lent: dict[int, str] = {}  # by process as well: the address of a parent that another process holds


def socket_path(kind: str) -> str:
    """Return a new name for a Unix socket, in a folder that only this user may enter and that goes with the process."""
    folder = _folders.get(os.getpid())
    if folder is None:
        folder = _folders[os.getpid()] = tempfile.mkdtemp(prefix="vig-")
        atexit.register(_tidy, os.getpid())
    return str(Path(folder) / f"{kind}-{secrets.token_hex(5)}")


def shared_parent() -> ForkParent:
    """Return this process's forking parent, started now if there is none, or again if it has died."""
    with _lock:
        parent = _parents.get(os.getpid())
        if parent is None or parent.process.poll() is not None:
            if parent is not None:
                parent.stop()
            parent = _parents[os.getpid()] = ForkParent()
        return parent


def ask(start: Start, files: Sequence[int] = ()) -> ForkedKernel:
    """Ask for a kernel: the parent that this process was lent, else its own, and once more if that died just now.

    Raises:
        KernelNotStarted: The forking parent is gone twice running, or could not fork.
    """
    if lent := _lent.get(os.getpid()):
        try:
            return start_kernel(lent, start, files)
        except ParentGone:
            # Whoever lent it may live on, and its socket's name with it: that name says nothing of the parent.
            _lent.pop(os.getpid(), None)
    parent = shared_parent()
    try:
        return start_kernel(parent.address, start, files)
    except ParentGone:
        with contextlib.suppress(subprocess.TimeoutExpired):
            parent.process.wait(_DYING)  # its sockets close a moment before it can be seen to be dead
        return start_kernel(shared_parent().address, start, files)


def run_folder() -> str:
    """Return a new folder for a run; if this process is killed, it goes with the forking parent."""
    lent = _lent.get(os.getpid(), "")
    home = Path(lent).parent if Path(lent).exists() and lent else Path(shared_parent().address).parent
    return tempfile.mkdtemp(prefix="run-", dir=home)


def lend_parent(address: str) -> None:
    """Let this process ask for kernels at another process's forking parent, as long as that is there."""
    _lent[os.getpid()] = address


def _tidy(process: int) -> None:
    """Leave nothing behind."""
    if process == os.getpid():
        if parent := _parents.pop(process, None):
            parent.stop()
        shutil.rmtree(_folders.pop(process), ignore_errors=True)
