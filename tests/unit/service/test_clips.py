"""The clip tray over the wire: saved like any edit, never over what failed, exported to whom it belongs."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.browser.numbered_page import make_film
from vigwidgets.contract import Edit, Put, Tag
from vigwidgets.observations import new_id
from vigwidgets.records import ObservationRecord
from vigwidgets.schemes import clip_codebook
from vigwidgets.service.clips import ClipsHandler, holds_clips, tray_for

pytestmark = pytest.mark.anyio
FRAME = 40_000


def tray_of(site: Any, login: str) -> ObservationRecord:
    person = next(one for one in site.records.people() if one.login == login)
    exercise = site.state.course.exercise("receiving-initiatives")
    return tray_for(site.state, person, exercise, "blocks")


def clip(first: int, end: int | None, name: str = "c1") -> Edit:
    tag = Tag(
        id=name, code="clip" if end else "still", actor="baby", target="mother", start=first * FRAME,
        end=end * FRAME if end else None, modifiers={"place": "1"}, note="Mila looks up",
    )  # fmt: skip
    return Edit(id=new_id("edit"), changes=[Put(tag=tag)])


def fail(site: Any, beat: int) -> None:
    """Let a beat of the film be one that no parent is shown."""
    path: Path = site.data / "films" / "blocks" / "truth.json"
    truth = json.loads(path.read_text())
    truth["beats"][beat]["not_for_parent"] = True
    path.write_text(json.dumps(truth))


async def test_a_tray_is_one_for_a_person_and_an_exercise(site: Any) -> None:
    first = tray_of(site, "ann")
    assert tray_of(site, "ann").id == first.id
    assert tray_of(site, "ben").id != first.id
    assert holds_clips(first.exercise)
    assert first.observation.scheme.id == "clips"


@pytest.mark.parametrize("marking", ["formative", "summative"])
async def test_before_an_exercise_has_come_back_a_tray_tells_nothing_of_its_key(site: Any, marking: str) -> None:
    fail(site, 0)
    course = site.state.course
    exercise = course.exercises["receiving-initiatives"].model_copy(update={"marking": marking, "compare": []})
    site.state.course = replace(course, exercises={**course.exercises, exercise.id: exercise})
    if marking == "summative":  # handed in, and not released
        site.records.hand_in(site.begin("ann").id)
    tray = tray_of(site, "ann")
    socket = await site.client("ann").socket(tray.id)
    await socket.hear()
    # Neither a yes nor a no, with or without times: answers could be searched for the borders.
    for edit in (clip(0, 25), clip(40, 60, "c2"), clip(30, None, "c3")):
        assert (await socket.ask(edit))["type"] == "ack"
    answer = await site.client("ann").get(f"/observations/{tray.id}/clips.zip")
    assert (answer.code, b"when you have handed in" in answer.body) == (400, True)


async def test_clips_are_saved_and_what_failed_is_refused(site: Any) -> None:
    fail(site, 0)
    site.records.hand_in(site.begin("ann").id)
    tray = tray_of(site, "ann")
    socket = await site.client("ann").socket(tray.id)
    assert (await socket.hear())["observation"]["scheme"]["id"] == "clips"
    for edit, answer in ((clip(0, 25), "ack"), (clip(40, 60, "c2"), "refused"), (clip(50, None, "c3"), "ack")):
        await socket.send(edit)
        heard = await socket.hear()
        assert heard["type"] == answer, heard
        if answer == "refused":
            assert "no parent is shown one" in heard["reason"]
            assert heard["retry"] is False
    assert [tag.id for tag in site.records.observation(tray.id).observation.tags] == ["c1", "c3"]


async def test_a_tray_is_not_handed_in(site: Any) -> None:
    tray = tray_of(site, "ann")
    answer = await site.client("ann").post(f"/observations/{tray.id}/hand-in")
    assert (answer.code, b"export it instead" in answer.body) == (400, True)
    assert not site.records.observation(tray.id).frozen


async def test_the_export_is_its_authors_and_holds_the_review(site: Any, tmp_path: Path) -> None:
    site.records.hand_in(site.begin("ann").id)
    tray = tray_of(site, "ann")
    film = make_film(tmp_path / "film", 60)
    for name in ("proxy.mp4", "frames.json", "film.json"):
        text = (tmp_path / "film" / name).read_bytes()
        target = site.data / "films" / "blocks" / name
        target.write_bytes(text if name == "proxy.mp4" else text.replace(film.id.encode(), b"blocks"))
    path = f"/observations/{tray.id}/clips.zip"
    empty = await site.client("ann").get(path)
    assert (empty.code, b"no clip in the tray yet" in empty.body) == (400, True)
    site.records.append_edit(tray.id, clip(10, 20), clip_codebook(), None)
    for login in ("ben", "sue", "art", "ada"):
        assert (await site.client(login).get(path)).code == 403
    answer = await site.client("ann").get(path)
    assert (answer.code, answer.headers["Content-Type"]) == (200, "application/zip"), answer.body[:300]
    assert answer.headers["Cache-Control"] == "no-store"
    packed = zipfile.ZipFile(io.BytesIO(answer.body))
    assert sorted(packed.namelist()) == ["01-clip.mp4", "review.mp4", "review.txt"]
    assert "Mila looks up" in packed.read("review.txt").decode()
    fail(site, 1)
    truth = site.data / "films" / "blocks" / "truth.json"
    truth.write_text(truth.read_text().replace(f'"start": {55 * FRAME}', f'"start": {15 * FRAME}'))
    refused = await site.client("ann").get(path)
    assert (refused.code, b"no parent is shown one" in refused.body) == (400, True)
    shutil.rmtree(site.data / "films" / "blocks")
    assert (await site.client("ann").get(path)).code in (400, 404)


async def test_tags_are_not_exported_as_clips(site: Any) -> None:
    record = site.begin("ann")
    answer = await site.client("ann").get(f"/observations/{record.id}/clips.zip")
    assert (answer.code, b"holds tags and no clips" in answer.body) == (404, True)


async def test_one_person_has_one_review_made_at_a_time_and_the_next_in_line_is_somebody_else(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, made = asyncio.Event(), []

    async def make(handler: ClipsHandler, folder: Path) -> None:
        await go.wait()
        made.append(handler.person.login if handler.person else "")
        (folder / "review.zip").write_bytes(b"x")

    monkeypatch.setattr(ClipsHandler, "_make", make)
    asked = []
    for login in ("ann", "ann", "ben"):
        site.records.hand_in(site.begin(login).id)
        tray = tray_of(site, login)
        if not site.records.observation(tray.id).observation.tags:
            site.records.append_edit(tray.id, clip(10, 20), clip_codebook(), None)
        asked.append(asyncio.ensure_future(site.client(login).get(f"/observations/{tray.id}/clips.zip")))
        await asyncio.sleep(0.1)
    second = await asked[1]
    assert (second.code, b"being made already" in second.body) == (400, True)
    go.set()
    assert [(await one).code for one in (asked[0], asked[2])] == [200, 200]
    assert made == ["ann", "ben"]


async def test_nothing_is_made_for_somebody_who_has_left(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, left = asyncio.Event(), asyncio.Event()

    async def make(_: ClipsHandler, __: Path) -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            left.set()

    monkeypatch.setattr(ClipsHandler, "_make", make)
    told: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(what))
    site.records.hand_in(site.begin("ann").id)
    tray = tray_of(site, "ann")
    site.records.append_edit(tray.id, clip(10, 20), clip_codebook(), None)
    _, asking = await asyncio.open_connection("127.0.0.1", site.port)
    lines = [f"GET /observations/{tray.id}/clips.zip HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in site.client("ann").headers().items()]
    asking.write("\r\n".join([*lines, "", ""]).encode())
    async with asyncio.timeout(20):
        await begun.wait()
        asking.close()
        await left.wait()
    await asyncio.sleep(0.1)
    assert told == []
