"""A habit is found where it is, is silent about accidents, and is told with the moments that show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vigwidgets.contract import Tag, Truth
from vigwidgets.grading import Habit, habit_of, habits_of, leaning

Bench = Any


@pytest.fixture(scope="module")
def film(bench: Bench) -> Truth:
    """Eight initiatives, eight receptions, eight attuned turns, each by itself."""
    beats = []
    for n in range(8):
        at = 2 + 12 * n
        beats += [
            bench.beat(f"begins-{n}", ["initiative"], "baby", at, at + 2),
            bench.beat(f"receives-{n}", ["3"], "mum", at + 3, at + 6),
            bench.beat(f"turns-{n}", ["4"], "mum", at + 8, at + 10.5),
        ]
    return bench.film(beats, seconds=120)  # type: ignore[no-any-return]


def habit(bench: Bench, film: Truth, change: Callable[[int, Tag], Tag | None]) -> Habit | None:
    tags = [change(n, tag) for n, tag in enumerate(bench.as_expert(film))]
    return habit_of([bench.mark([tag for tag in tags if tag], film)], bench.codebook)


def later(tag: Tag, by: int) -> Tag:
    return tag.model_copy(update={"start": tag.start + by, "end": (tag.end or 0) + by})


def test_who_sees_as_the_expert_does_has_none(bench: Bench, film: Truth) -> None:
    assert habit(bench, film, lambda _, tag: tag) is None


def test_who_has_marked_nothing_has_none(bench: Bench, film: Truth) -> None:
    assert habit_of([bench.mark([], film)], bench.codebook) is None
    assert habits_of([], bench.codebook) == []


def test_a_lane_that_is_passed_over(bench: Bench, film: Truth) -> None:
    found = habit(bench, film, lambda n, tag: None if tag.code == "3" and n > 3 else tag)
    assert found is not None
    assert (found.kind, found.lanes, found.share.count, found.share.n) == ("misses", ["3"], 7, 8)
    assert "Receiving initiatives" in found.sentence
    assert "8 times" in found.sentence
    assert len(found.instances) == 7
    assert all(one.film == "blocks" for one in found.instances)


def test_a_few_misses_here_and_there_are_an_accident(bench: Bench, film: Truth) -> None:
    assert habit(bench, film, lambda n, tag: None if n in {0, 4, 8, 16} else tag) is None


@pytest.mark.parametrize(("by", "kind"), [(800_000, "late"), (-800_000, "early")])
def test_edges_that_all_lie_to_one_side(bench: Bench, film: Truth, by: int, kind: str) -> None:
    found = habit(bench, film, lambda _, tag: later(tag, by))
    assert found is not None
    assert found.kind == kind
    assert found.amount == pytest.approx(by / 1e6)
    assert "0.8 s" in found.sentence


def test_edges_to_both_sides_are_no_habit(bench: Bench, film: Truth) -> None:
    assert habit(bench, film, lambda n, tag: later(tag, 800_000 if n % 2 else -800_000)) is None


@pytest.mark.parametrize("by", [2.5, 3.0, 4.0, -3.0])
def test_one_shift_of_all_marks_is_no_blindness_and_not_too_much(bench: Bench, by: float) -> None:
    # Moments far apart, and not evenly: three seconds late each mark lies alone and each moment seems missed.
    at = [7.0, 19.5, 33.0, 44.0, 58.5, 70.0, 83.0, 97.5, 108.0]
    film = bench.film(
        [bench.beat(f"begins-{n}", ["initiative"], "baby", t, t + 1) for n, t in enumerate(at)], None, 120
    )
    found = habit(bench, film, lambda _, tag: later(tag, round(by * 1e6)))
    assert found is not None
    assert found.kind == ("late" if by > 0 else "early")
    assert found.amount == pytest.approx(by)
    assert found.share.count == len(at)


def test_who_marks_nothing_but_other_moments_is_not_late(bench: Bench, film: Truth) -> None:
    alone = [bench.tag("3", "mum", start, start + 1) for start in (100, 103.7, 107.9, 111, 114.2, 117.3)]
    found = habit_of([bench.mark(alone, film)], bench.codebook)
    assert found is None or found.kind not in {"late", "early"}


def test_who_begins_early_and_ends_late_is_told_both(bench: Bench, film: Truth) -> None:
    def wider(_: int, tag: Tag) -> Tag:
        return tag.model_copy(update={"start": tag.start - 1_500_000, "end": (tag.end or 0) + 1_500_000})

    found = habit(bench, film, wider)
    assert found is not None
    assert found.kind == "early"
    assert "about 1.5 s (probably 1.5 to 1.5 s) before the expert's" in found.sentence
    assert "They also end about 1.5 s (probably 1.5 to 1.5 s) after the expert's" in found.sentence
    assert "both ends" in found.next_step
    moved = habit(bench, film, lambda _, tag: later(tag, -800_000))
    assert moved is not None
    assert "also end" not in moved.sentence


def test_two_names_that_change_places(bench: Bench, film: Truth) -> None:
    other = {"3": "4", "4": "3", "initiative": "initiative"}
    found = habit(bench, film, lambda _, tag: tag.model_copy(update={"code": other[tag.code]}))
    assert found is not None
    assert (found.kind, found.lanes, found.share.count) == ("confuses", ["3", "4"], 16)
    assert "Receiving initiatives and Developing attuned interactions change places" in found.sentence


def test_moments_given_to_the_other_person(bench: Bench, film: Truth) -> None:
    swapped = {"actor": "baby", "target": "mum"}
    found = habit(bench, film, lambda _, tag: tag if tag.code == "initiative" else tag.model_copy(update=swapped))
    assert found is not None
    assert (found.kind, found.share.count) == ("actor", 16)


def test_marks_where_nothing_is(bench: Bench, film: Truth) -> None:
    imagined = [bench.tag("2", "mum", 100 + n, 100.8 + n, f"more-{n}") for n in range(18)]
    found = habit_of([bench.mark([*bench.as_expert(film), *imagined], film)], bench.codebook)
    assert found is not None
    assert (found.kind, found.share.count, found.share.n) == ("too_much", 18, 42)


def test_order_of_films_does_not_matter(bench: Bench, film: Truth) -> None:
    some = bench.mark([tag for tag in bench.as_expert(film) if tag.code != "3"], film)
    all_ = bench.mark(bench.as_expert(film), film)
    there, back = (habit_of(marks, bench.codebook) for marks in ([some, some, all_], [all_, some, some]))
    assert there is not None
    assert back is not None
    assert (there.kind, there.share, there.odds) == (back.kind, back.share, back.odds)


def test_one_person_over_two_films_shows_what_one_film_cannot(bench: Bench, film: Truth) -> None:
    short = bench.film(film.beats[:6], seconds=30)
    mark = bench.mark([tag for tag in bench.as_expert(short) if tag.code != "3"], short)
    assert habit_of([mark], bench.codebook) is None
    assert habit_of([mark, mark, mark], bench.codebook) is not None


def test_a_step_too_lenient() -> None:
    reference = [0, 0, 1, 2, 3, 4, 2, 1, 3, 4, 4, 2, 0, 1, 2, 3]
    own = [max(step - 1, 0) for step in reference]
    found = leaning(own, reference)
    assert found is not None
    assert (found.kind, found.share.count, found.share.n) == ("milder", 13, 16)
    assert found.amount == pytest.approx(-13 / 16)
    assert "milder than the reference by 0.8 of a step" in found.sentence


@given(st.lists(st.integers(0, 4), max_size=40))
def test_the_reference_itself_leans_nowhere(steps: list[int]) -> None:
    assert leaning(steps, steps) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=40))
def test_leaning_turns_round_with_the_sides(pairs: list[tuple[int, int]]) -> None:
    own, reference = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = leaning(own, reference), leaning(reference, own)
    assert (there is None) == (back is None)
    if there and back:
        assert {there.kind, back.kind} == {"milder", "stricter"}
        assert there.amount == pytest.approx(-(back.amount or 0))
