"""Signing in and out."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any, ClassVar

from vigwidgets.errors import NotAllowed, Refusal
from vigwidgets.records import SESSION_HOURS, Person, StoreFull, StoreUnavailable
from vigwidgets.service.base import VigHandler
from vigwidgets.service.identity import COOKIE, safe_next
from vigwidgets.service.pages.places import ROLES, home_of
from vigwidgets.service.state import ServiceState

__all__ = ["HomeHandler", "SignInHandler", "SignOutHandler"]

log = logging.getLogger("vigwidgets.service")


class HomeHandler(VigHandler):
    """``/``: to the person's own start page."""

    actions: ClassVar = {"get": "home.read"}

    async def get(self) -> None:
        """Go to the role's home."""
        assert self.person is not None  # noqa: S101 - the table of rights lets nobody else come here
        self.redirect(self.state.base + home_of(self.person.role))


class SignInHandler(VigHandler):
    """``/sign-in``: the form, and what it sends."""

    actions: ClassVar = {"get": "sign-in", "post": "sign-in"}

    async def get(self) -> None:
        """Show the form, or go on when already signed in."""
        if self.person is not None:
            self.redirect(self._onward(self.person))
            return
        await self.render_sign_in()

    async def post(self) -> None:
        """Sign in with login and password, or as one of the demonstration's people."""
        before = self.token
        try:
            demo = self.get_body_argument("demo", "")
            person = await (self._demo(demo) if demo else self._by_password())
            token = await self.state.writer.submit_for(person.id, self.state.records.open_session, person.id)
        except StoreUnavailable as refused:
            self.set_status(HTTPStatus.SERVICE_UNAVAILABLE)
            await self.render_sign_in(error=_not_now(refused), login=self.get_body_argument("login", "")[:80])
            return
        except Refusal as refused:
            self.set_status(HTTPStatus.FORBIDDEN)
            await self.render_sign_in(error=str(refused), login=self.get_body_argument("login", "")[:80])
            return
        if before:
            await close_session(self.state, before)
        self.set_cookie(
            COOKIE,
            token,
            path=self.state.base,
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
            max_age=SESSION_HOURS * 3600,
        )
        self.redirect(self._onward(person), status=HTTPStatus.SEE_OTHER)

    async def render_sign_in(self, **context: Any) -> None:
        """Show the form; ``error`` says why the last try did not work."""
        people = await self.state.read(self.state.records.people_without_password) if self.state.demo else []
        given = {"error": "", "login": "", "next": self._next() or "", "roles": ROLES, "demo": people, "here": ""}
        self.page("sign-in.html", **(given | context))

    def _next(self) -> str | None:
        return safe_next(self.get_argument("next", ""), self.state.base)

    def _onward(self, person: Person) -> str:
        return self._next() or self.state.base + home_of(person.role)

    async def _by_password(self) -> Person:
        login = self.get_body_argument("login", "", strip=True)
        name, address = login.casefold(), str(self.request.remote_ip)
        self.state.throttle.check(name)
        self.state.address_throttle.check(address)
        password = self.get_body_argument("password", "", strip=False)
        person = await self.state.work(self.state.records.check_password, login, password)
        if person is None:
            self.state.throttle.failed(name)
            self.state.address_throttle.failed(address)
            raise Refusal("That name and password do not belong together; check both and try again.")
        self.state.throttle.succeeded(name)
        return person

    async def _demo(self, wanted: str) -> Person:
        if self.state.demo:
            for person in await self.state.read(self.state.records.people_without_password):
                if wanted in (person.id, person.login):
                    return person
        raise NotAllowed("Nobody can be entered without a password here; sign in with your name and password.")


class SignOutHandler(VigHandler):
    """``/sign-out``."""

    actions: ClassVar = {"post": "sign-out"}

    async def post(self) -> None:
        """Close the session, have the browser forget what it kept, and go to the form; whatever the disk says."""
        if self.token:
            await close_session(self.state, self.token)
        self.clear_cookie(COOKIE, path=self.state.base)
        self.set_header("Clear-Site-Data", '"cache"')
        self.redirect(f"{self.state.base}sign-in", status=HTTPStatus.SEE_OTHER)


async def close_session(state: ServiceState, token: str) -> None:
    """End a session: in this process at once, and on the disk as soon as that takes it."""
    state.records.revoke_session(token)
    try:
        await state.writer.submit(state.records.close_session, token)
    except StoreUnavailable:
        log.warning("A session was ended, but not on the disk yet: it will be at the next sign-in or sign-out.")


def _not_now(refused: StoreUnavailable) -> str:
    full = isinstance(refused, StoreFull)
    what = "there is no room left on the server's disk" if full else "the server's database does not answer"
    return f"You cannot be signed in just now, because {what}; tell your administrator, or try again in a few minutes."
