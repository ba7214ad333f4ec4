"""The service answers to its own names, so that no other site's page can have its name point here."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from vigwidgets.service.hosts import ANY_HOST, Names
from vigwidgets.service.routes import application

pytestmark = pytest.mark.anyio

LOOPBACK = ["127.0.0.1", "127.0.0.1:8866", "127.8.8.8", "localhost", "LocalHost:1", "localhost.:80", "[::1]", "[::1]:9"]
OTHERS = [
    "evil.example",
    "evil.example:8866",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "a@127.0.0.1",
    "",
    "x y",
]


@pytest.mark.parametrize("host", LOOPBACK)
def test_loopback_is_always_itself(host: str) -> None:
    assert host in Names(demo=True)
    assert host in Names()


@pytest.mark.parametrize("host", OTHERS)
def test_another_name_never_is(host: str) -> None:
    assert host not in Names(demo=True)
    assert host not in Names(["learn.example.org"])


def test_an_address_in_digits_cannot_be_bound_to_another_name_and_yet_is_not_for_the_demonstration() -> None:
    for host in ("192.0.2.7", "192.0.2.7:8866", "[2001:db8::1]:80"):
        assert host in Names()
        assert host not in Names(demo=True)


def test_told_names_and_the_machines_own_are_known() -> None:
    names = Names(["Learn.Example.org"])
    assert "learn.example.org:443" in names
    assert "www.learn.example.org" not in names
    assert socket.gethostname() in names
    assert "anything.example" in Names([ANY_HOST], demo=True)


@pytest.mark.parametrize("demo", [True, False])
async def test_every_address_and_socket_refuses_another_name(site: Any, demo: bool) -> None:
    site.state.demo = demo
    sock, site.port = bind_unused_port()
    server = HTTPServer(application(site.state))
    server.add_socket(sock)
    site.stack.callback(server.stop)
    record = site.begin("ann")
    client = site.client("ann")
    for path in (
        "/",
        "/sign-in",
        "/learning",
        "/films/blocks/proxy.mp4",
        f"/observations/{record.id}",
        "/health",
        "/x",
    ):
        answer = await client.get(path, Host="evil.example")
        assert (answer.code, answer.headers.get_list("Set-Cookie")) == (421, []), path
        assert b"--host-name" in answer.body
    for path in ("/sign-in", "/sign-out", f"/observations/{record.id}/hand-in"):
        assert (await client.post(path, headers={"Host": "evil.example"})).code == 421, path
    with pytest.raises(HTTPClientError) as refused:
        await client.socket(record.id, Host="evil.example", Origin="http://evil.example")
    assert refused.value.code == 421
    assert site.records.session_person(client.token) is not None
    assert (await client.get("/health", Host="localhost")).code == 200


async def test_the_whole_application_refuses_it_for_kernels_too(voila: Any) -> None:
    path = "/kernels/01234567-0123-4567-89ab-0123456789ab/channels"
    for each in (path, "/exercises/first-look", "/sign-in"):
        assert (await voila.client("ann").get(each, Host="evil.example")).code == 421
