"""Questions in a notebook are answered, kept, and there again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ipywidgets import Checkbox, RadioButtons, Textarea

from tests.unit.service.conftest import make_film
from vigwidgets.curriculum import answers_in, load_course
from vigwidgets.errors import Refusal
from vigwidgets.grading import Key, mark_by_key
from vigwidgets.notebook import QuestionSheet, open_exercise


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory beside a data directory with the films of the questions."""
    for film in ("hello", "blocks"):
        make_film(tmp_path / "data", film)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    monkeypatch.setenv("VIG_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("VIG_OBSERVATION", raising=False)
    return desk


def opened(exercise: str) -> QuestionSheet:
    sheet = open_exercise(exercise)
    assert isinstance(sheet, QuestionSheet)
    return sheet


def fields(sheet: QuestionSheet, kind: type[Any]) -> list[Any]:
    return [field for part in sheet.children if hasattr(part, "children") for field in part.children
            if isinstance(field, kind)]  # fmt: skip


def test_choices_are_kept_as_they_are_made_and_marked_as_on_a_page(desk: Path) -> None:
    sheet = opened("about-initiatives")
    assert not (desk / "about-initiatives.observation.json").exists(), "nothing is answered yet"
    one, other = fields(sheet, RadioButtons)
    assert one.value is None
    one.value, other.value = "look", "thinks"
    boxes = fields(sheet, Checkbox)
    boxes[0].value = boxes[1].value = boxes[2].value = True
    boxes[2].value = False
    again = opened("about-initiatives")
    assert again.observation == sheet.observation
    assert [box.value for box in fields(again, Checkbox)] == [True, True, False]
    assert [field.value for field in fields(again, RadioButtons)] == ["look", "thinks"]
    exercise, course = load_course().exercise("about-initiatives"), load_course()
    mark = mark_by_key(sheet.observation, exercise, course.codebook(exercise).scheme, Key())
    assert mark.measured == pytest.approx(2 / 3)
    assert "3 of 3 answered" in sheet.children[-1].value
    assert "right" not in repr([field.options for field in fields(sheet, RadioButtons)])


def test_words_are_kept_and_an_answer_can_be_taken_back(desk: Path) -> None:
    sheet = opened("my-own-eye")
    areas = fields(sheet, Textarea)
    areas[0].value = "First the tower."
    areas[1].value = "Something."
    areas[1].value = " "
    assert {name: words for name, (_, words) in answers_in(sheet.observation).items()} == {"first": "First the tower."}
    areas[2].value = "x" * 4001
    assert "4000 are kept at most" in sheet.children[-1].value
    assert (desk / "my-own-eye.observation.json").is_file()
    assert [area.value for area in fields(opened("my-own-eye"), Textarea)] == ["First the tower.", "", ""]


def test_without_its_film_it_is_refused_in_a_sentence(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIG_DATA_DIR", str(desk / "elsewhere"))
    with pytest.raises(Refusal, match="hello"):
        open_exercise("about-initiatives")
