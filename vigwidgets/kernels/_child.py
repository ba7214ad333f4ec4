"""What a fork does to become a kernel of its own: its environment, its directory, its chance, its IPython."""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import ClassVar

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp
from traitlets.config import Config

from vigwidgets.kernels._protocol import Start

__all__ = ["KernelApp", "become_kernel", "settle", "unlisted_modules"]

INLINE = "module://matplotlib_inline.backend_inline"
_PR_SET_PDEATHSIG = 1


def become_kernel(start: Start, parent: int) -> None:
    """Be a kernel until it is shut down.

    Args:
        start: The connection file's argument, the environment and the directory.
        parent: The process that forked this one; the kernel ends with it.
    """
    settle(start, parent)
    _run(start["arguments"])


def settle(start: Start, parent: int) -> None:
    """Make this fork a process of its own: its signals, its environment, its directory, its chance.

    Args:
        start: The environment and the directory.
        parent: The process that forked this one, and that it ends with.
    """
    gc.enable()
    os.setpgid(0, 0)
    for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
    _close_input()
    environment = dict(start["environment"])
    _end_with(parent, environment)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(start["directory"])
    _extend_path(environment.get("PYTHONPATH", ""))
    _look_here(environment)
    _reseed()
    _draw_inline()


def _close_input() -> None:
    """Let nobody read the parent's lifeline."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _end_with(parent: int, environment: dict[str, str]) -> None:
    """End this process when its parent does: by the system where it can, else by ipykernel's own watch."""
    environment["JPY_PARENT_PID"] = str(parent)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _extend_path(python_path: str) -> None:
    """Honour a PYTHONPATH that the parent was not started with."""
    for entry in reversed(python_path.split(os.pathsep)):
        if entry and entry not in sys.path:
            sys.path.insert(0, entry)


def _look_here(environment: dict[str, str]) -> None:
    """Find modules beside the notebook, as IPython lets any kernel, unless the environment forbids it.

    IPython leaves it out here because the parent was started so that nothing beside it can pose as a module.
    """
    if "" not in sys.path and not environment.get("PYTHONSAFEPATH"):
        packages = (at for at, entry in enumerate(sys.path) if entry.endswith(("site-packages", "dist-packages")))
        sys.path.insert(next(packages, 0), "")


def _reseed() -> None:
    """Give each kernel its own chance: forks would all draw the same numbers."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(int.from_bytes(os.urandom(4)))


def _draw_inline() -> None:
    """Show figures where they are drawn, unless the environment says otherwise; matplotlib reads it only once."""
    backend = os.environ.setdefault("MPLBACKEND", INLINE)
    matplotlib = sys.modules.get("matplotlib")
    # Setting it copies 2 MB of what is shared, so the parent has set the usual one; asking by `[]` would choose one.
    if matplotlib and dict.__getitem__(matplotlib.rcParams, "backend") != backend:
        matplotlib.rcParams["backend"] = backend


def _run(arguments: list[str]) -> None:
    KernelApp.clear_instance()
    app = KernelApp.instance()
    sys.argv = ["ipykernel_launcher", *arguments]
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    try:
        app.start()  # type: ignore[no-untyped-call]
    finally:
        app.finish_reply()
        atexit._run_exitfuncs()


class KernelApp(IPKernelApp):
    """ipykernel's application, without what a forked kernel has no use for."""

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """Take the connection file; the whole parser would touch, and so copy, 3 MB of what is shared."""
        if argv is None or len(argv) != 2 or argv[0] != "-f":
            raise SystemExit(f"A forked kernel is started with -f CONNECTION_FILE, not with {argv}.")
        self.update_config(
            Config(
                HistoryManager={"enabled": False},  # no file, no thread that saves it
                IPKernelApp={
                    "capture_fd_output": False,  # no pipes and threads that watch the descriptors
                    "parent_handle": os.getppid(),  # somebody started us: no advice about Ctrl+C
                },
            )
        )
        self.connection_file = argv[1]

    def _configure_logging(self) -> None:
        """Leave logging as it is: warnings go to standard error, and that is all a kernel has to log."""

    def init_config_files(self) -> None:
        """Stage no configuration; see `init_code`."""

    def load_config_file(self, *_: object, **__: object) -> None:
        """Read no configuration; see `init_code`."""

    def init_code(self) -> None:
        """Run no start-up files: a page and a mark do not depend on what somebody keeps in an IPython profile."""
        if self.shell:
            self.shell.user_ns_hidden.update(self.shell.user_ns)

    def init_poller(self) -> None:
        """Watch nothing on Linux, where the system ends this process with its parent."""
        if sys.platform != "linux":
            super().init_poller()

    def finish_reply(self) -> None:
        """Let the control thread send its last reply while the thread of the output, which it waits for, still runs."""
        if self.control_thread and self.control_thread.is_alive():
            self.control_thread.stop()
            self.control_thread.join(1)

    def init_kernel(self) -> None:
        """Start the kernel without its list of every module's file."""
        with unlisted_modules():
            super().init_kernel()  # type: ignore[no-untyped-call]


@contextmanager
def unlisted_modules() -> Iterator[None]:
    """Let a kernel begin without its list of every module's file, which only a debugger reads.

    Making the list touches each of 1,700 modules, and so copies 6 MB of what is shared.
    """
    setattr(ipkernel, "sys", _NoModules())  # noqa: B010 - no type checker should believe this
    try:
        yield
    finally:
        setattr(ipkernel, "sys", sys)  # noqa: B010


class _NoModules:
    """The module `sys`, in which nothing has been imported."""

    modules: ClassVar[dict[str, ModuleType]] = {}

    def __getattr__(self, name: str) -> object:
        return getattr(sys, name)
