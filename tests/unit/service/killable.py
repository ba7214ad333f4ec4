"""A service that a test can kill, and that starts again in a moment: each line read forks one from this process.

Run as ``python killable.py DATA``. For each line on standard input a child opens the data directory, serves our
routes on a port of its own, and prints ``pid port``.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.records import Records
from vigwidgets.service.routes import application
from vigwidgets.service.state import ServiceState


async def serve(data: Path) -> None:
    state = ServiceState(data, Records.open(data), FilmLibrary(data), load_course())
    # Nothing is handed in here, and a process that marks takes longer to start than these services live.
    state.grader.warm = lambda: None  # type: ignore[method-assign]
    sock, port = bind_unused_port()
    HTTPServer(application(state)).add_socket(sock)
    sys.stdout.write(f"{os.getpid()} {port}\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _ in sys.stdin:
        if os.fork() == 0:
            asyncio.run(serve(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
