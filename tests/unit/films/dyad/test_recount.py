from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from vigwidgets.films.dyad import Script, load_script
from vigwidgets.films.dyad._levels import level_of, level_rules
from vigwidgets.films.dyad._measures import MEASURES, measure
from vigwidgets.films.dyad._recount import CLAIMS, recount
from vigwidgets.films.dyad._recount_levels import FIGURES, _Baby, recount_levels
from vigwidgets.resources import resource_path
from vigwidgets.schemes import load_scheme

FILMS = sorted(Path(resource_path("course/films")).glob("*.yaml"))


@pytest.fixture(scope="module", params=FILMS, ids=[path.stem for path in FILMS])
def course_film(request: pytest.FixtureRequest) -> Script:
    return load_script(request.param)


def test_the_frames_bear_out_every_beat(course_film: Script) -> None:
    assert recount(course_film) == []


def test_the_frames_bear_out_every_level(course_film: Script) -> None:
    assert recount_levels(course_film) == []


def test_a_lost_act_is_noticed(course_film: Script) -> None:
    """The check can fail: of beats that lose all their acts, it notices nearly every one that rests on them."""
    lost = [
        recount(course_film.model_copy(update={"acts": [a for a in course_film.acts if a.actor != beat.actor]}))
        for beat in course_film.beats[:3]
    ]
    assert all(lost)


def test_a_wrong_level_is_noticed(course_film: Script) -> None:
    for i, rating in enumerate(course_film.ratings):
        other = rating.model_copy(update={"level": 1 if rating.level != 1 else 2})
        changed = [other if k == i else one for k, one in enumerate(course_film.ratings)]
        assert len(recount_levels(course_film.model_copy(update={"ratings": changed}))) == 1


def test_both_ways_of_counting_agree(course_film: Script) -> None:
    assert set(FIGURES) == set(MEASURES)
    for child in (person.id for person in course_film.cast if person.baby):
        for name, figure in FIGURES.items():
            assert figure(_Baby(course_film, child)) == pytest.approx(measure(course_film, child, name), abs=0.02), name


def test_the_four_babies_run_from_engaged_to_withdrawn() -> None:
    totals = {}
    for path in FILMS:
        script = load_script(path)
        if script.ratings:
            totals[script.id] = [
                sum(r.level for r in script.ratings if r.scheme == scale) for scale in ("adbb", "m-adbb")
            ]
            for rating in script.ratings:
                assert level_of(script, rating.of, rating.scheme, rating.item) == rating.level
    assert len(totals) == 4
    ordered = sorted(totals.values())
    assert ordered[0] == [0, 0]
    assert 0 < ordered[1][0] < 5
    assert 10 <= ordered[2][0] <= 18
    assert ordered[3][0] >= 24
    assert [short for _, short in ordered] == sorted(short for _, short in ordered)


def test_every_level_has_its_own_figures() -> None:
    for scale, steps in (("adbb", 4), ("m-adbb", 2)):
        for item in level_rules(scale).items.values():
            for count in item.counts:
                rule = count.at_least or count.at_most or []
                assert len(rule) == steps
                assert [count.level(figure) for figure in rule] == list(range(steps))
                assert len({count.allowed(level) for level in range(steps + 1)}) == steps + 1


def test_every_principle_is_shown_in_three_films_and_the_steps_in_three_reviews() -> None:
    shown: dict[str, set[str]] = {}
    for path in FILMS:
        script = load_script(path)
        for beat in script.beats:
            if not beat.not_for_parent:
                for code in beat.codes:
                    shown.setdefault(code, set()).add(script.id)
    assert all(len(shown[str(principle)]) >= 3 for principle in range(1, 7))
    assert all(len(shown[f"step.{step}"]) >= 3 for step in range(1, 8))
    assert all(len(shown[f"turn.{turn}"]) >= 3 for turn in ("information", "space", "activate"))


def test_a_choice_at_a_turn_ends_before_the_next(course_film: Script) -> None:
    turns = sorted((b.start, b.end) for b in course_film.beats if any(c.startswith("turn.") for c in b.codes))
    assert all(one[1] <= two[0] for one, two in pairwise(turns))


def test_every_film_of_the_course_is_told_whole(course_film: Script) -> None:
    assert 20 <= course_film.duration / 1e6 <= 120
    assert course_film.question.endswith("?")
    assert course_film.described
    assert set(CLAIMS)


@pytest.mark.parametrize("scale", ["adbb", "m-adbb"])
def test_every_item_of_the_scheme_has_its_rule_and_no_other(scale: str) -> None:
    scheme = load_scheme(scale).scheme
    rules = level_rules(scale)
    assert list(rules.items) == [code.id for code in scheme.codes]
    assert scheme.scale is not None
    steps = [step.value for step in scheme.scale.steps]
    for item in rules.items.values():
        for count in item.counts:
            levels = range(len(count.at_least or count.at_most or []) + 1)
            assert list(levels) == steps
