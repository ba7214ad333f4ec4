"""Who does an exercise is told its terms before they hand in: on the path, on its page, and where they are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.unit.service.test_workflow import EXERCISE, page, with_terms
from vigwidgets.curriculum import Terms
from vigwidgets.service.answers import answers_page
from vigwidgets.service.due import terms_told
from vigwidgets.service.voila.page import boot_of

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def told(site: Any, at: datetime, login: str = "ann") -> str:
    exercise = site.state.course.exercise(EXERCISE)
    return terms_told(exercise, site.people[login].id, site.records, at).whole


async def test_what_being_late_means_is_said_as_each_rule_has_it(site: Any) -> None:
    deduct = {"rule": "deduct", "per_day": 0.1, "at_most": 0.3}
    with_terms(site, due="2026-11-21 12:00", zone="Europe/London", late=deduct)
    says = (
        "Due 21 November 2026, 12:00 (Europe/London). Later, 10% of the credit is taken off for each day begun, 30% at "
        "most. It can be handed in once."
    )
    assert told(site, NOON) == says
    assert told(site, NOON + timedelta(hours=5)) == f"{says} It is 5 h late now: 10% would be taken off."
    late = {"rule": "refuse", "grace_min": 15}
    with_terms(site, "formative", due="2026-07-01 12:00", closes="2026-07-03 12:00", zone="Europe/London", late=late)
    says = "Due 1 July 2026, 12:00 (Europe/London). More than 15 minutes later it is not taken."
    summer = datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert told(site, summer + timedelta(minutes=15)) == says
    assert told(site, summer + timedelta(minutes=16)) == f"{says} It is closed now."
    with_terms(site, "formative", opens="2026-11-22 08:00", due="2026-11-23 08:00", closes="2026-11-24 08:00")
    assert told(site, NOON) == (
        "It opens 22 November 2026, 08:00 (UTC). Due 23 November 2026, 08:00 (UTC). Later it is noted as late, and "
        "nothing is taken off. It closes 24 November 2026, 08:00 (UTC)."
    )
    with_terms(site, "formative")
    assert told(site, NOON) == ""


async def test_who_was_given_more_time_reads_their_own_and_attempts_are_counted(site: Any) -> None:
    with_terms(site, due="2026-11-21 12:00", attempts=3)
    given = {"exercise": EXERCISE, "person": site.people["ann"].id, "until": "2126-11-25T09:00", "reason": "was ill"}
    await site.client("sue").post("/supervision/extensions", **given)
    site.records.hand_in(site.begin("ann").id)
    assert told(site, NOON).startswith("Due 25 November 2126, 09:00 (UTC).")
    assert told(site, NOON).endswith("It can be handed in 3 times; 2 are left.")
    assert told(site, NOON, "ben").startswith("Due 21 November 2026, 12:00 (UTC).")


async def test_path_page_and_dialog_tell_it_until_it_is_handed_in_for_good(site: Any) -> None:
    with_terms(site, due="2126-11-21 12:00")
    record, ann, exercise = site.begin("ann"), site.people["ann"], site.state.course.exercise(EXERCISE)
    read = await page(site, "ann", "/learning")
    says = (
        "Due 21 November 2126, 12:00 (UTC). Later it is noted as late, and nothing is taken off. It can be handed in "
        "once."
    )
    assert f'<p class="soft">{says}</p>' in read
    boot = boot_of(site.state, exercise, record, ann, "")
    assert boot["exercise"]["terms"] == {"says": says, "now": "", "lateFrom": "2126-11-21T12:00:00+00:00"}
    site.records.hand_in(record.id)
    assert "Due 21 November" not in await page(site, "ann", "/learning")
    frozen = site.records.observation(record.id)
    assert boot_of(site.state, exercise, frozen, ann, "")["exercise"]["terms"] is None


async def test_questions_say_that_they_count_and_that_they_are_handed_in_once(site: Any) -> None:
    course = site.state.course
    terms = Terms.model_validate({"due": "2026-01-01 09:00"})
    summative = course.exercise("about-initiatives").model_copy(update={"marking": "summative", "terms": terms})
    site.state.course = replace(course, exercises={**course.exercises, summative.id: summative})
    record = site.begin("ann", summative.id)
    view = answers_page(site.state, summative, record, saved=False, asks=True)
    assert view.terms.startswith("It is marked for your record. Due 1 January 2026, 09:00 (UTC).")
    assert "It can be handed in once. It is " in view.terms
    assert view.terms.endswith(" late now.")
