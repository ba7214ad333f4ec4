"""The whole comparison: its laws, its ends, its warnings."""

from __future__ import annotations

import json
import math
from itertools import pairwise as neighbours
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import Setting, align, compare, pairwise, time_kappa, tolerance_curve, unitizing_alpha
from vigwidgets.errors import Refusal

QUICK = Setting(surrogates=0, resamples=0)
DRAWN = Setting(surrogates=40, resamples=200)
lasting = st.tuples(st.sampled_from("123"), st.integers(0, 45), st.integers(1, 8)).map(
    lambda one: (one[0], one[1] + 5.0, one[1] + 5.0 + one[2])
)
rows = st.lists(lasting, max_size=10)
quick = settings(max_examples=30, deadline=None)
NAMES = ("time", "events", "labels", "unitizing")


def spread(seed: int, tags: int = 25, seconds: float = 120) -> list[tuple[str, float, float]]:
    random = np.random.default_rng(seed)
    starts = np.sort(random.uniform(2, seconds - 8, tags))
    return [(str(random.integers(1, 5)), start, start + random.uniform(1, 4)) for start in starts]


def noisy(truth: list[tuple[str, float, float]], noise: float, seed: int) -> list[tuple[str, float, float]]:
    """Return what an observer of that much noise makes of it: edges, names and moments go wrong."""
    random = np.random.default_rng(seed)
    found = []
    for code, start, end in truth:
        if random.random() < noise / 2:
            continue
        name = str(random.integers(1, 5)) if random.random() < noise else code
        at = max(0.0, start + random.normal(0, noise * 1.5))
        found.append((name, at, min(120.0, max(at + 0.2, end + random.normal(0, noise * 1.5)))))
    return found


@given(own=st.lists(lasting, min_size=1, max_size=10), tolerance=st.sampled_from([0, 500_000]))
@quick
def test_identical_observations_agree_wholly(observe, own, tolerance) -> None:
    setting = Setting(surrogates=0, resamples=50, tolerance=tolerance)
    found = compare([observe(own), observe(own, "bea"), observe(own, "cid")][: 2 + len(own) % 2], setting)
    for figure in found.figures:
        if figure.value is None:
            assert figure is found.labels
            assert len({code for code, *_ in own}) == 1
        else:
            assert figure.value == pytest.approx(1)
            assert figure.low < 1, "few tags cannot prove perfection"
            assert figure.high == pytest.approx(1)


@given(one=rows, other=rows, third=rows)
@quick
def test_order_of_observers_does_not_matter(observe, one, other, third) -> None:
    there = [observe(one), observe(other, "bea"), observe(third, "cid")]
    for some in (there, there[:2]):
        first, back = compare(some, QUICK), compare(some[::-1], QUICK)
        for a, b in zip(first.figures, back.figures, strict=True):
            assert (a.value is None) == (b.value is None)
            if a.value is not None:
                assert a.value == pytest.approx(b.value)


@given(own=rows, shift=st.floats(-0.49, 0.49))
@quick
def test_a_shift_inside_the_tolerance_changes_nothing(observe, own, shift) -> None:
    moved = [(code, start + shift, end + shift) for code, start, end in own]
    still, shifted = (compare([observe(own), observe(rows_, "bea")], QUICK) for rows_ in (own, moved))
    for a, b in zip(still.figures, shifted.figures, strict=True):
        assert (a.value is None) == (b.value is None)
        if a.value is not None:
            assert b.value == pytest.approx(a.value)


@pytest.mark.parametrize("name", NAMES)
def test_more_noise_lowers_agreement_in_expectation(observe, name) -> None:
    means = []
    for noise in (0.0, 0.2, 0.5, 0.9):
        values = []
        for seed in range(25):
            truth = spread(seed)
            pair = [observe(noisy(truth, noise, 1000 + seed), seconds=120)]
            pair.append(observe(noisy(truth, noise, 2000 + seed), "bea", seconds=120))
            figure = getattr(compare(pair, QUICK), name)
            values.append(0.0 if figure.value is None else figure.value)
        means.append(np.mean(values))
    assert all(less < more - 0.02 for more, less in neighbours(means)), means


def test_a_figure_lies_in_its_interval_and_above_chance(observe) -> None:
    truth = spread(3)
    found = compare([observe(noisy(truth, 0.2, at), name, seconds=120) for at, name in enumerate("ab")], DRAWN)
    for figure in found.figures:
        assert figure.low <= figure.value <= figure.high
        assert figure.chance < figure.value
        if figure is not found.labels:
            assert figure.chance <= figure.chance_high < figure.value
        assert "the same tags at other moments of the film would give" in figure.sentence()
    assert found.sentence().startswith("Time-unit kappa is 0.")
    assert "F1 of aligned tags is 0." in found.sentence()


@pytest.mark.parametrize("name", ["time", "labels", "unitizing"])
def test_strangers_are_at_chance_and_are_told_so(observe, name) -> None:
    values, told = [], 0
    for seed in range(20):
        pair = [observe(spread(seed + shift), who, seconds=120) for shift, who in ((0, "a"), (100, "b"))]
        figure = getattr(compare(pair, Setting(surrogates=40, resamples=0)), name)
        values.append(0 if figure.value is None else figure.value - (figure.chance or 0))
        told += any("no higher than chance reaches" in sentence for sentence in figure.warnings)
    assert abs(np.mean(values)) < 0.12
    assert told >= 12 or name == "labels"


def test_intervals_cover_what_they_promise(observe) -> None:
    """The long run's figure lies in the interval of one film nearly as often as the interval says."""
    found = []
    for seed in range(60):
        truth = spread(seed, 30)
        pair = [observe(noisy(truth, 0.3, 7 * seed + at), who, seconds=120) for at, who in enumerate("ab")]
        found.append(compare(pair, Setting(surrogates=0, resamples=200)))
    for name in NAMES:
        figures = [figure for one in found if (figure := getattr(one, name)).value is not None]
        assert len(figures) > 50
        middle = np.mean([figure.value for figure in figures])
        assert np.mean([figure.low <= middle <= figure.high for figure in figures]) >= 0.85, name


def test_nobody_tagged_anything(observe) -> None:
    found = compare([observe([]), observe([], "bea")], DRAWN)
    assert [figure.value for figure in found.figures] == [None] * 4
    assert found.warnings == ("Nobody tagged anything: agreement on nothing says nothing.",)
    assert found.sentences()[0] == "Neither observer tagged anything."
    assert json.loads(json.dumps(found.as_dict(), allow_nan=False))["time"]["value"] is None


def test_one_of_two_tagged_nothing(observe) -> None:
    found = compare([observe(spread(1), seconds=120), observe([], "bea", seconds=120)], DRAWN)
    assert (found.time.value, found.events.value, found.labels.value) == (0, 0, None)
    assert found.unitizing.value <= 0
    assert "Observer 'bea' tagged nothing." in found.warnings
    assert found.time.high > 0


def test_points_alone_have_no_unitizing(observe) -> None:
    own = [(str(at % 3), 2.0 * at + 1, None) for at in range(25)]
    found = compare([observe(own), observe(own, "bea")], DRAWN)
    assert found.unitizing.value is None
    assert "a moment has no length" in found.unitizing.sentence()
    assert (found.time.value, found.events.value, found.labels.value) == (1, 1, 1)


def test_what_a_reader_should_know(observe) -> None:
    truth = spread(5, 60)
    little = compare([observe(truth, seconds=120), observe(truth[:20], "bea", seconds=120)], QUICK)
    assert any("tagged much more (60 against 20)" in sentence for sentence in little.warnings)
    few = compare([observe(truth[:5], seconds=120), observe(truth[:5], "bea", seconds=120)], QUICK)
    assert any("Only 5 tags" in sentence for sentence in few.warnings)
    # Nearly all is one code: they agree on 38 of 40 names, and kappa is low all the same.
    one = [("1", 3.0 * at + 1, 3.0 * at + 2) for at in range(40)]
    other = [("2" if at in {5, 30} else "1", start, end) for at, (_, start, end) in enumerate(one)]
    first = [("2" if at == 20 else "1", start, end) for at, (_, start, end) in enumerate(one)]
    paradox = compare([observe(first, seconds=125), observe(other, "bea", seconds=125)], QUICK)
    assert any("Prevalence paradox" in sentence for sentence in paradox.warnings)
    versions = compare([observe(truth, seconds=120), observe(truth, "bea", seconds=120, version="2")], QUICK)
    assert any("different versions of the scheme (1, 2)" in sentence for sentence in versions.warnings)


def test_a_curve_rises_with_the_tolerance(observe) -> None:
    truth = spread(9)
    pair = [observe(noisy(truth, 0.3, at), who, seconds=120) for at, who in enumerate("ab")]
    curve = tolerance_curve(pair, [1_000_000, 0, 300_000, 3_000_000], Setting(surrogates=20, resamples=50))
    drawn: dict[str, Any] = curve.as_dict()
    assert drawn["tolerance"] == [0, 300_000, 1_000_000, 3_000_000]
    for name in ("time", "events"):
        assert drawn[name]["value"] == sorted(drawn[name]["value"])
        assert drawn[name]["value"][0] < drawn[name]["value"][-1]
        assert all(math.isfinite(value) for value in drawn[name]["chance"])
    assert drawn["unitizing"]["value"][-1] > drawn["unitizing"]["value"][0]
    assert curve.comparisons[0].tolerance == 0


def test_each_with_each_is_what_two_alone_are(observe) -> None:
    cohort = [observe(noisy(spread(2), 0.3, at), f"o{at}", seconds=120) for at in range(5)]
    found = pairwise(cohort, QUICK)
    for a in range(5):
        assert found.time[a, a] == found.events[a, a] == 1
        for b in range(a):
            two = compare([cohort[b], cohort[a]], QUICK)
            assert found.time[a, b] == found.time[b, a] == pytest.approx(two.time.value)
            assert found.events[a, b] == pytest.approx(two.events.value)
            assert found.labels[a, b] == pytest.approx(two.labels.value)
            counts = align(cohort[b], cohort[a], resamples=0)
            for kind in ("matched", "shifted", "mislabelled"):
                assert getattr(found, kind)[a, b] == getattr(found, kind)[b, a] == counts.count(kind)
    whole = compare(cohort, QUICK)
    upper = np.triu_indices(5, 1)
    assert whole.time.value == pytest.approx(found.time[upper].mean())
    assert whole.events.value == pytest.approx(found.events[upper].mean())
    assert whole.alignment is None
    assert whole.sentences()[0].startswith("5 observers made")


def test_the_same_figures_every_time(observe) -> None:
    pair = [observe(noisy(spread(1), 0.3, at), who, seconds=120) for at, who in enumerate("ab")]
    assert compare(pair, DRAWN) == compare(pair, DRAWN)


@pytest.mark.parametrize(
    ("settings_", "says"),
    [
        ({"tolerance": -1}, "both must be 0 or more"),
        ({"unit": 0}, "choose one above 0"),
        ({"resamples": -1}, "each must be 0 or more"),
        ({"confidence": 1.0}, "choose from 0.5"),
    ],
)
def test_a_setting_without_meaning_is_refused(settings_, says) -> None:
    with pytest.raises(Refusal, match=says):
        Setting(**settings_)


def test_one_observation_is_refused(observe) -> None:
    with pytest.raises(Refusal, match="at least two observations"):
        compare([observe([])])


def test_ends_of_the_film_and_odd_films_break_nothing(observe) -> None:
    odd = [
        ([], [], 0.0),
        ([("1", 0, None)], [("1", 0, None)], 0.0),
        ([("1", 0, 0.05)], [("1", 0, None)], 0.05),
        ([("1", 0, 60)], [("1", 0, 60)], 60),
        ([("1", 0, 60), ("1", 0, 60)], [("1", 59.99, 60)], 60),
        ([("1", 60, None)], [("2", 60, None), ("1", 59.9, 60)], 60),
    ]
    for one, other, seconds in odd:
        found = compare([observe(one, seconds=seconds), observe(other, "bea", seconds=seconds)], DRAWN)
        json.dumps(found.as_dict(), allow_nan=False)
        for figure in found.figures:
            assert figure.value is None or figure.value <= 1
            assert figure.sentence()


def test_without_scipy_it_says_what_to_install(observe, monkeypatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name="scipy")

    monkeypatch.setattr("vigwidgets.agreement._scipy.import_module", missing)
    rivals = [("1", 2.0, None), ("1", 2.2, None)]
    with pytest.raises(Refusal, match="pip install 'vigwidgets\\[grade\\]'"):
        compare([observe(rivals), observe(rivals, "bea")], QUICK)


def test_one_figure_by_itself_is_that_of_the_comparison(observe) -> None:
    pair = [observe(noisy(spread(1), 0.3, at), who, seconds=120) for at, who in enumerate("ab")]
    plain = Setting(surrogates=0)
    assert time_kappa(pair, plain) == compare(pair, plain).time
    assert unitizing_alpha(pair, plain) == compare(pair, plain).unitizing


@pytest.mark.parametrize("form", ["1995", "2004"])
def test_unitizing_alpha_of_observations_is_what_was_published(observe, form) -> None:
    bertha = [("A", 2, 10), ("A", 14, 20)]
    bill = [("A", 4, 8), ("A", 15, 17)]
    setting = Setting(form=form, unit=100, tolerance=0, surrogates=0)
    found = unitizing_alpha([observe(bertha, seconds=24), observe(bill, "bill", seconds=24)], setting)
    assert found.value == pytest.approx(0.553, abs=0.001)
    assert found.low < found.value < found.high
