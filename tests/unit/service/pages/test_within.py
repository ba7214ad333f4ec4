"""The lists that follow the slider, over HTTP: the same numbers as the figures say, and never more rights."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from tests.unit.service.pages.conftest import BEATS, GOOD, House
from tests.unit.service.pages.test_growth import EXERCISE, late, summative, words
from vigwidgets.grading import TOLERANCES


def test_lists_and_figures_say_the_same_at_every_step(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, [*late(0.6)[:3], *GOOD[3:]])
    _, part, _ = house.get(f"/attempts/{attempt.id}/agreement?part", "trainee")
    steps = json.loads(html.unescape(re.search(r'data-steps="([^"]*)"', part)[1]))  # type: ignore[index]
    alike = []
    for tolerance, says in steps:
        status, lists, _ = house.get(f"/attempts/{attempt.id}/agreement?within={tolerance}", "trainee")
        assert status == 200
        seen = int(re.search(r"(\d+) seen alike", lists)[1])  # type: ignore[index]
        assert f", {seen} of the expert's" in says
        seconds = f"{tolerance / 1e6:g}"
        assert f"Where edges may differ by {seconds} s" in words(lists)
        assert "The mark stays as it is: it was made with 0.3 s" in words(lists)
        assert ' id="t=' not in lists, "addresses are the page's own"
        alike.append(seen)
    assert [at for at, _ in steps] == list(TOLERANCES)
    assert alike == sorted(alike)
    assert alike[0] < alike[-1]


def pairs_of(lists: str) -> list[list[str | None]]:
    found: list[list[str | None]] = json.loads(html.unescape(re.search(r'data-paired="([^"]*)"', lists)[1]))  # type: ignore[index]
    return found


def boot_of(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.search(r'id="boot">(.*?)</script>', page, re.DOTALL)[1])  # type: ignore[index]
    return found


def test_the_film_s_lanes_are_given_the_mark_s_own_pairs(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, [*late(0.6)[:3], *GOOD[3:-1]])
    _, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")
    boot, mark = boot_of(page), house.records.mark(attempt.id)
    assert mark is not None
    marked = boot["compare"]["marked"]
    assert marked["steps"] is True
    alike = [[tag, beat] for form, tag, beat in marked["paired"] if form == "both"]
    assert alike == [[one["tag"]["id"], f"beat-{one['beat']['id']}"] for one in mark["seen"]]
    assert len(marked["paired"]) == len(mark["seen"]) + len(mark["again"])
    tags, beats = {one["id"] for one in boot["tags"]}, {f"beat-{one['id']}" for one in boot["beats"]}
    assert {tag for _, tag, _ in marked["paired"] if tag} <= tags
    assert {beat for _, _, beat in marked["paired"] if beat} <= beats


def test_at_every_step_the_lanes_are_given_what_the_lists_count(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, [*late(0.6)[:3], *GOOD[3:]])
    for tolerance in TOLERANCES:
        _, lists, _ = house.get(f"/attempts/{attempt.id}/agreement?within={tolerance}", "trainee")
        forms = [form for form, _, _ in pairs_of(lists)]
        assert f"{forms.count('both')} seen alike, {forms.count('edge') + forms.count('name')} nearly" in words(lists)


def test_at_every_step_a_difference_of_the_mark_is_a_link_to_say_why(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, [*late(0.6)[:3], *GOOD[3:-1]])
    _, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")

    def items(lists: str) -> set[str]:
        return set(re.findall(r'data-otherwise="([^"]+)"', lists))

    there = items(page)
    assert there
    _, strict, _ = house.get(f"/attempts/{attempt.id}/agreement?within={TOLERANCES[0]}", "trainee")
    assert items(strict) == there
    for tolerance in TOLERANCES:
        _, lists, _ = house.get(f"/attempts/{attempt.id}/agreement?within={tolerance}", "trainee")
        assert items(lists) <= there, "what is said is kept with the mark's own differences"
        assert items(lists) or not re.search("Only the expert|Only you|Nearly the same", lists)
    _, lists, _ = house.get(f"/attempts/{attempt.id}/agreement?within={TOLERANCES[0]}", "supervisor")
    assert not items(lists)


def test_what_is_not_released_gives_no_pairs_away(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    summative(house)
    _, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")
    assert boot_of(page)["compare"]["marked"] is None


def test_the_page_says_where_its_lists_come_from_and_keeps_them(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    _, page, _ = house.get(f"/attempts/{attempt.id}", "trainee")
    assert f'data-lists="/attempts/{attempt.id}/agreement?within="' in page
    assert '<div class="lists">' in page
    before = house.records.marks(attempt.id)
    house.get(f"/attempts/{attempt.id}/agreement?within=100000", "trainee")
    assert house.records.marks(attempt.id) == before


def test_there_are_lists_at_the_slider_s_steps_only_and_for_readers_only(house: House) -> None:
    attempt = house.hand_in("trainee", EXERCISE, GOOD)
    for step in ("123", "", "abc", "-1", "9" * 5000, "0.3"):
        status, said, _ = house.get(f"/attempts/{attempt.id}/agreement?within={step}", "trainee")
        assert status == 404
        assert "the slider has steps of 0.1, 0.2" in said
    address = f"/attempts/{attempt.id}/agreement?within=300000"
    assert house.get(address, "supervisor")[0] == 200
    assert house.get(address, "author")[0] == 403
    summative(house)
    status, said, _ = house.get(address, "trainee")
    assert status == 403
    assert BEATS[0].says not in said
