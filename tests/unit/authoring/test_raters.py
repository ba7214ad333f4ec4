"""Simulated raters: allowed by the scheme, the same for the same seed, and told apart by the feedback."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import pytest
from click.testing import CliRunner

from vigwidgets.authoring import RatersCheck, check_raters
from vigwidgets.authoring.raters import BEGINNING, CAREFUL, FLAWLESS, GUESSING, Fault, Slips, rate_film, rate_sheet
from vigwidgets.cli import vig
from vigwidgets.contract import Truth
from vigwidgets.curriculum import Policy
from vigwidgets.errors import Refusal
from vigwidgets.grading import Reference, mark_observation, mark_ratings
from vigwidgets.observations import check_tag
from vigwidgets.resources import resource_path
from vigwidgets.schemes import load_scheme

FAULTS = [
    None,
    Fault("misses", ("3",)),
    Fault("late", amount=0.8),
    Fault("confuses", ("3", "4")),
    Fault("actor", amount=0.7),
    Fault("too_much"),
]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("slips", [FLAWLESS, CAREFUL, BEGINNING, GUESSING])
def test_what_they_hand_in_is_allowed_and_comes_again(truth: Truth, fault: Fault | None, slips: Slips) -> None:
    codebook = load_scheme("paig")
    for seed in range(3):
        made = rate_film(truth, codebook, fault, seed, slips=slips)
        assert made == rate_film(truth, codebook, fault, seed, slips=slips)
        for tag in made.tags:
            check_tag(tag, made, codebook)


def test_the_flawless_agree_in_everything(truth: Truth) -> None:
    codebook = load_scheme("paig")
    mark = mark_observation(rate_film(truth, codebook, None, 7, slips=FLAWLESS), truth, codebook, Policy())
    assert (mark.overall.missed, mark.overall.extra) == (0, 0)


def test_sheets_are_allowed_and_stay_on_the_scale(truth: Truth) -> None:
    codebook = load_scheme("adbb")
    steps = [step.id for step in codebook.scheme.scale.steps] if codebook.scheme.scale else []
    reference = {lane.id: steps[n % len(steps)] for n, lane in enumerate(codebook.lanes)}
    for fault in (None, Fault("milder", amount=1), Fault("stricter", amount=1)):
        made = rate_sheet(truth.film, truth.duration, truth.cast, reference, codebook, fault, 1)
        assert len(made.tags) == len(codebook.lanes)
        for tag in made.tags:
            check_tag(tag, made, codebook)
    same = rate_sheet(truth.film, truth.duration, truth.cast, reference, codebook, None, 1, FLAWLESS)
    assert {tag.code: tag.modifiers["rating"] for tag in same.tags} == reference


@pytest.fixture(scope="module")
def check() -> RatersCheck:
    return check_raters(raters=20)


def test_feedback_names_each_fault_and_none_where_none_is(check: RatersCheck) -> None:
    wrong = [(row.scheme, row.rater, dict(row.named)) for row in check.rows if not row.holds]
    assert not wrong
    assert {row.fault for row in check.rows} >= {"misses", "milder", "late", "confuses", "too_much"}


def test_marks_rank_raters_as_they_are(check: RatersCheck) -> None:
    assert check.disorder == []
    paig = {row.rater: row.f1 for row in check.rows if row.scheme == "paig"}
    assert paig["sees as the expert does"] == 1
    assert paig["careful, no fault"] > max(
        f1 for rater, f1 in paig.items() if "fault" not in rater and "expert" not in rater
    )
    assert min(paig.values()) == paig["guesses"]
    assert check.holds


def small_course(folder: Path, film: str) -> Path:
    source = resource_path("course")
    (folder / "films").mkdir(parents=True)
    (folder / "exercises").mkdir()
    for part in (f"films/{film}.yaml", "exercises/first-look.yaml"):
        (folder / part).write_text((source / part).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "course.yaml").write_text("title: Small\npathway:\n  - exercise: first-look\n", encoding="utf-8")
    return folder


def test_too_few_moments_are_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="20 moments"):
        check_raters(small_course(tmp_path / "course", "hello"), 1)


def test_the_command_prints_the_table_and_fails_when_films_cannot_show_it(tmp_path: Path) -> None:
    folder = small_course(tmp_path / "course", "blocks")
    found = CliRunner().invoke(vig, ["course", "check", str(folder), "--raters", "--count", "6"])
    assert "reacts 0.8 s late" in found.output
    assert "too few moments" in found.output
    assert "Raters code the films: 6 of 54." in found.stderr, "a log says how far it is"
    data = json.loads(
        CliRunner().invoke(vig, ["course", "check", str(folder), "--raters", "--count", "6", "--json"]).stdout
    )
    assert data["holds"] == (found.exit_code == 0)
    assert {row["scheme"] for row in data["rows"]} == {"paig"}


def more(slips: Slips, times: float) -> Slips:
    """Return slips that happen so many times as often, and lie so many times as far."""
    return Slips(**{name: min(0.95, value * times) for name, value in vars(slips).items()})


def test_more_noise_never_raises_a_mark_in_expectation(truth: Truth) -> None:
    codebook, scale = load_scheme("paig"), load_scheme("m-adbb")
    reference = {lane.id: str(place % 3) for place, lane in enumerate(scale.lanes)}
    key = [Reference(item=item, steps={step: 1}) for item, step in reference.items()]
    tagged, rated = [], []
    for times in (0.0, 1.0, 2.0, 4.0):
        slips = more(CAREFUL, times)
        seen = [rate_film(truth, codebook, None, seed, slips=slips) for seed in range(12)]
        tagged.append(fmean(mark_observation(one, truth, codebook, Policy()).overall.f1 or 0 for one in seen))
        sheets = [rate_sheet(truth.film, 1000, truth.cast, reference, scale, None, n, slips) for n in range(60)]
        rated.append(fmean(mark_ratings(one, key, scale, Policy()).measured or 0 for one in sheets))
    for figures in (tagged, rated):
        assert figures[0] == 1
        assert all(after < before - 0.01 for before, after in pairwise(figures)), figures
