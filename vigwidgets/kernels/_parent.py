"""The forking parent: a process that has everything imported and turns copies of itself into kernels.

Run as ``python -P -m vigwidgets.kernels._parent FD``, where FD is a listening Unix socket. It stays single-threaded
and opens neither an event loop nor a ZeroMQ context, so that a fork of it is sound. It ends when its standard input
does, which is when the process that started it has gone, and takes its kernels with it.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import selectors
import shutil
import signal
import socket
import sys
import threading
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from vigwidgets.kernels._family import end_family
from vigwidgets.kernels._fence import Way, way_here
from vigwidgets.kernels._protocol import Lines, Message, Start, pack
from vigwidgets.kernels._traces import Traces

__all__ = ["Parent", "main", "preload", "warm"]

# What a page's or a report's kernel imports anyway, with what those import only when they are first used.
_PRELOADED = (
    "pandas",
    "pandas.io.formats.html",
    "pandas.io.formats.string",
    "pandas.io.formats.style",
    "ipykernel.ipkernel",
    "vigwidgets.kernels._child",
    "vigwidgets.kernels._runner",
    "ipykernel.zmqshell",
    "ipykernel.comm.comm",
    "ipykernel.comm.manager",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "matplotlib_inline.config",
    "ipywidgets",
    "anywidget",
    "vigwidgets.widgets",
    "vigwidgets.notebook",
    "vigwidgets.grading.report",
    "vigwidgets.observations",
    "vigwidgets.schemes",
    "jupyter_client.jsonutil",
    "argcomplete.completers",
    "traitlets.config.argcomplete_config",
    "encodings.idna",
    "faulthandler",
    "tornado.platform.asyncio",
    "tornado.queues",
    "nest_asyncio2",
)


def preload() -> list[str]:
    """Import what kernels share and return the names that are not installed here."""
    missing = []
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")  # matplotlib reads it only once
    # ipykernel asks once whether there is a debugger; one in every kernel would cost 40 MB and half a second.
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    for name in _PRELOADED:
        try:
            importlib.import_module(name)
        except ImportError:
            missing.append(name)
    del sys.modules["debugpy"]
    # It asks for the shell when it is imported, and there is none yet: each kernel imports it for itself.
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    return missing


def warm() -> None:
    """Do once what every kernel would do first, so that what comes of it is shared too."""
    from vigwidgets.schemes import available_schemes, load_scheme  # noqa: PLC0415 - the parent alone needs them here

    for scheme in available_schemes():
        load_scheme(scheme)
    if pandas := sys.modules.get("pandas"):
        frame = pandas.DataFrame({"a": [1, 1, 2], "b": [0.5, 1.5, 2.5], "c": ["x", "y", "z"]})
        for shown in (frame, frame.groupby("a").b.mean(), frame.describe()):
            repr(shown)
        frame.to_html()


@dataclass
class _Kernel:
    """A connection, and the kernel that lives as long as it."""

    link: socket.socket
    lines: Lines = field(default_factory=Lines)
    pid: int = 0
    word: str = ""  # a run's
    files: list[int] = field(default_factory=list)  # what came with the start of a run

    def drop_files(self) -> None:
        """Close what only the fork needs."""
        while self.files:
            os.close(self.files.pop())


class Parent:
    """Serves one listening socket until ``lifeline`` is closed at its other end.

    Args:
        listener: A listening Unix socket.
        lifeline: The descriptor whose end means that nobody needs kernels any longer.
        way: How runs can be fenced in here.
    """

    def __init__(self, listener: socket.socket, lifeline: int, way: Way = "none") -> None:
        self._way = way
        self._listener = listener
        self._lifeline = lifeline
        self._selector = selectors.DefaultSelector()
        self._kernels: dict[int, _Kernel] = {}  # by the descriptor of the connection
        self._wake_read, self._wake_write = socket.socketpair()
        for end in (self._wake_read, self._wake_write, self._listener):
            end.setblocking(False)

    def serve(self) -> None:
        """Start kernels until the lifeline ends, then end them all."""
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only so that the wake-up descriptor hears of it
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in the terminal is for the one that started us
        signal.set_wakeup_fd(self._wake_write.fileno(), warn_on_full_buffer=False)
        for watched in (self._listener, self._wake_read, self._lifeline):
            self._selector.register(watched, selectors.EVENT_READ)
        try:
            while self._turn():
                pass
        finally:
            signal.set_wakeup_fd(-1)
            for kernel in list(self._kernels.values()):
                self._end(kernel)

    def _turn(self) -> bool:
        """Answer what has happened; return whether to go on."""
        for key, _ in self._selector.select():
            if key.fd == self._lifeline:
                if not os.read(self._lifeline, 1024):
                    return False
            elif key.fileobj is self._listener:
                self._welcome()
            elif key.fileobj is self._wake_read:
                with contextlib.suppress(BlockingIOError):
                    self._wake_read.recv(4096)
                self._reap()
            elif kernel := self._kernels.get(key.fd):
                self._hear(kernel)
        return True

    def _welcome(self) -> None:
        try:
            link, _ = self._listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return
        self._kernels[link.fileno()] = _Kernel(link)
        self._selector.register(link, selectors.EVENT_READ)

    def _hear(self, kernel: _Kernel) -> None:
        try:
            piece, files, _, _ = socket.recv_fds(kernel.link, 1 << 16, 3)
            kernel.files += files
            messages = kernel.lines.feed(piece) if piece else None
        except (OSError, ValueError):
            messages = None
        if messages is None:
            self._part(kernel)
            return
        for message in messages:
            if "start" in message and not kernel.pid:
                self._start(kernel, message["start"])
            elif "signal" in message:
                self._signal(kernel, message["signal"])

    def _start(self, kernel: _Kernel, start: Start) -> None:
        if not Path(start["directory"]).is_dir():
            self._tell(kernel, {"refused": f"The kernel's directory {start['directory']!r} does not exist."})
            return
        try:
            pid = os.fork()
        except OSError as error:
            self._tell(kernel, {"refused": f"No further process can be started: {error.strerror}."})
            return
        if pid == 0:
            self._become(start, kernel.files)
        kernel.drop_files()
        kernel.pid = pid
        kernel.word = start["run"]["word"] if "run" in start else ""
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)  # in both processes, so that neither can be too early with a signal
        self._tell(kernel, {"pid": pid})

    def _become(self, start: Start, files: list[int]) -> None:
        """Turn this fork into a kernel; it never returns."""
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            self._selector.close()
            for end in (self._listener, self._wake_read, self._wake_write, *(k.link for k in self._kernels.values())):
                end.close()
            # They import ipykernel: see `preload`.
            if "run" in start:
                from vigwidgets.kernels._runner import become_runner  # noqa: PLC0415

                become_runner(start, os.getppid(), files, self._way)
            else:
                from vigwidgets.kernels._child import become_kernel  # noqa: PLC0415

                become_kernel(start, os.getppid())
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        except BaseException:  # whatever it was, this process must not go on as a second parent
            traceback.print_exc()
        finally:
            with contextlib.suppress(BaseException):
                sys.stdout.flush()
                sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for kernel in self._kernels.values():
                if kernel.pid == pid:
                    kernel.pid = -1  # its number may belong to another process from now on
                    self._tell(kernel, {"exit": os.waitstatus_to_exitcode(status)})

    def _signal(self, kernel: _Kernel, number: int) -> None:
        if kernel.pid > 0:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(kernel.pid, number)

    def _end(self, kernel: _Kernel) -> None:
        """End a kernel whose owner has gone; of a run, which may have started anything, all that is left."""
        if kernel.pid > 0 and kernel.word:
            traces = Traces(kernel.pid, kernel.word)
            end_family(kernel.pid)
            self._signal(kernel, signal.SIGKILL)
            traces.end()
            traces.close()
        self._signal(kernel, signal.SIGKILL)

    def _tell(self, kernel: _Kernel, message: Message) -> None:
        with contextlib.suppress(OSError):  # an owner that has gone is noticed when its end is read
            kernel.link.sendall(pack(message))

    def _part(self, kernel: _Kernel) -> None:
        self._end(kernel)
        self._selector.unregister(kernel.link)
        del self._kernels[kernel.link.fileno()]
        kernel.link.close()
        kernel.drop_files()


def main() -> None:
    """Import, freeze what was imported, and serve."""
    gc.disable()  # a collection would leave holes all over memory, and a kernel's first objects would copy each page
    listener = socket.socket(fileno=int(sys.argv[1]))
    preload()
    warm()
    if threading.active_count() != 1:
        names = ", ".join(thread.name for thread in threading.enumerate())
        raise SystemExit(f"The forking parent has threads ({names}), so a fork of it would not be sound.")
    gc.freeze()  # what is shared is not touched, and so not copied, by a kernel's garbage collector
    address = Path(listener.getsockname())
    Parent(listener, 0, way_here()).serve()
    if address.exists():  # an owner that ends in order takes its sockets away itself; one that was killed could not
        shutil.rmtree(address.parent, ignore_errors=True)


if __name__ == "__main__":
    main()
