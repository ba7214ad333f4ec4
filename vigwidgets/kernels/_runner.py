"""What a fork does to run one notebook: ipykernel's own kernel, with a socket in the place of ZeroMQ.

The shell, its magics, its displays, comms and errors are the ones of a Jupyter kernel; only the way out of the process
is another. No thread and no second socket is needed, and nothing is waited for.
"""

from __future__ import annotations

import asyncio
import atexit
import ctypes
import faulthandler
import inspect
import os
import resource
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.jsonutil import json_clean
from IPython.core.profiledir import ProfileDir
from jupyter_client.jsonutil import json_default
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config

from vigwidgets.kernels._child import KernelApp, settle, unlisted_modules
from vigwidgets.kernels._fence import Way, brand, fence
from vigwidgets.kernels._frames import Frames, framed
from vigwidgets.kernels._protocol import Start
from vigwidgets.kernels._streams import Stream

__all__ = ["become_runner"]

_PR_SET_CHILD_SUBREAPER = 36
_PIECE = 1 << 16


class LinkSession(Session):
    """Sends each message down one socket."""

    link: socket.socket
    lock: threading.Lock

    def send(
        self,
        stream: object,  # noqa: ARG002 - whichever channel it is for: the owner reads them all
        msg_or_type: dict[str, Any] | str,
        content: dict[str, Any] | None = None,
        parent: dict[str, Any] | None = None,
        ident: object = None,  # noqa: ARG002
        buffers: list[Any] | None = None,
        track: bool = False,  # noqa: ARG002
        header: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        """Send a message; a fork of this process sends none, for it would talk in between."""
        if os.getpid() != self.pid:
            return None
        if isinstance(msg_or_type, dict):
            message = msg_or_type
            buffers = buffers or message.get("buffers")
        else:
            message = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        body = {name: value for name, value in message.items() if name != "buffers"}
        try:
            frame = framed(body, buffers or [], json_default)
        except (TypeError, ValueError):
            frame = framed(json_clean(body), buffers or [])  # type: ignore[no-untyped-call]
        with self.lock:
            self.link.sendall(frame)
        return message


class RunKernel(IPythonKernel):
    """ipykernel's kernel, without what belongs to its sockets."""

    _execute_sleep = 0.0  # it waits for a thread that is not there

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Abort nothing: the owner asks for one cell at a time and stops by itself."""

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False


def become_runner(start: Start, parent: int, files: list[int], way: Way) -> None:
    """Run the cells that the owner sends, then wait to be ended.

    Args:
        start: The environment, the directory, and the run's limits.
        parent: The process that forked this one.
        files: The socket to the owner, standard output, standard error.
        way: How it can be fenced in here.
    """
    about = start["run"]
    brand(about["word"])
    if about["fence"]:
        fence(way, about["memory"])
    settle(start, parent)
    channel, *outputs = files
    for number, output in enumerate(outputs, start=1):
        os.dup2(output, number)
        os.close(output)
    faulthandler.enable(file=2)
    tempfile.tempdir = None  # the parent's; TMPDIR says another
    if sys.platform == "linux":
        # What loses its parent becomes this process's child: so the owner can find, and end, all that was started.
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    _limit(about["memory"])
    session = LinkSession(username="run", check_pid=False)
    session.link, session.lock = socket.socket(fileno=channel), threading.Lock()
    os.set_inheritable(session.link.fileno(), False)
    sys.stdout, sys.stderr = Stream(session, "stdout", 1), Stream(session, "stderr", 2)
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    ended = loop.run_until_complete(_serve(_kernel(session), session))
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    session.send(None, "run_ended", {"exited": ended == "exited"})
    while True:  # the owner ends what is left here with everything that it started
        signal.pause()


def _limit(memory: int | None) -> None:
    """Allow so many bytes more than what is shared already, and no picture of the memory after a crash."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory is not None and sys.platform == "linux":
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _kernel(session: LinkSession) -> RunKernel:
    """Return a kernel, set up as ipykernel's application sets up its own."""
    KernelApp.clear_instance()
    RunKernel.clear_instance()
    app = KernelApp.instance()
    app.update_config(Config(HistoryManager={"enabled": False}))
    sys.argv = ["ipykernel_launcher"]
    profile = Path(tempfile.gettempdir()) / "profile"
    with unlisted_modules():
        kernel = RunKernel.instance(
            parent=app,
            session=session,
            log=app.log,
            profile_dir=ProfileDir.create_profile_dir(str(profile)),  # type: ignore[no-untyped-call]
            shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
        )
    app.kernel, app.shell = kernel, kernel.shell
    app.init_path()  # type: ignore[no-untyped-call]
    app.init_extensions()  # type: ignore[no-untyped-call]
    app.init_code()
    return kernel


async def _serve(kernel: RunKernel, session: LinkSession) -> str:
    """Answer requests one after the other; return why there are no more."""
    kernel.io_loop = IOLoop.current()  # the one that runs: cells that await run on it
    loop = asyncio.get_running_loop()
    inbox: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    frames = Frames()

    def hear() -> None:
        piece = session.link.recv(_PIECE)
        for message in frames.feed(piece) if piece else [None]:
            inbox.put_nowait(message)
        if not piece:
            loop.remove_reader(session.link)

    loop.add_reader(session.link, hear)
    session.send(None, "run_ready", {"language_info": kernel.language_info})
    while (message := await inbox.get()) is not None:
        kind = message["header"]["msg_type"]
        if kind == "shutdown_request":
            return "asked"
        kernel.set_parent([b"run"], message)  # type: ignore[no-untyped-call]
        kernel._publish_status("busy", "shell")  # type: ignore[no-untyped-call]
        answer = kernel.shell_handlers[kind](None, [b"run"], message)
        if inspect.isawaitable(answer):
            await answer
        sys.stdout.flush()
        sys.stderr.flush()
        kernel._publish_status("idle", "shell", parent=message)  # type: ignore[no-untyped-call]
        if getattr(kernel.shell, "exit_now", False):
            return "exited"
    os._exit(1)  # the owner is gone
