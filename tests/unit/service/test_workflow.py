"""From being handed in to being released, through the supervisor's forms."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.reading import page, plain
from vigwidgets.curriculum import Terms
from vigwidgets.grading import mark_attempt, write_report
from vigwidgets.service.pages.supervision import supervision

pytestmark = pytest.mark.anyio
EXERCISE = "receiving-initiatives"


def with_terms(site: Any, marking: str = "summative", **terms: Any) -> None:
    course = site.state.course
    changed = {"marking": marking, "compare": [], "terms": Terms.model_validate(terms)}
    exercise = course.exercises[EXERCISE].model_copy(update=changed)
    site.state.course = replace(course, exercises={**course.exercises, EXERCISE: exercise})


def handed_in(site: Any, login: str = "ann") -> str:
    attempt = site.records.hand_in(site.begin(login).id)
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    return str(attempt.id)


async def seen(site: Any, attempt: str, login: str = "sue") -> dict[str, str]:
    """Return what the form that moves an attempt says of how it stood."""
    read = await page(site, login, f"/attempts/{attempt}/marking")
    return dict(re.findall(r'name="(after|mark|judgement)" value="(\d+)"', read))


async def move(site: Any, attempt: str, to: str, login: str = "sue", **more: str) -> Any:
    standing = {"after": "0", "mark": "0", "judgement": "0"} | await seen(site, attempt, login)
    return await site.client(login).post(f"/attempts/{attempt}/stage", to=to, **(standing | more))


async def judge(site: Any, attempt: str, login: str = "sue", **said: str) -> Any:
    """Judge as from the page that somebody has just read."""
    standing = await seen(site, attempt, login)
    return await site.client(login).post(f"/attempts/{attempt}/judgements", **(standing | said))


async def test_a_report_reaches_its_owner_when_it_is_released_and_no_longer_when_it_is_marked_anew(site: Any) -> None:
    with_terms(site)
    attempt = handed_in(site)
    write_report(
        site.records.attempt(attempt), mark_attempt(site.records, site.state.library, site.state.course,
        site.records.attempt(attempt)), site.data, site.state.course,
    )  # fmt: skip
    assert (await move(site, attempt, "released")).code == HTTPStatus.BAD_REQUEST
    assert json.loads((await move(site, attempt, "ready")).body) == {"stage": "ready"}
    assert "Mila looks up." not in await page(site, "ann", f"/attempts/{attempt}")
    listed = await page(site, "sue", "/supervision/marking")
    assert "Release all that is ready (1)" in listed
    released = await site.client("sue").post("/supervision/release", exercise=EXERCISE)
    assert json.loads(released.body) == {"released": [attempt]}
    assert "Mila looks up." in await page(site, "ann", f"/attempts/{attempt}")
    assert (await site.client("ann").get(f"/attempts/{attempt}/report")).code == HTTPStatus.OK
    site.records.add_mark(attempt, site.records.mark(attempt) | {"summary": ["Another."]})
    assert "Mila looks up." not in await page(site, "ann", f"/attempts/{attempt}")
    assert (await site.client("ann").get(f"/attempts/{attempt}/report")).code == HTTPStatus.FORBIDDEN


async def test_what_was_released_is_taken_back_with_a_reason_only(site: Any) -> None:
    with_terms(site)
    attempt = handed_in(site)
    for to in ("ready", "released"):
        assert (await move(site, attempt, to)).code == HTTPStatus.OK
    refused = await site.client("sue").post(f"/attempts/{attempt}/judgements", kind="override", credit="1", reason="x")
    assert "take it back first" in plain(refused)
    assert "Say why" in plain(await move(site, attempt, "in review"))
    assert (await move(site, attempt, "in review", note="The key was wrong.")).code == HTTPStatus.OK
    assert "Mila looks up." not in await page(site, "ann", f"/attempts/{attempt}")
    assert "The key was wrong." in await page(site, "sue", f"/attempts/{attempt}/marking")


async def test_an_override_stands_beside_the_computed_mark_and_is_told_with_its_reason(site: Any) -> None:
    with_terms(site, reached=0.6)
    attempt = handed_in(site)
    assert (await judge(site, attempt, kind="override", credit="0.9")).code == 400
    assert (await judge(site, attempt, kind="override", credit="9", reason="so")).code == 400
    told = await judge(site, attempt, kind="override", credit="0.9", reason="<b>She waits.</b>")
    assert told.code == HTTPStatus.OK
    for to in ("ready", "released"):
        await move(site, attempt, to)
    for login, path in (("sue", f"/attempts/{attempt}/marking"), ("ann", f"/attempts/{attempt}")):
        read = await page(site, login, path)
        assert "&lt;b&gt;She waits.&lt;/b&gt;" in read
        assert "0.90" in read
        assert "0.00" in read, "what was computed stays"
    book = (await site.client("sue").get("/supervision/gradebook.csv")).body.decode("utf-8-sig")
    (row,) = [line for line in book.splitlines() if attempt in line]
    assert ",released," in row
    assert ",0.9,0.9,yes,yes" in row


async def test_two_blind_markers_know_neither_whose_it_is_nor_what_the_other_said(site: Any) -> None:
    with_terms(site, markers=2, blind=True)
    site.people["sam"] = site.records.add_person("Sam", "sam", "supervisor")
    site._tokens["sam"] = site.records.open_session(site.people["sam"].id)
    attempt = handed_in(site)
    assert "waits for 2 more" in plain(await move(site, attempt, "ready"))
    judged = await judge(site, attempt, kind="marking", credit="0.4", reason="Few pauses.")
    assert judged.code == HTTPStatus.OK
    override = await judge(site, attempt, kind="override", credit="0.42", reason="Far too few.")
    assert "set it when all have judged" in plain(override)
    # As it stands where a second marker became needed after a credit had been set.
    site.records.add_judgement(attempt, "override", site.people["sue"].id, {"credit": 0.42}, "Far too few.")
    observation = f"/observations/{site.records.attempt(attempt).observation.id}"
    told = plain(await site.client("sam").get(observation))
    assert site.people["ann"].id not in told
    assert json.loads(told)["observation"]["observer"] == "hidden"
    assert site.people["ann"].id in plain(await site.client("ann").get(observation)), "one's own is one's own"
    socket = await site.client("sam").socket(observation.rpartition("/")[2])
    assert (await socket.hear())["observation"]["observer"] == "hidden"
    socket.hang_up()
    for path in ("/supervision/marking", f"/attempts/{attempt}/marking", f"/attempts/{attempt}", "/supervision"):
        read = await page(site, "sam", path)
        assert "Few pauses." not in read, path
        assert "0.40" not in read, path
        assert "0.42" not in read, path
        assert "Far too few." not in read, path
        assert "Set another credit" not in read, path
        if path != "/supervision":
            assert "Ann" not in read, path
    # The gradebook has a row for each name: what it says of who handed in, it says of who did not.
    book = re.findall(r"<tr><th scope=\"row\"><a[^>]*>([A-Za-z ]+)<.*?</tr>", await page(site, "sam", "/supervision"))
    assert book == ["Ann", "Ben"]
    ann, ben = ([cell.words for cell in row.cells] for row in supervision(site.state.course, site.records).gradebook)
    assert ann == ben
    assert "marked blind" in ann
    for login in ("ann", "ben"):
        told = await page(site, "sam", f"/supervision/records/{site.people[login].id}")
        assert "What is marked blind is left out" in told
    book = (await site.client("sam").get("/supervision/gradebook.csv")).body.decode("utf-8-sig")
    assert "(marked blind)" in book
    assert "Ann" not in book
    assert "0.42" not in book
    await judge(site, attempt, "sam", kind="marking", credit="0.8", reason="Good turns.")
    read = await page(site, "sam", f"/attempts/{attempt}/marking")
    assert all(text in read for text in ("Few pauses.", "Good turns.", "Ann", "0.60", "Far too few.", "0.42"))
    ann, ben = supervision(site.state.course, site.records).gradebook
    assert ann.cells != ben.cells, "all have judged"
    assert site.people["ann"].id in plain(await site.client("sam").get(observation))
    assert (await move(site, attempt, "ready", "sam")).code == HTTPStatus.OK


async def test_nobody_marks_releases_or_extends_their_own(site: Any) -> None:
    with_terms(site, due="2026-01-01 09:00")
    own = handed_in(site, "sue")
    site.records.add_stage(own, "ready", site.people["sue"].id)
    client = site.client("sue")
    assert "another supervisor" in plain(await move(site, own, "released"))
    assert "another supervisor" in plain(
        await client.post(f"/attempts/{own}/judgements", kind="override", credit="1", reason="so")
    )
    assert json.loads((await client.post("/supervision/release", exercise=EXERCISE)).body) == {"released": []}
    given = {"exercise": EXERCISE, "person": site.people["sue"].id, "until": "2027-01-01T09:00", "reason": "so"}
    assert "yourself" in plain(await client.post("/supervision/extensions", **given))


async def test_what_closed_is_not_taken_until_more_time_is_given(site: Any) -> None:
    with_terms(site, "formative", due="2026-01-01 09:00", closes="2026-01-02 09:00", zone="Europe/London")
    record = site.begin("ann")
    refused = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    assert refused.code == HTTPStatus.BAD_REQUEST
    assert "closed on 2 January 2026, 09:00" in plain(refused)
    assert not site.records.observation(record.id).frozen
    given = {"exercise": EXERCISE, "person": site.people["ann"].id, "until": "2126-07-01T09:00", "reason": "was ill"}
    told = await site.client("sue").post("/supervision/extensions", **given)
    assert json.loads(told.body) == {"until": "2126-07-01T08:00:00.000000Z"}, "the exercise's own clock"
    assert (await site.client("ann").post(f"/observations/{record.id}/hand-in")).code == HTTPStatus.OK
    assert "was ill" in await page(site, "sue", "/supervision/marking")
    for until in ("soon", "0001-01-01T00:00"):
        assert (await site.client("sue").post("/supervision/extensions", **(given | {"until": until}))).code == 400


async def test_what_has_not_opened_is_not_begun_and_attempts_are_counted(voila: Any) -> None:
    with_terms(voila, "formative", attempts=2)
    for _ in range(2):
        voila.records.hand_in(voila.begin("ann").id)
    answer = await voila.client("ann").get(f"/exercises/{EXERCISE}?again=1", Accept="text/html")
    assert "is handed in 2 times, and you have done so" in plain(answer)
    assert f"exercises/{EXERCISE}?again=1" not in await page(voila, "ann", "/learning")
    with_terms(voila, "formative", opens="2126-01-01 09:00")
    answer = await voila.client("ben").get(f"/exercises/{EXERCISE}", Accept="text/html")
    assert answer.code == HTTPStatus.BAD_REQUEST
    assert "opens on 1 January 2126" in plain(answer)
    assert (await voila.client("art").get(f"/exercises/{EXERCISE}", Accept="text/html")).code == HTTPStatus.OK


async def test_the_release_of_one_attempt_ends_the_others_as_its_feedback_shows_the_key(voila: Any) -> None:
    with_terms(voila, attempts=3, which="best")
    attempt = handed_in(voila)
    again, ann = f"exercises/{EXERCISE}?again=1", voila.client("ann")
    assert again in await page(voila, "ann", f"/attempts/{attempt}")
    assert "ends the person&#39;s attempts" in await page(voila, "sue", "/supervision/marking")
    begun = voila.begin("ann")
    for to in ("ready", "released"):
        assert (await move(voila, attempt, to)).code == HTTPStatus.OK
    refused = await ann.post(f"/observations/{begun.id}/hand-in")
    assert "is over for you" in plain(refused), "begun before, and finished with the key at hand"
    assert not voila.records.observation(begun.id).frozen
    voila.records.set_aside(begun.id)
    assert (await move(voila, attempt, "in review", note="Too soon.")).code == HTTPStatus.OK
    assert "is over for you" in plain(await ann.get(f"/{again}", Accept="text/html")), "taken back, but seen"
    for path in ("/learning", f"/attempts/{attempt}"):
        assert again not in await page(voila, "ann", path)
    other = voila.begin("ben")
    assert (await voila.client("ben").post(f"/observations/{other.id}/hand-in")).code == HTTPStatus.OK, (
        "it is hers only"
    )


async def test_a_form_brings_its_reader_back_to_its_page(site: Any) -> None:
    with_terms(site)
    attempt = handed_in(site)
    saw = await seen(site, attempt)
    assert saw == {"after": "0", "mark": "1", "judgement": "0"}
    answer = await site.client("sue").post(
        f"/attempts/{attempt}/stage", headers={"Accept": "text/html"}, to="ready", **saw
    )
    assert (answer.code, answer.headers["Location"]) == (HTTPStatus.SEE_OTHER, f"/attempts/{attempt}/marking")
    late = await site.client("sue").post(f"/attempts/{attempt}/stage", to="released", **saw)
    assert "Somebody else has just moved" in plain(late)
    assert (await site.client("sue").post("/attempts/nowhere/stage", to="ready", **saw)).code == HTTPStatus.NOT_FOUND
    for bare in ({}, {"after": "1"}, {"after": "1", "mark": "-1", "judgement": "0"}):
        unseen = await site.client("sue").post(f"/attempts/{attempt}/stage", to="released", **bare)
        assert "only as it was seen" in plain(unseen)
    assert not site.records.released(attempt)


async def test_a_mark_that_nobody_has_seen_is_not_released(site: Any) -> None:
    with_terms(site)
    attempt = handed_in(site)
    saw = await seen(site, attempt)
    site.records.add_mark(attempt, site.records.mark(attempt) | {"summary": ["Nobody has looked at this one."]})
    ready = await site.client("sue").post(f"/attempts/{attempt}/stage", to="ready", **saw)
    assert "marked again since you looked" in plain(ready)
    await site.client("sue").post("/supervision/release", exercise=EXERCISE)
    assert "Nobody has looked" not in await page(site, "ann", f"/attempts/{attempt}")


async def test_a_credit_set_while_it_was_ready_is_looked_at_before_it_is_released(site: Any) -> None:
    with_terms(site)
    attempt = handed_in(site)
    before = await seen(site, attempt)
    await move(site, attempt, "ready")
    saw = await seen(site, attempt)
    set_ = {"kind": "override", "credit": "0", "reason": "so"}
    assert (await judge(site, attempt, **set_)).code == HTTPStatus.OK
    for old in (before, saw):
        late = await site.client("sue").post(f"/attempts/{attempt}/stage", to="released", **old)
        assert late.code == HTTPStatus.BAD_REQUEST
    assert json.loads((await site.client("sue").post("/supervision/release", exercise=EXERCISE)).body)["released"] == []
    assert "after it was ready" in await page(site, "sue", f"/attempts/{attempt}/marking")
    saw = await seen(site, attempt)
    assert (await judge(site, attempt, **set_)).code == HTTPStatus.OK
    assert "another credit" in plain(await site.client("sue").post(f"/attempts/{attempt}/stage", to="ready", **saw))


@pytest.mark.parametrize("kind", ["marking", "override"])
async def test_what_is_judged_is_the_mark_that_was_seen(site: Any, kind: str) -> None:
    with_terms(site, markers=1)
    attempt = handed_in(site)
    saw = await seen(site, attempt)
    said = {"kind": kind, "credit": "0.9", "reason": "As the page of the first mark says."}
    site.records.add_mark(attempt, site.records.mark(attempt) | {"summary": ["Nobody has looked at this one."]})
    late = await site.client("sue").post(f"/attempts/{attempt}/judgements", **(saw | said))
    assert late.code == HTTPStatus.BAD_REQUEST
    assert "marked again since you looked" in plain(late)
    unseen = await site.client("sue").post(f"/attempts/{attempt}/judgements", **said)
    assert "only as it was seen" in plain(unseen)
    assert site.records.judgements(attempt) == []
    assert (await judge(site, attempt, **said)).code == HTTPStatus.OK
    assert site.records.judgements(attempt)[0].mark_number == 2


async def test_two_who_look_at_the_same_mark_may_both_judge_it(site: Any) -> None:
    with_terms(site, markers=2)
    site.people["sam"] = site.records.add_person("Sam", "sam", "supervisor")
    site._tokens["sam"] = site.records.open_session(site.people["sam"].id)
    attempt = handed_in(site)
    for login, saw in [(login, await seen(site, attempt, login)) for login in ("sue", "sam")]:
        said = saw | {"kind": "marking", "credit": "0.5", "reason": "So."}
        assert (await site.client(login).post(f"/attempts/{attempt}/judgements", **said)).code == HTTPStatus.OK


@pytest.mark.parametrize("all_at_once", [False, True])
async def test_a_mark_that_comes_while_it_is_being_released_waits(
    site: Any, monkeypatch: pytest.MonkeyPatch, all_at_once: bool
) -> None:
    with_terms(site)
    attempt = handed_in(site)
    await move(site, attempt, "ready")
    saw = await seen(site, attempt)
    real = site.records.judgements

    def meanwhile(attempt_id: str) -> Any:
        site.records.add_mark(attempt, site.records.mark(attempt) | {"summary": ["New."]})
        return real(attempt_id)

    with monkeypatch.context() as patch:
        patch.setattr(site.records, "judgements", meanwhile)
        if all_at_once:
            told = await site.client("sue").post("/supervision/release", exercise=EXERCISE)
            assert json.loads(told.body) == {"released": []}
        else:
            told = await site.client("sue").post(f"/attempts/{attempt}/stage", to="released", **saw)
            assert "marked again" in plain(told)
    assert not site.records.released(attempt)
    assert site.records.stages(attempt)[-1].stage == "ready"


async def test_nobody_judges_before_there_is_a_mark_and_terms_keep_their_names(site: Any) -> None:
    with_terms(site, due="2026-11-21 18:00", zone="Europe/London")
    attempt = site.records.hand_in(site.begin("ann").id)
    read = await page(site, "sue", f"/attempts/{attempt.id}/marking")
    assert "It waits for its computed mark" in read
    assert "Set another credit" not in read
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    assert "Set another credit" in await page(site, "sue", f"/attempts/{attempt.id}/marking")
    listed = await page(site, "sue", "/supervision/marking")
    assert "due 21 November 2026, 18:00 (Europe/London)." in listed
    assert ">Receiving initiatives: due 21 November 2026, 18:00 (Europe/London)</option>" in listed
    assert 'aria-describedby="time-until-hint"' in listed
