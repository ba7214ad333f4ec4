"""Attempts that are kept with a course: they hold marking to the order in which their author put them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vigwidgets.authoring import check_course, keep_made_up
from vigwidgets.cli import vig
from vigwidgets.curriculum import load_course
from vigwidgets.errors import Refusal


@pytest.mark.parametrize("exercise", ["receiving-initiatives", "a-shared-review", "clips-for-a-review"])
def test_attempts_in_another_order_are_named(folder: Path, exercise: str) -> None:
    kept = folder / "attempts" / exercise
    plausible = (kept / "plausible.json").read_text(encoding="utf-8")
    (kept / "plausible.json").write_text((kept / "naive.json").read_text(encoding="utf-8"), encoding="utf-8")
    (kept / "naive.json").write_text(plausible, encoding="utf-8")
    (problem,) = check_course(folder).problems
    assert problem.file == f"exercises/{exercise}.yaml"
    assert "the kept attempts are not ranked expert, plausible, naive (1.00, " in problem.sentence


def test_one_that_is_missing_or_of_another_film_is_named(folder: Path) -> None:
    kept = folder / "attempts" / "first-look"
    (kept / "naive.json").unlink()
    (problem,) = check_course(folder).problems
    assert "attempts/first-look/naive.json could not be read" in problem.sentence
    shutil.copy(folder / "attempts" / "receiving-initiatives" / "naive.json", kept)
    (problem,) = check_course(folder).problems
    assert "The naive attempt at 'first-look' is of film 'blocks'" in problem.sentence


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("naive: {concrete: 0, strengths: 0, own: 0}", "naive: {concrete: 3, strengths: 3, own: 3}", "are not ranked"),
        ("strengths: 2", "strengths: 4", "write a whole number, 0 to 3"),
        ("own: 1", "own: a lot", "write a whole number, 0 to 3"),
        ("plausible:", "likely:", "the points are ''"),
        ("expert: {", "expert: [", "points.yaml"),
    ],
)
def test_words_are_ranked_by_the_points_that_stand_beside_them(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / "attempts" / "my-own-eye" / "points.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    (problem,) = check_course(folder).problems
    assert problem.file == "exercises/my-own-eye.yaml"
    assert says in problem.sentence


def test_made_up_ones_are_the_same_every_time_and_hold(folder: Path) -> None:
    course = load_course(folder)
    for exercise in course.exercises.values():
        shutil.rmtree(folder / "attempts" / exercise.id)
        if exercise.kind == "reflection":
            with pytest.raises(Refusal, match="read by people"):
                keep_made_up(course, exercise.id)
        else:
            first = [path.read_bytes() for path in keep_made_up(course, exercise.id)]
            assert [path.read_bytes() for path in keep_made_up(course, exercise.id)] == first
    found = check_course(folder)
    assert found.problems == []
    assert {one.exercise for one in found.rankings} == set(course.exercises) - {"my-own-eye"}


def test_an_attempt_that_somebody_made_is_kept_without_their_name(folder: Path, tmp_path: Path) -> None:
    made = json.loads((folder / "attempts" / "first-look" / "plausible.json").read_text(encoding="utf-8"))
    own = tmp_path / "mine.json"
    own.write_text(json.dumps(made | {"id": "obs-ann", "observer": "ann"}), encoding="utf-8")
    command = ["course", "keep", "first-look", str(folder)]
    found = CliRunner().invoke(vig, [*command, "--eye", "expert", "--from", str(own)])
    assert found.exit_code == 0, found.output
    assert "ann" not in (folder / "attempts" / "first-look" / "expert.json").read_text(encoding="utf-8")
    (problem,) = check_course(folder).problems
    assert "the kept attempts are not ranked" in problem.sentence
    assert CliRunner().invoke(vig, command).output.count("Kept as") == 3
    assert check_course(folder).holds
    assert "go together" in CliRunner().invoke(vig, [*command, "--eye", "naive"]).output


def test_nothing_is_kept_of_a_summative_exercise(folder: Path) -> None:
    path = folder / "exercises" / "withdrawal-tam.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("formative", "summative"), encoding="utf-8")
    found = CliRunner().invoke(vig, ["course", "keep", "withdrawal-tam", str(folder)])
    assert found.exit_code == 1
    assert "would show its key to everybody" in found.output
