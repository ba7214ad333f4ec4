from __future__ import annotations

import csv
import io
import json
import os
import signal
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.grading import mark_fingerprint
from vigwidgets.observations import content_hash
from vigwidgets.service.exercises import observation_for

pytestmark = pytest.mark.anyio


def tagged(site: Any, edit: Any, login: str, exercise: str = "receiving-initiatives") -> Any:
    record = site.begin(login, exercise)
    codebook = site.state.course.codebook(exercise)
    site.records.append_edit(record.id, edit(55, end=80 * 40_000), codebook, None)
    return site.records.observation(record.id)


async def test_handing_in_freezes_gives_a_receipt_and_marks_at_once(site: Any, edit: Any) -> None:
    record = tagged(site, edit, "ann")
    client = site.client("ann")
    answer = json.loads((await client.post(f"/observations/{record.id}/hand-in")).body)
    assert answer["feedback"] == f"/attempts/{answer['attempt']}"
    assert answer["receipt"]["observation_sha256"] == content_hash(record.observation)
    assert answer["receipt"]["film"] == "blocks"
    mark = site.records.mark(answer["attempt"])
    assert (mark["overall"]["seen"], mark["overall"]["missed"], mark["exercise"]) == (1, 1, "receiving-initiatives")
    assert json.loads((await client.get(f"/attempts/{answer['attempt']}/receipt")).body) == answer["receipt"]
    state = json.loads((await client.get(f"/observations/{record.id}")).body)
    assert (state["frozen"], state["attempt"], len(state["observation"]["tags"])) == (True, answer["attempt"], 1)


async def test_handing_in_twice_is_handing_in_once(site: Any, edit: Any) -> None:
    record = tagged(site, edit, "ann")
    answers = [(await site.client("ann").post(f"/observations/{record.id}/hand-in")).body for _ in "123"]
    assert len(set(answers)) == 1
    assert len(site.records.attempts()) == len(site.records.marks(json.loads(answers[0])["attempt"])) == 1


async def test_what_goes_wrong_in_marking_takes_nothing_from_who_handed_in(
    site: Any, edit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("vigwidgets.service.marking._task", broken)
    record = tagged(site, edit, "ann")
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in")
    assert answer.code == 200
    assert [attempt.id for attempt in site.records.waiting()] == [json.loads(answer.body)["attempt"]]


async def test_a_film_without_a_truth_leaves_the_attempt_waiting(site: Any, edit: Any) -> None:
    (site.data / "films/blocks/truth.json").unlink()
    record = tagged(site, edit, "ann")
    assert (await site.client("ann").post(f"/observations/{record.id}/hand-in")).code == 200
    assert len(site.records.waiting("receiving-initiatives")) == 1


async def test_an_exercise_is_begun_resumed_shown_as_handed_in_and_begun_again(site: Any, edit: Any) -> None:
    ann, exercise = site.people["ann"], site.state.course.exercise("receiving-initiatives")
    first = await observation_for(site.state, ann, exercise)
    assert (await observation_for(site.state, ann, exercise)).id == first.id
    site.records.hand_in(first.id)
    seen = await observation_for(site.state, ann, exercise)
    assert (seen.id, seen.frozen) == (first.id, True)
    second = await observation_for(site.state, ann, exercise, again=True)
    assert (second.id != first.id, second.frozen) == (True, False)
    assert (await observation_for(site.state, ann, exercise)).id == second.id


async def test_an_exercise_that_counts_is_handed_in_once(site: Any) -> None:
    ann = site.people["ann"]
    exercise = site.state.course.exercise("receiving-initiatives").model_copy(update={"marking": "summative"})
    site.state.course.exercises[exercise.id] = exercise
    record = await observation_for(site.state, ann, exercise)
    attempt = json.loads((await site.client("ann").post(f"/observations/{record.id}/hand-in")).body)["attempt"]
    assert site.records.mark(attempt) is None
    with pytest.raises(Refusal, match="handed in once"):
        await observation_for(site.state, ann, exercise, again=True)


async def test_when_the_exercise_has_another_film_what_was_open_is_set_aside(site: Any, edit: Any) -> None:
    ann, exercise = site.people["ann"], site.state.course.exercise("receiving-initiatives")
    first = await observation_for(site.state, ann, exercise)
    changed = exercise.model_copy(update={"film": "hello", "version": "2"})
    second = await observation_for(site.state, ann, changed)
    assert (second.observation.film, second.exercise_version) == ("hello", "2")
    socket = await site.client("ann").socket(first.id)
    await socket.hear()
    answer = await socket.ask(edit(1))
    assert "set aside" in answer["reason"]


async def test_the_gradebook_has_everybody_and_runs_no_formula(site: Any, edit: Any) -> None:
    site.people["mal"] = site.records.add_person("=HYPERLINK(1)", "@mal", "trainee")
    for login in ("ann", "mal"):
        site.records.hand_in(tagged(site, edit, login).id)
    answer = await site.client("sue").get("/supervision/gradebook.csv")
    rows = list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert [row["state"] for row in rows] == ["waiting", "waiting"]
    assert (rows[1]["person"], rows[1]["login"]) == ("'=HYPERLINK(1)", "'@mal")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gradebook.csv"'
    data = await site.client("sue").get("/supervision/gradebook.json")
    assert data.headers["Content-Disposition"] == 'attachment; filename="gradebook.json"'
    attempts = json.loads(data.body)["attempts"]
    # A program obeys no formula: names are as they were written.
    assert [(one["person"], one["state"]) for one in attempts] == [("Ann", "waiting"), ("=HYPERLINK(1)", "waiting")]
    assert list(attempts[0]) == list(rows[0])
    assert (await site.client("ann").get("/supervision/gradebook.json")).code == 403
    assert 'href="/supervision/gradebook.json"' in (await site.client("sue").get("/supervision")).body.decode()


async def test_the_report_is_shut_in_a_box_and_waits_until_it_is_written(site: Any, edit: Any) -> None:
    attempt = site.records.hand_in(tagged(site, edit, "ann").id)
    path = f"/attempts/{attempt.id}/report"
    answer = await site.client("ann").get(path)
    assert answer.code == 404
    assert b"no mark yet" in answer.body
    folder = site.data / "attempts" / attempt.id
    folder.mkdir(parents=True)
    site.records.add_mark(attempt.id, {"any": "mark"})
    page = f'<meta name="vig-mark" content="{mark_fingerprint({"any": "mark"})}"><p>A report'.encode()
    (folder / "report.html").write_bytes(page)
    answer = await site.client("ann").get(path)
    assert (answer.code, answer.body) == (200, page)
    site.records.add_mark(attempt.id, {"any": "other mark"})
    assert (await site.client("ann").get(path)).code == 404, "it tells of a mark that counts no more"
    site.records.add_mark(attempt.id, {"any": "mark"})
    answer = await site.client("ann").get(path)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox allow-scripts; default-src 'none'")


async def test_processes_mark_and_then_write_the_report_and_one_that_dies_is_replaced(site: Any, edit: Any) -> None:
    record = tagged(site, edit, "ann")
    attempt = json.loads((await site.client("ann").post(f"/observations/{record.id}/hand-in")).body)["attempt"]
    assert site.records.mark(attempt)["overall"]["seen"] == 1
    await site.state.settle()
    answer = await site.client("ann").get(f"/attempts/{attempt}/report")
    assert answer.code == 200, answer.body
    assert b"<html" in answer.body
    (marker,) = site.state.grader._pools["mark"]._processes
    os.kill(marker, signal.SIGKILL)
    record = tagged(site, edit, "ben")
    assert (await site.client("ben").post(f"/observations/{record.id}/hand-in")).code == 200
    assert site.records.waiting() == []


def test_the_secret_is_made_once_and_for_its_owner_only(still: Any) -> None:
    secret = still.state.secret
    assert len(secret) == 32
    assert still.state.secret == secret
    assert (still.data / "secret").stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in still.data.iterdir() if path.name.startswith("tmp")) == []


async def test_nothing_asks_the_database_or_a_film_on_the_loop(site: Any, edit: Any) -> None:
    """Whatever may wait for a disk is done on another thread than the loop's."""
    import threading

    from sqlalchemy import event

    loop, seen = threading.get_ident(), []
    event.listen(site.records.engine, "before_cursor_execute", lambda *_: seen.append(threading.get_ident()))
    record = site.begin("ann")
    seen.clear()
    client = site.client("ann")
    socket = await client.socket(record.id)
    await socket.hear()
    await socket.ask(edit(1))
    await socket.say({"type": "ping"})
    await socket.hear()
    for path in ("/health", f"/observations/{record.id}", "/films/blocks/proxy.mp4", "/", "/learning"):
        await client.get(path)
    await client.post(f"/observations/{record.id}/hand-in")
    await site.client(None).post("/sign-in", login="ann", password="guess guess")
    await client.post("/sign-out")
    await site.client("sue").get("/supervision/gradebook.csv")
    assert len(seen) > 20
    assert loop not in seen
