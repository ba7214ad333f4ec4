"""Which tag is which: matched, shifted, mislabelled, missed, extra."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import align, by_code, by_lane
from vigwidgets.errors import Refusal
from vigwidgets.schemes import load_scheme

lasting = st.tuples(st.sampled_from("123"), st.integers(0, 45), st.integers(1, 8)).map(
    lambda one: (one[0], one[1] + 5.0, one[1] + 5.0 + one[2])
)
points = st.tuples(st.sampled_from("123"), st.integers(5, 50).map(float), st.none())
rows = st.lists(st.one_of(lasting, lasting, points), max_size=12)
quick = settings(max_examples=40, deadline=None)


def test_each_kind(observe) -> None:
    expert = observe([("1", 2, 5), ("2", 10, 12), ("3", 20, 23), ("4", 30, 33), ("5", 40, None)])
    trainee = observe([("1", 2.3, 5.2), ("2", 11.5, 13), ("6", 20.1, 23.2), ("4", 50, 52), ("5", 40.4, None)], "bea")
    found = align(expert, trainee)
    kinds = {link.first: (link.second, link.kind) for link in found.links}
    assert kinds == {
        "ann-0": ("bea-0", "matched"),
        "ann-1": ("bea-1", "shifted"),
        "ann-2": ("bea-2", "mislabelled"),
        "ann-4": ("bea-4", "matched"),
    }
    assert (found.missed, found.extra) == (("ann-3",), ("bea-3",))
    assert (found.precision.value, found.recall.value, found.f1.value) == (0.4, 0.4, pytest.approx(0.4))
    first = found.links[0]
    assert (first.start, first.end) == (300_000, 200_000)
    assert found.kappa.n == 3, "a shifted tag says nothing of names"
    assert found.sentence() == (
        "Of 5 tags of the first observer and 5 of the second, 2 match within 0.5 s; 1 has the same code and other "
        "edges; 1 has another code; of the first observer's 1 has no partner; of the second's 1 has no partner."
    )
    assert found.as_dict()["matched"] == 2


def test_the_best_alignment_not_the_first_that_fits(observe) -> None:
    # Greedy: 10.0 takes 10.3, the nearer; then 10.5 finds nothing. The best gives both a partner.
    first, second = (
        observe([("1", 10.0, None), ("1", 10.5, None)]),
        observe([("1", 9.6, None), ("1", 10.3, None)], "bea"),
    )
    found = align(first, second, tolerance=450_000)
    assert [(link.first, link.second) for link in found.links] == [("ann-0", "bea-0"), ("ann-1", "bea-1")]
    assert found.count("matched") == 2


def test_who_acts_matters_unless_it_is_said_not_to(observe) -> None:
    mother, baby = observe([("1", 2, 5)]), observe([("1", 2, 5)], "bea", actor="baby")
    assert align(mother, baby).links[0].kind == "mislabelled"
    assert align(mother, baby, label=by_code).links[0].kind == "matched"


def test_two_examples_of_one_principle_can_count_as_the_same(observe) -> None:
    lane = by_lane(load_scheme("paig"))
    one, other = observe([("3.1", 2, 5)]), observe([("3.4", 2, 5)], "bea")
    assert align(one, other).links[0].kind == "mislabelled"
    assert align(one, other, label=lane).links[0].kind == "matched"


def test_a_point_and_a_tag_that_lasts_are_compared_by_their_starts(observe) -> None:
    found = align(observe([("1", 2, None)]), observe([("1", 2.4, 9)], "bea"))
    assert found.links[0].kind == "matched"


@given(own=rows)
@quick
def test_identical_observations_match_wholly(observe, own) -> None:
    found = align(observe(own), observe(own, "bea"), tolerance=0, resamples=0)
    assert len(found.links) == len(own) == found.count("matched")
    assert found.f1.value == (1 if own else None)


@given(own=rows, shift=st.floats(-0.5, 0.5))
@quick
def test_a_shift_inside_the_tolerance_changes_nothing(observe, own, shift) -> None:
    moved = [(code, start + shift, None if end is None else end + shift) for code, start, end in own]
    found = align(observe(own), observe(moved, "bea"), tolerance=500_001, resamples=0)
    assert found.count("matched") == len(own)
    assert found.f1.value == (1 if own else None)


@given(one=rows, other=rows)
@quick
def test_who_comes_first_does_not_matter(observe, one, other) -> None:
    there = align(observe(one), observe(other, "bea"), resamples=0)
    back = align(observe(other, "bea"), observe(one), resamples=0)
    assert there.f1.value == back.f1.value
    assert [there.count(kind) for kind in ("matched", "shifted", "mislabelled")] == [
        back.count(kind) for kind in ("matched", "shifted", "mislabelled")
    ]
    assert (there.precision, there.recall) == (back.recall, back.precision)
    assert (len(there.missed), len(there.extra)) == (len(back.extra), len(back.missed))


@given(one=rows, other=rows)
@quick
def test_more_tolerance_never_loses_a_match(observe, one, other) -> None:
    pair = observe(one), observe(other, "bea")
    matched = [align(*pair, tolerance=step * 400_000, resamples=0).count("matched") for step in range(6)]
    assert matched == sorted(matched)


@given(one=rows, other=rows)
@quick
def test_every_tag_has_one_place(observe, one, other) -> None:
    found = align(observe(one), observe(other, "bea"), resamples=0)
    first = [link.first for link in found.links] + list(found.missed)
    second = [link.second for link in found.links] + list(found.extra)
    assert sorted(first) == sorted(f"ann-{at}" for at in range(len(one)))
    assert sorted(second) == sorted(f"bea-{at}" for at in range(len(other)))


def test_nothing_beside_something(observe) -> None:
    some, none = observe([("1", 2, 5), ("2", 8, 9)]), observe([], "bea")
    found = align(some, none)
    assert (found.f1.value, found.recall.value, found.precision.value) == (0, 0, None)
    assert found.kappa.value is None
    assert align(none, none).f1.value is None
    assert align(none, none).sentence() == "Neither observer tagged anything."


def test_one_name_only_has_no_kappa(observe) -> None:
    found = align(observe([("1", 2, 5), ("1", 9, 12)]), observe([("1", 2, 5), ("1", 9, 12)], "bea")).kappa
    assert found.value is None
    assert found.observed == 1
    assert "one and the same code" in found.sentence()


def test_what_is_refused(observe) -> None:
    with pytest.raises(Refusal, match="different films \\('blocks' and 'hello'\\)"):
        align(observe([]), observe([], "bea", film="hello"))
    with pytest.raises(Refusal, match="different lengths \\(60 s and 61 s\\)"):
        align(observe([]), observe([], "bea", seconds=61))
    with pytest.raises(Refusal, match="different schemes"):
        align(observe([]), observe([], "bea", scheme="adbb"))
    with pytest.raises(Refusal, match="both must be 0 or more"):
        align(observe([]), observe([], "bea"), tolerance=-1)
