"""What a grading notebook may know of whoever runs it."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest

from vigwidgets.grading import _paper

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")


def test_a_grading_notebook_does_not_get_the_services_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIG_DATABASE_PASSWORD", "hush-hush")
    cells = ["import os; sorted(os.environ.items())", "!env", "'PATH' in os.environ"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "python3"}
    nbformat.write(notebook, tmp_path / "in.ipynb")
    done = _paper._run(tmp_path / "in.ipynb", tmp_path)
    assert "hush-hush" not in nbformat.writes(done)
    assert done.cells[-1].outputs[0].data["text/plain"] == "True"
