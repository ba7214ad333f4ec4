"""Every route and every message × every role × one's own and another's, against the one table."""

from __future__ import annotations

import re
from typing import Any, get_args

import pytest
from tornado.httpclient import HTTPClientError
from tornado.web import RequestHandler

from vigwidgets.contract import SendEdit, SendPing
from vigwidgets.contract._types import Contract
from vigwidgets.errors import NotAllowed
from vigwidgets.records import ROLES, Person
from vigwidgets.service import rights
from vigwidgets.service.edits import MESSAGES
from vigwidgets.service.rights import ANONYMOUS, TABLE, Scope
from vigwidgets.service.routes import application, routes, widget_routes

LOGINS: dict[str, str | None] = {
    ANONYMOUS: None, "trainee": "ann", "supervisor": "sue", "author": "art", "administrator": "ada",
}  # fmt: skip


def methods_of(handler: type[RequestHandler]) -> list[str]:
    """Return the methods that a handler has an answer for; HEAD goes with GET."""
    unanswered = RequestHandler._unimplemented_method
    known = ("get", "post", "put", "patch", "delete")
    return [method for method in known if getattr(handler, method) is not unanswered]


def test_every_route_names_an_action_for_each_method_that_it_answers(still: Any) -> None:
    for pattern, handler, _ in routes(still.state):
        assert set(methods_of(handler)) == set(handler.actions), f"{pattern}: {handler.__name__}"
        assert set(handler.actions.values()) <= set(TABLE), pattern


def test_every_action_is_used_and_every_role_is_in_every_row(still: Any) -> None:
    used = {action for _, handler, _ in routes(still.state) for action in handler.actions.values()}
    # The exercise page and its kernel are Voila's, and are walked with Voila's routes in test_app.py.
    assert used | set(MESSAGES.values()) | {"exercise.do", "kernel.use"} == set(TABLE)
    for action, row in TABLE.items():
        assert set(row) == {ANONYMOUS, *ROLES}, action


def test_every_message_that_a_browser_may_send_names_an_action() -> None:
    sent = Contract.model_fields["sent"].annotation
    assert {kind for kind in get_args(sent) if kind is not type(None)} == set(MESSAGES) == {SendEdit, SendPing}
    assert set(MESSAGES.values()) <= set(TABLE)


def test_what_no_table_of_ours_may_ever_say() -> None:
    everybody = {ANONYMOUS, *ROLES}
    for action in ("observation.edit", "observation.hand-in"):
        assert {TABLE[action][role] for role in everybody} == {Scope.NONE, Scope.OWN}
    for action in ("observation.read", "attempt.read", "gradebook.read", "supervision.read"):
        assert {role for role in everybody if TABLE[action][role] is Scope.ANY} == {"supervisor"}
    open_to_all = {action for action, row in TABLE.items() if row[ANONYMOUS] is not Scope.NONE}
    assert open_to_all == {"asset.read", "health.read", "help.read", "sign-in", "sign-out"}


def test_a_role_that_the_table_does_not_know_may_do_nothing_that_needs_signing_in() -> None:
    stranger = Person("person-1", "X", "x", "visitor")
    for action in TABLE:
        assert not rights.allowed(stranger, action, owns=True)
    with pytest.raises(NotAllowed, match="may not open the supervision pages"):
        rights.require(stranger, "supervision.read")


def concrete(pattern: str, things: dict[str, str]) -> str:
    """Return an address for a route's pattern, about ``things``."""
    path = pattern.replace("\\", "")
    for prefix, thing in things.items():
        path = re.sub(rf"^({re.escape(prefix)})\(\[[^)]*\)", rf"\g<1>{thing}", path)
    return re.sub(r"\(\[\^/\]\+\)", "film.json", path)


@pytest.mark.anyio
@pytest.mark.parametrize("role", [ANONYMOUS, *ROLES])
@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
async def test_every_route_answers_as_the_table_says(site: Any, role: str, own: bool) -> None:
    login = LOGINS[role]
    owner = login if own and login is not None else "ben"
    begun, done = site.begin(owner, "first-look"), site.begin(owner)
    things = {
        "/observations/": begun.id, "/attempts/": site.records.hand_in(done.id).id,
        "/films/": "blocks" if own else await strange_film(site), "/lessons/": "no-such-lesson",
        "/authoring/try/": "first-look", "/assets/": "pages.css",
    }  # fmt: skip
    client = site.client(login)
    walked = 0
    for pattern, handler, _ in sorted(routes(site.state), key=lambda route: "sign-out" in route[0]):
        for method, action in handler.actions.items():
            path = concrete(pattern, things)
            assert "(" not in path, pattern
            answer = await (client.get(path) if method == "get" else client.post(path))
            scope = TABLE[action][role]
            may = scope is Scope.ANY or (scope is Scope.OWN and own)
            told = f"{role} {method} {path}: {answer.code} {answer.body[:200]!r}"
            assert (answer.code not in (401, 403)) is may or (action == "sign-in" and method == "post"), told
            assert answer.code < 500, told
            if not may:
                assert answer.code == (401 if role == ANONYMOUS else 403), told
                assert b'"error"' in answer.body
            walked += 1
    assert walked >= len(routes(site.state))


async def strange_film(site: Any) -> str:
    """Return a film that is in no exercise."""
    (site.data / "films" / "blocks").rename(site.data / "films" / "elsewhere")
    film = site.data / "films" / "elsewhere" / "film.json"
    film.write_text(film.read_text().replace('"blocks"', '"elsewhere"'))
    return "elsewhere"


@pytest.mark.anyio
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("own", [True, False], ids=["own", "others"])
async def test_every_message_is_answered_as_the_table_says(site: Any, edit: Any, role: str, own: bool) -> None:
    login = LOGINS[role]
    record = site.begin(login if own else "ben")
    reads = TABLE["observation.read"][role]
    if reads is Scope.NONE or (reads is Scope.OWN and not own):
        with pytest.raises(HTTPClientError):
            await site.client(login).socket(record.id)
        return
    socket = await site.client(login).socket(record.id)
    await socket.hear()
    for kind, action in MESSAGES.items():
        message = {"type": "ping"} if kind is SendPing else {"type": "edit", "edit": edit(1).model_dump(mode="json")}
        await socket.say(message)
        answer = await socket.hear()
        scope = TABLE[action][role]
        may = scope is Scope.ANY or (scope is Scope.OWN and own)
        assert (answer["type"] in ("ack", "pong")) is may, f"{role} {action} {answer}"


@pytest.mark.anyio
async def test_a_reader_of_pages_who_is_not_signed_in_is_sent_to_sign_in_and_back(site: Any) -> None:
    answer = await site.client(None).get("/learning", Accept="text/html")
    assert answer.code == 302
    assert answer.headers["Location"] == "/sign-in?next=%2Flearning"


@pytest.mark.anyio
async def test_a_post_without_the_page_s_own_token_is_refused(site: Any) -> None:
    record = site.begin("ann")
    answer = await site.client("ann").post(f"/observations/{record.id}/hand-in", xsrf="00" * 16)
    assert answer.code == 403
    assert not site.records.observation(record.id).frozen


@pytest.mark.anyio
async def test_every_answer_carries_the_headers_that_keep_other_sites_out(site: Any) -> None:
    for path in ("/health", "/sign-in", "/nowhere", "/learning", "/films/blocks/poster.jpg"):
        headers = (await site.client("ann").get(path)).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"], path
        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert "Server" not in headers or "Tornado" not in headers["Server"], path


def test_the_widgets_routes_are_part_of_the_whole_and_all_lie_below_the_base(still: Any) -> None:
    still.state.base = "/some/where/"
    paths = [pattern for pattern, _, _ in routes(still.state)]
    assert {pattern for pattern, _, _ in widget_routes(still.state)} < set(paths)
    assert all(pattern.startswith("/some/where/") for pattern in paths)
    assert len(set(paths)) == len(paths)
    application(still.state)
