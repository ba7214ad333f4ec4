"""What a trainee is shown: everything, nothing yet, or everything but the figures."""

from __future__ import annotations

import re
from typing import Any

import pytest

from vigwidgets.curriculum import Exercise, load_course
from vigwidgets.grading import feedback_of

Bench = Any  # the fixture of conftest.py


def exercise(marking: str) -> Exercise:
    return load_course().exercise("receiving-initiatives").model_copy(update={"marking": marking})


def some_tags(bench: Bench) -> list[Any]:
    return [
        *bench.as_expert()[:2],
        bench.tag("4", "mum", 22, 25),
        bench.tag("1", "mum", 44, 46),
        bench.tag("3", "mum", 31, 32),
    ]


def test_strengths_come_first(bench: Bench) -> None:
    feedback = feedback_of(bench.mark(some_tags(bench)), exercise("formative"))
    assert feedback.opening[0].startswith("You saw 2 of the expert's 5 moments too")
    assert "certifies nobody" in feedback.opening[-1]
    assert feedback.counted
    assert feedback.overall
    assert feedback.overall.seen == 2
    assert [moment.kind for moment in feedback.again] == ["missed", "other_name", "other_boundary"]


def test_a_try_out_shows_the_same_moments_without_figures(bench: Bench) -> None:
    mark = bench.mark(some_tags(bench))
    with_figures, without = feedback_of(mark, exercise("formative")), feedback_of(mark, exercise("none"))
    assert (without.seen, without.again, without.answers) == (with_figures.seen, with_figures.again, mark.answers)
    assert without.lanes == []
    assert without.overall is None
    assert any("Nothing here is counted" in sentence for sentence in without.opening)
    assert not re.search(r"\d", " ".join(without.opening))


def test_summative_work_is_shown_when_it_is_released(bench: Bench) -> None:
    mark = bench.mark(some_tags(bench))
    waiting = feedback_of(mark, exercise("summative"))
    assert not waiting.released
    said = waiting.model_dump_json()
    assert not [beat.says for beat in bench.truth.beats if beat.says in said]
    assert (waiting.seen, waiting.again, waiting.beats, waiting.lanes, waiting.overall) == ([], [], [], [], None)
    assert feedback_of(mark, exercise("summative"), released=True).seen == mark.seen


def test_both_timelines_are_whole(bench: Bench) -> None:
    tags = some_tags(bench)
    feedback = feedback_of(bench.mark(tags), exercise("formative"))
    assert [beat.id for beat in feedback.beats] == [beat.id for beat in bench.truth.beats]
    assert {tag.id for tag in feedback.tags} == {tag.id for tag in tags}


@pytest.mark.parametrize(
    ("tags", "word"),
    [
        (lambda b: b.as_expert(), "what came just before"),
        (lambda b: [], "at half speed"),
        (lambda b: [*b.as_expert(), b.tag("5", "mum", 10, 12)], "only you marked"),
        (lambda b: [*b.as_expert()[:4], b.tag("1", "mum", 44, 46)], "frame by frame"),
        (lambda b: [*b.as_expert()[:4], b.tag("2", "mum", 40, 50)], "what else it could be"),
    ],
)
def test_the_next_step_fits_the_differences(bench: Bench, tags: Any, word: str) -> None:
    assert word in feedback_of(bench.mark(tags(bench)), exercise("formative")).next_step


def test_all_seen_is_said(bench: Bench) -> None:
    opening = feedback_of(bench.mark(bench.as_expert()), exercise("formative")).opening
    assert opening[0] == "You saw all 5 of the moments that the expert saw."
