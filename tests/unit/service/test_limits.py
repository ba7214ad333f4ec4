"""The server reads little of whoever is not known, waits a while, and holds a number of connections."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from tornado.testing import bind_unused_port

from vigwidgets.service.limits import HouseServer
from vigwidgets.service.routes import application

pytestmark = pytest.mark.anyio


@pytest.fixture
async def small(site: Any) -> AsyncIterator[Any]:
    """The service behind a server that has little patience and few connections for one address."""
    sock, site.port = bind_unused_port()
    server = HouseServer(application(site.state), 5, 0.3)
    server.add_socket(sock)
    yield site
    server.stop()
    await server.close_all_connections()


async def line(site: Any, text: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
    writer.write(text.encode())
    return reader, writer


async def until_closed(reader: asyncio.StreamReader) -> bytes:
    try:
        return await asyncio.wait_for(reader.read(), 5)
    except ConnectionError:
        return b""


async def test_a_large_body_is_refused_before_it_is_read(small: Any) -> None:
    head = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99000000\r\n\r\n"
    reader, writer = await line(small, head)
    assert b"400" in (await until_closed(reader)).split(b"\r\n")[0]
    writer.close()
    answer = await small.client(None).post("/sign-in", login="x" * 60_000, password="y")
    assert answer.code != 400  # what a form may hold is read


@pytest.mark.parametrize(
    "beginning",
    [
        "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nX-A:",
        "POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\na",
    ],
)
async def test_whoever_sends_too_slowly_is_not_waited_for(small: Any, beginning: str) -> None:
    reader, writer = await line(small, beginning)
    await until_closed(reader)
    writer.close()


async def test_one_address_holds_so_many_connections_and_gets_another_when_one_goes(small: Any) -> None:
    record = small.begin("ann")
    sockets = [await small.client("ann").socket(record.id) for _ in range(5)]
    for socket in sockets:
        await socket.hear()
    reader, writer = await line(small, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert await until_closed(reader) == b""
    writer.close()
    sockets[0].line.close()
    await sockets[0].line.read_message()
    for _ in range(50):
        reader, writer = await line(small, "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = await until_closed(reader)
        writer.close()
        if answer:
            break
        await asyncio.sleep(0.02)
    assert b"200 OK" in answer


async def test_an_open_socket_is_not_timed_out_and_takes_a_long_message(small: Any, edit: Any) -> None:
    socket = await small.client("ann").socket(small.begin("ann").id)
    await socket.hear()
    await asyncio.sleep(0.5)
    assert (await socket.ask(edit(1, note="n" * 4000)))["type"] == "ack"
    await socket.say(" " * 900_000 + '{"type":"ping"}')
    assert (await socket.hear())["type"] == "pong"
