"""Marking against a panel of experts who do not always agree."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.contract import Observation, Tag
from vigwidgets.curriculum import Policy, add_to_panel, load_course, panel_of
from vigwidgets.errors import Refusal
from vigwidgets.grading import consensus_of, mark_against_panel

Bench = Any  # the fixture of conftest.py
WAYS = ("consensus", "nearest", "distribution")


def expert(bench: Bench, *tags: Tag, name: str = "e") -> Observation:
    named = [tag.model_copy(update={"id": f"{name}-{number}"}) for number, tag in enumerate(tags)]
    return bench.observation(named).model_copy(update={"id": f"obs-{name}", "observer": name})


def panel(bench: Bench) -> list[Observation]:
    """Three see a reception at 4, two of them a pause at 20, and one an initiative at 40."""
    both = bench.tag("3", "mum", 4, 6), bench.tag("2", "mum", 20, 24)
    return [
        expert(bench, both[0], both[1], bench.tag("initiative", "baby", 40, 42), name="a"),
        expert(bench, bench.tag("3.4", "mum", 4.4, 6.4), bench.tag("2", "mum", 20.4, 24), name="b"),
        expert(bench, bench.tag("3.4", "mum", 3.8, 5.8), name="c"),
    ]


def mark(bench: Bench, tags: list[Tag], against: str, experts: list[Observation] | None = None) -> Any:
    policy = Policy.model_validate({"against": against})
    return mark_against_panel(bench.observation(tags), experts or panel(bench), bench.codebook, policy)


def test_a_moment_is_the_median_of_who_saw_it_and_as_sure_as_they_lie_together(bench: Bench) -> None:
    beats, weights = consensus_of(panel(bench), bench.codebook, Policy())
    assert [(beat.start, beat.end, round(weights[beat.id], 2)) for beat in beats] == [
        (4_000_000, 6_000_000, 1.0), (20_200_000, 24_000_000, 0.67), (40_000_000, 42_000_000, 0.33),
    ]  # fmt: skip
    assert beats[0].codes == ["3.4", "3"], "what most named comes first"
    assert beats[0].edge == 400_000
    assert "Three experts of 3" in beats[0].says


def test_what_fewer_saw_counts_neither_way(bench: Bench) -> None:
    asked = [bench.tag("3", "mum", 4, 6), bench.tag("2", "mum", 20, 24)]
    alone = mark(bench, asked, "consensus")
    more = mark(bench, [*asked, bench.tag("initiative", "baby", 40, 42)], "consensus")
    assert alone.measured == more.measured == 1.0
    assert [tag.code for tag in more.aside] == ["initiative"]
    wrong = mark(bench, [*asked, bench.tag("initiative", "baby", 50, 52)], "consensus")
    assert wrong.overall.extra == 1


def test_the_nearest_expert_is_the_one_to_whom_one_is_nearest(bench: Bench) -> None:
    only = mark(bench, [bench.tag("3.4", "mum", 3.8, 5.8)], "nearest")
    assert (only.overall.seen, only.overall.missed, only.measured) == (1, 0, 1.0)


def test_the_distribution_weighs_each_moment_by_who_saw_it(bench: Bench) -> None:
    all_saw, some_saw = bench.tag("3", "mum", 4, 6), bench.tag("initiative", "baby", 40, 42)
    assert mark(bench, [all_saw], "distribution").measured == pytest.approx(2 * 1 / (2 + 1))
    assert mark(bench, [some_saw], "distribution").measured == pytest.approx(2 / 3 / (2 + 1))


def test_what_the_experts_reach_among_themselves_stands_beside_the_figure(bench: Bench) -> None:
    note = mark(bench, [], "consensus").panel
    assert note.experts == 3
    assert 0 <= note.low < note.high <= 1
    assert note.among, "their own agreement, in sentences"
    assert all("obs-" not in sentence for sentence in note.among)


@pytest.mark.parametrize("against", WAYS)
def test_the_order_of_the_experts_does_not_matter(bench: Bench, against: str) -> None:
    tags = [bench.tag("3", "mum", 4.2, 6), bench.tag("2", "mum", 21, 24)]
    marks = [mark(bench, tags, against, list(order)) for order in permutations(panel(bench))]
    assert all(one == marks[0] for one in marks)


@pytest.mark.parametrize("against", WAYS)
def test_experts_who_agree_are_one(bench: Bench, against: str) -> None:
    tags = [bench.tag("3", "mum", 4, 6), bench.tag("initiative", "baby", 10, None)]
    same = [expert(bench, *tags, name=name) for name in "abc"]
    found = mark(bench, tags, against, same)
    assert found.measured == 1.0
    assert found.panel.low == found.panel.high == 1.0


times = st.lists(st.integers(0, 25), min_size=1, max_size=5, unique=True)


@settings(max_examples=25, deadline=None)
@given(st.lists(times, min_size=2, max_size=4), times, st.sampled_from(WAYS))
def test_a_figure_is_always_a_part_and_each_tag_has_one_place(
    bench: Bench, seen: list[list[int]], own: list[int], against: str
) -> None:
    def tags(starts: list[int]) -> list[Tag]:
        return [bench.tag("3", "mum", start * 2, start * 2 + 1) for start in starts]

    experts = [expert(bench, *tags(one), name=f"e{n}") for n, one in enumerate(seen)]
    found = mark(bench, tags(own), against, experts)
    assert 0 <= (found.measured or 0) <= 1
    placed = [one.tag.id for one in found.seen] + [one.tag.id for one in found.again if one.tag]
    placed += [tag.id for one in found.seen for tag in one.also] + [tag.id for tag in found.aside]
    assert sorted(placed) == sorted(tag.id for tag in tags(own))


def test_too_few_experts_are_refused(bench: Bench) -> None:
    with pytest.raises(Refusal, match="has 1 of at least 2 experts"):
        mark(bench, [], "consensus", [expert(bench)])


def test_a_panel_lies_in_the_data_directory_and_a_summative_one_nowhere_else(bench: Bench, tmp_path: Path) -> None:
    course = load_course()
    exercise = course.exercise("receiving-initiatives")
    (one, two, _) = panel(bench)
    assert panel_of(exercise, course, tmp_path) == []
    for name, seen in (("zoe", one), ("abe", two)):
        add_to_panel(tmp_path, course, exercise, name, seen)
    assert [seen.id for seen in panel_of(exercise, course, tmp_path)] == [two.id, one.id]
    other = one.model_copy(update={"film": "hello"})
    with pytest.raises(Refusal, match="is of film 'hello'"):
        add_to_panel(tmp_path, course, exercise, "eve", other)
    with pytest.raises(Refusal, match="small letters"):
        add_to_panel(tmp_path, course, exercise, "../eve", one)
    (tmp_path / "keys" / exercise.id / "abe.json").write_text("{")
    with pytest.raises(Refusal, match="key abe.json of “Receiving initiatives” could not be read"):
        panel_of(exercise, course, tmp_path)
