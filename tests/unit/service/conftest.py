"""A whole small service in a test's own loop: real routes, real database, films of a few bytes."""

from __future__ import annotations

import json
import random
import shutil
from asyncio import Future
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.testing import bind_unused_port
from tornado.websocket import WebSocketClientConnection, websocket_connect

from vigwidgets.contract import Edit, Film, FrameIndex, Member, Put, Tag, Truth
from vigwidgets.curriculum import load_course
from vigwidgets.films import FilmLibrary
from vigwidgets.grading import Task
from vigwidgets.observations import new_id, new_observation
from vigwidgets.records import ObservationRecord, Person, Records
from vigwidgets.service import grader
from vigwidgets.service.grader import Grader
from vigwidgets.service.identity import COOKIE
from vigwidgets.service.routes import application
from vigwidgets.service.state import ServiceState

XSRF = "0123456789abcdef0123456789abcdef"
CAST = [Member(id="baby", role="child", name="Mila"), Member(id="mother", role="parent", name="Jana")]
FRAME = 40_000
DURATION = 250 * FRAME
PEOPLE = {
    "ann": "trainee", "ben": "trainee", "sue": "supervisor", "art": "author", "ada": "administrator",
}  # fmt: skip


def make_film(data: Path, film_id: str) -> None:
    """Write a film's folder as intake would: 250 frames of 40 ms; the proxy is noise."""
    folder = data / "films" / film_id
    folder.mkdir(parents=True)
    film = Film(
        id=film_id, title=f"Film {film_id}", frames=250, duration=DURATION, width=640, height=360, rate="25/1",
        sound=True, cast=CAST, captions=["en"], done=[], script=film_id, original=None,
    )  # fmt: skip
    frames = FrameIndex(film=film_id, times=list(range(0, DURATION, FRAME)), duration=DURATION)
    truth = Truth.model_validate(
        {
            "film": film_id, "duration": DURATION, "scheme": {"id": "paig", "version": "1"},
            "cast": [member.model_dump() for member in CAST], "open": [],
            "beats": [
                {"id": "b1", "codes": ["initiative"], "actor": "baby", "target": "mother", "start": 25 * FRAME,
                 "end": 50 * FRAME, "edge": 200_000, "says": "Mila looks up.", "answers": None},
                {"id": "b2", "codes": ["3"], "actor": "mother", "target": "baby", "start": 55 * FRAME,
                 "end": 80 * FRAME, "edge": 200_000, "says": "Jana smiles back.", "answers": "b1"},
            ],
        }
    )  # fmt: skip
    for name, model in (("film", film), ("frames", frames), ("truth", truth)):
        (folder / f"{name}.json").write_text(model.model_dump_json(), encoding="utf-8")
    (folder / "proxy.mp4").write_bytes(random.Random(7).randbytes(1_000_003))
    for name in ("poster.jpg", "scrub.jpg"):
        (folder / name).write_bytes(b"\xff\xd8" + bytes(2000))
    (folder / "peaks.json").write_text(json.dumps({"rate": 50, "peaks": [3] * 500}), encoding="utf-8")
    (folder / "scrub.json").write_text(json.dumps({"columns": 1, "rows": 1, "times": [0]}), encoding="utf-8")
    (folder / "captions.en.vtt").write_text("WEBVTT\n", encoding="utf-8")


def an_edit(place: int = 0, edit_id: str | None = None, **changes: Any) -> Edit:
    """Return an edit that puts a reception of one frame at frame ``place``."""
    tag = {
        "id": f"tag-{place}", "code": "3", "actor": "mother", "target": "baby",
        "start": place % 249 * FRAME, "end": (place % 249 + 1) * FRAME,
    } | changes  # fmt: skip
    return Edit(id=edit_id or new_id("edit"), changes=[Put(tag=Tag.model_validate(tag))])


class Client:
    """One person's browser."""

    def __init__(self, site: Site, token: str | None) -> None:
        self.site = site
        self.token = token

    def headers(self, **more: str) -> dict[str, str]:
        cookies = [f"_xsrf={XSRF}"] + ([f"{COOKIE}={self.token}"] if self.token else [])
        return {"Cookie": "; ".join(cookies), "Accept": "*/*", **{k.replace("_", "-"): v for k, v in more.items()}}

    async def get(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        return await self._fetch(path, method, None, headers)

    async def post(self, path: str, xsrf: str = XSRF, headers: dict[str, str] | None = None, **fields: str) -> Any:
        return await self._fetch(path, "POST", urlencode({**fields, "_xsrf": xsrf}), headers or {})

    async def _fetch(self, path: str, method: str, body: str | None, headers: dict[str, str]) -> HTTPResponse:
        request = HTTPRequest(
            f"http://127.0.0.1:{self.site.port}{path}", method, headers=self.headers(**headers), body=body,
            follow_redirects=False, decompress_response=False,
        )  # fmt: skip
        return await self.site.http.fetch(request, raise_error=False)

    async def socket(self, observation: str, **headers: str) -> Socket:
        request = HTTPRequest(
            f"ws://127.0.0.1:{self.site.port}/observations/{observation}/edits", headers=self.headers(**headers)
        )
        socket = Socket(await websocket_connect(request, max_message_size=50_000_000))
        self.site.keep(socket.line)
        return socket


@contextmanager
def dialled() -> Iterator[None]:
    """Let go of every connection that is opened meanwhile, whoever has it by then.

    On a busy machine the loop may end before the other side has answered a polite farewell, or even the first word;
    and a line that was refused, or that the service ended, no longer tells its own stream.
    """
    streams: list[IOStream] = []
    connect = IOStream.connect

    def remember(stream: IOStream, *args: Any, **options: Any) -> Future[IOStream]:
        streams.append(stream)
        return connect(stream, *args, **options)

    with patch.object(IOStream, "connect", remember):
        yield
    for stream in streams:
        stream.close()


class Listener(HTTPServer):
    """A server that lets go of every connection when the test is over, whatever its handler still waits for."""

    def initialize(self, *args: Any, **options: Any) -> None:
        self.streams: list[IOStream] = []
        super().initialize(*args, **options)

    def handle_stream(self, stream: IOStream, address: Any) -> None:
        self.streams.append(stream)
        super().handle_stream(stream, address)

    async def close_all_connections(self) -> None:
        await super().close_all_connections()
        for stream in self.streams:
            stream.close()


class Socket:
    """One window's line to the edits."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self.line = line
        self.present: list[Any] = []

    async def send(self, edit: Edit) -> None:
        await self.say({"type": "edit", "edit": edit.model_dump(mode="json")})

    async def say(self, message: Any) -> None:
        await self.line.write_message(message if isinstance(message, str) else json.dumps(message))

    async def hear(self) -> Any:
        """The next message; who else is there is kept apart, in `present`."""
        while True:
            message = await self.line.read_message()
            heard = None if message is None else json.loads(message)
            if heard is None or heard["type"] != "presence":
                return heard
            self.present.append(heard)

    async def hear_presence(self) -> Any:
        """The next word on who else is there: windows, watching, writes."""
        while not self.present:
            await self.say({"type": "ping"})
            await self.hear()
        heard = self.present.pop(0)
        return heard["windows"], heard["watching"], heard["writes"]

    def hang_up(self) -> None:
        """The window is closed, at once."""
        stream = getattr(self.line.protocol, "stream", None)
        self.line.close()
        if stream is not None:
            stream.close()

    async def ask(self, edit: Edit) -> Any:
        await self.send(edit)
        return await self.hear()


class Site:
    """The service, its people by login, and their browsers."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.records = Records.open(data)
        self.people: dict[str, Person] = {
            login: self.records.add_person(login.title(), login, role) for login, role in PEOPLE.items()
        }
        self.state = ServiceState(data, self.records, FilmLibrary(data), load_course())
        self.stack = AsyncExitStack()
        self.port = 0
        self._tokens = {login: self.records.open_session(person.id) for login, person in self.people.items()}

    async def start(self) -> None:
        self.stack.enter_context(dialled())
        self.http = AsyncHTTPClient(force_instance=True)
        self.stack.callback(self.http.close)
        sock, self.port = bind_unused_port()
        server = Listener(application(self.state))
        server.add_socket(sock)
        self.stack.push_async_callback(server.close_all_connections)
        self.stack.callback(server.stop)

    def keep(self, line: WebSocketClientConnection) -> None:
        """Hang up when the test is over."""
        self.stack.callback(line.close)

    def client(self, login: str | None) -> Client:
        return Client(self, self._tokens[login] if login else None)

    def begin(self, login: str, exercise: str = "receiving-initiatives") -> ObservationRecord:
        """Begin an exercise as its page would."""
        known = self.state.course.exercise(exercise)
        scheme = self.state.course.codebook(known).ref
        fresh = new_observation(known.film, DURATION, scheme, self.people[login].id, CAST)
        return self.records.start_observation(self.people[login].id, exercise, known.version, fresh)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def fresh_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a database and two films, made once."""
    data = tmp_path_factory.mktemp("fresh")
    Records.open(data).close()
    for film in ("hello", "blocks"):
        make_film(data, film)
    return data


@pytest.fixture
def still(tmp_path: Path, fresh_data: Path) -> Iterator[Site]:
    """The service's parts, without a server."""
    site = Site(Path(shutil.copytree(fresh_data, tmp_path / "data")))
    yield site
    site.state.close()


@pytest.fixture
async def site(still: Site, anyio_backend: str) -> AsyncIterator[Site]:
    """The service, listening."""
    await still.start()
    yield still
    await still.state.settle()
    await still.stack.aclose()


@pytest.fixture
def edit() -> Any:
    """How edits are made: see `an_edit`."""
    return an_edit


@pytest.fixture(autouse=True)
def no_processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mark here and write no reports: processes take seconds to start; tests named ``…process…`` have them."""

    async def mark(_: Grader, task: Task) -> dict[str, Any]:
        return grader._mark(task)

    async def nothing(*_: Any) -> None:
        pass

    if "process" not in request.node.name:
        monkeypatch.setattr(Grader, "mark", mark)
        monkeypatch.setattr(Grader, "write_report", nothing)
        monkeypatch.setattr(Grader, "warm", lambda _: None)


@pytest.fixture
async def voila(still: Any, anyio_backend: str) -> AsyncIterator[Any]:
    """The whole application on the small site, listening; the site's clients talk to it."""
    from vigwidgets.kernels import shared_parent
    from vigwidgets.service.app import VigApp

    shared_parent()
    app = VigApp(state=still.state, kernels_per_person=2)
    app.initialize([])
    app.prepare()
    still.stack.enter_context(dialled())
    still.http = AsyncHTTPClient(force_instance=True)
    sock, still.port = bind_unused_port()
    server = Listener(app.app)
    server.add_socket(sock)
    still.app = app
    yield still
    server.stop()
    await app.close()
    still.http.close()
    await still.stack.aclose()
    await server.close_all_connections()
