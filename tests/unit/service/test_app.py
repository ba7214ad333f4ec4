"""The exercise page and its kernel: sent before the kernel is there, and nobody else's to hold."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_server.services.kernels.connection.base import serialize_binary_message
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.websocket import websocket_connect
from voila.app import Voila

from vigwidgets.curriculum import load_course
from vigwidgets.errors import Refusal
from vigwidgets.service.app import VigApp
from vigwidgets.service.voila.connection import KernelConnection

pytestmark = pytest.mark.anyio
XSRF = "0123456789abcdef0123456789abcdef"  # what the clients' cookie says


async def open_page(voila: Any, login: str = "ann", exercise: str = "first-look") -> tuple[str, dict[str, Any]]:
    """Return an exercise page's text and what it says of its kernel."""
    answer = await voila.client(login).get(f"/exercises/{exercise}", Accept="text/html")
    assert answer.code == 200, answer.body
    page = answer.body.decode()
    return page, part(page, "kernel")


def part(page: str, name: str) -> dict[str, Any]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found, page[-2000:]
    return dict(json.loads(found[1]))


async def line_to(voila: Any, login: str | None, kernel: str, **headers: str) -> Any:
    headers = voila.client(login).headers(**headers)
    request = HTTPRequest(f"ws://127.0.0.1:{voila.port}/kernels/{kernel}/channels?session_id=s", headers=headers)
    line = await websocket_connect(request)
    voila.keep(line)
    return line


def message(kind: str, channel: str = "shell", **content: Any) -> str:
    header = {"msg_id": f"m-{kind}", "msg_type": kind, "username": "", "session": "s", "date": "", "version": "5.3"}
    return json.dumps(
        {"channel": channel, "header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
    )


async def hear(line: Any, kind: str, seconds: float = 10) -> dict[str, Any]:
    async with asyncio.timeout(seconds):
        while (text := await line.read_message()) is not None:
            told = json.loads(text)
            if told["header"]["msg_type"] == kind:
                return dict(told)
    raise AssertionError(f"no {kind} came")


async def test_the_page_has_the_film_and_its_own_widget(voila: Any) -> None:
    page, kernel = await open_page(voila)
    boot = part(page, "boot")
    assert boot["observation"] == voila.records.current_observation(voila.people["ann"].id, "first-look")
    assert boot["exercise"]["id"] == "first-look"
    assert f'src="{boot["files"]["proxy"]}"' in page
    assert page.index("<video") < page.index('id="boot"') < page.index("exercise.") < page.index('id="notebook"')
    [model] = re.findall(r'data-model="(\w+)"', page)
    line = await line_to(voila, "ann", kernel["id"])
    await line.write_message(message("comm_msg", comm_id=model, data={"method": "request_state"}))
    state = (await hear(line, "comm_msg"))["content"]["data"]["state"]
    assert state["_observation_id"] == boot["observation"]
    line.close()


async def test_the_beginning_of_the_page_does_not_wait_for_its_kernel(voila: Any, monkeypatch: Any) -> None:
    held = asyncio.Event()
    start = voila.app.page_kernels.start

    async def late(*args: Any) -> str:
        await held.wait()
        return str(await start(*args))

    monkeypatch.setattr(voila.app.page_kernels, "start", late)
    came: list[bytes] = []
    first = asyncio.Event()

    def piece(chunk: bytes) -> None:
        came.append(chunk)
        first.set()

    request = HTTPRequest(
        f"http://127.0.0.1:{voila.port}/exercises/first-look", headers=voila.client("ann").headers(),
        streaming_callback=piece,
    )  # fmt: skip
    fetching = asyncio.ensure_future(voila.http.fetch(request))
    await asyncio.wait_for(first.wait(), 5)
    await asyncio.sleep(0.05)
    shell = b"".join(came)
    assert b"<video" in shell
    assert b'id="boot"' in shell
    assert b"exercise." in shell
    assert b'id="kernel"' not in shell
    held.set()
    await fetching
    assert b'id="kernel"' in b"".join(came)


async def test_a_page_whose_kernel_does_not_start_is_whole_without(
    voila: Any, monkeypatch: Any, caplog: pytest.LogCaptureFixture
) -> None:
    async def never(*_: Any) -> str:
        raise RuntimeError("no more processes")

    monkeypatch.setattr(voila.app.page_kernels, "start", never)
    page, kernel = await open_page(voila)
    assert kernel["id"] == ""
    assert page.rstrip().endswith("</html>")
    assert "Traceback" not in page
    assert "goes on without it" in caplog.text


async def test_nothing_in_the_page_can_end_its_own_script(voila: Any) -> None:
    page, _ = await open_page(voila)
    boot = re.search(r'id="boot">(.*?)</script>', page, re.DOTALL)
    assert boot
    assert "<" not in boot[1]


@pytest.mark.parametrize("login", [None, "ben", "sue", "art", "ada"])
async def test_nobody_else_may_hold_or_end_a_kernel(voila: Any, login: str | None) -> None:
    _, kernel = await open_page(voila)
    with pytest.raises(HTTPClientError) as refused:
        await line_to(voila, login, kernel["id"])
    assert refused.value.code == 403
    answer = await voila.client(login).post(kernel["end"])
    assert answer.code == (401 if login is None else 403)
    assert kernel["id"] in voila.app.kernel_manager
    for method in ("GET", "DELETE"):
        answer = await voila.client(login).get(f"/api/kernels/{kernel['id']}", method, X_XSRFToken=XSRF)
        assert answer.code == 404


async def test_an_own_kernel_is_not_held_from_another_site(voila: Any) -> None:
    _, kernel = await open_page(voila)
    with pytest.raises(HTTPClientError) as refused:
        await line_to(voila, "ann", kernel["id"], Origin="http://elsewhere.example")
    assert refused.value.code == 403
    answer = await voila.client("ann").post(kernel["end"], xsrf="another")
    assert answer.code == 403
    assert kernel["id"] in voila.app.kernel_manager


async def test_code_from_the_page_is_dropped_on_every_channel(voila: Any, tmp_path: Any) -> None:
    _, kernel = await open_page(voila)
    line = await line_to(voila, "ann", kernel["id"])
    trace = tmp_path / "ran"
    for channel in ("shell", "control", "stdin"):
        for kind in ("execute_request", "shutdown_request", "debug_request", "input_reply"):
            await line.write_message(
                message(kind, channel, code=f"open({str(trace)!r}, 'w')", silent=True, restart=False, value="x")
            )
    await line.write_message(message("kernel_info_request"))
    answer = await hear(line, "kernel_info_reply")
    assert answer["parent_header"]["msg_id"] == "m-kernel_info_request"
    assert not trace.exists()
    line.close()


async def test_a_kernel_that_dies_is_not_replaced_and_its_page_is_told(voila: Any) -> None:
    _, kernel = await open_page(voila)
    line = await line_to(voila, "ann", kernel["id"])
    psutil.Process(voila.app.kernel_manager.get_kernel(kernel["id"]).provisioner.pid).kill()
    while (await hear(line, "status", 20))["content"]["execution_state"] != "dead":
        pass
    assert kernel["id"] not in voila.app.kernel_manager
    assert voila.app.page_kernels.owner(kernel["id"]) is None


async def test_stopping_does_not_wait_for_what_a_dead_kernel_will_never_hear(voila: Any) -> None:
    _, kernel = await open_page(voila)
    line = await line_to(voila, "ann", kernel["id"])
    await line.write_message(message("kernel_info_request"))
    await hear(line, "kernel_info_reply")
    psutil.Process(voila.app.kernel_manager.get_kernel(kernel["id"]).provisioner.pid).kill()
    for _ in range(50):
        await line.write_message(message("comm_msg", comm_id="x", data={}))
    await asyncio.sleep(0.2)
    await asyncio.wait_for(voila.app.close(), 5)
    assert voila.app.kernel_manager.context.closed  # nothing is left for the garbage collector to wait for


async def test_signing_out_closes_the_line(voila: Any) -> None:
    _, kernel = await open_page(voila)
    line = await line_to(voila, "ann", kernel["id"])
    await line.write_message(message("kernel_info_request"))
    await hear(line, "kernel_info_reply")
    assert (await voila.client("ann").post("/sign-out")).code in (302, 303)
    await line.write_message(message("kernel_info_request"))
    with pytest.raises(AssertionError, match="no kernel_info_reply"):
        await hear(line, "kernel_info_reply")
    assert line.close_code == 4401
    await asyncio.sleep(0)  # the closed connection's own clean-up


async def test_leaving_the_page_ends_its_kernel(voila: Any) -> None:
    _, kernel = await open_page(voila)
    pid = voila.app.kernel_manager.get_kernel(kernel["id"]).provisioner.pid
    assert (await voila.client("ann").post(kernel["end"])).code == 204
    assert kernel["id"] not in voila.app.kernel_manager
    assert not psutil.pid_exists(pid)
    assert (await voila.client("ann").post(kernel["end"])).code == 403  # nobody's is not one's own


async def test_a_person_has_few_kernels_and_the_oldest_gives_way(voila: Any) -> None:
    kernels = [(await open_page(voila))[1]["id"] for _ in range(3)]
    await open_page(voila, "ben")
    assert [kernel in voila.app.kernel_manager for kernel in kernels] == [False, True, True]


async def test_a_kernel_knows_its_page_and_none_of_the_servers_secrets(
    voila: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_PASSWORD", "hush")
    page, kernel = await open_page(voila)
    pid = voila.app.kernel_manager.get_kernel(kernel["id"]).provisioner.pid
    client = voila.app.kernel_manager.get_kernel(kernel["id"]).client()
    client.start_channels()
    await client.wait_for_ready(timeout=20)
    said: list[str] = []
    await client.execute_interactive(
        "import json, os; print(json.dumps(dict(os.environ)))",
        output_hook=lambda told: said.append(told["content"].get("text", "")),
    )
    client.stop_channels()
    environment = json.loads("".join(said))
    assert environment["VIG_OBSERVATION"] == part(page, "boot")["observation"]
    assert environment["VIG_PERSON"] == voila.people["ann"].id
    assert "DATABASE_PASSWORD" not in environment
    assert psutil.pid_exists(pid)


async def test_voilas_own_addresses_are_not_there(voila: Any) -> None:
    voila_paths = (
        "/voila/files/exercise.ipynb", "/voila/static/voila.js", "/voila/render/exercise.ipynb", "/voila/tree",
        "/voila/query/x", "/voila/api/shutdown/x", "/voila/templates/vig/index.html.j2", "/api/kernels", "/login",
        "/voila/labextensions/x", "/api/contents", "/exercise.ipynb",
    )  # fmt: skip
    for path in voila_paths:
        assert (await voila.client("ada").get(path)).code == 404, path


async def test_no_option_in_the_address_changes_the_template(voila: Any) -> None:
    answer = await voila.client("ann").get("/exercises/first-look?template=lab&theme=dark", Accept="text/html")
    assert b"vig-exercise" in answer.body
    assert b"jupyterlab" not in answer.body.lower()


async def test_an_unknown_exercise_is_not_found(voila: Any) -> None:
    answer = await voila.client("ann").get("/exercises/no-such", Accept="text/html")
    assert answer.code == 404
    assert "no-such" in answer.body.decode()


async def test_an_exercise_written_a_moment_ago_is_found(voila: Any, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(voila.state.course.folder, tmp_path / "course"))
    voila.state.course = load_course(folder)
    written = (folder / "exercises" / "first-look.yaml").read_text().replace("id: first-look", "id: second-look")
    (folder / "exercises" / "second-look.yaml").write_text(written)
    answer = await voila.client("ann").get("/exercises/second-look", Accept="text/html")
    assert answer.code == 200


async def test_a_page_of_somebody_who_is_signed_out_leads_to_signing_in(voila: Any) -> None:
    answer = await voila.client(None).get("/exercises/first-look", Accept="text/html")
    assert (answer.code, answer.headers["Location"]) == (302, "/sign-in?next=%2Fexercises%2Ffirst-look")


async def test_a_taken_port_gives_the_next_and_no_free_one_a_sentence(still: Any, anyio_backend: str) -> None:
    sock, port = bind_unused_port()
    try:
        app = VigApp(state=still.state, port=port, port_retries=5)
        server = HTTPServer(lambda request: None)
        app.bind(server)
        assert port < app.port <= port + 5
        server.stop()
        with pytest.raises(Refusal, match="taken; stop what uses them"):
            VigApp(state=still.state, port=port, port_retries=0).bind(HTTPServer(lambda request: None))
    finally:
        sock.close()


async def test_it_listens_on_this_machine_only_and_says_what_each_option_does(still: Any, anyio_backend: str) -> None:
    app = VigApp(state=still.state)
    assert isinstance(app, Voila)
    assert app.ip == "127.0.0.1"
    ours = list(VigApp.class_own_traits(config=True))
    assert {"kernels_per_person", "kernel_idle_seconds"} <= set(ours)
    assert all(VigApp.class_traits()[name].help for name in ours)


async def test_a_configuration_file_cannot_open_what_is_closed(still: Any, anyio_backend: str) -> None:
    settings = {"VoilaConfiguration": {"allow_template_override": "YES", "show_tracebacks": True}}
    (still.data / "vig_config.json").write_text(json.dumps({"VigApp": {"kernels_per_person": 7}, **settings}))
    app = VigApp(state=still.state)
    app.initialize([])
    assert app.kernels_per_person == 7
    assert app.voila_configuration.allow_template_override == "NO"
    assert app.voila_configuration.show_tracebacks is False


async def test_a_kernels_binary_message_keeps_nobody_waiting(voila: Any) -> None:
    _, kernel = await open_page(voila)
    line = await line_to(voila, "ann", kernel["id"])
    (held,) = [one.websocket_handler for one in KernelConnection._open_sockets]
    # As a widget with bytes among its traits sends it: two parts, whose number is written in four bytes.
    sent = serialize_binary_message(
        {"header": {"msg_type": "comm_open", "date": datetime.now(UTC)}, "buffers": [b"picture"]}
    )
    async with asyncio.timeout(10):
        held.write_message(sent, binary=True)
        while (heard := await line.read_message()) != sent:
            assert heard is not None
