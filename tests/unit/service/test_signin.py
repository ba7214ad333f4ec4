from __future__ import annotations

import json
from http.cookies import SimpleCookie
from typing import Any

import pytest

from vigwidgets.errors import Refusal
from vigwidgets.records import StoreFull
from vigwidgets.service import health
from vigwidgets.service.base import VigHandler
from vigwidgets.service.identity import COOKIE, Throttle, safe_next

pytestmark = pytest.mark.anyio
SHOWN: list[dict[str, Any]] = []


@pytest.fixture(autouse=True)
def pages_without_a_front_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the form looks like is tried in a browser; here counts what it is told."""
    SHOWN.clear()

    def page(self: VigHandler, template: str, **context: Any) -> None:
        SHOWN.append(context | {"template": template, "xsrf": self.xsrf_token})
        self.write(template)

    monkeypatch.setattr(VigHandler, "page", page)


def cookie_of(answer: Any) -> Any:
    cookies: SimpleCookie = SimpleCookie()
    for line in answer.headers.get_list("Set-Cookie"):
        cookies.load(line)
    return cookies.get(COOKIE)


async def test_name_and_password_open_a_session_that_signing_out_closes(site: Any) -> None:
    site.records.add_person("Eve", "eve", "trainee", "four words together")
    client = site.client(None)
    answer = await client.post("/sign-in", login=" EVE ", password="four words together", next="/exercises/first-look")
    assert (answer.code, answer.headers["Location"]) == (303, "/exercises/first-look")
    cookie = cookie_of(answer)
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Lax", "/", "")
    assert cookie["max-age"] == str(12 * 3600)
    client.token = cookie.value
    assert (await client.get("/")).headers["Location"] == "/learning"
    assert (await client.post("/sign-out")).code == 303
    assert (await client.get("/")).code == 401


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(site: Any) -> None:
    site.records.add_person("Eve", "eve", "trainee", "four words together")
    for login in ("eve", "nobody"):
        answer = await site.client(None).post("/sign-in", login=login, password="guess guess")
        assert answer.code == 403
        assert cookie_of(answer) is None
    assert SHOWN[0]["error"] == SHOWN[1]["error"] != ""
    assert SHOWN[0]["login"] == "eve"


async def test_a_person_without_a_password_cannot_be_entered_with_an_empty_one(site: Any) -> None:
    assert (await site.client(None).post("/sign-in", login="ann", password="")).code == 403


async def test_the_demonstration_s_people_are_entered_with_a_click_and_only_there(site: Any) -> None:
    client = site.client(None)
    assert (await client.post("/sign-in", demo="ann")).code == 403
    site.state.demo = True
    site.records.add_person("Eve", "eve", "supervisor", "four words together")
    await client.get("/sign-in")
    assert {person.login for person in SHOWN[-1]["demo"]} == {"ann", "ben", "sue", "art", "ada"}
    assert (await client.post("/sign-in", demo="eve")).code == 403
    answer = await client.post("/sign-in", demo=site.people["sue"].id)
    assert (answer.code, answer.headers["Location"]) == (303, "/supervision")


async def test_signing_in_again_gives_another_token_and_ends_the_one_before(site: Any) -> None:
    site.state.demo = True
    client = site.client("ann")
    before = client.token
    token = cookie_of(await client.post("/sign-in", demo="ann")).value
    assert token != before
    assert site.records.session_person(before) is None
    assert site.records.session_person(token).login == "ann"


async def test_behind_https_the_cookie_is_sent_over_https_only(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from tornado.httputil import HTTPServerRequest

    site.state.demo = True
    before = HTTPServerRequest.__init__

    def over_https(self: HTTPServerRequest, *args: Any, **kwargs: Any) -> None:
        before(self, *args, **kwargs)
        self.protocol = "https"

    monkeypatch.setattr(HTTPServerRequest, "__init__", over_https)
    assert cookie_of(await site.client(None).post("/sign-in", demo="ann"))["secure"] is True


async def test_guessing_is_slowed_down_even_for_the_right_password(site: Any) -> None:
    site.records.add_person("Eve", "eve", "trainee", "four words together")
    site.state.throttle = Throttle(free=1, first=60)
    for _ in "12":
        await site.client(None).post("/sign-in", login="eve", password="guess guess")
    answer = await site.client(None).post("/sign-in", login="eve", password="four words together")
    assert answer.code == 403
    assert "wait" in SHOWN[-1]["error"]


def test_the_wait_grows_ends_and_is_forgotten_after_success() -> None:
    now = [0.0]
    throttle = Throttle(free=2, first=2, longest=10, clock=lambda: now[0])
    waits = []
    for _ in range(7):
        throttle.failed("a")
        try:
            throttle.check("a")
            waits.append(0)
        except Refusal as refused:
            waits.append(int(str(refused).split("wait ")[1].split()[0]))
    assert waits == [0, 0, 2, 4, 8, 10, 10]
    throttle.check("b")
    now[0] = 10.0
    throttle.check("a")
    throttle.failed("a")
    throttle.succeeded("a")
    throttle.check("a")


@pytest.mark.parametrize(
    ("wanted", "onward"),
    [
        ("/learning", True), ("/exercises/a?again=1", True), ("", False), ("https://elsewhere.example", False),
        ("//elsewhere.example", False), ("/\\elsewhere.example", False), ("/a\r\nSet-Cookie: x=1", False),
        ("javascript:alert(1)", False), ("/..//elsewhere.example", False), ("/ /elsewhere.example", False),
        ("/a/../b", False), ("/%2e%2e//elsewhere.example", False), ("/a/%2e%2e/b", False), ("/a//b", False),
        ("/%5celsewhere.example", False), ("/%2felsewhere.example", False), ("/a#b", False), ("/a\tb", False),
        ("/%09/elsewhere.example", False), ("/./a", False), ("/lessons/", True), ("/", True),
        ("/a?next=//x&b=/../", True),
        ("/exercises/first-look?again=1&t=1.5", True), ("/é", False),
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_site_after_signing_in(wanted: str, onward: bool) -> None:
    assert (safe_next(wanted, "/") == wanted) is onward


def test_onward_stays_below_the_application() -> None:
    assert safe_next("/hub/other", "/vig/") is None
    assert safe_next("/vig/learning", "/vig/") == "/vig/learning"


async def test_signing_out_has_the_browser_forget_what_it_kept(site: Any) -> None:
    answer = await site.client("ann").post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert cookie_of(answer).value == ""


async def test_on_a_full_disk_one_is_signed_out_all_the_same(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client = site.client("ann")
    writing, full = site.records.writing, FullDisk()
    monkeypatch.setattr(site.records, "writing", full)
    answer = await client.post("/sign-out")
    assert (answer.code, cookie_of(answer).value) == (303, "")
    assert full.tried == 1
    assert site.records.session_person(client.token) is None
    assert (await client.get("/learning")).code == 401
    # As soon as there is room, the disk forgets it too: after a new start nobody would remember.
    monkeypatch.setattr(site.records, "writing", writing)
    site.records.open_session(site.people["ben"].id)
    other = type(site.records)(site.records.engine)
    assert other.session_person(client.token) is None


async def test_on_a_full_disk_signing_in_says_so_and_health_too(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    site.state.demo = True
    monkeypatch.setattr(site.records, "writing", FullDisk())
    answer = await site.client(None).post("/sign-in", demo="ann")
    assert answer.code == 503
    assert "You cannot be signed in just now, because there is no room left" in SHOWN[-1]["error"]
    told = await site.client(None).get("/health")
    assert (told.code, json.loads(told.body)["status"]) == (200, "degraded")
    assert "make room" in json.loads(told.body)["problem"]


async def test_health_sees_a_disk_that_is_nearly_full(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads((await site.client(None).get("/health")).body)["status"] == "ok"
    monkeypatch.setattr(health, "LITTLE_ROOM", 1 << 60)
    assert json.loads((await site.client(None).get("/health")).body)["status"] == "degraded"


class FullDisk:
    """In place of the records' ``writing``: there is no room."""

    tried = 0

    def __call__(self) -> Any:
        self.tried += 1
        raise StoreFull("There is no room left on the server's disk.")
