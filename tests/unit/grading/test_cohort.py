"""What a group's marks say: items, people, and where they differ; noise is not told as news."""

from __future__ import annotations

import json
from typing import Any

import pytest

from vigwidgets.contract import Truth
from vigwidgets.grading import Mark, cohort_of
from vigwidgets.grading._cohort import _surely_below_0

Bench = Any


@pytest.fixture(scope="module")
def film(bench: Bench) -> Truth:
    beats = [bench.beat(f"b{n}", ["3" if n % 2 else "4"], "mum", 5 * n + 1, 5 * n + 4) for n in range(11)]
    return bench.film(beats)  # type: ignore[no-any-return]


def marked(bench: Bench, film: Truth, *leave: int, more: int = 0) -> Mark:
    tags = [tag for n, tag in enumerate(bench.as_expert(film)) if n not in leave]
    tags += [bench.tag("1", "mum", 5 * n + 4.2, 5 * n + 4.9, f"more-{n}") for n in range(more)]
    return bench.mark(tags, film)  # type: ignore[no-any-return]


def test_an_empty_group(bench: Bench) -> None:
    found = cohort_of({}, bench.codebook, 10_000_000)
    assert (found.people, found.raters, found.items, found.spots) == (0, [], [], [])


def test_difficulty_counts_people_not_attempts(bench: Bench, film: Truth) -> None:
    group = {f"p{n}": [marked(bench, film, 0, 1, 2), marked(bench, film, *([3] if n < 2 else []))] for n in range(5)}
    found = cohort_of(group, bench.codebook, film.duration)
    assert [one.beat.id for one in found.items] == [beat.id for beat in film.beats]
    assert found.items[3].difficulty == pytest.approx(2 / 5)
    assert found.items[0].difficulty == 0
    assert found.items[3].seen.n == 5


def test_discrimination_is_the_correlation_with_the_rest(bench: Bench, film: Truth) -> None:
    # Whoever misses the first also misses three others; nobody else misses anything.
    group = {f"p{n}": [marked(bench, film, *([0, 1, 2, 3] if n < 3 else [4]))] for n in range(6)}
    items = {one.beat.id: one for one in cohort_of(group, bench.codebook, film.duration).items}
    assert items["b0"].discrimination == pytest.approx(1)
    assert items["b4"].discrimination == pytest.approx(-1)
    assert items["b9"].discrimination is None
    assert items["b9"].discrimination_low is None
    assert (items["b4"].discrimination_high or 0) < 0
    assert "look at the key" in items["b4"].note
    assert items["b9"].note == "everybody sees it"


def test_a_small_negative_correlation_is_no_news() -> None:
    assert not _surely_below_0(-0.16, 13)
    assert _surely_below_0(-0.7, 13)


def test_severity_drift_and_a_hand(bench: Bench, film: Truth) -> None:
    group = {
        "much": [marked(bench, film, more=10)],
        "fell": [marked(bench, film), marked(bench, film, *range(9))],
        "well": [marked(bench, film, 1), marked(bench, film)],
    }
    found = cohort_of(group, bench.codebook, film.duration)
    people = {one.person: one for one in found.raters}
    assert people["much"].severity == pytest.approx(21 / 11)
    assert people["well"].severity == 1
    # The exact Poisson interval of 21 is 13.0 to 32.1, of 11 it is 5.5 to 19.7.
    assert (people["much"].severity_low * 11, people["much"].severity_high * 11) == pytest.approx(
        (13.0, 32.1), abs=0.15
    )
    assert (people["well"].severity_low * 11, people["well"].severity_high * 11) == pytest.approx((5.5, 19.7), abs=0.15)
    assert people["fell"].drift == pytest.approx(2 / 11 - 1)
    assert people["fell"].help
    assert people["much"].habit is not None
    assert people["well"].help == ""
    assert found.raters[-1].person == "well"


def test_spots_lie_where_people_differ(bench: Bench, film: Truth) -> None:
    group = {f"p{n}": [marked(bench, film, *([2] if n < 3 else []))] for n in range(4)}
    spots = cohort_of(group, bench.codebook, film.duration).spots
    assert len(spots) == 60
    assert [second for second, share in enumerate(spots) if share] == [11, 12, 13]
    assert spots[12] == 3 / 4


def test_order_of_people_does_not_matter_and_it_is_json(bench: Bench, film: Truth) -> None:
    group = {"a": [marked(bench, film, 1)], "b": [marked(bench, film, 2, more=4)]}
    there = cohort_of(group, bench.codebook, film.duration).as_data()
    back = cohort_of(dict(reversed(group.items())), bench.codebook, film.duration).as_data()
    assert json.dumps(there) == json.dumps(back)
