"""What the log says names nobody and nothing of theirs; and a wrong request is told what is wrong with it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from vigwidgets.service.mishaps import log_mishap
from vigwidgets.service.voila.connection import KernelConnection

from .test_app import line_to, open_page

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def everything(caplog: pytest.LogCaptureFixture) -> None:
    # Jupyter's application, in another test, may have told the loggers otherwise.
    caplog.set_level(logging.WARNING)
    caplog.set_level(logging.WARNING, logger="vigwidgets.service")


async def test_a_request_without_its_token_is_logged_by_status_and_handler_only(site: Any, caplog: Any) -> None:
    record = site.begin("ann")
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in", xsrf="wrong")
    assert answer.code == 403
    assert "403 HandInHandler" in caplog.text
    assert record.id not in caplog.text
    assert "127.0.0.1" not in caplog.text


async def test_a_mishap_is_logged_by_its_kind_and_the_code_that_led_to_it(site: Any, caplog: Any) -> None:
    def broken(observation: str) -> None:
        raise KeyError(f"{observation}: a note about Mila") from ValueError("the secret cause")

    site.records.observation = broken
    answer = await site.client("ann").get("/observations/obs-private")
    assert answer.code == 500
    for part in ("500 ObservationHandler", "builtins.KeyError", "builtins.ValueError", "in broken", "handin.py"):
        assert part in caplog.text
    # The lines of code are there; what was in their names is not.
    for part in ("obs-private", "127.0.0.1", "Cookie"):
        assert part not in caplog.text


def test_a_circle_of_causes_ends(caplog: pytest.LogCaptureFixture) -> None:
    one, two = ValueError("a"), ValueError("b")
    one.__cause__, two.__cause__ = two, one
    log_mishap("Something.", one)
    assert caplog.text.count("builtins.ValueError") == 2


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "OPTIONS"])
async def test_a_wrong_method_is_told_so_whatever_it_carries(site: Any, method: str) -> None:
    for path in ("/learning", "/films/blocks/proxy.mp4", "/health"):
        answer = await site.http.fetch(
            HTTPRequest(f"http://127.0.0.1:{site.port}{path}", method, allow_nonstandard_methods=True),
            raise_error=False,
        )
        assert (answer.code, answer.headers["Allow"]) == (405, "GET"), path
    nowhere = HTTPRequest(f"http://127.0.0.1:{site.port}/nowhere", method, allow_nonstandard_methods=True)
    assert (await site.http.fetch(nowhere, raise_error=False)).code == 404


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"channel":"shell"}', b"\x00" * 20, b"\xff" * 40])
@pytest.mark.parametrize("protocol", [None, "v1.kernel.websocket.jupyter.org"])
async def test_nonsense_on_a_kernels_line_closes_it_and_says_nothing_in_the_log(
    voila: Any, caplog: Any, text: str | bytes, protocol: str | None
) -> None:
    _, kernel = await open_page(voila)
    path = f"ws://127.0.0.1:{voila.port}/kernels/{kernel['id']}/channels"
    request = HTTPRequest(f"{path}?session_id=s", headers=voila.client("ann").headers())
    line = await websocket_connect(request, subprotocols=[protocol] if protocol else None)
    voila.keep(line)
    caplog.clear()
    await line.write_message(text, binary=isinstance(text, bytes))
    while await line.read_message() is not None:
        pass
    assert line.close_code == 1007
    assert "Traceback" not in caplog.text
    assert kernel["id"] not in caplog.text
    assert "127.0.0.1" not in caplog.text
    await line_to(voila, "ann", kernel["id"])  # the next line is served


async def test_a_kernels_line_takes_no_post(voila: Any, caplog: Any) -> None:
    _, kernel = await open_page(voila)
    answer = await voila.client("ann").post(f"/kernels/{kernel['id']}/channels", xsrf="wrong")
    assert answer.code == 405
    assert kernel["id"] not in caplog.text


async def test_a_line_let_go_while_it_is_being_opened_leaves_no_mishap(voila: Any) -> None:
    told: list[Any] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, what: told.append(what))
    for _ in range(5):
        _, kernel = await open_page(voila)
        await line_to(voila, "ann", kernel["id"])
        while not KernelConnection._open_sockets:
            await asyncio.sleep(0)
        await KernelConnection.close_all()
        await voila.app.page_kernels.end(kernel["id"])
    await asyncio.sleep(0.1)
    assert told == []
