"""papermill's engine: a kernel in everything that a notebook can notice."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError

from vigwidgets.errors import Refusal
from vigwidgets.grading.engine import ForkEngine

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
WIDGETS = "application/vnd.jupyter.widget-state+json"
papermill_engines.register("vig", ForkEngine)


def notebook(*cells: str, kernel: str = "python3", language: str = "python") -> Any:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata.kernelspec = {"name": kernel, "language": language, "display_name": kernel}
    return made


def run(*cells: str, **options: Any) -> Any:
    options = {"engine_name": "vig", "progress_bar": False} | options
    return papermill.execute_notebook(notebook(*cells), None, **options)


def stock(*cells: str) -> Any:
    """Run cells with papermill's own engine; once more if its kernel falls silent, as it may on a busy machine."""
    try:
        return run(*cells, engine_name=None, execution_timeout=30)
    except TimeoutError:
        Path("note.py").unlink(missing_ok=True)
        return run(*cells, engine_name=None, execution_timeout=30)


# One cell for each thing that a notebook does; ours must leave in it just what papermill's own engine leaves.
LIKE_A_KERNEL = [
    "1 + 1",
    "print('a'); print('b')\n'c'",
    "import sys; print('to the error stream', file=sys.stderr)",
    "from IPython.display import HTML, display; display(HTML('<b>x</b>')); display(1, 2)",
    "handle = display('first', display_id='mine')",
    "handle.update('second')",
    "from IPython.display import clear_output, update_display\nprint('gone'); clear_output(); print('stays')",
    "print('gone later'); clear_output(wait=True); print('instead')",
    "update_display('third', display_id='mine')",
    "import pandas as pd; pd.DataFrame({'a': [1, 2]})",
    "%who_ls",
    "x = 3\n%pinfo x",
    "%%bash\necho from bash",
    "!echo from a shell",
    "files = !echo kept\nfiles",
    "import os; os.system('echo below python')",
    "import subprocess; subprocess.run(['echo', 'a program']).returncode",
    "%%capture kept\nprint('caught')",
    "kept.stdout, _, __",
    "%%writefile note.py\nnoted = 5",
    "import note; note.noted",
    "%run note.py\nnoted",
    "import asyncio; await asyncio.sleep(0.001); asyncio.get_running_loop().is_running()",
    "async def later(): return 4\nawait later()",
    "asyncio.get_event_loop().is_running()",
    "from ipykernel import ipkernel\nisinstance(get_ipython().kernel, ipkernel.IPythonKernel), type(get_ipython())",
    "get_ipython().execution_count, __name__, In[1], Out[1]",
    "import threading; t = threading.Thread(target=lambda: print('in a thread')); t.start(); t.join()",
    "import tqdm.auto; tqdm.auto.tqdm.__name__",
    "class Shown:\n    def _repr_mimebundle_(self, **_):return {'text/plain': 's', 'application/x+json': 1}\nShown()",
    "import warnings; warnings.warn('a warning')",
    "import logging; logging.warning('a log')",
    "sys.stdin.read(1)",
    "open.__module__, input.__name__, sys.argv[1:2] == ['-f'] or sys.argv[0][-18:]",
    "from matplotlib import pyplot; pyplot.get_backend()",
    "figure = pyplot.figure(figsize=(1, 1)); pyplot.plot([1, 2]);",
    "%config InlineBackend.figure_formats = ['svg']",
    "import pickle\nclass Here: pass\ntype(pickle.loads(pickle.dumps(Here()))).__module__",
    "# only a comment",
    "",
    "%timeit -n1 -r1 -q pass",
    "%env MINE=5\n!echo $MINE",
    "sys.displayhook.__class__.__name__",
    "try:\n    input('?')\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "import getpass\ntry:\n    getpass.getpass()\nexcept Exception as error:\n    print(type(error).__name__, error)",
    "'\ud800'.isprintable()",
]
# Where a kernel shows how it was started; and what reaches it below Python, which it may hear too late, and loses.
DIFFERS = {"open.__module__", "import os; os.system", "import subprocess"}


def outputs(cell: Any) -> list[Any]:
    """Return what a cell shows; neighbouring pieces of one stream are one, for a kernel cuts them by the clock."""
    found: list[Any] = []
    for output in cell.outputs:
        if found and output.output_type == "stream" == found[-1]["output_type"] and found[-1]["name"] == output.name:
            found[-1]["text"] += output.text
        else:
            found.append({**output})
    for output in found:
        if "image/png" in output.get("data", {}):
            output["data"]["image/png"] = "a picture"
        if "text" in output:  # a temporary file's name, a time of day
            output["text"] = __import__("re").sub(
                r"\d{4,}",
                "N",
                __import__("re").sub(r"/\S*/ipykernel_", "ipykernel_", output["text"].replace("\r\n", "\n")),
            )
    return found


def ordered(shown: list[Any], order: Any) -> list[Any]:
    return sorted(shown, key=order) if order else shown


def test_a_notebook_is_left_as_a_kernel_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # where it is set, ipykernel does not read its descriptors
    cells = [cell.encode("utf-8", "replace").decode() for cell in LIKE_A_KERNEL]
    ours = run(*cells)
    (tmp_path / "note.py").unlink()
    theirs = stock(*cells)
    for cell, mine, kernels in zip(cells, ours.cells, theirs.cells, strict=True):
        if not cell.startswith(tuple(DIFFERS)):
            # What other programs write reaches a kernel by another way, sooner or later than what the cell writes.
            order = str if "echo" in cell else None
            assert ordered(outputs(mine), order) == ordered(outputs(kernels), order), cell
        assert mine.execution_count == kernels.execution_count, cell
        assert mine.metadata.keys() == kernels.metadata.keys()
        assert mine.metadata.get("execution", {}).keys() == kernels.metadata.get("execution", {}).keys()
    assert ours.metadata.language_info == theirs.metadata.language_info
    assert ours.metadata.keys() == theirs.metadata.keys()


def test_widgets_keep_their_state_in_the_notebook(tmp_path: Path) -> None:
    cells = [
        "import ipywidgets as w; slider = w.IntSlider(3); slider",
        "slider.value = 7; image = w.Image(value=b'bytes')",
        "out = w.Output()\nwith out:\n    print('within')\n    display(5)\nprint('without')",
        "out",
        "[output['output_type'] for output in out.outputs]",
        "@out.capture()\ndef more(): print('more')\nmore()",
    ]
    ours, theirs = run(*cells), stock(*cells)
    for mine, kernels in zip(ours.cells, theirs.cells, strict=True):
        assert [output.output_type for output in mine.outputs] == [output.output_type for output in kernels.outputs]
    assert ours.cells[2].outputs[0].text == "without\n"
    assert ours.cells[4].outputs == theirs.cells[4].outputs

    def states(run: Any) -> list[Any]:
        kept = list(run.metadata.widgets[WIDGETS]["state"].values())
        for state in kept:
            for name in ("layout", "style"):
                state["state"].pop(name, None)
        return sorted(kept, key=str)

    assert [s["model_name"] for s in states(ours)] == [s["model_name"] for s in states(theirs)]
    assert states(ours) == states(theirs)
    assert any(state.get("buffers") for state in states(ours))


def test_an_error_has_its_traceback_and_stops_the_notebook(tmp_path: Path) -> None:
    saved = tmp_path / "saved.ipynb"
    with pytest.raises(PapermillExecutionError, match="division by zero") as stopped:
        papermill.execute_notebook(
            notebook("def f(): return 1 / 0", "f()", "print('never')"), str(saved), engine_name="vig",
            progress_bar=False,
        )  # fmt: skip
    assert stopped.value.ename == "ZeroDivisionError"
    kept = nbformat.read(saved, as_version=4)
    errors = [output for cell in kept.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert "def f(): return 1 / 0" in strip("\n".join(errors[0].traceback))
    assert kept.cells[-1].outputs == []
    assert kept.metadata.papermill.exception is True


def strip(text: str) -> str:
    return __import__("re").sub(r"\x1b\[[\d;]*m", "", text)


def test_an_error_that_is_allowed_stops_nothing(tmp_path: Path) -> None:
    made = notebook("1 / 0", "2")
    made.cells[0].metadata.tags = ["raises-exception"]
    saved = tmp_path / "saved.ipynb"
    # papermill itself raises at the end, whatever is allowed; but all cells have run.
    with pytest.raises(PapermillExecutionError, match="division by zero"):
        papermill.execute_notebook(made, str(saved), engine_name="vig", progress_bar=False)
    done = nbformat.read(saved, as_version=4)
    assert [cell.outputs[0].output_type for cell in done.cells if cell.cell_type == "code"] == [
        "error",
        "execute_result",
    ]


@pytest.mark.parametrize(
    ("cell", "title", "limits"),
    [
        ("while True: pass", "OutOfTime", {"execution_timeout": 0.3}),
        ("import os; os.abort()", "Crashed", {}),
        ("x = bytearray(1 << 30)", "MemoryError", {"memory_mb": 200}),
        ("input('name?')", "StdinNotImplementedError", {}),
    ],
)
def test_what_ends_a_run_is_said_in_the_notebook(tmp_path: Path, cell: str, title: str, limits: dict[str, Any]) -> None:
    saved = tmp_path / "saved.ipynb"
    with pytest.raises(PapermillExecutionError) as stopped:
        papermill.execute_notebook(
            notebook("print('kept')", cell), str(saved), engine_name="vig", progress_bar=False, **limits
        )
    assert stopped.value.ename == title
    text = saved.read_text(encoding="utf-8")
    assert title in text
    assert "kept" in text


def test_a_notebook_for_somebody_else_is_refused() -> None:
    with pytest.raises(Refusal, match="written in 'R'"):
        papermill.execute_notebook(
            notebook("1", kernel="ir", language="R"), None, engine_name="vig", progress_bar=False
        )


def test_the_environment_may_set_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIG_RUN_SECONDS", "1.2")
    with pytest.raises(PapermillExecutionError, match="longer than the 1.2 s"):
        run("import time; time.sleep(20)")
    monkeypatch.setenv("VIG_RUN_SECONDS", "soon")
    with pytest.raises(Refusal, match="VIG_RUN_SECONDS is 'soon'"):
        run("1")


def test_it_is_registered_by_its_name() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"]["papermill.engine"]["vig"].partition(":")
    assert getattr(import_module(module), name) is ForkEngine


def test_the_command_runs_anyones_notebook(tmp_path: Path) -> None:
    """As a person would, with the entry point installed: parameters, progress and all."""
    made = notebook("x = 1", "print(f'x is {x}')")
    made.cells[0].metadata.tags = ["parameters"]
    nbformat.write(made, tmp_path / "in.ipynb")
    about = tmp_path / "site" / "vig_engine-1.dist-info"
    about.mkdir(parents=True)
    (about / "entry_points.txt").write_text("[papermill.engine]\nvig = vigwidgets.grading.engine:ForkEngine\n")
    paths = [str(about.parent), str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", "--engine", "vig", "in.ipynb", "out.ipynb", "-p", "x", "7"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)}, capture_output=True, text=True,
        check=False, timeout=100,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "3/3" in done.stderr, "progress is shown"
    kept = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert kept.cells[-1].outputs[0].text == "x is 7\n"
    assert kept.metadata.papermill.parameters == {"x": 7}


def test_what_is_written_below_python_belongs_to_its_cell() -> None:
    done = run(
        "import os; os.system('echo below'); os.write(2, b'error')", "import subprocess; subprocess.run(['true'])"
    )
    assert {output.name: output.text for output in done.cells[0].outputs if output.output_type == "stream"} == {
        "stdout": "below\n",
        "stderr": "error",
    }
    assert [output.output_type for output in done.cells[1].outputs] == ["execute_result"]
