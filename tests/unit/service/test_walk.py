"""Every route that the application mounts, and every message, × every role × one's own, another's, and handed in."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Any

import pytest
from tornado.httpclient import HTTPClientError
from tornado.routing import PathMatches

from vigwidgets.contract import SendPing
from vigwidgets.records import ROLES
from vigwidgets.service.edits import MESSAGES
from vigwidgets.service.rights import ANONYMOUS, TABLE, Scope
from vigwidgets.service.voila.channels import KernelChannels

pytestmark = pytest.mark.anyio

LOGINS: dict[str, str | None] = {
    ANONYMOUS: None, "trainee": "ann", "supervisor": "sue", "author": "art", "administrator": "ada",
}  # fmt: skip
OWN, DRAFT, HANDED_IN = "own", "another's", "another's, handed in"
WHOSE = (OWN, DRAFT, HANDED_IN)


def may(action: str, role: str, whose: str) -> bool:
    """Say what the table says of a thing of one's own, of another's, and of what another has handed in."""
    scope = TABLE[action][role]
    return scope is Scope.ANY or whose in {Scope.OWN: (OWN,), Scope.HANDED_IN: (OWN, HANDED_IN)}.get(scope, ())


async def things_of(voila: Any, owner: str, whose: str) -> dict[str, str]:
    """Return for the beginning of each path that names a thing the one that is meant: the owner's."""
    page = (await voila.client(owner).get("/exercises/first-look")).body.decode()
    kernel = re.search(r'id="kernel">(.*?)</script>', page)
    assert kernel
    done = voila.begin(owner)
    attempt = voila.records.hand_in(done.id)
    draft = voila.begin(owner)
    assert draft.id != done.id
    return {
        "/observations/": done.id if whose == HANDED_IN else draft.id, "/attempts/": attempt.id,
        "/films/": "blocks" if whose == OWN else strange_film(voila), "/lessons/": "no-such-lesson",
        "/authoring/try/": "first-look", "/assets/": "pages.css", "/exercises/": "first-look",
        "/supervision/cohort/": "first-look", "/sets/": "withdrawal", "/supervision/records/": voila.people["ben"].id,
        "/kernels/": json.loads(kernel[1])["id"],
    }  # fmt: skip


def strange_film(site: Any) -> str:
    """Return a film that is in no exercise."""
    (site.data / "films" / "blocks").rename(site.data / "films" / "elsewhere")
    film = site.data / "films" / "elsewhere" / "film.json"
    film.write_text(film.read_text().replace('"blocks"', '"elsewhere"'))
    return "elsewhere"


def concrete(matcher: PathMatches, things: dict[str, str]) -> str:
    """Return an address that a route takes, about ``things``."""
    path = matcher.regex.pattern.removesuffix("$").replace("\\", "")
    for prefix, thing in things.items():
        path = re.sub(rf"^({re.escape(prefix)})\(\[[^)]*\)", rf"\g<1>{thing}", path)
    path = re.sub(r"\(\[\^/\]\+\)", "film.json", path)
    path = re.sub(r"\(([a-z]+(?:\.[a-z]+)?)\|[^)]*\)", r"\1", path)  # one of several files, or forms
    assert matcher.regex.fullmatch(path), f"{matcher.regex.pattern}: say in this test what its path names"
    return path


def in_an_order_that_ends_nothing_too_soon(rule: Any) -> int:
    pattern = rule.matcher.regex.pattern
    return 2 if "sign" in pattern and "out" in pattern else 1 if "/end" in pattern else 0


@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
@pytest.mark.parametrize("whose", WHOSE)
async def test_every_mounted_route_answers_as_the_table_says(voila: Any, role: str, whose: str) -> None:
    login = LOGINS[role]
    things = await things_of(voila, login if whose == OWN and login is not None else "ben", whose)
    client = voila.client(login)
    walked = set()
    for rule in sorted(voila.app.app.wildcard_router.rules, key=in_an_order_that_ends_nothing_too_soon):
        path = concrete(rule.matcher, things)
        for method, action in rule.target.actions.items():
            answer = await (client.get(path) if method == "get" else client.post(path))
            told = f"{role} {method} {path}: {answer.code} {answer.body[:200]!r}"
            assert answer.code < HTTPStatus.INTERNAL_SERVER_ERROR, told
            walked.add(rule.target)
            if action == "sign-in" and method == "post":
                continue  # refuses a wrong password, as it should; see test_signin.py
            refused = answer.code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
            assert refused is not may(action, role, whose), told
            if refused and rule.target is not KernelChannels:  # Jupyter's line answers with a number alone
                assert answer.code == (HTTPStatus.UNAUTHORIZED if role == ANONYMOUS else HTTPStatus.FORBIDDEN), told
                assert b'"error"' in answer.body
    assert walked == {rule.target for rule in voila.app.app.wildcard_router.rules}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", WHOSE)
async def test_every_message_is_answered_as_the_table_says(site: Any, edit: Any, role: str, whose: str) -> None:
    login = LOGINS[role]
    record = site.begin(login if whose == OWN else "ben")
    if whose == HANDED_IN:
        site.records.hand_in(record.id)
    if not may("observation.read", role, whose):
        with pytest.raises(HTTPClientError) as refused:
            await site.client(login).socket(record.id)
        assert refused.value.code == HTTPStatus.FORBIDDEN
        return
    socket = await site.client(login).socket(record.id)
    await socket.hear()
    for kind, action in MESSAGES.items():
        message = {"type": "ping"} if kind is SendPing else {"type": "edit", "edit": edit(1).model_dump(mode="json")}
        await socket.say(message)
        answer = await socket.hear()
        assert (answer["type"] in ("ack", "pong")) is may(action, role, whose), f"{role} {action} {answer}"
