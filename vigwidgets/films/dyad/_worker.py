"""A process that draws every n-th frame of a film and writes it, raw, to its standard output."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vigwidgets.errors import VigError
from vigwidgets.films.dyad._model import Script

__all__ = ["Studio"]

_ROOT = Path(__file__).resolve().parents[3]


class Studio:
    """Several drawing processes; frames come out in order.

    A process of its own for each, started afresh: threads would share one interpreter, and a fork of a process
    that has threads is not safe.

    Args:
        script: A script that has been checked.
        size: Width and height in pixels.
        workers: How many processes draw.
        second: Draw the second, synchronous picture.
    """

    def __init__(self, script: Script, size: tuple[int, int], workers: int, *, second: bool = False) -> None:
        self._size = size
        self._workers = max(1, min(workers, script.frames))
        told = {
            "script": script.model_dump(mode="json", by_alias=True),
            "size": size,
            "step": self._workers,
            "second": second,
        }
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
        self._processes: list[subprocess.Popen[bytes]] = []
        for first in range(self._workers):
            process = subprocess.Popen(
                [sys.executable, "-m", "vigwidgets.films.dyad._worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
            )
            self._processes.append(process)
            stdin: Any = process.stdin
            with suppress(AttributeError, OSError):  # room for a frame or more, where the system gives it
                fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 1 << 20)  # type: ignore[arg-type]
            stdin.write(json.dumps({**told, "first": first}).encode())
            stdin.close()

    def frame(self, k: int) -> NDArray[np.uint8]:
        """Return frame ``k``, height × width × 3; ask for each frame once, in order."""
        width, height = self._size
        process = self._processes[k % self._workers]
        stdout: Any = process.stdout
        raw = stdout.read(width * height * 3)
        if len(raw) < width * height * 3:
            raise VigError(f"The process that draws frame {k} ended early (code {process.wait()}).")
        return np.frombuffer(raw, np.uint8).reshape(height, width, 3)

    def __enter__(self) -> Studio:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            if process.stdout is not None:
                process.stdout.close()
            if process.poll() is None:
                process.kill()
            process.wait()


def main() -> None:
    """Draw what standard input asks for."""
    from vigwidgets.films.dyad._painter import Painter  # noqa: PLC0415 - the parent needs no drawing library

    told = json.loads(sys.stdin.buffer.read())
    script = Script.model_validate(told["script"])
    painter = Painter(script, tuple(told["size"]), second=told.get("second", False))
    out = sys.stdout.buffer
    try:
        for k in range(told["first"], script.frames, told["step"]):
            out.write(painter.frame(k).data)
        out.flush()
    except BrokenPipeError:
        # The parent has stopped reading; nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
