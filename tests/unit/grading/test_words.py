"""Figures in plain sentences, with what so few can say."""

from __future__ import annotations

from typing import Any

import pytest

from vigwidgets.curriculum import Policy, load_course
from vigwidgets.grading import clock, feedback_of

Bench = Any  # the fixture of conftest.py


@pytest.mark.parametrize(
    ("moment", "text"), [(0, "0:00.0"), (7_260_000, "0:07.3"), (59_970_000, "1:00.0"), (3_600_000_000, "1:00:00.0")]
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


def test_what_was_nearly_seen_is_worded_by_number(bench: Bench) -> None:
    one, two = bench.tag("4", "mum", 22, 25), bench.tag("2", "mum", 40, 50)
    first = bench.as_expert()[:1]

    def said(tags: list[Any], marking: str = "formative") -> str:
        exercise = load_course().exercise("first-look").model_copy(update={"marking": marking})
        return " ".join(feedback_of(bench.mark(tags), exercise).opening)

    assert "You nearly saw two moments the same" in said([one, two]), "there is nothing that these would be more than"
    assert "You nearly saw two more the same" in said([one, two, *first])
    assert "You nearly saw one more the same" in said([one, *first])
    assert "You saw one of the expert's 5 moments too; it is listed first." in said(first)
    assert said([one, *first], "none").startswith("One of the expert's moments you saw too; it is listed first.")
    assert "You nearly saw one more the same" in said([one, *first], "none")
    assert "You nearly saw a few moments the same" in said([one, two], "none")
    assert "One more can be found; play it and look." in said(bench.as_expert()[1:])
    assert "Four more can be found; play each and look." in said(first)


def test_a_try_out_says_which_lanes_come_back(bench: Bench) -> None:
    mark = bench.mark(bench.as_expert(), policy=Policy(counts=["initiative", "3"]))
    words = " ".join(feedback_of(mark, load_course().exercise("first-look")).opening)
    assert "Only Initiative and Receiving initiatives come back here; whatever else you tagged stays" in words


@pytest.mark.parametrize(
    ("code", "start", "end", "says"),
    [
        ("5", 10, 12.5, "yours begins at 0:10.0 for 2.5 s; the expert marked nothing there."),
        ("5", 41, 41.5, "yours begins at 0:41.0 for 0.5 s; at that time the expert saw Being attentive."),
        ("1", 34.5, 35.5, "yours begins at 0:34.5 for 1.0 s; the expert's nearest begins 5.5 s later."),
    ],
)
def test_what_only_the_trainee_saw_is_said_by_what_lies_there(
    bench: Bench, code: str, start: float, end: float | None, says: str
) -> None:
    (alone,) = [again for again in bench.mark([bench.tag(code, "mum", start, end)]).again if again.kind == "extra"]
    name, _, rest = alone.sentence.partition(": ")
    assert name == ("Guiding" if code == "5" else "Being attentive")
    assert rest == says
