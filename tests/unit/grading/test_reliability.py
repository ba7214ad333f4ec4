"""A rater over a set of films: figures side by side, bands with their interval, and what each of them cannot see."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vigwidgets.agreement import icc, lin_ccc, pearson
from vigwidgets.grading import BANDS, FilmRatings, Reliability, reliability

ITEMS = {name: name.title() for name in ("face", "eyes", "voice", "activity", "relationship")}
STEPS = 3


def films(n: int, rate: Callable[[int, int, np.random.Generator], int], seed: int = 1) -> list[FilmRatings]:
    """Make ``n`` films; ``rate`` gives the rater's step from the reference's, the film's number and chance."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(n):
        # A film is more or less withdrawn as a whole, and its items with it.
        level = random.uniform(0, 1)
        reference = {item: int(random.binomial(2, level)) for item in ITEMS}
        own = {item: int(np.clip(rate(step, number, random), 0, 2)) for item, step in reference.items()}
        made.append(
            FilmRatings(
                film=f"film-{number:02d}", own=own, reference=reference,
                rated_at=f"2026-{1 + number // 28:02d}-{1 + number % 28:02d}T10:00:00Z",
            )
        )  # fmt: skip
    return made


def found(rated: list[FilmRatings], cutoff: int | None = 2) -> Reliability:
    return reliability(rated, ITEMS, STEPS, cutoff)


def test_the_figures_are_those_of_the_measures() -> None:
    rated = films(21, lambda step, _, random: step + int(random.integers(-1, 2)))
    result = found(rated)
    own = [sum(one.own.values()) for one in rated]
    key = [sum(one.reference.values()) for one in rated]
    correlation, concordance, agreement, bias = result.figures
    for figure, measure in (
        (correlation, pearson(own, key)),
        (concordance, lin_ccc(own, key)),
        (agreement, icc(np.column_stack([own, key]), "2,1")),
    ):
        assert (figure.value, figure.low, figure.high) == (measure.value, measure.low, measure.high)
    assert bias.value == pytest.approx(np.mean(np.subtract(own, key)))
    assert result.films == 21
    assert list(result.totals.values()) == list(zip(own, key, strict=True))


@pytest.mark.parametrize("n", [3, 4, 9])
def test_with_fewer_than_ten_films_no_band_is_named(n: int) -> None:
    result = found(films(n, lambda step, *_: step, seed=3))
    told = " ".join(result.sentences)
    assert "Your totals go with the reference's at 1.00; " in told
    assert "too few for a band" in told
    assert "in the band" not in told
    assert (f"{n} films are too few for a band, and allow no interval" in told) == (result.figures[0].low is None)


def test_with_ten_films_the_band_is_named_with_its_interval() -> None:
    result = found(films(10, lambda step, _, random: step + int(random.integers(-1, 2)), seed=3))
    correlation = result.figures[0]
    told = " ".join(result.sentences)
    assert f"from 10 films the interval reaches from {correlation.low:.2f} to {correlation.high:.2f}" in told
    assert "in the band" in told


def test_who_rates_as_the_reference_is_in_the_highest_band_and_nobody_is_certified() -> None:
    result = found(films(21, lambda step, *_: step))
    assert result.band == "expert"
    assert result.band_low in ("research", "expert"), "21 films promise no more"
    assert all(item.same == item.n == 21 and item.bias == 0 for item in result.items)
    assert result.cutoff_errors == []
    said = " ".join(result.sentences)
    assert "certifies nobody" in said
    assert "certified" not in said.lower()


def test_a_milder_eye_is_not_hidden_by_the_correlation() -> None:
    rated = films(30, lambda step, *_: step)
    low = [one for one in rated if max(one.reference.values()) > 0]
    mild = [one.model_copy(update={"own": {i: max(0, s - 1) for i, s in one.own.items()}}) for one in low]
    result = found(mild)
    assert (result.figures[3].value or 0) < -0.5
    assert (result.figures[1].value or 0) < (result.figures[0].value or 0) - 0.1
    assert any("milder or stricter throughout" in sentence for sentence in result.sentences)
    assert all((item.bias or 0) < 0 for item in result.items)


def test_who_is_on_another_side_of_the_cutoff_is_named() -> None:
    rated = films(12, lambda step, *_: step)
    wrong = rated[3].model_copy(update={"own": dict.fromkeys(ITEMS, 2), "reference": dict.fromkeys(ITEMS, 0)})
    result = found([*rated[:3], wrong, *rated[4:]])
    assert result.cutoff_errors == ["film-03"]
    assert "film-03" in " ".join(result.sentences)
    assert found(rated, None).cutoff == ""


def test_an_eye_that_becomes_stricter_is_seen() -> None:
    result = found(films(40, lambda step, number, _: step + (number >= 20)))
    assert result.drift.value is not None
    assert result.drift.low is not None
    assert result.drift.low > 0
    assert "more than by chance" in result.drift.says
    steady = found(films(40, lambda step, _, random: step + int(random.integers(-1, 2))))
    assert "can be chance" in steady.drift.says


def test_test_and_retest_are_compared() -> None:
    rated = films(10, lambda step, *_: step)
    again = [one.model_copy(update={"again": one.own}) for one in rated]
    assert found(again).retest.value == pytest.approx(1)
    assert found(rated).retest.value is None


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_films_make_no_figure(n: int) -> None:
    result = found(films(n, lambda step, *_: step))
    assert result.band is None
    assert all(figure.value is None and "3 at least" in figure.says for figure in result.figures)
    assert result.sentences[-1].startswith("This is agreement in training")


def test_a_film_that_is_not_rated_whole_counts_for_its_items_alone() -> None:
    rated = films(8, lambda step, *_: step)
    part = rated[0].model_copy(update={"own": {"face": rated[0].own["face"]}})
    result = found([part, *rated[1:]])
    assert result.films == 7
    assert {item.item: item.n for item in result.items} == {"face": 8, **dict.fromkeys(list(ITEMS)[1:], 7)}


def test_an_item_that_is_hardly_ever_seen_is_said_to_say_little() -> None:
    rated = [one.model_copy(update={"reference": {**one.reference, "voice": 0}}) for one in films(9, lambda s, *_: s)]
    voice = next(item for item in found(rated).items if item.item == "voice")
    assert "kappa says little" in voice.says


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 15), st.integers(0, 1000), st.randoms())
def test_the_order_of_films_does_not_matter_and_figures_stay_in_their_range(n: int, seed: int, order: object) -> None:
    rated = films(n, lambda step, _, random: step + int(random.integers(-1, 2)), seed)
    shuffled = list(rated)
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    result = found(rated)
    assert found(shuffled) == result
    assert all(figure.value is None or -1 <= figure.value <= 1 for figure in result.figures[:3])
    assert result.band in {None, "none", *(name for _, name in BANDS)}


def test_more_noise_never_raises_the_figures_in_expectation() -> None:
    def mean(noise: float) -> float:
        values = [
            found(films(21, lambda step, _, r: step + round(r.normal(0, noise)), seed)).figures[2].value or 0
            for seed in range(20)
        ]
        return float(np.mean(values))

    means = [mean(noise) for noise in (0.0, 0.5, 1.0, 2.0)]
    assert means == sorted(means, reverse=True)
