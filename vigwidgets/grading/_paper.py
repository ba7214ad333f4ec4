"""The report of an attempt: papermill runs the grading notebook, nbconvert makes its HTML."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbconvert import HTMLExporter
from nbconvert.exporters import TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from vigwidgets.errors import VigError
from vigwidgets.grading._case import Case
from vigwidgets.grading._report_files import REPORT, mark_fingerprint, new_report_folder, publish
from vigwidgets.grading.engine import ORPHANED, ForkEngine
from vigwidgets.kernels import harmless_environment
from vigwidgets.kernels.run import RunEnded
from vigwidgets.resources import resource_path

__all__ = ["ReportFailed", "make_case_report", "report_html", "write_case_report"]

# A report takes a tenth of a second; one that takes a minute, or a gigabyte, is stuck.
_CELL_SECONDS = 60
_RUN_SECONDS = 120
_MEMORY_MB = 1024
_PROCESSES = 16
_OUTPUT_MB = 64
_OUTPUT_LINES = 100_000
_TEMPLATES = Path(__file__).parent / "templates"

papermill_engines.register("vig", ForkEngine)  # whether or not this package is installed with its entry points


class ReportFailed(VigError):
    """The grading notebook stopped with an error; the attempt keeps its mark."""


def write_case_report(case: Case, folder: Path, kept: Mapping[str, Any] | None = None) -> Path:
    """Run the grading notebook of the exercise's kind and keep it with its HTML; the mark must be kept already.

    Written are ``case.json``, ``report.ipynb`` and ``report.html``, each whole or not at all.

    Args:
        case: The marked attempt.
        folder: The attempt's folder; made if it is not there.
        kept: The mark as the records keep it, by which the report is known; None: as this version keeps it.

    Returns:
        The HTML file.

    Raises:
        ReportFailed: A cell of the notebook failed; the report before it stays.
    """
    return publish(make_case_report(case, folder, kept))


def make_case_report(case: Case, folder: Path, kept: Mapping[str, Any] | None = None) -> Path:
    """Make the same report aside, where nobody sees it, and return its folder for `publish`.

    The kernel runs in that folder, so that the notebook names its case without a path and can be opened and run again
    where it lies in the end.

    Args:
        case: The marked attempt.
        folder: The attempt's folder; made if it is not there.
        kept: The mark as the records keep it, by which the report is known; None: as this version keeps it.

    Raises:
        ReportFailed: A cell of the notebook failed.
    """
    made = new_report_folder(folder)
    try:
        _write(made / "case.json", case.model_dump_json(indent=1))
        notebook = _run(resource_path(f"notebooks/grading-{case.exercise.kind}.ipynb"), made)
        _write(made / "report.ipynb", str(nbformat.writes(notebook)))  # type: ignore[no-untyped-call]
        of_mark = mark_fingerprint(case.mark.model_dump(mode="json") if kept is None else kept)
        _write(made / REPORT, report_html(notebook, case.exercise.title, case.attempt, of_mark))
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return made


def _run(template: Path, folder: Path) -> NotebookNode:
    try:
        return _run_once(template, folder)
    except RunEnded as ended:
        if ended.kind != "orphan":
            raise
        return _run_once(template, folder)  # with another parent; whoever kills that too has only itself to blame


def _run_once(template: Path, folder: Path) -> NotebookNode:
    try:
        notebook = papermill.execute_notebook(
            str(template),
            None,
            parameters={"source": "case.json"},
            engine_name="vig",
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=_CELL_SECONDS,
            run_timeout=_RUN_SECONDS,
            memory_mb=_MEMORY_MB,
            processes=_PROCESSES,
            output_mb=_OUTPUT_MB,
            output_lines=_OUTPUT_LINES,
            environment=harmless_environment(),  # a service's has keys and passwords, and a report is handed out
            # papermill's own `cwd` moves the whole process; this moves the run only, so threads are safe.
            resources={"metadata": {"path": str(folder)}},
        )
    except PapermillExecutionError as error:
        if error.ename == ORPHANED:
            raise RunEnded("orphan", str(error.evalue)) from None
        raise ReportFailed(f"The report stopped at cell {error.exec_count}: {error.ename}: {error.evalue}") from None
    except (TimeoutError, RuntimeError) as error:  # papermill's own engine, where processes cannot fork
        raise ReportFailed(f"The report did not finish: {error}") from None
    return _without_places(notebook)


def _without_places(notebook: NotebookNode) -> NotebookNode:
    """Take out where on this machine it was run; papermill notes paths, and paths name people."""
    notes: dict[str, Any] = notebook.metadata.get("papermill", {})
    for name in ("input_path", "output_path", "environment_variables"):
        notes.pop(name, None)
    return notebook


@lru_cache(maxsize=1)
def _exporter() -> HTMLExporter:
    return HTMLExporter(  # type: ignore[no-untyped-call]
        default_preprocessors=[],
        filters={"highlight_code": Highlight2HTML()},  # type: ignore[no-untyped-call]
        template_name="vig-report",
        extra_template_basedirs=[str(_TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )


def report_html(notebook: NotebookNode, title: str, attempt: str, of_mark: str = "") -> str:
    """Return an executed notebook as one page that asks no other host for anything and runs no script.

    Args:
        notebook: The notebook, executed.
        title: The page's title.
        attempt: The attempt's id; its feedback is at ``<attempt>``, this page at ``<attempt>/report``.
        of_mark: The fingerprint of the mark that it tells of, by which `report_is_of` knows it; empty: of none.
    """
    resources = {"metadata": {"name": title}, "attempt": attempt, "of_mark": of_mark}
    # Not HTMLExporter's own method: it would read and write the whole page once more, for pictures without words and
    # for the keyboard, which the template sees to. Without that, and without preprocessors (the notebook is checked
    # after each of a dozen, and a page without code has no work for them), a page takes a sixth of the time.
    body, _ = TemplateExporter.from_notebook_node(_exporter(), notebook, resources=resources)
    return str(body)


def _write(path: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
