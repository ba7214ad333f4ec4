"""What holds for any two observers: who comes first, and a shift inside the tolerance, change no figure."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import Setting, align, time_kappa, unitizing_alpha

Row = tuple[str, float, float | None]
FIGURES = (time_kappa, unitizing_alpha)


@st.composite
def seen(draw: st.DrawFn) -> list[Row]:
    """Draw moments and tags that last, on a coarse grid so that many touch, overlap and tie."""
    found: list[Row] = []
    for _ in range(draw(st.integers(0, 7))):
        start, length = draw(st.integers(0, 20)) / 2, draw(st.integers(0, 8)) / 2
        found.append((draw(st.sampled_from("12")), start, start + length if length else None))
    return found


ORDER = given(
    own=seen(), other=seen(), tolerance=st.sampled_from([0.0, 0.5, 3.0]), reach=st.sampled_from([0.0, 2.0])
)  # fmt: skip
SHIFT = given(own=seen(), by=st.integers(0, 6), tolerance=st.sampled_from([0.5, 3.0]))


def nobody_comes_first(observe, own: list[Row], other: list[Row], tolerance: float, reach: float) -> None:
    ann, bea = observe(own, "ann", seconds=20), observe(other, "bea", seconds=20)
    setting = Setting(tolerance=round(tolerance * 1e6), reach=round(reach * 1e6), resamples=0, surrogates=0)
    for figure in FIGURES:
        first, second = (figure(both, setting).value for both in ([ann, bea], [bea, ann]))
        assert first == pytest.approx(second, abs=1e-9), figure.__name__
    there, back = (align(*both, tolerance=setting.tolerance, reach=setting.reach, resamples=0)
                   for both in ((ann, bea), (bea, ann)))  # fmt: skip
    times = {tag.id: (tag.code, tag.start, tag.end) for tag in [*ann.tags, *bea.tags]}
    assert sorted((one.kind, *map(str, (times[one.first], times[one.second]))) for one in there.links) == sorted(
        (one.kind, *map(str, (times[one.second], times[one.first]))) for one in back.links
    )


@ORDER
@example(
    # Two sets of links were equally good, and which was taken hung on who came first: 1.0 one way, .98 the other.
    own=[("1", 1.6, None), ("1", 3.6, 5.4), ("1", 0.8, None), ("1", 2.1, 4.0), ("1", 3.5, 6.1)],
    other=[("1", 2.3, None), ("1", 3.9, 5.4), ("1", 1.4, None), ("1", 2.4, 4.0), ("1", 3.4, 6.1)],
    tolerance=3.0, reach=2.0,
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_who_comes_first_does_not_matter(observe, own, other, tolerance, reach) -> None:
    nobody_comes_first(observe, own, other, tolerance, reach)


@pytest.mark.soak
@ORDER
@settings(max_examples=1500, deadline=None)
def test_who_comes_first_does_not_matter_at_length(observe, own, other, tolerance, reach) -> None:
    nobody_comes_first(observe, own, other, tolerance, reach)


def a_shift_changes_nothing(observe, own: list[Row], by: float, tolerance: float) -> None:
    later = min(by / 2, tolerance)
    moved = [(code, start + later, None if end is None else end + later) for code, start, end in own]
    ann, bea = observe(own, "ann", seconds=20), observe(moved, "bea", seconds=20)
    setting = Setting(tolerance=round(tolerance * 1e6), resamples=0, surrogates=0)
    for figure in FIGURES:
        value = figure([ann, bea], setting).value
        assert value is None or value == pytest.approx(1), figure.__name__
    if own:
        assert align(ann, bea, tolerance=setting.tolerance, resamples=0).f1.value == pytest.approx(1)


@SHIFT
@example(
    # A moment was linked with a tag that lasts, and such pairs have no edges in common: −.7 instead of 1.
    own=[("1", 3.76, 4.56), ("1", 2.68, None), ("1", 2.64, None), ("1", 1.56, 2.32), ("1", 0.48, None)],
    by=2.516292, tolerance=3.0,
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_shift_inside_the_tolerance_changes_nothing(observe, own, by, tolerance) -> None:
    a_shift_changes_nothing(observe, own, by, tolerance)


@pytest.mark.soak
@SHIFT
@settings(max_examples=1500, deadline=None)
def test_a_shift_inside_the_tolerance_changes_nothing_at_length(observe, own, by, tolerance) -> None:
    a_shift_changes_nothing(observe, own, by, tolerance)


def test_like_goes_with_like_before_what_is_nearer(observe) -> None:
    own: list[Row] = [("1", 2.0, None), ("1", 2.4, 5.0)]
    other: list[Row] = [("1", 2.4, None), ("1", 2.0, 5.0)]
    links = align(observe(own), observe(other, "bea"), tolerance=500_000, resamples=0).links
    assert [(link.first, link.second, link.kind) for link in links] == [
        ("ann-0", "bea-0", "matched"),
        ("ann-1", "bea-1", "matched"),
    ]


def test_as_many_as_can_be_match_even_if_unlike(observe) -> None:
    own: list[Row] = [("1", 2.0, None), ("1", 3.5, 9.0)]
    other: list[Row] = [("1", 2.4, 9.2), ("1", 3.8, None)]
    # Like with like would link none within the tolerance: the moments lie 1.8 s apart, the lasting ones 1.1 s.
    links = align(observe(own), observe(other, "bea"), tolerance=500_000, resamples=0).links
    assert [(link.first, link.second, link.kind) for link in links] == [
        ("ann-0", "bea-0", "matched"),
        ("ann-1", "bea-1", "matched"),
    ]
