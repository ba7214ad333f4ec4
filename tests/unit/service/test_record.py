"""The record of hours and reflections: its owner adds to it, her supervisors read it, and nobody else learns of it."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any

import pytest

from tests.unit.service.reading import page, plain
from vigwidgets.contract import Edit, Put
from vigwidgets.curriculum import answer_tag
from vigwidgets.grading import mark_attempt
from vigwidgets.observations import new_id
from vigwidgets.records import _values
from vigwidgets.service.pages.record import RECORD_COLUMNS

pytestmark = pytest.mark.anyio

TODAY = str(datetime.now(UTC).astimezone().date())
FIELDS = {"day": TODAY, "sort": "together", "hours": "1.5", "title": "A day on babies' cues"}
HTML = {"Accept": "text/html"}


async def add(site: Any, login: str = "ann", **fields: str) -> Any:
    given = {"entry": new_id("entry"), "number": "0", **FIELDS, **fields}
    return await site.client(login).post("/learning/record", headers=HTML, **given)


def figures(text: str) -> dict[str, str]:
    return dict(re.findall(r"<dt>([^<]+)</dt><dd><strong>([^<]+)</strong>", text))


def clock_from(monkeypatch: pytest.MonkeyPatch, *moments: str) -> None:
    """Let the records see these moments, one after the other; the last for ever."""
    left = list(moments)

    def now() -> str:
        return left.pop(0) if len(left) > 1 else left[0]

    for room in ("_observations", "_attempts", "_ledger", "_workflow"):
        monkeypatch.setattr(f"vigwidgets.records.{room}.now", now)
    assert _values.now() > "2026"


async def test_work_is_counted_from_what_the_records_know(
    site: Any, edit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = "2026-03-02T12"
    clock_from(monkeypatch, f"{day}:00:00.000000Z", f"{day}:04:00.000000Z", f"{day}:30:00.000000Z",
               f"{day}:32:00.000000Z")  # fmt: skip
    record = site.begin("ann")
    codebook = site.state.course.codebook("receiving-initiatives")
    for place in (1, 2):
        site.records.append_edit(record.id, edit(place), codebook, None)
    site.records.hand_in(record.id)
    told = await page(site, "ann", "/learning/record")
    assert figures(told)["Learning counted here"] == "6 min", "26 minutes without a sign are not counted"
    assert "2 March 2026" in told
    assert "microanalysis 6 min" in told
    assert figures(await page(site, "ann", "/learning/record?from=2026-03-03"))["Learning counted here"] == "0 min"
    assert figures(await page(site, "ann", "/learning/record?to=2026-03-02"))["Learning counted here"] == "6 min"
    assert figures(await page(site, "ben", "/learning/record"))["Learning counted here"] == "0 min"


async def test_entries_are_added_changed_taken_out_and_put_back_and_their_history_stays(site: Any) -> None:
    done = await add(site, entry="entry-1", learnt="To <b>wait</b>.\nAnd then?", next="Wait longer.")
    assert (done.code, done.headers["Location"]) == (HTTPStatus.SEE_OTHER, "/learning/record#reflections")
    told = await page(site, "ann", "/learning/record")
    assert "To &lt;b&gt;wait&lt;/b&gt;." in told
    assert figures(told) == {
        "Learning counted here": "0 min", "Learning entered by hand": "1 h 30 min", "Learning in all": "1 h 30 min",
        "Practice entered by hand": "0 min", "Written reflections": "1",
    }  # fmt: skip
    form = await page(site, "ann", "/learning/record?change=entry-1")
    assert 'name="number" value="1"' in form
    assert 'value="1.5"' in form
    await add(site, entry="entry-1", number="1", hours="2", learnt="To wait.", next="Wait longer.")
    told = await page(site, "ann", "/learning/record")
    assert "one earlier version is kept" in told
    assert "&lt;b&gt;wait" in told, "what it said before"
    stale = await add(site, entry="entry-1", number="1", hours="3")
    assert stale.code == HTTPStatus.BAD_REQUEST
    assert "changed in another window" in plain(stale)
    await add(site, entry="entry-1", number="2", withdrawn="yes", learnt="To wait.", next="Wait longer.")
    told = await page(site, "ann", "/learning/record")
    assert figures(told)["Learning entered by hand"] == "0 min"
    assert "Look, or put it back" in told
    assert len(site.records.entries(site.people["ann"].id)) == 3
    assert "put it back" not in await page(site, "sue", f"/supervision/records/{site.people['ann'].id}")


async def test_practice_is_no_learning_and_hours_alone_are_not_with_others(site: Any) -> None:
    for sort, hours in (("practice", "7"), ("alone", "1"), ("supervision", "2")):
        await add(site, sort=sort, hours=hours, title=sort)
    told = await page(site, "ann", "/learning/record")
    assert figures(told)["Practice entered by hand"] == "7 h"
    assert figures(told)["Learning in all"] == "3 h"
    assert "2 h of it with others" in told


async def test_what_is_refused_is_shown_again_with_what_was_typed(site: Any) -> None:
    refused = await add(site, day="2999-01-01", learnt="A long thought.")
    assert refused.code == HTTPStatus.BAD_REQUEST
    told = plain(refused)
    assert "2999-01-01 lies outside what a record can hold" in told
    assert "A long thought.</textarea>" in told
    assert site.records.entries(site.people["ann"].id) == []
    for bad in ("../x", "x" * 65, "ü"):
        assert (await add(site, entry=bad)).code == HTTPStatus.BAD_REQUEST
    for query in ("from=soon", "from=2026-02-02&to=2026-02-01"):
        assert (await site.client("ann").get(f"/learning/record?{query}")).code == HTTPStatus.BAD_REQUEST


async def test_nobody_learns_whether_another_s_record_is_there(site: Any) -> None:
    await add(site, entry="entry-1", title="Mine alone")
    ann = site.people["ann"].id
    for login in ("ben", "art", "ada", None):
        client = site.client(login)
        for suffix in ("", "/record.csv"):
            there = await client.get(f"/supervision/records/{ann}{suffix}")
            nowhere = await client.get(f"/supervision/records/person-none{suffix}")
            assert there.code in (HTTPStatus.FORBIDDEN, HTTPStatus.UNAUTHORIZED)
            assert (there.code, plain(there)) == (nowhere.code, plain(nowhere))
    theirs = await site.client("ben").get("/learning/record?change=entry-1")
    assert (theirs.code, plain(theirs)) == (
        HTTPStatus.NOT_FOUND, plain(await site.client("ben").get("/learning/record?change=entry-9")),
    )  # fmt: skip
    assert (await add(site, "ben", entry="entry-1", title="His own")).code == HTTPStatus.SEE_OTHER
    assert "His own" not in await page(site, "ann", "/learning/record")
    # A supervisor reads trainees' records, nobody else's.
    assert "Mine alone" in await page(site, "sue", f"/supervision/records/{ann}")
    for other in (site.people["art"].id, site.people["sue"].id, "person-none"):
        assert (await site.client("sue").get(f"/supervision/records/{other}")).code == HTTPStatus.NOT_FOUND
    assert f"supervision/records/{ann}" in await page(site, "sue", "/supervision")


def reflect(site: Any, words: str) -> str:
    course = site.state.course
    exercise, record = course.exercise("my-own-eye"), site.begin("ann", "my-own-eye")
    puts = [Put(tag=answer_tag(exercise.questions[0], [], words, record.observation))]
    site.records.append_edit(record.id, Edit(id=new_id("edit"), changes=puts), course.codebook(exercise), None)
    return str(site.records.hand_in(record.id).id)


async def test_answers_and_other_views_stand_with_the_entries(site: Any) -> None:
    reflect(site, "I saw his hands first.")
    attempt = site.records.hand_in(site.begin("ann").id).id
    mark_attempt(site.records, site.state.library, site.state.course, site.records.attempt(attempt))
    await site.client("ann").post(f"/attempts/{attempt}/otherwise", item="beat:b1", reason="He looks at the lamp.")
    for login, path in (("ann", "/learning/record"), ("sue", f"/supervision/records/{site.people['ann'].id}")):
        told = await page(site, login, path)
        for words in ("I saw his hands first.", "What did you see first", "He looks at the lamp.", "Mila looks up."):
            assert words in told
    assert "hands first" not in await page(site, "ann", "/learning/record?to=2026-01-01")


def now_in(minutes: float) -> str:
    return _values.iso(datetime.now(UTC) + timedelta(minutes=minutes))


async def test_feedback_that_is_opened_is_noted_and_with_a_supervisor_s_words_it_is_supervision(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = reflect(site, "I saw his hands first.")
    mark_attempt(site.records, site.state.library, site.state.course, site.records.attempt(attempt))
    await page(site, "sue", f"/attempts/{attempt}")
    await page(site, "ann", f"/attempts/{attempt}")
    await site.state.settle()
    told = await page(site, "ann", "/learning/record")
    assert "Reading feedback" in told
    assert "Supervision read" not in told
    signs = [one.kind for one in site.records.work_signs(site.people["ann"].id)]
    assert signs.count("feedback") == 1, "a supervisor's reading is not the trainee's"
    said = "You begin with what you see."
    site.records.add_judgement(attempt, "marking", site.people["sue"].id, {"credit": 0.8}, said)
    # Opened again within a minute it is the same reading; a later one is made here.
    ann = site.people["ann"].id
    moment = now_in(2)
    monkeypatch.setattr("vigwidgets.records._ledger.now", lambda: moment)
    assert said in await page(site, "ann", f"/attempts/{attempt}")
    await site.state.settle()
    assert [one.kind for one in site.records.work_signs(ann)].count("said") == 1
    assert "Supervision read" in await page(site, "ann", "/learning/record")


async def test_times_do_not_tell_whose_attempt_is_marked_blind(site: Any) -> None:
    course = site.state.course
    blind = course.exercises["my-own-eye"].terms.model_copy(update={"blind": True})
    course.exercises["my-own-eye"] = course.exercises["my-own-eye"].model_copy(update={"terms": blind})
    reflect(site, "I saw his hands first.")
    told = await page(site, "sue", f"/supervision/records/{site.people['ann'].id}")
    assert "What is marked blind is left out" in told
    ben = await page(site, "sue", f"/supervision/records/{site.people['ben'].id}")
    assert told.replace("Ann", "").split("left out")[1][:60] == ben.replace("Ben", "").split("left out")[1][:60]
    assert "Reflecting in writing" not in told
    site.begin("ben", "my-own-eye")
    assert "Reflecting in writing" not in await page(site, "sue", f"/supervision/records/{site.people['ben'].id}")
    assert "hands first" not in told
    assert "Looking at my own looking" not in told
    assert "hands first" in await page(site, "ann", "/learning/record")


async def test_the_table_is_plain_and_obeys_nobody(site: Any) -> None:
    await add(site, title="=HYPERLINK(1)", learnt='With "quotes",\r\nand lines — ü', next="@SUM(1)", day="2026-01-05")
    await add(site, title="-2+3", sort="practice", day="2026-01-06")
    reflect(site, "\t=1+1")
    answer = await site.client("ann").get("/learning/record.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    text = (answer.body or b"").decode("utf-8-sig")
    assert text.count("\r\n") >= 4
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == RECORD_COLUMNS
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    first = rows[0]
    assert (first["what"], first["next"]) == ("'=HYPERLINK(1)", "'@SUM(1)")
    assert first["learnt_or_written"].replace("\r\n", "\n") == 'With "quotes",\nand lines — ü'
    assert (first["source"], first["with_others"], first["hours"]) == ("self-reported", "yes", "1.5")
    assert rows[1]["what"] == "'-2+3"
    assert {row["source"] for row in rows} == {"self-reported", "counted", "written"}
    for row in rows:
        assert not any((value or "").startswith(("=", "+", "-", "@", "\t")) for value in row.values())
    theirs = await site.client("sue").get(f"/supervision/records/{site.people['ann'].id}/record.csv?from=2026-01-06")
    assert "HYPERLINK" not in plain(theirs)
    assert "-2+3" in plain(theirs)
