"""A rating exercise on the service: its page's boot, its edits, and its feedback without a mark."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.unit.service.conftest import make_film
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.curriculum import Exercise, Sheet
from vigwidgets.grading import Reference, mark_ratings
from vigwidgets.service.exercises import observation_for
from vigwidgets.service.pages.sets import rated_films, set_page
from vigwidgets.service.pages.supervision import supervision
from vigwidgets.service.voila.page import boot_of

pytestmark = pytest.mark.anyio


async def test_a_rating_is_done_handed_in_and_read_again(site: Any) -> None:
    exercise = Exercise(
        id="rate", version="1", title="Rate", kind="rating", film="blocks", scheme="m-adbb", minutes=5, marking="none",
        task="Rate it.", sheet=Sheet(look="whole", total=True),
    )  # fmt: skip
    site.state.course.exercises["rate"] = exercise
    path = site.data / "anchors" / "m-adbb.yaml"
    path.parent.mkdir()
    path.write_text('scheme: m-adbb\nversion: "1"\nsource: {en: Licensed}\nitems: {eyes: {help: {en: Theirs}}}\n')
    ann = next(one for one in site.records.people() if one.login == "ann")
    record = await observation_for(site.state, ann, exercise)
    boot = boot_of(site.state, exercise, record, ann, "x")
    assert (boot["exercise"]["kind"], boot["exercise"]["sheet"]) == ("rating", {"total": True, "look": "whole"})
    assert boot["scheme"]["scale"]["wording"] == {"en": "Licensed"}
    assert boot["clips"] is None
    socket = await site.client("ann").socket(record.id)
    await socket.hear()
    tag = Tag(
        id="rating.eyes", code="eyes", actor="baby", target="mother", start=0, end=record.observation.duration,
        modifiers={"rating": "1"},
    )  # fmt: skip
    await socket.send(Edit(id="e1", changes=[Put(tag=tag)]))
    assert (await socket.hear())["type"] == "ack"
    wrong = tag.model_copy(update={"modifiers": {"rating": "4"}})
    await socket.send(Edit(id="e2", changes=[Put(tag=wrong)]))
    assert (await socket.hear())["type"] == "refused"
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    attempt = json.loads(answer.body)["attempt"]
    assert site.records.mark(attempt) is None
    page = (await site.client("ann").get(f"/attempts/{attempt}")).body.decode()
    assert "talk them over with a colleague" in " ".join(page.split())
    assert '"sheet"' in page
    path.write_text("scheme: [")
    assert boot_of(site.state, exercise, record, ann, "x")["scheme"]["scale"]["wording"]["en"].startswith("our own")


def rate(site: Any, login: str, exercise: str, steps: dict[str, str]) -> Any:
    """Begin an exercise and rate some items of it."""
    record = site.begin(login, exercise)
    changes = [
        Put(tag=Tag(id=f"rating.{item}", code=item, actor="baby", target="mother", start=0,
                    end=record.observation.duration, modifiers={"rating": step}))
        for item, step in steps.items()
    ]  # fmt: skip
    codebook = site.state.course.codebook(exercise)
    if changes:
        site.records.append_edit(record.id, Edit(id=f"edit-{record.id}"[:64], changes=changes), codebook, None)
    return record


ITEMS = ("face", "eyes", "voice", "activity", "relationship")


async def test_a_sheet_with_open_items_is_refused_by_name_and_stays_as_it_is(site: Any) -> None:
    record = rate(site, "ann", "withdrawal-tam", dict.fromkeys(ITEMS[2:], "0"))
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    assert answer.code == 400
    said = json.loads(answer.body)["error"]
    labels = [site.state.course.codebook("withdrawal-tam").code(item).label["en"] for item in ITEMS]
    assert said.startswith(f"“{labels[0]}” and “{labels[1]}” are not rated yet;")
    assert not any(label in said for label in labels[2:])
    assert not site.records.observation(record.id).frozen
    whole = rate(site, "ben", "withdrawal-tam", dict.fromkeys(ITEMS, "0"))
    assert (await site.client("ben").post(f"/observations/{whole.id}/hand-in")).code == 200


def marked(site: Any, exercise: str, own: dict[str, str]) -> None:
    """Hand in a sheet as an earlier version let it through, and mark it: the reference is 1 throughout."""
    attempt = site.records.hand_in(rate(site, "ann", exercise, own).id)
    references = [Reference(item=one, steps={"1": 1}) for one in ITEMS]
    codebook = site.state.course.codebook(exercise)
    mark = mark_ratings(attempt.observation, references, codebook, site.state.course.exercise(exercise).policy)
    site.records.add_mark(attempt.id, mark.model_dump(mode="json"))


async def test_a_set_takes_the_first_whole_rating(still: Any) -> None:
    found = still.state.course.rating_set("withdrawal")
    tam, lev, mira = found.blind
    for steps in ({}, dict.fromkeys(ITEMS, "2"), dict.fromkeys(ITEMS, "1")):
        marked(still, tam, steps)
    marked(still, lev, {"face": "1"})
    attempts = {name: still.records.attempts(name, still.people["ann"].id) for name in found.exercises}
    (film,) = rated_films(found, attempts, still.state)
    assert (film.own, film.again) == (dict.fromkeys(ITEMS, 2), dict.fromkeys(ITEMS, 1))
    page = set_page(found, still.people["ann"], still.state, own=True)
    assert [(one.done, one.path.startswith("exercises/")) for one in page.blind] == [
        (True, False), (False, True), (False, True),
    ]  # fmt: skip
    assert page.blind[1].path == f"exercises/{lev}?again=1"
    assert page.blind[2].path == f"exercises/{mira}"
    assert page.report is None
    assert "2 are still ahead of you" in page.waits


async def test_what_is_rated_blind_says_when_its_feedback_comes(site: Any) -> None:
    course = site.state.course
    ann = site.people["ann"]
    make_film(site.data, course.exercise("withdrawal-tam").film)
    record = rate(site, "ann", "withdrawal-tam", dict.fromkeys(ITEMS, "1"))
    told = boot_of(site.state, course.exercise("withdrawal-tam"), record, ann, "x")["exercise"]
    assert (told["blind"], told["marking"]) == (True, "formative")
    attempt = site.records.hand_in(record.id)
    page = " ".join((await site.client("ann").get(f"/attempts/{attempt.id}")).body.decode().split())
    assert "feedback comes when the last film of its set is handed in" in page
    assert "your supervisor releases" not in page
    refused = (await site.client("ann").get(f"/attempts/{attempt.id}/report")).body.decode()
    assert "the last film of its set" in refused
    said = await site.client("ann").post(f"/attempts/{attempt.id}/otherwise", item="x", reason="y")
    assert (said.code, "the last film of its set" in said.body.decode()) == (403, True)


async def test_the_gradebook_has_the_sets_exercises_in_words_of_their_kind(site: Any) -> None:
    page = supervision(site.state.course, site.records)
    titles = [one.title for one in page.exercises]
    names = ("rating-asha", "withdrawal-tam", "withdrawal-lev", "withdrawal-mira")
    assert titles[-4:] == [site.state.course.exercise(name).title for name in names]
    marked(site, "withdrawal-tam", dict.fromkeys(ITEMS, "1") | {"eyes": "2"})
    page = supervision(site.state.course, site.records)
    assert page.attempts[0].no_lanes == "4 of 5 items alike"
    ann = next(row for row in page.gradebook if row.who == "Ann")
    assert [cell.words for cell in ann.cells][-4:] == ["not begun", "4 of 5 items alike", "not begun", "not begun"]
    assert page.sets[0].path == "supervision/cohort/withdrawal"
    assert (await site.client("sue").get("/supervision/cohort/first-look", Accept="text/html")).code == 404
