"""The one table of rights, and that nothing is mounted without a rule; test_walk.py walks it."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from tornado.routing import PathMatches
from tornado.web import Application, RequestHandler

from vigwidgets.contract import SendEdit, SendPing
from vigwidgets.contract._types import Contract
from vigwidgets.errors import NotAllowed
from vigwidgets.records import ROLES, Person
from vigwidgets.service import rights
from vigwidgets.service.edits import MESSAGES
from vigwidgets.service.rights import ANONYMOUS, TABLE, Scope
from vigwidgets.service.routes import NowhereHandler, application, routes, widget_routes


def methods_of(handler: type[RequestHandler]) -> list[str]:
    """Return the methods that a handler has an answer for; HEAD goes with GET."""
    unanswered = RequestHandler._unimplemented_method
    known = ("get", "post", "put", "patch", "delete")
    return [method for method in known if getattr(handler, method) is not unanswered]


def mounted(application: Application) -> list[tuple[str, type[RequestHandler]]]:
    """Return what an application really answers: each pattern with its handler, whoever put it there."""
    found = []
    for rule in application.wildcard_router.rules:
        assert isinstance(rule.matcher, PathMatches), rule
        assert issubclass(rule.target, RequestHandler), rule
        found.append((rule.matcher.regex.pattern.removesuffix("$"), rule.target))
    for rule in application.default_router.rules:  # hosts: there is one set of routes for all
        assert rule.target is application.wildcard_router, rule
    return found


def actions_of(handler: type[RequestHandler]) -> dict[str, str]:
    """Return the action of each method; a handler without this table is a route without a rule."""
    return dict(getattr(handler, "actions", {}))


@pytest.mark.anyio
async def test_every_mounted_route_names_an_action_for_each_method_that_it_answers(voila: Any) -> None:
    there = mounted(voila.app.app)
    assert {pattern for pattern, _, _ in routes(voila.state)} < {pattern for pattern, _ in there}
    assert len({pattern for pattern, _ in there}) == len(there)
    for pattern, handler in there:
        assert set(methods_of(handler)) == set(actions_of(handler)), f"{pattern}: {handler.__name__}"
        assert set(actions_of(handler).values()) <= set(TABLE), pattern
    # What no pattern takes is answered by us as well, and no setting adds files, folders or a sign-in of Jupyter's.
    assert voila.app.app.settings["default_handler_class"] is NowhereHandler
    assert "static_path" not in voila.app.app.settings
    used = {action for _, handler in there for action in actions_of(handler).values()}
    assert used | set(MESSAGES.values()) == set(TABLE)


def test_every_role_is_in_every_row() -> None:
    for action, row in TABLE.items():
        assert set(row) == {ANONYMOUS, *ROLES}, action


def test_the_plain_application_mounts_our_routes_and_no_others(still: Any) -> None:
    assert mounted(application(still.state)) == [(pattern, handler) for pattern, handler, _ in routes(still.state)]


def test_every_message_that_a_browser_may_send_names_an_action() -> None:
    sent = Contract.model_fields["sent"].annotation
    assert {kind for kind in get_args(sent) if kind is not type(None)} == set(MESSAGES) == {SendEdit, SendPing}
    assert set(MESSAGES.values()) <= set(TABLE)


def test_what_no_table_of_ours_may_ever_say() -> None:
    everybody = {ANONYMOUS, *ROLES}
    for action in ("observation.edit", "observation.hand-in"):
        assert {TABLE[action][role] for role in everybody} == {Scope.NONE, Scope.OWN}
    # What somebody is still working on is nobody else's, whatever their role.
    assert {role: TABLE["observation.read"][role] for role in everybody} == {
        ANONYMOUS: Scope.NONE, "supervisor": Scope.HANDED_IN,
        **dict.fromkeys(("trainee", "author", "administrator"), Scope.OWN),
    }  # fmt: skip
    for action in ("attempt.read", "gradebook.read", "supervision.read"):
        assert {role for role in everybody if TABLE[action][role] is Scope.ANY} == {"supervisor"}
    open_to_all = {action for action, row in TABLE.items() if row[ANONYMOUS] is not Scope.NONE}
    assert open_to_all == {"asset.read", "health.read", "help.read", "sign-in", "sign-out"}


def test_a_role_that_the_table_does_not_know_may_do_nothing_that_needs_signing_in() -> None:
    stranger = Person("person-1", "X", "x", "visitor")
    for action in TABLE:
        assert not rights.allowed(stranger, action, owns=True)
    with pytest.raises(NotAllowed, match="may not open the supervision pages"):
        rights.require(stranger, "supervision.read")


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
