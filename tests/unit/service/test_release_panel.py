"""A rating panel that is a summative key: nobody but a supervisor reads anything of it before it is released."""

from __future__ import annotations

import html
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.conftest import make_film
from tests.unit.service.test_release import every_answer, plain
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.curriculum import add_to_panel
from vigwidgets.grading import CAUTION, mark_attempt, write_report
from vigwidgets.observations import RATING, new_id, rating_id

pytestmark = pytest.mark.anyio

EXERCISE, FILM = "withdrawal-tam", "meeting-tam"
EXPERTS = ("bilby", "wombat", "potoroo")
# Not to be found anywhere by chance.
NOTES = {"face": "Greets the quokka.", "eyes": "Looks for the numbat.", "voice": "Calls the dunnart.",
         "activity": "Hops as the bettong.", "relationship": "Shares with the quoll."}  # fmt: skip


def sheet(steps: dict[str, str], duration: int, notes: dict[str, str]) -> list[Tag]:
    """Return a rating of each item."""
    return [
        Tag(id=rating_id(item), code=item, actor="baby", target="baby", start=0, end=duration,
            modifiers={RATING: step}, note=notes.get(item, ""))
        for item, step in steps.items()
    ]  # fmt: skip


def examined(site: Any) -> tuple[str, list[str]]:
    """Make a rating exercise summative with a panel; return Ann's marked attempt, and what only its key knows."""
    make_film(site.data, FILM)
    course = site.state.course
    exercise = course.exercises[EXERCISE]
    policy = exercise.policy.model_copy(update={"against": "distribution"})
    exercise = exercise.model_copy(update={"marking": "summative", "policy": policy})
    site.state.course = course = replace(course, exercises={**course.exercises, EXERCISE: exercise})
    codebook = course.codebook(exercise)
    record = site.begin("ann", EXERCISE)
    own = record.observation
    puts = [Put(tag=tag) for tag in sheet(dict.fromkeys(NOTES, "0"), own.duration, {})]
    site.records.append_edit(record.id, Edit(id=new_id("edit"), changes=puts), codebook, None)
    for expert, step in zip(EXPERTS, ("2", "2", "1"), strict=True):
        seen = own.model_copy(
            update={"id": f"obs-{expert}", "observer": expert,
                    "tags": sheet(dict.fromkeys(NOTES, step), own.duration, NOTES)}
        )  # fmt: skip
        path = add_to_panel(site.data, course, exercise, expert, seen)
        assert path.stat().st_mode & 0o077 == 0, "nobody else on the machine"
    attempt = site.records.hand_in(record.id)
    mark = mark_attempt(site.records, site.state.library, course, attempt)
    assert {item.says for item in mark.items} == set(NOTES.values())
    write_report(attempt, mark, site.data, course)
    sentences = [item.sentence for item in mark.items] + [one for one in mark.summary if one != CAUTION]
    return attempt.id, [*NOTES.values(), *EXPERTS, *sentences, '"reference"', "vig-rating-mark"]


def told(text: str, secrets: list[str]) -> list[str]:
    """Return the secrets that stand in an answer, however its signs are written."""
    forms = (text, html.unescape(text), text.replace('\\"', '"'))
    return [secret for secret in secrets if any(secret in form for form in forms)]


@pytest.mark.parametrize("login", ["ann", "ben", "art", "ada"])
async def test_no_answer_holds_anything_of_a_rating_panel_before_it_is_released(voila: Any, login: str) -> None:
    attempt, secrets = examined(voila)
    answers = await every_answer(voila, login, attempt)
    assert {place: found for place, text in answers.items() if (found := told(text, secrets))} == {}
    own = answers[f"attempts/{attempt} as text/html"]
    assert ("your supervisor releases" in own) is (login == "ann")


async def test_a_supervisor_reads_it_and_its_owner_when_it_is_released(voila: Any) -> None:
    attempt, secrets = examined(voila)
    read = plain(await voila.client("sue").get(f"/attempts/{attempt}", Accept="text/html"))
    assert set(NOTES.values()) <= set(told(read, secrets)), "what the tests above look for can be found"
    for stage in ("ready", "released"):
        voila.records.add_stage(attempt, stage, voila.people["sue"].id)
    released = plain(await voila.client("ann").get(f"/attempts/{attempt}", Accept="text/html"))
    assert set(NOTES.values()) <= set(told(released, secrets))
    assert not set(EXPERTS) & set(told(released, secrets)), "and still not whose eyes they were"
    report = await voila.client("ann").get(f"/attempts/{attempt}/report")
    assert report.code == HTTPStatus.OK
    assert not set(EXPERTS) & set(told(plain(report), secrets))
    other = await voila.client("ben").get(f"/attempts/{attempt}", Accept="text/html")
    assert other.code == HTTPStatus.FORBIDDEN
