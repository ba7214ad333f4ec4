"""Figures in plain sentences, with what so few can say."""

from __future__ import annotations

from typing import Any

import pytest

from vigwidgets.grading import clock

Bench = Any  # the fixture of conftest.py


@pytest.mark.parametrize(
    ("moment", "text"), [(0, "0:00.0"), (7_260_000, "0:07.3"), (59_970_000, "1:00.0"), (3_600_000_000, "60:00.0")]
)
def test_clock(moment: int, text: str) -> None:
    assert clock(moment) == text


def test_few_moments_come_with_their_interval(bench: Bench) -> None:
    sentence = bench.mark(bench.as_expert()[:3]).overall.sentence
    assert sentence == (
        "All together: you saw 3 of the expert's 5 moments. With so few moments, your share in other films may lie "
        "anywhere from 23 to 88 %."
    )


def test_a_lane_with_very_few_says_no_more(bench: Bench) -> None:
    lanes = {lane.lane: lane.sentence for lane in bench.mark(bench.as_expert()).lanes}
    assert lanes["1"] == "Being attentive: you saw the one moment that the expert saw. That is too few to say more."


def test_a_lane_that_only_the_trainee_used(bench: Bench) -> None:
    lanes = {lane.lane: lane.sentence for lane in bench.mark([bench.tag("5", "mum", 10, 12)]).lanes}
    assert lanes["5"] == "Guiding: the expert marked nothing here, and you marked one moment."


def test_a_principle_alone_is_told_the_behaviour(bench: Bench) -> None:
    (seen,) = bench.mark([bench.tag("3", "mum", 22, 25)]).seen
    assert seen.sentence == (
        "Receiving initiatives: This is words. The expert also names the behaviour: receives in words."
    )


def test_what_was_nearly_seen_is_said(bench: Bench) -> None:
    mark = bench.mark([bench.tag("1", "mum", 45, 46), *bench.as_expert()[:3], bench.tag("5", "mum", 10, 12)])
    assert mark.overall.sentence.startswith(
        "All together: you saw 3 of the expert's 5 moments, you came near one more, and one is yours alone."
    )
    lanes = {lane.lane: lane.sentence for lane in mark.lanes}
    assert lanes["1"].startswith("Being attentive: the expert saw one moment to look at again, you came near it.")


def test_a_missed_moment_is_worded_by_what_was_tagged_there(bench: Bench) -> None:
    bare = {again.beat.id: again.sentence for again in bench.mark([]).again}
    says = "the expert saw Receiving initiatives (receives in words): This is words."
    assert bare["words"] == f"Here {says}"
    there = bench.mark([bench.tag("4", "mum", 24.9, 36)]).again
    missed = {again.beat.id: again.sentence for again in there if again.kind == "missed"}
    assert missed["words"] == f"Beside what you tagged here, {says}"
    assert all(sentence.startswith("Here the expert saw") for beat, sentence in missed.items() if beat != "words")


def test_no_opening_says_where_on_the_page_something_stands(bench: Bench) -> None:
    some = bench.mark(bench.as_expert()[:3]).summary
    assert "they are listed first." in some[0]
    assert not any("below" in sentence for sentence in some), "beside on a desk, below on a phone"


def test_whoever_tagged_only_where_nothing_counts_is_not_told_that_they_tagged_nothing(bench: Bench) -> None:
    (stretch,) = bench.truth.open
    lying_open = bench.tag("3", "mum", stretch.start / 1e6, stretch.end / 1e6)
    assert bench.mark([lying_open]).summary[0].startswith("You looked closely and said what you saw")
    assert bench.mark([]).summary[0].startswith("You have watched the film without marking a moment")
