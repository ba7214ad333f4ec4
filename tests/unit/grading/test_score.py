"""Marking: what counts as seen, what is worth another look, and the laws that it keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vigwidgets.contract import SchemeRef, Tag, Truth
from vigwidgets.curriculum import Policy, load_course
from vigwidgets.errors import Refusal
from vigwidgets.films.dyad import load_script, truth_of
from vigwidgets.grading import Mark, mark_observation
from vigwidgets.resources import resource_path

Bench = Any  # the fixture of conftest.py
fixed_fixture = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)

# A film: for each beat a gap before it, a length, and codes of one to three lanes.
CODES = [["3.4"], ["3"], ["1.1", "2.1"], ["2.5", "3.5", "4.1"], ["4.6"], ["5.1", "5"]]
films = st.lists(
    st.tuples(st.integers(3_000, 9_000), st.integers(1_000, 5_000), st.sampled_from(CODES), st.booleans()),
    min_size=1,
    max_size=8,
)


def film_of(bench: Bench, plan: list[tuple[int, int, list[str], bool]]) -> Truth:
    beats, now = [], 0.0
    for number, (gap, length, codes, initiative) in enumerate(plan):
        now += gap / 1000
        end = None if initiative and length % 2 else now + length / 1000
        beats.append(
            bench.beat(
                f"b{number}", ["initiative.look"] if initiative else codes, "baby" if initiative else "mum", now, end
            )
        )
        now += length / 1000
    film: Truth = bench.film(beats, seconds=now + 5)
    return film


def counts(mark: Mark) -> list[Any]:
    lanes = [(lane.lane, lane.seen, lane.missed, lane.extra, lane.time) for lane in mark.lanes]
    return [mark.overall.seen, mark.overall.missed, mark.overall.extra, mark.overall.time, lanes]


@fixed_fixture
@given(plan=films)
def test_who_sees_what_the_expert_sees_has_seen_all(bench: Bench, plan: Any) -> None:
    truth = film_of(bench, plan)
    mark = bench.mark(bench.as_expert(truth), truth)
    assert [seen.beat.id for seen in mark.seen] == [beat.id for beat in truth.beats]
    assert all(seen.exact and seen.start_off_s == 0 for seen in mark.seen)
    assert mark.again == []
    assert (mark.overall.f1, mark.overall.recall.value, mark.overall.precision.value) == (1, 1, 1)
    assert all(lane.time is None or lane.time.agreement == 1 for lane in mark.lanes)


@fixed_fixture
@given(plan=films, data=st.data())
def test_the_order_of_the_tags_does_not_matter(bench: Bench, plan: Any, data: st.DataObject) -> None:
    truth = film_of(bench, plan)
    tags = bench.as_expert(truth)
    tags += [
        bench.tag(data.draw(st.sampled_from(["1", "3", "3.4", "5"])), "mum", start, start + 1.5, f"more-{number}")
        for number, start in enumerate(data.draw(st.lists(st.integers(0, 20), max_size=5)))
    ]
    shuffled = data.draw(st.permutations(tags))
    assert bench.mark(tags, truth) == bench.mark(shuffled, truth)


@fixed_fixture
@given(plan=films, shift=st.integers(-290, 290))
def test_a_shift_inside_the_edges_changes_nothing(bench: Bench, plan: Any, shift: int) -> None:
    truth = film_of(bench, plan)
    by = shift * 1000
    shifted = [
        tag.model_copy(update={"start": tag.start + by, "end": None if tag.end is None else tag.end + by})
        for tag in bench.as_expert(truth)
    ]
    assert counts(bench.mark(shifted, truth)) == counts(bench.mark(bench.as_expert(truth), truth))


@fixed_fixture
@given(
    start=st.integers(30_000, 34_900),
    length=st.integers(50, 5_000),
    code=st.sampled_from(["1", "2.1", "3", "3.4", "5", "initiative"]),
    point=st.booleans(),
)
def test_a_tag_in_an_open_stretch_changes_nothing(
    bench: Bench, start: int, length: int, code: str, point: bool
) -> None:
    actor = "baby" if code == "initiative" else "mum"
    end = None if point and code == "initiative" else min((start + length) / 1000, 35)
    tags = [*bench.as_expert()[:3], bench.tag("4", "mum", 10, 12)]
    without = bench.mark(tags)
    with_it = bench.mark([*tags, bench.tag(code, actor, start / 1000, end, "in-open")])
    assert counts(with_it) == counts(without)
    assert with_it.again == without.again
    assert [tag.id for tag in with_it.aside] == ["in-open"]


@fixed_fixture
@given(start=st.integers(0, 58), kept=st.integers(0, 5), code=st.sampled_from(["5", "5.2", "6", "6.1"]))
def test_a_wrong_tag_never_raises_precision(bench: Bench, start: int, kept: int, code: str) -> None:
    tags = bench.as_expert()[:kept]
    before = bench.mark(tags).overall
    after = bench.mark([*tags, bench.tag(code, "mum", start, start + 1.5, "wrong")]).overall
    assert after.seen == before.seen
    assert (after.precision.value or 0) <= (before.precision.value or 0) or before.precision.n == 0


def test_no_tags_at_all(bench: Bench) -> None:
    mark = bench.mark([])
    assert (mark.overall.seen, mark.overall.missed, mark.overall.extra) == (0, 5, 0)
    assert {again.kind for again in mark.again} == {"missed"}
    assert mark.overall.precision.value is None
    assert "a fair way to begin" in mark.summary[0]


def test_nonsense(bench: Bench) -> None:
    tags = [bench.tag("6", "baby", second, second + 0.2, f"n{second}") for second in range(40)]
    mark = bench.mark(tags)
    assert mark.overall.seen == 0
    assert mark.overall.extra + len(mark.aside) == 40
    assert json.loads(mark.model_dump_json())["overall"]["f1"] == 0


def test_the_whole_film_is_not_a_moment(bench: Bench) -> None:
    mark = bench.mark([bench.tag("initiative", "baby", 0, 60), bench.tag("3", "mum", 0, 60)])
    assert mark.overall.seen == 0


def test_a_film_without_beats(bench: Bench) -> None:
    mark = bench.mark([bench.tag("3", "mum", 1, 2)], bench.film([]))
    assert mark.overall.recall.value is None
    assert mark.overall.f1 == 0
    assert "nothing to compare" in mark.summary[0]


@pytest.mark.parametrize(
    ("code", "seen", "exact"),
    [("3.4", True, True), ("3", True, False), ("2.3", True, True), ("2", True, False), ("3.5", False, False),
     ("4", False, False)],
)  # fmt: skip
def test_a_tag_is_right_if_its_code_is_among_the_beats(bench: Bench, code: str, seen: bool, exact: bool) -> None:
    mark = bench.mark([bench.tag(code, "mum", 3.9, 6)])
    assert [found.exact for found in mark.seen] == ([exact] if seen else [])
    if not seen:
        (other,) = [again for again in mark.again if again.kind == "other_name"]
        assert other.beat
        assert other.beat.id == "smile"


def test_a_principle_in_the_key_stands_for_its_behaviours(bench: Bench) -> None:
    assert bench.mark([bench.tag("1.5", "mum", 40, 50)]).overall.seen == 1


def test_another_person_is_another_name(bench: Bench) -> None:
    mark = bench.mark([bench.tag("1", "baby", 40, 50)])
    (other,) = [again for again in mark.again if again.kind == "other_name"]
    assert mark.overall.seen == 0
    assert "whose it is" in other.sentence


def test_two_right_names_for_one_moment_cost_nothing(bench: Bench) -> None:
    mark = bench.mark([bench.tag("3.4", "mum", 3.8, 6), bench.tag("2.3", "mum", 3.8, 6)])
    assert (mark.overall.seen, mark.overall.extra) == (1, 0)
    assert [tag.code for tag in mark.seen[0].also] == ["2.3"]
    assert [lane.lane for lane in mark.lanes if lane.seen] == ["3"]
    assert next(lane for lane in mark.lanes if lane.lane == "3").time == (
        next(lane for lane in bench.mark([bench.tag("3.4", "mum", 3.8, 6)]).lanes if lane.lane == "3").time
    )


def test_the_same_name_twice_is_one_seen_and_one_extra(bench: Bench) -> None:
    mark = bench.mark([bench.tag("1", "mum", 40, 50, "a"), bench.tag("1", "mum", 40, 49, "b")])
    assert (mark.overall.seen, mark.overall.extra) == (1, 1)
    assert mark.seen[0].tag.id == "a"


def test_another_boundary_says_where_the_expert_sees_it(bench: Bench) -> None:
    mark = bench.mark([bench.tag("1", "mum", 45, 46)])
    (other,) = [again for again in mark.again if again.kind == "other_boundary"]
    assert "begins 5.0 s earlier and ends 4.0 s later" in other.sentence
    assert (other.start, other.end) == (39_000_000, 50_500_000)
    assert (mark.overall.missed, mark.overall.nearly, mark.overall.extra, mark.overall.alone) == (5, 1, 1, 0)


@pytest.mark.parametrize(
    ("code", "actor", "start", "end", "near"),
    [
        ("initiative", "baby", 18.5, None, True),  # begins 1.5 s before
        ("initiative", "baby", 17.9, None, False),  # 2.1 s before: more than twice the tolerance
        ("initiative", "baby", 23.1, None, False),  # 1.1 s after its end, and 3.1 s after it began
        ("3.5", "mum", 25.5, 27, False),  # begins half a second after the end, 3.5 s after the beginning
        ("3.5", "mum", 24.4, 27, True),  # shares 0.6 s of five
        ("3.5", "mum", 20.5, 21.5, True),  # begins 1.5 s before
        ("3.5", "mum", 21, 59, False),  # who tags all that follows has not seen this one
    ],
)
def test_nearly_is_near(bench: Bench, code: str, actor: str, start: float, end: float | None, near: bool) -> None:
    mark = bench.mark([bench.tag(code, actor, start, end)])
    assert mark.overall.seen == 0
    assert [again.kind for again in mark.again].count("other_boundary") == near
    assert (mark.overall.nearly, mark.overall.alone) == (near, not near)


def test_nearly_shrinks_with_the_tolerance(bench: Bench) -> None:
    policy = Policy(point_tolerance_s=0.5)
    for at, near in ((19.1, True), (18.9, False)):
        mark = bench.mark([bench.tag("initiative", "baby", at, None)], policy=policy)
        assert mark.overall.nearly == near


def test_pairing_is_the_best_of_all_not_the_first_that_fits(bench: Bench) -> None:
    truth = bench.film([bench.beat("one", ["3"], "mum", 10, 14), bench.beat("two", ["3"], "mum", 12, 16)])
    # The first tag fits both beats, the second only the first one.
    mark = bench.mark([bench.tag("3", "mum", 11, 15, "both"), bench.tag("3", "mum", 9, 13, "one")], truth)
    assert {seen.beat.id: seen.tag.id for seen in mark.seen} == {"one": "one", "two": "both"}


@pytest.mark.parametrize(("at", "seen"), [(2.0, True), (3.9, True), (4.1, False), (1.9, False)])
def test_a_point_may_lie_within_its_tolerance(bench: Bench, at: float, seen: bool) -> None:
    assert bool(bench.mark([bench.tag("initiative", "baby", at, None)]).seen) is seen


def test_a_point_inside_what_lasts_is_seen(bench: Bench) -> None:
    mark = bench.mark([bench.tag("initiative", "baby", 20.2, None), bench.tag("initiative", "baby", 2.8, 4)])
    assert [seen.beat.id for seen in mark.seen] == ["look", "reach"]


def test_only_lanes_that_count_are_counted(bench: Bench) -> None:
    policy = Policy(counts=["initiative"])
    mark = bench.mark(bench.as_expert(), policy=policy)
    assert [lane.lane for lane in mark.lanes] == ["initiative"]
    assert (mark.overall.seen, mark.overall.missed, mark.overall.extra, len(mark.aside)) == (2, 0, 0, 3)


def test_an_open_beat_counts_neither_way(bench: Bench) -> None:
    truth = bench.film([bench.beat("unsure", ["3"], "mum", 10, 14)], [(9, 15)])
    assert bench.mark([], truth).again == []
    assert bench.mark([bench.tag("3", "mum", 10, 14)], truth).overall.seen == 0


def test_answers_show_both_latencies_and_change_no_figure(bench: Bench) -> None:
    first, second = bench.mark(bench.as_expert()).answers
    assert (first.initiative, first.reception, first.seconds, first.own_seconds) == ("look", "smile", 0.8, 0.8)
    assert second.seconds == 2.0
    assert [answer.own_seconds for answer in bench.mark([]).answers] == [None, None]


def test_times_to_play_lie_inside_the_film(bench: Bench) -> None:
    mark = bench.mark([bench.tag("5", "mum", 0, 0.5), bench.tag("5", "mum", 59, 60)])
    for moment in mark.again:
        assert 0 <= moment.start < moment.end <= 60_000_000


def test_what_does_not_belong_together_is_refused(bench: Bench) -> None:
    observation = bench.observation([])
    with pytest.raises(Refusal, match="of film 'blocks' and the key of film 'other'"):
        mark_observation(observation, bench.truth.model_copy(update={"film": "other"}), bench.codebook, bench.policy)
    newer = observation.model_copy(update={"scheme": SchemeRef(id="paig", version="2")})
    with pytest.raises(Refusal, match="paig version 2, not paig version 1"):
        mark_observation(newer, bench.truth, bench.codebook, bench.policy)


def test_an_unknown_code_is_refused(bench: Bench) -> None:
    tag = Tag(id="t", code="7", actor="mum", target="baby", start=0, end=10)
    with pytest.raises(Refusal, match="Code '7' is not in scheme"):
        bench.mark([tag])


def test_no_sentence_shames_or_judges(bench: Bench) -> None:
    marks = [bench.mark([]), bench.mark(bench.as_expert()), bench.mark([bench.tag("5", "mum", 3, 9)])]
    for mark in marks:
        said = " ".join([*mark.summary, *(again.sentence for again in mark.again), mark.overall.sentence]).lower()
        for word in ("wrong", "fail", "error", "poor", "bad ", "incorrect", "mistake", "faster", "too slow"):
            assert word not in said
        assert "certifies nobody" in mark.summary[-1]


ONLY_FOUR = Policy(counts=["initiative", "4"])


@pytest.fixture
def helped(bench: Bench) -> Truth:
    """A beat that an expert names on a lane that counts (4) and on one that does not (5)."""
    return bench.film([bench.beat("helps", ["5", "5.1", "4", "4.8"], "mum", 14, 18)])


def test_a_right_name_on_a_lane_that_does_not_count_has_been_seen(bench: Bench, helped: Truth) -> None:
    mark = bench.mark([bench.tag("5.1", "mum", 14, 18)], helped, ONLY_FOUR)
    (seen,) = mark.seen
    assert (seen.beat.id, seen.tag.code, seen.lane, seen.exact) == ("helps", "5.1", "4", True)
    assert (mark.again, mark.aside) == ([], [])
    assert (mark.overall.seen, mark.overall.missed, mark.overall.extra) == (1, 0, 0)
    (lane,) = mark.lanes
    assert (lane.lane, lane.seen, lane.missed) == ("4", 1, 0)
    assert lane.time is None or lane.time.agreement in (None, 1), "what was rightly named elsewhere is not missed here"


def test_a_lane_that_does_not_count_can_bring_near_but_never_cost(bench: Bench, helped: Truth) -> None:
    nothing = bench.mark([], helped, ONLY_FOUR)
    assert [again.kind for again in nothing.again] == ["missed"]
    late = bench.mark([bench.tag("5", "mum", 16.9, 20)], helped, ONLY_FOUR)
    assert [again.kind for again in late.again] == ["other_boundary"]
    assert (late.overall.extra, late.overall.nearly) == (0, 1)
    for tag in (bench.tag("6", "mum", 14, 18), bench.tag("5", "baby", 14, 18), bench.tag("5", "mum", 40, 44)):
        other = bench.mark([tag], helped, ONLY_FOUR)
        assert (other.again, other.overall, other.aside) == (nothing.again, nothing.overall, [tag])


def test_the_lane_that_counts_answers_first_and_the_other_is_a_right_name_too(bench: Bench, helped: Truth) -> None:
    mark = bench.mark([bench.tag("5.1", "mum", 14, 18), bench.tag("4", "mum", 14.4, 17.5)], helped, ONLY_FOUR)
    (seen,) = mark.seen
    assert (seen.tag.code, [tag.code for tag in seen.also]) == ("4", ["5.1"])
    assert (mark.overall.extra, mark.aside) == (0, [])


@fixed_fixture
@given(plan=films, data=st.data())
def test_a_tag_on_a_lane_that_does_not_count_never_lowers_a_figure(
    bench: Bench, plan: Any, data: st.DataObject
) -> None:
    truth = film_of(bench, plan)
    policy = Policy(counts=["initiative", "3"])
    tags = [tag for tag in bench.as_expert(truth) if data.draw(st.booleans())]
    more = [
        bench.tag(data.draw(st.sampled_from(["1", "2", "2.3", "5"])), "mum", start, start + 1.5, f"more-{number}")
        for number, start in enumerate(data.draw(st.lists(st.integers(0, 20), max_size=4)))
    ]
    before, after = bench.mark(tags, truth, policy).overall, bench.mark([*tags, *more], truth, policy).overall
    assert after.seen >= before.seen
    assert after.extra <= before.extra
    assert after.seen + after.missed == before.seen + before.missed


def test_nobody_who_names_a_moment_of_the_course_rightly_is_told_that_they_missed_it(bench: Bench) -> None:
    """Every code of every beat of the second exercise, alone on the beat's own time: seen, on whichever lane it is."""
    exercise = load_course().exercises["receiving-initiatives"]
    truth = truth_of(load_script(resource_path("course/films/blocks.yaml")))
    counted = {seen.beat.id for seen in bench.mark(bench.as_expert(truth), truth, exercise.policy).seen}
    for beat in truth.beats:
        for code in beat.codes if beat.id in counted else []:
            tag = Tag(id="t", code=code, actor=beat.actor, target=beat.target, start=beat.start, end=beat.end)
            mark = bench.mark([tag], truth, exercise.policy)
            assert [seen.tag for seen in mark.seen] == [tag], f"{beat.id} {code}"
            assert mark.overall.extra == 0
