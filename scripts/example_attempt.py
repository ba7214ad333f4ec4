"""Make the small examples that the grading notebooks show when they are opened by themselves, and run them.

Run it after a film script, a scheme, the words of feedback or a notebook have changed:
``python -m scripts.example_attempt``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from vigwidgets.authoring import EYES, key_in_course, simulate_observation
from vigwidgets.contract import Observation, Tag, Truth
from vigwidgets.curriculum import Course, Exercise, answer_tag, load_course
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.grading import Case, Key, Reference, Task, mark_task
from vigwidgets.observations import RATING, new_observation, rating_id

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
SEED = 7  # gives a trainee who sees much, and differs in each of the four ways


def examples() -> Iterator[Case]:
    """Yield a plausible trainee's attempt of each kind."""
    course = load_course(ROOT / "course")
    for name in ("receiving-initiatives", "rating-asha", "clips-for-a-review", "about-initiatives", "my-own-eye"):
        yield _example(course, course.exercise(name))


def _example(course: Course, exercise: Exercise) -> Case:
    script = load_script(ROOT / "course" / "films" / f"{exercise.film}.yaml")
    truth = truth_of(script)
    key = key_in_course(course, exercise, script, truth)
    observation = _seen(course, exercise, truth, key)
    task = Task(
        attempt="example",
        exercise=exercise,
        scheme=course.codebook(exercise).scheme,
        observation=observation,
        key=key,
        film_title=script.title,
        handed_in_at="2026-01-15T10:00:00.000000Z",
    )
    return Case.of(task, mark_task(task))


def _seen(course: Course, exercise: Exercise, truth: Truth, key: Key) -> Observation:
    codebook = course.codebook(exercise)
    if exercise.kind == "tagging":
        return simulate_observation(truth, codebook, EYES["plausible"], SEED, exercise.policy.counts)
    empty = new_observation(
        truth.film, truth.duration, codebook.ref, "simulated", list(truth.cast), f"example-{exercise.kind}"
    )
    if exercise.kind == "rating":
        tags = [_rating(place, one, empty) for place, one in enumerate(key.references)]
    elif exercise.kind == "clips":
        tags = _clips(course, exercise, truth)
    else:
        words = (
            "At first I saw only the tower. The second time I saw that he looks up before he reaches, and she waits."
        )
        tags = [
            answer_tag(question, [choice.id for choice in question.choices][:1], words, empty)
            for question in exercise.questions
        ]
    return empty.model_copy(update={"tags": tags})


def _rating(place: int, one: Reference, empty: Observation) -> Tag:
    child = next(member.id for member in empty.cast if member.role == "child")
    step = int(next(iter(one.steps)))
    own = min(2, step + 1) if place == 1 else step
    return Tag(
        id=rating_id(one.item), code=one.item, actor=child, target=child, start=0, end=empty.duration,
        modifiers={RATING: str(own)},
    )  # fmt: skip


def _clips(course: Course, exercise: Exercise, truth: Truth) -> list[Tag]:
    tags = simulate_observation(truth, course.codebooks[exercise.scheme], EYES["expert"], SEED, None).tags
    answer = next(beat for beat in truth.beats if beat.answers)
    first = next(beat for beat in truth.beats if beat.id == answer.answers)
    end = answer.end or answer.start
    clip = {"code": "clip", "actor": first.actor, "target": first.target}
    return [
        *tags,
        Tag(id="clip-1", start=max(0, first.start - 200_000), end=end, note="Her look lets him begin", **clip),
        Tag(id="clip-2", start=0, end=2_000_000, note="", **clip),
    ]


def main() -> None:
    """Write the examples and the notebooks' outputs."""
    for case in examples():
        name = f"grading-{case.exercise.kind}"
        (NOTEBOOKS / f"{name}.example.json").write_text(case.model_dump_json(indent=1) + "\n", encoding="utf-8")
        _run(NOTEBOOKS / f"{name}.ipynb")


def _run(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type == "code" and "NBVAL_CHECK_OUTPUT" not in cell.metadata.get("tags", []):
            # Only figures are held to what they were; everything else would make noise in every change.
            cell.outputs, cell.execution_count = [], None
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook.metadata["language_info"] = {"name": "python"}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
