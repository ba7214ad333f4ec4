"""Run every notebook under nbval, lessons in MyST Markdown included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import jupytext
import nbformat

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
CELL_SECONDS = 60  # nbval's own limit is 2,000 s


def demonstration() -> Path:
    """Prepare the data directory whose films the notebooks open; drawn once, then kept."""
    data = ROOT / ".demo"
    subprocess.run(
        [sys.executable, "-m", "vigwidgets.cli", "--data", str(data), "demo", "--first"], cwd=ROOT, check=True
    )
    return data


def main() -> None:
    """Exit as pytest does."""
    with tempfile.TemporaryDirectory() as folder:
        lessons = []
        for lesson in sorted((ROOT / "course" / "lessons").glob("*.md")):
            notebook = jupytext.read(lesson)
            if any(cell.cell_type == "code" for cell in notebook.cells):
                target = Path(folder) / f"{lesson.stem}.ipynb"
                nbformat.write(notebook, target)
                lessons.append(str(target))
        command = [sys.executable, "-m", "pytest", "--nbval", "-q", f"--nbval-cell-timeout={CELL_SECONDS}"]
        command += ["-p", "no:cacheprovider", "-o", "addopts=", "-W", "default", "--timeout=300"]
        environment = os.environ | {"VIG_DATA_DIR": str(demonstration())}
        command += [str(NOTEBOOKS), *lessons]
        sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)


if __name__ == "__main__":
    main()
