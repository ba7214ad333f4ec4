"""A clock that is set back makes no first attempt of a second: not in a group, a gradebook, or in how an eye grows."""

from __future__ import annotations

from typing import Any

import pytest

from vigwidgets.grading import gradebook_rows, mark_attempt
from vigwidgets.records import Attempt
from vigwidgets.service.pages.growth import growth_of
from vigwidgets.service.pages.supervision import supervision

from .test_groups import ITEMS, RATING, SET, page, rate, rows

pytestmark = pytest.mark.anyio


def set_back(site: Any, attempt: Attempt) -> None:
    with site.records.writing() as connection:
        early = "2020-01-01T00:00:00.000000Z"
        connection.exec_driver_sql("UPDATE attempts SET handed_in_at = ? WHERE id = ?", (early, attempt.id))


async def test_what_was_rated_first_counts_and_the_last_is_the_newest(site: Any) -> None:
    first = rate(site, "ann", dict.fromkeys(ITEMS, "2"))
    second = rate(site, "ann", dict.fromkeys(ITEMS, "1"))
    set_back(site, second)
    (row,) = await rows(site, f"{SET}/people.csv")
    assert (row["severity"], row["drift"]) == ("1.0", "-1.0")
    assert f'href="/attempts/{second.id}"' in await page(site, "sue", RATING)
    shown = supervision(site.state.course, site.records)
    assert [one.path for one in shown.attempts] == [f"attempts/{second.id}", f"attempts/{first.id}"]
    book = gradebook_rows(site.records, site.state.course)
    assert [one["attempt"] for one in book] == [first.id, second.id]
    (cell,) = [one for line in shown.gradebook for one in line.cells if one.path]
    assert cell.path == f"attempts/{second.id}"


async def test_an_eye_grows_from_attempt_to_attempt(site: Any) -> None:
    made = []
    for _ in range(2):
        made.append(site.records.hand_in(site.begin("ann").id))
        mark_attempt(site.records, site.state.library, site.state.course, made[-1])
    set_back(site, made[1])
    codebook = site.state.course.codebook(made[0].exercise)
    first, second = (growth_of(one, site.people["ann"], site.state, codebook) for one in made)
    assert first is not None
    assert second is not None
    assert not first.chart, "there was one attempt then"
    assert second.chart
