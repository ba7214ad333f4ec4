"""papermill's engine ``vig``: a notebook runs in a process forked for it, with limits, and without ZeroMQ.

```
papermill --engine vig in.ipynb out.ipynb -p name value
```

What the notebook says is turned into outputs by nbclient, as with papermill's own engine. What ends a run (a limit, a
crash) becomes an error output of the cell that it happened in, so that the saved notebook says why.

Two environment variables hold any run that gives no limits of its own: ``VIG_RUN_SECONDS`` and ``VIG_RUN_MEMORY``
(MB). Where processes cannot fork (Windows), papermill's own engine does the work.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.utils import run_sync
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError
from nbclient.util import run_hook
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from vigwidgets.errors import Refusal
from vigwidgets.kernels import KERNEL_NAME
from vigwidgets.kernels.run import Limits, Run, RunEnded

__all__ = ["ORPHANED", "ForkEngine"]

_MEGABYTE = 1 << 20
_OURS = ("python3", "python", KERNEL_NAME)
_TITLES = {
    "time": "OutOfTime",
    "memory": "OutOfMemory",
    "processes": "TooManyProcesses",
    "output": "TooMuchOutput",
    "crash": "Crashed",
    "exit": "Exited",
    "orphan": "Orphaned",
}
ORPHANED = _TITLES["orphan"]
"""The name of the error of a notebook that was ended through no fault of its own; it may be run again."""


class ForkEngine(Engine):  # type: ignore[misc]  # papermill has no types
    """Runs a notebook in a fork of a process that has everything imported."""

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Return the kernel's name: the one that is wanted, else the notebook's, else ``python3``."""
        return name or nb.metadata.get("kernelspec", {}).get("name") or "python3"

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Return the notebook's language; Python, if it does not say."""
        about = nb.metadata
        named = about.get("kernelspec", {}).get("language") or about.get("language_info", {}).get("name")
        return language or named or "python"

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        execution_timeout: float | None = None,
        run_timeout: float | None = None,
        memory_mb: float | None = None,
        processes: int | None = Limits.processes,
        output_mb: float | None = None,
        output_lines: int | None = Limits.lines,
        environment: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        """Run the notebook's cells.

        Args:
            nb_man: papermill's manager of the notebook.
            kernel_name: The kernel that is wanted.
            execution_timeout: Seconds that a cell may take.
            run_timeout: Seconds that all may take; None: ``VIG_RUN_SECONDS``.
            memory_mb: Megabytes that it may take; None: ``VIG_RUN_MEMORY``.
            processes: How many processes it may start.
            output_mb: Megabytes that its outputs may be.
            output_lines: Lines that they may be.
            environment: The notebook's whole environment; None: this process's.
            options: Further traits of nbclient's client, as with papermill's own engine.

        Raises:
            Refusal: The notebook is for another language, or another Python.
            KernelNotStarted: No process could be forked.
        """
        if not hasattr(os, "fork"):
            NBClientEngine.execute_managed_notebook(nb_man, kernel_name, execution_timeout=execution_timeout, **options)
            return
        _check(nb_man.nb, kernel_name)
        for unused in ("input_path", "start_timeout", "timeout", "startup_timeout"):
            options.pop(unused, None)
        limits = Limits(
            cell_seconds=execution_timeout or None,
            run_seconds=_number(run_timeout, "VIG_RUN_SECONDS"),
            memory=_bytes(_number(memory_mb, "VIG_RUN_MEMORY")),
            processes=processes,
            output=_bytes(output_mb) or Limits.output,
            lines=output_lines,
        )
        _Client(
            nb_man, limits=limits, environment=environment, kernel_name=kernel_name, log=logger, **options
        ).execute()


def _number(given: float | None, variable: str) -> float | None:
    if given is not None:
        return given
    text = os.environ.get(variable, "")
    if not text:
        return None
    with suppress(ValueError):
        if (value := float(text)) > 0:
            return value
    raise Refusal(f"The environment variable {variable} is {text!r}; it must be a number above 0, or not be there.")


def _bytes(megabytes: float | None) -> int | None:
    return None if megabytes is None else round(megabytes * _MEGABYTE)


def _check(notebook: NotebookNode, kernel_name: str) -> None:
    """Refuse what a fork of this Python cannot run as it was meant."""
    language = ForkEngine.nb_language(notebook)
    if language.lower() not in {"python", "python3", "ipython"}:
        raise Refusal(
            f"The engine 'vig' runs Python, and this notebook is written in {language!r}; leave out --engine vig."
        )
    if kernel_name in _OURS:
        return
    specs = KernelSpecManager()
    if kernel_name in specs.find_kernel_specs():
        raise Refusal(
            f"The engine 'vig' runs notebooks with the Python that it is installed in, and kernel {kernel_name!r} is "
            "another one; choose -k python3, or leave out --engine vig."
        )
    logger.warning(f"There is no kernel {kernel_name!r} here; the notebook runs with the Python of this engine.")


class _Channel:
    """Where nbclient's output widgets leave what they tell the kernel: only the newest of each is sent."""

    def __init__(self) -> None:
        self.waiting: dict[str, dict[str, Any]] = {}

    def send(self, message: dict[str, Any]) -> None:
        self.waiting[message["content"]["comm_id"]] = message


class _Session:
    """Makes messages as nbclient's output widgets want them."""

    def msg(self, kind: str, content: Any, parent: Any = None, metadata: Any = None) -> dict[str, Any]:
        return {"header": {"msg_type": kind}, "parent_header": parent, "content": content, "metadata": metadata}


class _Line:
    """What nbclient takes for a kernel's client, as far as output widgets use one."""

    def __init__(self) -> None:
        self.session = _Session()
        self.shell_channel = _Channel()


class _Client(PapermillNotebookClient):  # type: ignore[misc]  # likewise
    """nbclient's bookkeeping of outputs, fed from a run."""

    def __init__(
        self, nb_man: NotebookExecutionManager, limits: Limits, environment: dict[str, str] | None, **options: Any
    ) -> None:
        super().__init__(nb_man, **options)
        self._limits = limits
        self._environment = environment
        self._run: Run | None = None

    def execute(self, **options: Any) -> NotebookNode:
        """Run all cells; a cell that fails is the last."""
        del options  # a kernel that has to be started has some
        self.reset_execution_trackers()
        directory = self.resources.get("metadata", {}).get("path") or str(Path.cwd())
        with Run(directory, self._limits, self._environment) as run:
            self._run = run
            self.kc = _Line()
            self._hook(self.on_notebook_start, notebook=self.nb)
            self.papermill_execute_cells()
            self._tell_widgets()
            run.finish()
            self.nb.metadata["language_info"] = run.language_info
            self.set_widgets_metadata()
            self._hook(self.on_notebook_complete, notebook=self.nb)
        return cast("NotebookNode", self.nb)

    def execute_cell(
        self, cell: NotebookNode, cell_index: int, execution_count: int | None = None, store_history: bool = True
    ) -> NotebookNode:
        """Run one cell.

        Raises:
            CellExecutionError: It failed, or the run ended.
        """
        self._hook(self.on_cell_start, cell=cell, cell_index=cell_index)
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        self._hook(self.on_cell_execute, cell=cell, cell_index=cell_index)
        if self.record_timing:
            cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        self.code_cells_executed += 1
        try:
            reply = self._answer(cell, cell_index, store_history)
        except RunEnded as ended:
            title = _TITLES[ended.kind]
            line = f"{title}: {ended}"
            error = new_output("error", ename=title, evalue=str(ended), traceback=[line])  # type: ignore[no-untyped-call]
            cell.outputs.append(error)
            raise CellExecutionError(line, title, str(ended)) from None
        if execution_count:
            cell["execution_count"] = execution_count
        self._hook(self.on_cell_complete, cell=cell, cell_index=cell_index)
        self._hook(self.on_cell_executed, cell=cell, cell_index=cell_index, execute_reply=reply)
        if reply["content"]["status"] == "error":
            run_sync(self._check_raise_for_error)(cell, cell_index, reply)
        return cell

    def _answer(self, cell: NotebookNode, cell_index: int, store_history: bool) -> dict[str, Any]:
        run = self._run
        assert run is not None  # noqa: S101 - only `execute` calls this, inside the run
        self._tell_widgets()
        content = {"code": cell.source, "silent": False, "store_history": store_history, "allow_stdin": False}
        reply = {"content": {"status": "ok"}}
        for message in run.replies(run.send("execute_request", content), self._get_timeout(cell)):
            if message["msg_type"] == "execute_reply":
                reply = message
                if self.record_timing:
                    cell.metadata["execution"]["shell.execute_reply"] = timestamp(message)
            else:
                with suppress(CellExecutionComplete):  # which is how the last one is taken note of
                    self.process_message(message, cell, cell_index)
        return reply

    def _tell_widgets(self) -> None:
        """Send what output widgets have collected; a kernel hears of it between two cells."""
        waiting = self.kc.shell_channel.waiting
        while waiting and self._run is not None:
            _, message = waiting.popitem()
            with suppress(RunEnded):
                request = self._run.send(message["header"]["msg_type"], message["content"], message["parent_header"])
                for _ in self._run.replies(request):
                    pass

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep an output; text that goes on where the last one stopped is added to it."""
        last = outs[-1] if outs else None
        if (
            msg["msg_type"] == "stream"
            and last is not None
            and last.output_type == "stream"
            and last.name == msg["content"]["name"]
            and not self.clear_before_next_output
            and not self.output_hook_stack[msg["parent_header"].get("msg_id")]
        ):
            last.text += msg["content"]["text"]
            piece = new_output("stream", name=last.name, text=msg["content"]["text"])  # type: ignore[no-untyped-call]
            return cast("NotebookNode", piece)
        return cast("NotebookNode | None", super().output(outs, msg, display_id, cell_index))

    def _hook(self, hook: Any, **arguments: Any) -> None:
        if hook is not None:
            run_sync(run_hook)(hook, **arguments)
