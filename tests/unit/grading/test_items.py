"""Items over many marks: what is hard, what divides, and what is seen otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from vigwidgets.authoring import EYES, simulate_observation
from vigwidgets.grading import Mark, cohort_of, differences, item_statistics, mark_observation, verdicts
from vigwidgets.records import Otherwise


@pytest.fixture(scope="session")
def marks(bench: Any) -> list[Mark]:
    """Twenty marks of eyes from naive to plausible."""
    made = []
    for seed in range(20):
        eye = EYES["plausible"] if seed % 2 else EYES["naive"]
        seen = simulate_observation(bench.truth, bench.codebook, eye, seed)
        made.append(mark_observation(seen, bench.truth, bench.codebook, bench.policy))
    return made


def test_each_item_is_counted_over_all_marks(bench: Any, marks: list[Mark]) -> None:
    found = item_statistics(marks)
    assert {one.item for one in found} == {f"beat:{beat.id}" for beat in bench.truth.beats}
    assert [one.start for one in found] == sorted(one.start or 0 for one in found)
    for one in found:
        name = one.item.removeprefix("beat:")
        assert one.alike.count == sum(any(seen.beat.id == name for seen in mark.seen) for mark in marks)
        assert one.alike.n == 20
        assert one.discrimination is None or -1 <= one.discrimination <= 1
    assert item_statistics(marks[::-1]) == found


def test_an_item_that_only_keen_eyes_see_divides_and_a_wrong_key_divides_the_other_way(bench: Any) -> None:
    tags = bench.as_expert()
    keen = bench.mark(tags)
    weak = bench.mark(tags[:1])
    by_name = {one.item: one for one in item_statistics([keen] * 5 + [weak] * 5)}
    assert by_name["beat:watch"].discrimination == pytest.approx(1)
    assert by_name["beat:look"].discrimination is None, "everybody saw it"
    turned = [bench.mark(tags[1:])] * 5 + [bench.mark(tags[:2])] * 5
    assert ({one.item: one for one in item_statistics(turned)}["beat:look"].discrimination or 0) < 0


def test_discrimination_has_the_interval_of_the_group_s_page(bench: Any, marks: list[Mark]) -> None:
    group = cohort_of({f"p{n}": [mark] for n, mark in enumerate(marks)}, bench.codebook, bench.truth.duration)
    there = {f"beat:{one.beat.id}": one for one in group.items}
    told = item_statistics(marks)
    assert any(one.discrimination is not None for one in told)
    for one in told:
        theirs = there[one.item]
        mine = (one.discrimination, one.discrimination_low, one.discrimination_high)
        assert mine == pytest.approx(
            (theirs.discrimination, theirs.discrimination_low, theirs.discrimination_high), abs=1e-9
        )


def test_few_attempts_say_nothing_of_discrimination(bench: Any, marks: list[Mark]) -> None:
    assert all(one.discrimination is None for one in item_statistics(marks[:4]))
    assert item_statistics([]) == []


def test_what_is_seen_otherwise_is_counted_at_its_item(marks: list[Mark]) -> None:
    said = [Otherwise("a", 1, "beat:words", "e", "So.", "t"), Otherwise("b", 1, "beat:words", "e", "So.", "t")]
    counted = {one.item: one.otherwise for one in item_statistics(marks, said)}
    assert counted["beat:words"] == 2
    assert sum(counted.values()) == 2


def test_every_difference_of_a_mark_has_a_name_and_what_was_seen_alike_has_none(marks: list[Mark]) -> None:
    for mark in marks:
        there = differences(mark)
        assert len(there) == len(mark.again)
        assert not {name for name, (alike, _, _) in verdicts(mark).items() if alike} & set(there)
