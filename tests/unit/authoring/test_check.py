"""The author's check: what is broken is named, and marking ranks expert, plausible and naive."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from vigwidgets.authoring import EYES, check_course
from vigwidgets.authoring.simulate import simulate_observation
from vigwidgets.cli import vig
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.schemes import load_scheme


def replace(path: Path, old: str, new: str) -> int:
    """Replace a piece of a file and return the line that it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_shipped_course_holds_and_is_ranked() -> None:
    found = check_course()
    assert found.problems == []
    assert {"first-look", "receiving-initiatives"} <= set(found.exercises)
    assert {"hello", "blocks"} <= set(found.films)
    assert {ranking.exercise for ranking in found.rankings} == set(found.exercises), "every exercise is ranked"
    for ranking in found.rankings:
        assert ranking.holds
        assert ranking.kept is not None
        assert 1 == ranking.kept["expert"] > ranking.kept["plausible"] > ranking.kept["naive"]
        if ranking.exercise != "my-own-eye":  # people read it: nobody makes such words up
            assert ranking.expert is not None
            assert ranking.plausible is not None
            assert ranking.naive is not None
            assert 1 == ranking.expert > ranking.plausible > ranking.naive


def test_an_exercise_without_its_film(folder: Path) -> None:
    line = replace(folder / "exercises" / "first-look.yaml", "film: hello", "film: hallo")
    (problem,) = check_course(folder).problems
    assert (problem.file, problem.line) == ("exercises/first-look.yaml", line)
    assert "there is no film 'hallo'; there are blocks, hello" in problem.sentence


def test_a_broken_film_script(folder: Path) -> None:
    line = replace(folder / "films" / "hello.yaml", "duration:", "durattion:")
    problems = check_course(folder).problems
    script = next(problem for problem in problems if problem.file == "films/hello.yaml")
    assert script.line == line or "missing" in script.sentence
    assert any("there is no film 'hello'" in problem.sentence for problem in problems)


def test_marking_that_does_not_rank_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed_up = EYES | {"plausible": EYES["naive"], "naive": EYES["plausible"]}
    monkeypatch.setattr("vigwidgets.authoring._ranking.EYES", mixed_up)
    found = check_course(folder)
    assert [problem.file for problem in found.problems] == [
        "exercises/first-look.yaml",
        "exercises/receiving-initiatives.yaml",
    ]
    assert all("marking does not rank" in problem.sentence and problem.line for problem in found.problems)


def test_lanes_on_which_nothing_happens(folder: Path) -> None:
    path = folder / "exercises" / "receiving-initiatives.yaml"
    replace(path, 'counts: [initiative, "1", "2", "3", "4"]', 'counts: ["6"]')
    sentences = [problem.sentence for problem in check_course(folder).problems]
    assert any("nothing in film 'blocks' lies on a lane that counts" in sentence for sentence in sentences)


def test_a_summative_key_that_lies_open(folder: Path) -> None:
    path = folder / "exercises" / "receiving-initiatives.yaml"
    replace(path, "marking: formative", "marking: summative")
    replace(path, "compare: [expert, mine, colleagues]", "")
    sentences = [problem.sentence for problem in check_course(folder).problems]
    assert any("attempts/receiving-initiatives; take it away" in one for one in sentences)
    shutil.rmtree(folder / "attempts" / "receiving-initiatives")
    for other in ("clips-for-a-review", "my-own-eye"):  # the film's other exercises
        (folder / "exercises" / f"{other}.yaml").unlink()
        replace(folder / "course.yaml", f"  - exercise: {other}\n", "")
    (open_key,) = check_course(folder).problems
    assert "lies in the course for everybody to read" in open_key.sentence
    replace(path, "policy:", "policy:\n  against: consensus")
    assert check_course(folder).problems == []
    (folder / "keys" / "receiving-initiatives").mkdir(parents=True)
    replace(folder / "exercises" / "first-look.yaml", "film: hello", "film: blocks")
    sentences = [problem.sentence for problem in check_course(folder).problems]
    assert any("also that of 'first-look', whose feedback shows its key at once" in one for one in sentences)
    assert any("move it to the service's data directory" in one for one in sentences)


def test_a_practice_panel_is_ranked_by_what_most_of_it_saw(folder: Path) -> None:
    path = folder / "exercises" / "receiving-initiatives.yaml"
    replace(path, "policy:", "policy:\n  against: distribution")
    (too_few,) = check_course(folder).problems
    assert "a panel has two at least" in too_few.sentence
    truth = truth_of(load_script(folder / "films" / "blocks.yaml"))
    keys = folder / "keys" / "receiving-initiatives"
    keys.mkdir(parents=True)
    # Most of a panel are practised; the third has a beginner's eye.
    for seed, (name, eye) in enumerate((("ada", "expert"), ("bo", "expert"), ("cy", "plausible")), 1):
        seen = simulate_observation(truth, load_scheme("paig"), EYES[eye], seed)
        (keys / f"{name}.json").write_text(seen.model_dump_json())
    found = check_course(folder)
    assert found.problems == []
    ranking = next(one for one in found.rankings if one.exercise == "receiving-initiatives")
    assert ranking.holds
    assert ranking.moments > 3


def test_a_summative_question_whose_right_choices_stand_in_the_course(folder: Path) -> None:
    path = folder / "exercises" / "about-initiatives.yaml"
    replace(path, "marking: formative", "marking: summative")
    sentences = [problem.sentence for problem in check_course(folder).problems]
    assert any("the right choices stand in it" in one for one in sentences)


def test_a_film_that_is_shown_before_it_is_rated_blind(folder: Path) -> None:
    replace(folder / "sets" / "withdrawal.yaml", "see: [meeting-una]", "see: [meeting-mira]")
    (problem,) = check_course(folder).problems
    assert problem.file == "sets/withdrawal.yaml"
    assert "film 'meeting-mira' of 'withdrawal-mira' is shown before" in problem.sentence


def test_every_kind_with_figures_is_ranked(folder: Path) -> None:
    ranked = {one.exercise for one in check_course(folder).rankings}
    assert {"about-initiatives", "clips-for-a-review", "withdrawal-lev", "receiving-initiatives"} <= ranked
    replace(folder / "exercises" / "withdrawal-lev.yaml", "film: meeting-lev", "film: blocks")
    sentences = [problem.sentence for problem in check_course(folder).problems]
    assert any("film 'blocks' is not rated on 'm-adbb'" in one for one in sentences)


def test_what_nobody_meets(folder: Path) -> None:
    replace(folder / "course.yaml", "  - lesson: seeing-an-initiative\n", "")
    (problem,) = check_course(folder).problems
    assert problem.file == "lessons/seeing-an-initiative.md"
    assert "on no pathway" in problem.sentence


def test_the_command_says_where_and_exits_1(folder: Path) -> None:
    line = replace(folder / "exercises" / "first-look.yaml", "minutes: 2", "minutes: two")
    result = CliRunner().invoke(vig, ["course", "check", str(folder)])
    assert result.exit_code == 1
    assert f"exercises/first-look.yaml, line {line}: minutes is 'two'" in result.output


def test_the_command_as_json(folder: Path) -> None:
    result = CliRunner().invoke(vig, ["course", "check", str(folder), "--json"])
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert data["holds"] is True
    assert data["rankings"][0]["moments"] > 0


def test_a_folder_without_a_course(tmp_path: Path) -> None:
    result = CliRunner().invoke(vig, ["course", "check", str(tmp_path)])
    assert result.exit_code == 1
    assert "course.yaml: there is no such file" in result.output
