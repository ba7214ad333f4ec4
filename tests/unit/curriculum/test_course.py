"""A course is read whole, and every mistake is named with its file, its line and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from vigwidgets.curriculum import CourseRefused, load_course, read_course
from vigwidgets.errors import Refusal
from vigwidgets.resources import resource_path

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(folder: Path) -> Change:
    """Replace a piece of a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def line_of(folder: Path, file: str, piece: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if piece in line)


def test_the_shipped_course_holds() -> None:
    course = load_course()
    assert course.pathway[0].id == "first-look"
    first, second = course.exercise("first-look"), course.exercise("receiving-initiatives")
    assert (first.marking, first.minutes, first.film) == ("none", 2, "hello")
    assert (second.marking, second.film) == ("formative", "blocks")
    assert course.codebook(second).scheme.id == "paig"
    lesson = course.lesson("seeing-an-initiative")
    assert lesson.minutes == 4
    assert lesson.markdown.startswith("# Seeing an initiative")


def test_a_lesson_can_be_read_in_the_time_that_it_says() -> None:
    for lesson in load_course().lessons.values():
        assert len(lesson.markdown.split()) / 250 <= lesson.minutes


def test_an_unknown_exercise_is_one_sentence_with_those_there_are() -> None:
    with pytest.raises(Refusal, match="no exercise 'dancing'; it has .*first-look, my-own-eye, rating-asha, "):
        load_course().exercise("dancing")


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("exercises/first-look.yaml", "marking: none", "marking: maybe", "allowed are 'none', 'formative'"),
        ("exercises/first-look.yaml", "minutes: 2", "minutes: -2", "greater than or equal to 1"),
        ("exercises/first-look.yaml", 'version: "2"', "version: 2", "put it in quotes"),
        ("exercises/first-look.yaml", "marking:", "mraking:", "mraking is not a known name; allowed are id, version"),
        ("exercises/first-look.yaml", "  min_overlap:", "  overlap:", "policy.overlap is not a known name"),
        ("exercises/first-look.yaml", 'counts: [initiative, "3"]', 'counts: ["9"]', "'9' is not a lane of scheme"),
        ("exercises/first-look.yaml", "scheme: paig", "scheme: pagi", "there is no scheme 'pagi'; there are"),
        ("exercises/first-look.yaml", "id: first-look", "id: other", "allowed is the file's own name, 'first-look'"),
        ("course.yaml", "exercise: first-look", "exercise: frist-look", "there is no exercise 'frist-look'"),
        ("course.yaml", "lesson: seeing", "leson: seeing", "allowed are 'exercise', 'lesson' or 'set'"),
        ("lessons/seeing-an-initiative.md", "minutes: 4", "minutes: some", "vig.minutes is 'some'"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(
    folder: Path, change: Change, file: str, old: str, new: str, sentence: str
) -> None:
    change(file, old, new)
    with pytest.raises(CourseRefused) as refused:
        load_course(folder)
    fitting = [problem for problem in refused.value.problems if sentence in problem.sentence]
    assert fitting, refused.value.problems
    assert fitting[0].file == file
    assert fitting[0].line == line_of(folder, file, new.strip().splitlines()[0])
    assert f"{file}, line {fitting[0].line}: " in str(fitting[0])


def test_what_is_missing_is_said(folder: Path, change: Change) -> None:
    change("exercises/first-look.yaml", "film: hello\n", "")
    with pytest.raises(CourseRefused, match="film is missing; add it"):
        load_course(folder)


def test_broken_yaml_is_named_with_its_line(folder: Path, change: Change) -> None:
    change("exercises/first-look.yaml", "kind: tagging", "kind: [tagging")
    with pytest.raises(CourseRefused, match=r"exercises/first-look.yaml, line \d+: this is not YAML"):
        load_course(folder)


def test_all_mistakes_are_found_at_once(folder: Path, change: Change) -> None:
    change("exercises/first-look.yaml", "minutes: 2", "minutes: 0")
    change("exercises/first-look.yaml", "kind: tagging", "kind: dancing")
    change("exercises/receiving-initiatives.yaml", "level: 1", "level: 10")
    _, problems = read_course(folder)
    assert {problem.file for problem in problems} == {
        "exercises/first-look.yaml",
        "exercises/receiving-initiatives.yaml",
    }
    assert len(problems) == 3
    with pytest.raises(CourseRefused, match="2 more"):
        load_course(folder)


def test_no_course_is_said(tmp_path: Path) -> None:
    with pytest.raises(CourseRefused, match="course.yaml: there is no such file"):
        load_course(tmp_path)


def test_a_lesson_without_a_head_or_text_is_refused(folder: Path) -> None:
    (folder / "lessons" / "bare.md").write_text("# Only text\n", encoding="utf-8")
    (folder / "lessons" / "empty.md").write_text(
        '---\nvig: {title: Empty, minutes: 1, version: "1"}\n---\n', encoding="utf-8"
    )
    _, problems = read_course(folder)
    assert [problem.file for problem in problems] == ["lessons/bare.md", "lessons/empty.md"]


def test_the_exercise_in_the_documentation_can_be_read(folder: Path) -> None:
    page = resource_path("docs/add-an-exercise.md").read_text(encoding="utf-8")
    block = page.split("```yaml\n")[1].split("```")[0]
    (folder / "exercises" / "yours.yaml").write_text(block, encoding="utf-8")
    course, problems = read_course(folder)
    assert problems == []
    assert course
    assert course.exercise("yours").title == "Waiting for the baby"


RATING = """
id: rate
version: "1"
title: Rate
kind: rating
film: hello
scheme: m-adbb
minutes: 10
marking: none
task: Rate it.
sheet: {look: whole, total: true}
"""


def test_a_rating_exercise_says_what_its_sheet_shows(folder: Path) -> None:
    (folder / "exercises" / "rate.yaml").write_text(RATING, encoding="utf-8")
    exercise = load_course(folder).exercise("rate")
    assert exercise.kind == "rating"
    assert exercise.sheet is not None
    assert (exercise.sheet.look, exercise.sheet.total) == ("whole", True)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("scheme: m-adbb", "scheme: paig", "kind is 'rating' and scheme 'paig' is no rating scale; rating goes with"),
        ("kind: rating", "kind: tagging", "sheet is for kind 'rating' only"),
        ("look: whole", "look: twice", "sheet.look is 'twice'; allowed are 'free' or 'whole'"),
    ],
)
def test_a_rating_exercise_that_does_not_fit_is_refused(folder: Path, old: str, new: str, says: str) -> None:
    (folder / "exercises" / "rate.yaml").write_text(RATING.replace(old, new), encoding="utf-8")
    with pytest.raises(CourseRefused, match=says):
        load_course(folder)


def test_tagging_on_a_rating_scale_is_refused(folder: Path, change: Change) -> None:
    change("exercises/first-look.yaml", "scheme: paig", "scheme: adbb")
    _, problems = read_course(folder)
    assert "kind is 'tagging' and scheme 'adbb' is a rating scale" in str(problems[0])


def test_of_a_film_that_is_rated_blind_only_the_first_rating_may_count(folder: Path, change: Change) -> None:
    change("exercises/withdrawal-mira.yaml", "which: first", "which: best")
    with pytest.raises(CourseRefused, match="'withdrawal-mira' counts the best attempt; rated blind, only the first"):
        load_course(folder)
