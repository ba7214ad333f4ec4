"""A run: a process forked for one notebook, with limits, that is gone without a trace afterwards."""

from __future__ import annotations

import codecs
import contextlib
import os
import selectors
import shutil
import signal
import socket
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

from vigwidgets.errors import VigError
from vigwidgets.kernels._family import descendants, end_family, memory_of
from vigwidgets.kernels._fence import VARIABLE
from vigwidgets.kernels._frames import Frames, TooMuch, framed
from vigwidgets.kernels._owner import ForkedKernel, ask, run_folder
from vigwidgets.kernels._traces import Traces

__all__ = ["Limits", "Run", "RunEnded"]

_PIECE = 1 << 18
_WATCH = 0.1  # seconds between two looks at how much there is of a run
_FENCE = True
_STARTING = 60.0  # seconds until its kernel is ready; that is not the notebook's time
_ENDING = 5.0  # seconds that a run has to run what it registered for its end

Message = dict[str, Any]
Ending = Literal["time", "memory", "processes", "output", "crash", "exit", "orphan"]


@dataclass(frozen=True)
class Limits:
    """What a run may take; None: as much as it likes.

    Attributes:
        cell_seconds: For one cell.
        run_seconds: For all of them, counted from when the notebook can begin.
        memory: Bytes of its own, beyond what it shares with its parent; shared memory counts.
        processes: How many further processes at once.
        output: Bytes of outputs.
        lines: Lines of outputs; a notebook is kept line by line, so that many short ones weigh more than their bytes.
    """

    cell_seconds: float | None = None
    run_seconds: float | None = None
    memory: int | None = None
    processes: int | None = 256
    output: int | None = 512 << 20
    lines: int | None = 500_000


class RunEnded(VigError):
    """A run ended before its notebook did; the sentence says why.

    Attributes:
        kind: ``time``, ``memory``, ``processes``, ``output``, ``crash``, ``exit``, or ``orphan``: through no fault of
            its own, so that it may be run again.
    """

    def __init__(self, kind: Ending, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind


class Run:
    """A process for one notebook. Use it as a context: leaving it ends the process and all that it started.

    Args:
        directory: Where it works.
        limits: What it may take.
        environment: Its whole environment; None: this process's. ``TMPDIR`` is a folder of its own in any case, which
            goes with it, and ``VIG_RUN`` a word that its processes are known by.

    Attributes:
        language_info: What a notebook's metadata says of the language.
        pid: The process.

    Raises:
        KernelNotStarted: No process could be forked.
        RunEnded: It did not get ready.
    """

    def __init__(self, directory: str, limits: Limits | None = None, environment: dict[str, str] | None = None) -> None:
        self.limits = limits or Limits()
        self._scratch = run_folder()
        self._started: float | None = None  # until the kernel is ready: what it loads is not the notebook's time
        self._traces: Traces | None = None
        self._word = uuid.uuid4().hex
        self._frames = Frames(self.limits.output or 1 << 32)
        self._selector = selectors.DefaultSelector()
        self._waiting: list[Message] = []
        self._request = ""
        self._heard = self._lines = 0
        self._gone = False
        self._readers: dict[int, tuple[str, codecs.IncrementalDecoder]] = {}
        try:
            self._kernel = self._fork(directory, dict(os.environ if environment is None else environment))
            self.pid = self._kernel.pid
        except BaseException:
            self._release()
            raise
        try:
            self.language_info = self._until("run_ready")["content"]["language_info"]
            self._traces = Traces(self.pid, self._word)
            self._started = time.monotonic()
        except BaseException:
            self.close()
            raise

    def _fork(self, directory: str, environment: dict[str, str]) -> ForkedKernel:
        environment |= {"TMPDIR": self._scratch, VARIABLE: self._word}
        self._link, theirs = socket.socketpair()
        given = [theirs.detach()]
        try:
            for name in ("stdout", "stderr"):
                ours, end = os.pipe()
                given.append(end)
                os.set_blocking(ours, False)
                self._readers[ours] = name, codecs.getincrementaldecoder("utf-8")("replace")
            for number in (self._link.fileno(), *self._readers):
                self._selector.register(number, selectors.EVENT_READ)
            return ask(
                {
                    "arguments": [],
                    "environment": environment,
                    "directory": directory,
                    "run": {"memory": self.limits.memory, "fence": _FENCE, "word": self._word},
                },
                given,
            )
        finally:
            for number in given:
                os.close(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def send(self, kind: str, content: Message, parent: Message | None = None) -> str:
        """Send a request and return its id. It must be answered before the next: see `replies`.

        Args:
            kind: Jupyter's type of message, as ``execute_request``.
            content: Its content.
            parent: The header of the message that it belongs to.

        Raises:
            RunEnded: The run has ended meanwhile.
        """
        message_id = uuid.uuid4().hex
        header = {"msg_id": message_id, "msg_type": kind, "session": "run", "username": "run", "version": "5.4"}
        message = {"header": header, "parent_header": parent or {}, "metadata": {}, "content": content}
        self._request = message_id
        try:
            self._link.sendall(framed(message))
        except OSError:
            raise self._fallen() from None
        return message_id

    def replies(self, request: str, seconds: float | None = None) -> Iterator[Message]:
        """Yield what a request brings; the last is the message that all is done.

        Args:
            request: Its id.
            seconds: How long it may take; None: what the limits say of a cell.

        Raises:
            RunEnded: A limit was reached, or the process ended.
        """
        allowed = self.limits.cell_seconds if seconds is None else seconds
        end = None if allowed is None else time.monotonic() + allowed
        while True:
            message = self._next(end, allowed)
            if message["msg_type"] == "run_ended":
                raise self._fallen()
            mine = message["parent_header"].get("msg_id") == request
            if mine and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                yield from self._drain()
                yield message
                return
            if mine:
                yield message

    def _until(self, kind: str) -> Message:
        said: list[str] = []
        try:
            end = time.monotonic() + _STARTING
            while (message := self._next(end, _STARTING))["msg_type"] != kind:
                said += [message["content"]["text"]] if message["msg_type"] == "stream" else []
        except RunEnded as ended:
            last = "".join(said).strip().splitlines()[-1:]
            raise RunEnded(ended.kind, " ".join([str(ended), *last])) from None
        return message

    def _next(self, end: float | None, allowed: float | None) -> Message:
        """Return the next message; look at the clock and the limits meanwhile."""
        look = time.monotonic() + _WATCH
        while not self._waiting:
            self._listen(_WATCH if end is None else max(0.0, min(_WATCH, end - time.monotonic())))
            now = time.monotonic()
            if end is not None and now >= end and not self._waiting:
                raise self._stopped("time", f"A cell took longer than the {_span(allowed)} that it may.")
            most = self.limits.run_seconds
            if most is not None and self._started is not None and now - self._started >= most:
                raise self._stopped("time", f"It took longer than the {_span(most)} that it may.")
            if now >= look:
                if self._kernel.poll() is not None:
                    self._last_words()  # a fork of it may hold its ends open, so that they tell of no end
                    continue
                self._watch()
                look = time.monotonic() + _WATCH
        return self._waiting.pop(0)

    def _listen(self, seconds: float) -> None:
        ready = [key.fd for key, _ in self._selector.select(seconds)]
        for number in ready:
            if number in self._readers:
                self._waiting += self._read(number)
        if self._link.fileno() in ready:
            try:
                piece = self._link.recv(_PIECE)
            except ConnectionResetError:
                piece = b""
            if not piece:
                self._last_words()
                return
            self._count(len(piece))
            try:
                messages = self._frames.feed(piece)
            except TooMuch:
                raise self._too_long() from None
            for message in messages:
                message["msg_type"] = message["header"]["msg_type"]
                self._count(0, _lines(message["content"]))
                self._gone = self._gone or message["msg_type"] == "run_ended"
                self._waiting.append(message)

    def _last_words(self) -> None:
        """Let what was said before the end belong to the notebook; once there is nothing more, say how it ended."""
        last = self._drain()
        if not last:
            raise self._fallen()
        self._waiting += last

    def _drain(self) -> list[Message]:
        """Return what has been written to the descriptors until now."""
        return [message for number in list(self._readers) for message in self._read(number)]

    def _read(self, number: int) -> list[Message]:
        name, decoder = self._readers[number]
        found = []
        with contextlib.suppress(BlockingIOError):
            while piece := os.read(number, _PIECE):
                self._count(len(piece))
                if text := decoder.decode(piece):
                    self._count(0, _lines(text))
                    found.append(self._spoken(name, text))
                if len(piece) < _PIECE:
                    return found
            self._selector.unregister(number)
            del self._readers[number]
            os.close(number)
        return found

    def _spoken(self, name: str, text: str) -> Message:
        return {
            "msg_type": "stream",
            "header": {"msg_type": "stream", "msg_id": uuid.uuid4().hex},
            "parent_header": {"msg_id": self._request},
            "content": {"name": name, "text": text},
            "buffers": [],
        }

    def _count(self, size: int, lines: int = 0) -> None:
        self._heard += size
        self._lines += lines
        if self.limits.output is not None and self._heard > self.limits.output:
            raise self._too_long()
        if self.limits.lines is not None and self._lines > self.limits.lines:
            raise self._stopped("output", f"Its outputs are more than the {self.limits.lines} lines that they may be.")

    def _too_long(self) -> RunEnded:
        return self._stopped(
            "output", f"Its outputs are more than the {_megabytes(self.limits.output)} that they may be."
        )

    def _watch(self) -> None:
        """Look at the family: one process is held by the system's own limit; several, and shared memory, are not."""
        most = self.limits.processes
        family = descendants(self.pid, 10_000 if most is None else most + 1)
        if most is not None and len(family) > most:
            raise self._stopped("processes", f"It started more than the {most} processes that it may.")
        memory, everybody = self.limits.memory, [self.pid, *family]
        if memory is None or self._traces is None:
            return
        shared = self._traces.shared_memory(everybody)
        if not shared and not family:
            return
        held = [memory_of(process) for process in everybody]
        taken = shared + sum(own for own, _ in held)
        at_most = taken + sum(mapped for _, mapped in held)
        if at_most > memory and taken + self._traces.miscounted(everybody) > memory:
            raise self._stopped("memory", f"It took more than the {_megabytes(memory)} that it may.")

    def _stopped(self, kind: Literal["time", "memory", "processes", "output"], sentence: str) -> RunEnded:
        self._end()
        self._gone = True
        return RunEnded(kind, f"The notebook was stopped. {sentence}")

    def _fallen(self) -> RunEnded:
        """Return why the process is no longer there."""
        if self._gone and self._kernel.poll() is None:
            return RunEnded("exit", "The notebook ended itself: a cell before this one called exit() or quit().")
        self._gone = True
        code = self._kernel.wait(2.0)
        if code is None:
            return RunEnded(
                "crash", "The notebook's process closed its connection; what it runs must leave that alone."
            )
        if self._kernel.orphaned:
            return RunEnded("orphan", "The process that runs are forked from was killed, and took the notebook along.")
        return RunEnded("crash", f"The notebook's process {_how(code)}.")

    def finish(self) -> None:
        """Let the run do what it registered for its end; a run that is merely closed does not."""
        if not self._gone:
            self.send("shutdown_request", {})
            end = time.monotonic() + _ENDING
            with contextlib.suppress(RunEnded):
                while self._next(end, _ENDING)["msg_type"] != "run_ended":
                    pass

    def close(self) -> None:
        """End the process and all that it started, and remove its scratch folder."""
        self._end()
        self._kernel.close()
        if self._traces is not None:
            self._traces.close()
        self._release()

    def _end(self) -> None:
        if self._kernel.poll() is None:  # otherwise its number may be another's by now
            end_family(self.pid)
            self._kernel.send_signal(signal.SIGKILL)  # to its group, which may outlive it
        if self._traces is not None:
            self._traces.end()  # what was no longer of the family

    def _release(self) -> None:
        self._selector.close()
        for number in self._readers:
            os.close(number)
        self._readers.clear()
        if hasattr(self, "_link"):
            self._link.close()
        shutil.rmtree(self._scratch, ignore_errors=True)


def _lines(said: object) -> int:
    """Count the lines of all texts in something, each of which is at least one, as a kept notebook has them."""
    if isinstance(said, str):
        return len(said.splitlines())
    if isinstance(said, dict):
        return sum(map(_lines, said.values()))
    return sum(map(_lines, said)) if isinstance(said, list) else 0


def _how(code: int) -> str:
    """Say how a process ended, from its exit code (minus the signal that ended it)."""
    if code >= 0:
        return f"ended itself, with exit code {code}"
    if code == -signal.SIGKILL:
        return "was killed from outside, perhaps for want of memory"
    with contextlib.suppress(ValueError):
        return f"crashed: {signal.strsignal(-code)} ({signal.Signals(-code).name})"
    return f"crashed with signal {-code}"


def _span(seconds: float | None) -> str:
    return f"{seconds:g} s"


def _megabytes(size: int | None) -> str:
    return f"{(size or 0) / (1 << 20):.0f} MB"
