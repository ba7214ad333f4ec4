"""A mark from other sides: an expert who names as the trainee rightly does, at several tolerances."""

from __future__ import annotations

from typing import Any

from vigwidgets.grading import TOLERANCES, as_observations, sides_of

Bench = Any


def test_who_sees_as_the_expert_agrees_at_every_tolerance(bench: Bench) -> None:
    tags = bench.as_expert()
    found = sides_of(bench.mark(tags), bench.observation(tags), bench.codebook)
    assert [one.tolerance for one in found.curve.comparisons] == list(TOLERANCES)
    assert all(one.events.value == 1 for one in found.curve.comparisons)
    assert found.usual.tolerance == 1_000_000


def test_a_right_name_on_another_lane_is_no_difference(bench: Bench) -> None:
    tags = [tag.model_copy(update={"code": "2"}) if tag.code == "3.4" else tag for tag in bench.as_expert()]
    expert, own = as_observations(bench.mark(tags), bench.observation(tags), bench.codebook)
    assert sorted(bench.codebook.lane_of(tag.code).id for tag in expert.tags) == sorted(
        bench.codebook.lane_of(tag.code).id for tag in own.tags
    )


def test_what_counts_neither_way_is_left_out(bench: Bench) -> None:
    tags = [*bench.as_expert(), bench.tag("4", "mum", 31, 34)]
    _, own = as_observations(bench.mark(tags), bench.observation(tags), bench.codebook)
    assert len(own.tags) == 5


def test_a_late_hand_agrees_only_where_the_eye_is_generous(bench: Bench) -> None:
    late = [
        tag.model_copy(update={"start": tag.start + 800_000, "end": tag.end and tag.end + 800_000})
        for tag in bench.as_expert()
    ]
    found = sides_of(bench.mark(late), bench.observation(late), bench.codebook)
    by = {one.tolerance: one.events.value for one in found.curve.comparisons}
    assert by[500_000] == 0
    assert by[1_000_000] == 1
    values = list(by.values())
    assert values == sorted(values)


def test_nothing_marked_has_figures_without_an_error(bench: Bench) -> None:
    found = sides_of(bench.mark([]), bench.observation([]), bench.codebook)
    assert found.usual.events.value == 0
