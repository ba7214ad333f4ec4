"""A mark's lists at other tolerances: nothing is lost, nothing counted twice, and the mark is as it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import align, by_lane
from vigwidgets.grading import TOLERANCES, Again, Seen, as_observations, lists_within

Bench = Any


def at(bench: Bench, tags: list[Any], tolerance: int) -> tuple[list[Seen], list[Again]]:
    mark, observation = bench.mark(tags), bench.observation(tags)
    both = as_observations(mark, observation, bench.codebook)
    alignment = align(*both, tolerance=tolerance, label=by_lane(bench.codebook), resamples=1)
    before = mark.model_dump_json()
    found = lists_within(mark, alignment, bench.codebook, observation.duration)
    assert mark.model_dump_json() == before
    return found


def late(bench: Bench, by: int) -> list[Any]:
    return [
        tag.model_copy(update={"start": tag.start + by, "end": tag.end and tag.end + by}) for tag in bench.as_expert()
    ]


def test_a_late_hand_is_alike_only_to_a_generous_eye(bench: Bench) -> None:
    strict_seen, strict = at(bench, late(bench, 800_000), 500_000)
    assert strict_seen == []
    assert Counter(one.kind for one in strict) == {"other_boundary": 5}
    assert "for the expert it begins 0.8 s earlier" in strict[0].sentence
    seen, again = at(bench, late(bench, 800_000), 1_000_000)
    assert [one.beat.id for one in seen] == ["look", "smile", "reach", "words", "watch"]
    assert [one.start_off_s for one in seen] == [0.8] * 5
    assert again == []


def test_names_and_lone_moments_are_told_as_in_a_mark(bench: Bench) -> None:
    tags = [bench.tag("2", "mum", 40, 50), bench.tag("3", "mum", 55, 57), bench.tag("3.5", "mum", 22, 25)]
    seen, again = at(bench, tags, 300_000)
    assert [one.beat.id for one in seen] == ["words"]
    kinds = Counter(one.kind for one in again)
    assert kinds == {"other_name": 1, "missed": 3, "extra": 1}
    marked = {one.sentence for one in bench.mark(tags).again}
    assert {one.sentence for one in again} == marked


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    moves=st.lists(st.integers(-2500, 2500), min_size=5, max_size=5), kept=st.sets(st.integers(0, 4), min_size=1),
    step=st.sampled_from(TOLERANCES),
)  # fmt: skip
def test_every_moment_of_both_stands_in_one_place(bench: Bench, moves: list[int], kept: set[int], step: int) -> None:
    tags = [
        tag.model_copy(update={"start": tag.start + by * 1000, "end": tag.end and tag.end + by * 1000})
        for place, (tag, by) in enumerate(zip(bench.as_expert(), moves, strict=True))
        if place in kept
    ]
    seen, again = at(bench, tags, step)
    beats = [one.beat.id for one in seen] + [one.beat.id for one in again if one.beat]
    assert sorted(beats) == sorted(beat.id for beat in bench.truth.beats)
    mark = bench.mark(tags)
    counted = {one.tag.id for one in mark.seen} | {one.tag.id for one in mark.again if one.tag}
    mine = [one.tag.id for one in seen] + [one.tag.id for one in again if one.tag]
    assert sorted(mine) == sorted(counted)
