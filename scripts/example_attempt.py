"""Make the small example that the grading notebook shows when it is opened by itself, and run the notebook on it.

Run it after the film script, the scheme, the words of feedback or the notebook have changed:
``python -m scripts.example_attempt``.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient

from vigwidgets.authoring import EYES, simulate_observation
from vigwidgets.curriculum import load_course
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.grading import Case, Task, mark_task

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
SEED = 7  # gives a trainee who sees much, and differs in each of the four ways


def example() -> Case:
    """Return a plausible trainee's attempt at the second exercise."""
    course = load_course(ROOT / "course")
    exercise = course.exercise("receiving-initiatives")
    codebook = course.codebook(exercise)
    script = load_script(ROOT / "course" / "films" / f"{exercise.film}.yaml")
    truth = truth_of(script)
    task = Task(
        attempt="example",
        exercise=exercise,
        scheme=codebook.scheme,
        observation=simulate_observation(truth, codebook, EYES["plausible"], SEED, exercise.policy.counts),
        truth=truth,
        film_title=script.title,
        handed_in_at="2026-01-15T10:00:00.000000Z",
    )
    return Case.of(task, mark_task(task))


def main() -> None:
    """Write the example and the notebook's outputs."""
    path = NOTEBOOKS / "grading-tagging.example.json"
    path.write_text(example().model_dump_json(indent=1) + "\n", encoding="utf-8")
    notebook_path = NOTEBOOKS / "grading-tagging.ipynb"
    notebook = nbformat.read(notebook_path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code" and "NBVAL_CHECK_OUTPUT" not in cell.metadata.get("tags", []):
            # Only figures are held to what they were; everything else would make noise in every change.
            cell.outputs, cell.execution_count = [], None
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}
    nbformat.write(notebook, notebook_path)


if __name__ == "__main__":
    main()
