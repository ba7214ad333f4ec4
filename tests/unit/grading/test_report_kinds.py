"""Reports of ratings: a scale of numbers is told in numbers, a scale of words in words."""

from __future__ import annotations

import json

import pytest

from vigwidgets.curriculum import load_course, panel_of
from vigwidgets.grading import Case, Key, Task, mark_task, reference_of_panel, report_kinds
from vigwidgets.observations import parse_observation


@pytest.mark.parametrize(
    ("name", "says", "never"),
    [
        ("a-shared-review", ["words and no total", "could show others", "of 13 items"], ["unseen", "Totals"]),
        ("rating-asha", ["Totals: yours", "of 5 items"], ["satisfactory"]),
    ],
)
def test_a_scale_is_told_in_its_own_terms(name: str, says: list[str], never: list[str]) -> None:
    course = load_course()
    exercise = course.exercise(name)
    panel = panel_of(exercise, course, course.folder / "no-data")
    kept = course.folder / "attempts" / name / "naive.json"
    task = Task(
        attempt="a", exercise=exercise, scheme=course.codebook(exercise).scheme,
        observation=parse_observation(json.loads(kept.read_text(encoding="utf-8")), kept.name),
        key=Key(references=reference_of_panel(panel, course.codebook(exercise))), film_title="A film",
        handed_in_at="2026-01-15T10:00:00.000000Z",
    )  # fmt: skip
    case = Case.of(task, mark_task(task))
    text = "\n".join(part._repr_html_() for part in (report_kinds.heading(case), report_kinds.whole(case)))
    table = report_kinds.items(case)._repr_html_()
    assert all(one in text + table for one in says)
    assert not any(one in text + table for one in never)
    for panelist in ("first", "second", "third"):
        assert f'"{panelist}"' not in json.dumps(case.model_dump(mode="json")), "whose eyes they were stays behind"
