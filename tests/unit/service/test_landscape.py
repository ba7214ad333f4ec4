"""The landscape's page: it is read as the feedback is, its kernel knows what it draws, and its frame is shut."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from tests.unit.service.test_app import hear, message, part
from vigwidgets.grading import mark_attempt
from vigwidgets.notebook import LANDSCAPE

pytestmark = pytest.mark.anyio


def an_attempt(site: Any, edit: Any, login: str = "ann") -> str:
    """Hand in a reception at the beginning and one later, and mark it; return the attempt's id."""
    record = site.begin(login)
    codebook = site.state.course.codebook(site.state.course.exercise(record.exercise))
    for place in (10, 60):
        site.records.append_edit(record.id, edit(place), codebook, None)
    attempt = site.records.hand_in(record.id)
    mark_attempt(site.records, site.state.library, site.state.course, attempt)
    return str(attempt.id)


def summative(site: Any) -> None:
    course = site.state.course
    exercise = course.exercises["receiving-initiatives"].model_copy(update={"marking": "summative", "compare": []})
    site.state.course = replace(course, exercises={**course.exercises, exercise.id: exercise})


@pytest.fixture
def told(voila: Any, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What kernels are told; none is started."""
    heard: list[dict[str, str]] = []

    async def listen(_person: str, _name: str, environment: dict[str, str], *_: object) -> str:
        heard.append(environment)
        raise RuntimeError("no kernel in this test")

    monkeypatch.setattr(voila.app.page_kernels, "start", listen)
    return heard


async def page_of(voila: Any, attempt: str, login: str = "ann") -> str:
    answer = await voila.client(login).get(f"/attempts/{attempt}/landscape", Accept="text/html")
    assert answer.code == 200, answer.body
    assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]
    return str(answer.body.decode())


async def test_its_kernel_is_told_what_it_draws_and_nothing_else(
    voila: Any, edit: Any, told: list[dict[str, str]]
) -> None:
    attempt = an_attempt(voila, edit)
    page = await page_of(voila, attempt)
    lands = part(page, "landscape-data")
    assert set(lands) == {"own", "expert"}
    assert lands["own"]["adults"] == lands["expert"]["adults"], "over one ground"
    assert (
        page.index("<video") < page.index('id="landscape-data"') < page.index("landscape.") < page.index('id="kernel"')
    )
    [environment] = told
    assert set(environment) == {LANDSCAPE, "VIG_ASSETS_URL"}
    drawn = json.loads(environment[LANDSCAPE])
    assert drawn == {
        "film": part(page, "page")["film"], "scheme": "paig", "lands": [lands["own"], lands["expert"]],
    }  # fmt: skip
    assert part(page, "kernel")["id"] == "", "and the page is whole without"
    feedback = (await voila.client("ann").get(f"/attempts/{attempt}", Accept="text/html")).body.decode()
    assert f'href="/attempts/{attempt}/landscape"' in feedback


async def test_before_release_only_one_s_own_path_is_there(voila: Any, edit: Any, told: list[dict[str, str]]) -> None:
    summative(voila)
    attempt = an_attempt(voila, edit)
    page = await page_of(voila, attempt)
    assert set(part(page, "landscape-data")) == {"own"}
    assert "beats" not in part(page, "boot")
    assert len(json.loads(told[0][LANDSCAPE])["lands"]) == 1
    # Whoever marks it sees the key, as on the feedback page.
    assert set(part(await page_of(voila, attempt, "sue"), "landscape-data")) == {"own", "expert"}


async def test_another_s_is_refused_and_what_has_none_is_said(voila: Any, edit: Any) -> None:
    attempt = an_attempt(voila, edit, "ben")
    for login, code in (("ann", 403), ("art", 403), (None, 401)):
        assert (await voila.client(login).get(f"/attempts/{attempt}/landscape")).code == code
    summative(voila)
    empty = voila.records.hand_in(voila.begin("ann").id)
    answer = await voila.client("ann").get(f"/attempts/{empty.id}/landscape")
    assert answer.code == 404
    assert b"no landscape" in answer.body


async def test_what_is_too_much_for_a_kernel_is_drawn_by_the_page(
    voila: Any, edit: Any, told: list[dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vigwidgets.service.voila.landscape._MOST_TOLD", 100)
    page = await page_of(voila, an_attempt(voila, edit))
    assert told == []
    assert part(page, "kernel")["id"] == ""
    assert set(part(page, "landscape-data")) == {"own", "expert"}


async def test_the_frame_has_no_origin_and_its_scripts_are_ipyvolume_s_own(voila: Any) -> None:
    nobody = voila.client(None)
    frame = await nobody.get("/figure", Accept="text/html")
    policy = frame.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox allow-scripts;")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    modules = part(frame.body.decode(), "modules")
    assert list(modules) == ["three", "bqscales", "jupyter-threejs", "ipyvolume"]
    for address in modules.values():
        whole = await nobody.get(address)
        assert whole.headers["Content-Type"].startswith("text/javascript")
        assert "immutable" in whole.headers["Cache-Control"]
        assert b"define(" in whole.body[:2000]
        small = await nobody.get(address, Accept_Encoding="gzip")
        assert gzip.decompress(small.body) == whole.body
        assert len(small.body) < len(whole.body) / 2
    assert (await nobody.get("/figure/ipyvolume.0123456789abcdef.js")).code == 404


async def test_a_point_that_is_chosen_in_the_figure_is_played_in_the_page_s_film_by_the_kernel_process(
    voila: Any, edit: Any
) -> None:
    page = await page_of(voila, an_attempt(voila, edit))
    kernel = part(page, "kernel")["id"]
    film, figure = re.findall(r'data-model="(\w+)"', page)
    request = HTTPRequest(
        f"ws://127.0.0.1:{voila.port}/kernels/{kernel}/channels?session_id=s", headers=voila.client("ann").headers()
    )
    line = await websocket_connect(request)
    voila.keep(line)
    await line.write_message(message("comm_msg", comm_id=figure, data={"method": "request_state"}))
    state = (await hear(line, "comm_msg"))["content"]["data"]["state"]
    assert (state["_model_module"], state["_model_name"]) == ("ipyvolume", "FigureModel")
    assert len(state["scatters"]) == 5, "two paths, their points, and the ground"
    points = state["scatters"][1].removeprefix("IPY_MODEL_")
    chosen = {"method": "update", "state": {"clicked_index": 1, "clicked": True}, "buffer_paths": []}
    await line.write_message(message("comm_msg", comm_id=points, data=chosen))
    async with asyncio.timeout(20):
        while (said := (await hear(line, "comm_msg"))["content"])["comm_id"] != film:
            pass
    start, end, *_ = part(page, "landscape-data")["own"]["visits"][1]
    assert said["data"]["content"] == {"command": "play", "start": start, "end": end}
