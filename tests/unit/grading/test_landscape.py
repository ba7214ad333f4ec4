"""The landscape is a path without gaps, of what began last on either side; and a figure that can be chosen from."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.grading.conftest import CAST
from vigwidgets.contract import Tag
from vigwidgets.grading import landscape_from, landscape_of, on_one_ground
from vigwidgets.schemes import load_scheme

Bench = Any
SECOND = 1_000_000


def test_both_sides_at_each_moment(bench: Bench) -> None:
    tags = [bench.tag("3", "mum", 2, 6), bench.tag("initiative.reach", "baby", 4, 8), bench.tag("3.4", "mum", 5, 6)]
    land = landscape_of(tags, CAST, bench.codebook, 10 * SECOND)
    assert [(v.start // SECOND, v.end // SECOND, v.adult, v.child) for v in land.visits] == [
        (0, 2, "", ""), (2, 4, "3", ""), (4, 6, "3", "initiative.reach"), (6, 8, "", "initiative.reach"),
        (8, 10, "", ""),
    ]  # fmt: skip
    assert land.cells == 4
    data = land.as_data(bench.codebook)
    assert data["adults"] == ["nothing", "Receiving"]
    assert data["visits"][2] == [4 * SECOND, 6 * SECOND, 1, 1]


def test_what_began_last_is_the_state(bench: Bench) -> None:
    tags = [bench.tag("1", "mum", 0, 9), bench.tag("4", "mum", 3, 5)]
    land = landscape_of(tags, CAST, bench.codebook, 10 * SECOND)
    assert [visit.adult for visit in land.visits] == ["1", "4", "1", ""]


def test_an_expert_s_beat_shows_the_child_s_behaviour(bench: Bench) -> None:
    beats = [bench.beat("b", ["initiative", "initiative.voice"], "baby", 1, 2)]
    assert landscape_of(beats, CAST, bench.codebook, 5 * SECOND).children == ["", "initiative.voice"]


@given(
    st.lists(st.tuples(st.sampled_from(["1", "3", "initiative"]), st.integers(0, 59), st.integers(1, 30)), max_size=12)
)
def test_no_gaps_no_overlaps_and_no_stop_between_the_same(rows: list[tuple[str, int, int]]) -> None:
    tags = [
        Tag(
            id=f"t{n}", code=code, actor="baby" if code == "initiative" else "mum", target="mum",
            start=start * SECOND, end=(start + length) * SECOND,
        )
        for n, (code, start, length) in enumerate(rows)
    ]  # fmt: skip
    visits = landscape_of(tags, CAST, load_scheme("paig"), 60 * SECOND).visits
    assert visits[0].start == 0
    assert visits[-1].end == 60 * SECOND
    for one, next_ in pairwise(visits):
        assert one.end == next_.start
        assert (one.adult, one.child) != (next_.adult, next_.child)


def test_it_comes_back_from_what_a_page_tells_its_kernel(bench: Bench) -> None:
    land = landscape_of(bench.as_expert(), CAST, bench.codebook, 60 * SECOND)
    told = landscape_from(land.as_data(bench.codebook))
    assert [(one.start, one.end) for one in told.visits] == [(one.start, one.end) for one in land.visits]
    for side, state in (("adults", "adult"), ("children", "child")):
        places = [[getattr(one, side).index(getattr(visit, state)) for visit in one.visits] for one in (land, told)]
        assert places[0] == places[1]
    assert "" in told.adults, "where nothing was seen is told from what was seen"


def test_the_ground_s_line_goes_over_every_edge_of_every_cell(bench: Bench) -> None:
    from vigwidgets.grading.scene import landscape_figure

    land = landscape_of(bench.as_expert(), CAST, bench.codebook, 60 * SECOND)
    ground = landscape_figure([land], lambda _: None).scatters[-1]
    line = list(zip(ground.x.round(6), ground.z.round(6), strict=True))
    # No step goes slantwise, and each of the lines that make the cells is drawn from end to end.
    assert all(one[0] == next_[0] or one[1] == next_[1] for one, next_ in pairwise(line))
    columns = {one[0] for one, next_ in pairwise(line) if one[0] == next_[0] and abs(one[1] - next_[1]) == 2}
    rows = {one[1] for one, next_ in pairwise(line) if one[1] == next_[1] and abs(one[0] - next_[0]) == 2}
    assert (len(columns), len(rows)) == (len(land.adults) + 1, len(land.children) + 1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_point_that_is_chosen_in_the_figure_names_its_visit_and_nothing_else_does(bench: Bench) -> None:
    from vigwidgets.grading.scene import landscape_figure

    land = landscape_of(bench.as_expert(), CAST, bench.codebook, 60 * SECOND)
    chosen: list[Any] = []
    other = landscape_of([], CAST, bench.codebook, 60 * SECOND)
    both = on_one_ground({"land": land, "other": other}, bench.codebook)
    assert both["other"].adults == both["land"].adults
    figure = landscape_figure([*both.values()], chosen.append)
    assert len(figure.scatters) == 5, "two paths, their points, and the ground"
    points = figure.scatters[1]
    assert len(points.x) == len(land.visits)
    points.clicked_index = 2
    points.clicked = True
    assert chosen == [land.visits[2]]
    assert points.clicked is False, "or the next click would be no news"
    for wrong in (-1, len(land.visits), None):
        points.clicked_index = wrong
        points.clicked = True
    assert len(chosen) == 1
