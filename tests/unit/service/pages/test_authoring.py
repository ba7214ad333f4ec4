from pathlib import Path

from vigwidgets.films import FilmLibrary
from vigwidgets.service.pages.authoring import authoring


def test_a_mistake_is_named_with_its_file_and_line(tmp_path: Path, folder: Path) -> None:
    exercise = folder / "exercises" / "first-look.yaml"
    text = exercise.read_text(encoding="utf-8")
    exercise.write_text(text.replace("marking: none", "marking: perhaps"), encoding="utf-8")
    line = text.splitlines().index("marking: none") + 1

    view = authoring(FilmLibrary(tmp_path), folder)
    assert not view.sound
    assert "to put right" in view.verdict
    wrong = [check for check in view.checks if not check.good]
    assert wrong[0].place == f"exercises/first-look.yaml:{line}"
    assert "'perhaps'" in wrong[0].says

    exercise.write_text(text, encoding="utf-8")
    assert authoring(FilmLibrary(tmp_path), folder).sound, "a file put right is checked again"


def test_an_exercise_says_that_its_film_is_missing(tmp_path: Path) -> None:
    view = authoring(FilmLibrary(tmp_path))
    assert view.sound
    assert "ten exercises still wait for a film" in view.verdict
    assert all("render or add it first" in card.missing for card in view.exercises)


def test_a_course_that_cannot_be_read_shows_why_and_no_exercise(tmp_path: Path) -> None:
    view = authoring(FilmLibrary(tmp_path), tmp_path)
    assert not view.sound
    assert view.exercises == []
    assert any("course.yaml" in check.place for check in view.checks)
