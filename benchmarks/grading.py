"""Marking: 200 attempts of one exercise, each with its mark, its executed notebook and its page.

The others do the same work on a sample, one after the other as they do it, and their time is scaled:

- stock papermill: the same notebook with papermill's own engine, the page with nbconvert's own template;
- nbgrader: ``autograde`` and ``generate_feedback`` on a notebook with the same cells; a test cell makes the mark. It
  gets an environment of its own, made for the run, that sees the packages of this one.
"""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbconvert import HTMLExporter

from vigwidgets.authoring import add_attempts
from vigwidgets.contract import Film, FrameIndex
from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.grading import Case, Task, grade_waiting, mark_task, task_of
from vigwidgets.records import Attempt, Records
from vigwidgets.resources import resource_path

EXERCISE = "receiving-initiatives"
ATTEMPTS, SAMPLE = 200, 20
PAPERMILL, NBGRADER = 20, 50
NBGRADER_PACKAGES = ("nbgrader>=0.9,<0.10", "notebook>=7.2", "rapidfuzz>=3")
ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "notebooks/grading-tagging.ipynb"


def run() -> list[dict[str, Any]]:
    """Measure all in one run."""
    with tempfile.TemporaryDirectory(prefix="vig-bench-") as folder:
        data = Path(folder) / "data"
        records = Records.open(prepared(data))
        try:
            attempts = add_attempts(records, FilmLibrary(data), load_course(), EXERCISE, ATTEMPTS, seed=5)
            ours = with_vig(records, data)
        finally:
            records.close()
        tasks = [task_of(attempt, FilmLibrary(data), load_course()) for attempt in attempts[:SAMPLE]]
        check(data, attempts)
        rows = [row("stock papermill", ours, with_papermill(tasks, Path(folder) / "papermill"), PAPERMILL)]
        theirs = with_nbgrader(tasks, Path(folder) / "nbgrader")
        if theirs is not None:
            rows.append(row("nbgrader autograde + generate_feedback", ours, theirs, NBGRADER))
        return rows


def row(name: str, ours: float, theirs: float, target: int) -> dict[str, Any]:
    return {
        "name": f"{ATTEMPTS} attempts marked, notebook and page (other: {name}, {SAMPLE} scaled)",
        "ours": round(ours, 2),
        "other": round(theirs, 1),
        "unit": "s",
        "ratio": round(theirs / ours, 1),
        "target": f"ratio ≥ {target}",
        "holds": theirs >= target * ours,
    }


def prepared(data: Path) -> Path:
    """Make a data directory that has the exercise's film, as far as marking needs it."""
    script = load_script(resource_path("course/films/blocks.yaml"))
    truth = truth_of(script)
    times = list(range(0, truth.duration, 40_000))
    film = Film(
        id="blocks", title=script.title, frames=len(times), duration=truth.duration, width=640, height=360,
        rate="25/1", sound=True, cast=truth.cast, captions=[], done=[], script="blocks", original=None,
    )  # fmt: skip
    folder = data / "films" / "blocks"
    folder.mkdir(parents=True)
    frames = FrameIndex(film="blocks", times=times, duration=truth.duration)
    for name, content in (("film", film), ("truth", truth), ("frames", frames)):
        (folder / f"{name}.json").write_text(content.model_dump_json(), encoding="utf-8")
    return data


def with_vig(records: Records, data: Path) -> float:
    """Mark what waits, as `vig grade` does, from starting its processes to writing the gradebook."""
    start = time.perf_counter()
    done = grade_waiting(records, FilmLibrary(data), load_course(), data)
    seconds = time.perf_counter() - start
    assert len(done.marked) == ATTEMPTS, next(iter(done.failed.values()), done)
    return seconds


def check(data: Path, attempts: list[Attempt]) -> None:
    """Every attempt has its executed notebook and its page."""
    for attempt in attempts:
        folder = data / "attempts" / attempt.id
        notebook = nbformat.read(folder / "report.ipynb", as_version=4)
        assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
        assert "<table" in (folder / "report.html").read_text(encoding="utf-8")


def with_papermill(tasks: list[Task], folder: Path) -> float:
    """Do the same with what papermill and nbconvert have of themselves; return seconds for all attempts."""
    folder.mkdir()
    template = str(resource_path(TEMPLATE))
    start = time.perf_counter()
    for task in tasks:
        case = folder / f"{task.attempt}.json"
        case.write_text(Case.of(task, mark_task(task)).model_dump_json(), encoding="utf-8")
        out = folder / f"{task.attempt}.ipynb"
        notebook = papermill.execute_notebook(
            template, str(out), parameters={"source": str(case)}, kernel_name="python3", progress_bar=False
        )
        page, _ = HTMLExporter().from_notebook_node(notebook)
        out.with_suffix(".html").write_text(page, encoding="utf-8")
    return (time.perf_counter() - start) / len(tasks) * ATTEMPTS


def with_nbgrader(tasks: list[Task], folder: Path) -> float | None:
    """Do the same with nbgrader; return seconds for all attempts, or None where it cannot be had."""
    folder.mkdir()
    python = environment(folder / "venv")
    if python is None:
        print("nbgrader is left out: it could not be installed; is there a network?", file=sys.stderr)
        return None
    course = folder / "course"
    (course / "source" / "report").mkdir(parents=True)
    nbformat.write(assignment(), course / "source" / "report" / "report.ipynb")
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'course'\nc.CourseDirectory.root = '.'\n", encoding="utf-8"
    )

    def nbgrader(*arguments: str) -> None:
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        programs = os.pathsep.join([str(Path(python).parent), os.environ["PATH"]])
        variables = {"PYTHONPATH": path, "HOME": str(folder), "PATH": programs, "JUPYTER_PREFER_ENV_PATH": "1"}
        variables["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")  # nbconvert's templates
        command = [python, "-m", "nbgrader", *arguments]
        subprocess.run(command, cwd=course, check=True, capture_output=True, env=os.environ | variables)

    nbgrader("generate_assignment", "report")
    for task in tasks:
        handed_in = course / "submitted" / task.attempt / "report"
        shutil.copytree(course / "release" / "report", handed_in)
        (handed_in / "task.json").write_text(task.model_dump_json(), encoding="utf-8")
    start = time.perf_counter()
    nbgrader("autograde", "report")
    nbgrader("generate_feedback", "report")
    seconds = time.perf_counter() - start
    pages = list(course.glob("feedback/*/report/report.html"))
    assert len(pages) == len(tasks), f"nbgrader made {len(pages)} pages"
    assert all("<table" in page.read_text(encoding="utf-8") for page in pages)
    return seconds / len(tasks) * ATTEMPTS


def environment(folder: Path) -> str | None:
    """Make an environment with nbgrader, and the packages of this one; return its Python."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-deps", "--python", str(python)]
    if subprocess.run([*uv, *NBGRADER_PACKAGES], check=False).returncode:
        return None
    packages = next((folder / "lib").glob("python*/site-packages"))
    (packages / "ours.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    alembic = folder / "bin" / "alembic"  # nbgrader calls it by its name
    alembic.write_text(f"#!{python}\nfrom alembic.config import main\nmain()\n", encoding="utf-8")
    alembic.chmod(0o755)
    kernel = folder / "share" / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {
        "argv": [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
    }
    (kernel / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    return str(python)


def assignment() -> Any:
    """Return the grading notebook as nbgrader wants it: a test cell makes the mark, the rest shows it."""
    notebook = nbformat.read(resource_path(TEMPLATE), as_version=4)
    notebook.cells[0].source = "source = 'case.json'"
    test = nbformat.v4.new_code_cell(
        "from pathlib import Path\n"
        "from vigwidgets.grading import Case, Task, mark_task\n"
        "task = Task.model_validate_json(Path('task.json').read_text(encoding='utf-8'))\n"
        "mark = mark_task(task)\n"
        "Path(source).write_text(Case.of(task, mark).model_dump_json(), encoding='utf-8')\n"
        "assert mark.overall.seen >= 0"
    )
    test.metadata["nbgrader"] = {
        "grade": True, "solution": False, "locked": True, "task": False, "points": 1, "grade_id": "mark",
        "schema_version": 3,
    }  # fmt: skip
    notebook.cells.insert(1, test)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook
