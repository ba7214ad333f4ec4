"""What every handler of ours is: it knows who asks, asks the table of rights, and answers in sentences."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import quote

from tornado.web import Finish, HTTPError, RequestHandler

from vigwidgets.errors import NotAllowed, Refusal
from vigwidgets.records import AttemptDamaged, Person, StoreUnavailable
from vigwidgets.service import rights
from vigwidgets.service.identity import COOKIE
from vigwidgets.service.mishaps import log_answer
from vigwidgets.service.state import ServiceState

__all__ = ["CONTENT_POLICY", "Missing", "VigHandler"]

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
"""No page asks another host for anything."""

_GZIP_FROM = 1024


class Missing(Refusal):
    """What was asked for is not there."""


class VigHandler(RequestHandler):
    """The base of every handler of the service.

    Attributes:
        actions: For each method that the handler answers, in small letters, the action of `rights.TABLE`.
            ``head`` goes by ``get``. A method without an action is not answered.
        content_policy: The Content-Security-Policy of the answers.
        state: What all handlers share.
        person: Who asks; None when not signed in.
    """

    actions: ClassVar[Mapping[str, str]] = {}
    content_policy: ClassVar[str] = CONTENT_POLICY
    state: ServiceState
    person: Person | None = None

    def initialize(self, state: ServiceState) -> None:
        """Take what all handlers share."""
        self.state = state

    def set_default_headers(self) -> None:
        """Set what every answer carries."""
        self.set_header("Content-Security-Policy", self.content_policy)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        # What a person sees is theirs: no cache keeps it unless the handler says otherwise.
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    @property
    def token(self) -> str:
        """The session's token as the browser sent it, or an empty text."""
        return self.get_cookie(COOKIE) or ""

    async def prepare(self) -> None:
        """Find out who asks, and whether they may."""
        action = self._action()
        if self.request.method == "POST" and not self.settings.get("xsrf_cookies"):
            self.check_xsrf_cookie()
        if self.token:
            self.person = await self.state.read(self.state.records.session_person, self.token)
        # Whoever may not do this to anything is not told whether this thing exists.
        scope = rights.scope_of(self.person, action)
        owns = scope in (rights.Scope.OWN, rights.Scope.HANDED_IN) and await self.owns(*self.path_args)
        handed_in = scope is rights.Scope.HANDED_IN and not owns and await self.handed_in(*self.path_args)
        self.require(action, owns=owns, handed_in=handed_in)

    def _action(self) -> str:
        method = (self.request.method or "").lower()
        action = self.actions.get("get" if method == "head" else method)
        if action is None:
            raise HTTPError(HTTPStatus.METHOD_NOT_ALLOWED)
        return action

    def check_xsrf_cookie(self) -> None:
        """Ask for the page's token; but what is done nowhere in the house needs none to be refused."""
        self._action()
        super().check_xsrf_cookie()

    async def owns(self, *path: str) -> bool:  # noqa: ARG002 - for those that have something to own
        """Tell whether what the path names is the asking person's own; asked only where that matters.

        Raises:
            Missing: There is no such thing.
        """
        return False

    async def handed_in(self, *path: str) -> bool:  # noqa: ARG002 - for those that can be handed in
        """Tell whether what the path names has been handed in; asked only where that matters.

        Raises:
            Missing: There is no such thing.
        """
        return False

    def require(self, action: str, *, owner: str | None = None, owns: bool = False, handed_in: bool = False) -> None:
        """Go on only if the person may do ``action``; a page's reader who is not signed in is sent to sign in.

        Args:
            action: One of `rights.TABLE`.
            owner: The id of the person whose thing it is, if it is known by that.
            owns: Whether it is the asking person's own, if it is known by that.
            handed_in: Whether it has been handed in.

        Raises:
            NotAllowed: The person may not.
        """
        mine = owns or (owner is not None and self.person is not None and owner == self.person.id)
        if self.person is None and self._navigates() and not rights.allowed(None, action):
            self.redirect(f"{self.state.base}sign-in?next={quote(self.request.uri or '', safe='')}")
            raise Finish
        rights.require(self.person, action, owns=mine, handed_in=handed_in)

    def page(self, template: str, **context: Any) -> None:
        """Answer with a page.

        Args:
            template: A file of ``service/pages/templates``.
            context: What the template names, beside ``base``, ``person`` and ``xsrf``.
        """
        from vigwidgets.service.pages.render import render  # noqa: PLC0415 - pages know this module

        shared = {"base": self.state.base, "person": self.person, "xsrf": self.xsrf_token.decode("ascii")}
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.send(render(template, **(shared | context)).encode())

    def send_json(self, data: Any) -> None:
        """Answer with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.send(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())

    def send(self, body: bytes) -> None:
        """Write a text, made small where the browser can read it so."""
        self.add_header("Vary", "Accept-Encoding")
        if len(body) >= _GZIP_FROM and self.accepts_gzip:
            self.set_header("Content-Encoding", "gzip")
            body = gzip.compress(body, compresslevel=5, mtime=0)
        self.write(body)

    @property
    def accepts_gzip(self) -> bool:
        """Whether the browser can read gzip."""
        return "gzip" in self.request.headers.get("Accept-Encoding", "")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer a refusal or a mishap with one sentence, as a page or as JSON."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        sentence = str(error) if isinstance(error, Refusal) else _SENTENCES.get(status_code, _SENTENCES[500])
        if isinstance(error, Refusal):
            status_code = self._status_of(error)
            self.set_status(status_code)
        self.set_header("Cache-Control", "no-store")
        if status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.set_header("Allow", ", ".join(sorted(method.upper() for method in self.actions)))
        if not self._navigates():
            self.send_json({"error": sentence, "status": status_code})
            self.finish()
            return
        way = ("Sign in", "sign-in") if self.person is None else ("Back to your start page", "")
        self.page(
            "error.html", title=_TITLES.get(status_code, "Something went wrong"), status=status_code,
            sentence=sentence, way=way[0], way_path=way[1],
        )  # fmt: skip
        self.finish()

    def _status_of(self, error: Refusal) -> int:
        if isinstance(error, NotAllowed):
            return HTTPStatus.UNAUTHORIZED if isinstance(error, rights.SignedOut) else HTTPStatus.FORBIDDEN
        if isinstance(error, Missing):
            return HTTPStatus.NOT_FOUND
        if isinstance(error, AttemptDamaged):
            return HTTPStatus.GONE
        if isinstance(error, StoreUnavailable):
            return HTTPStatus.SERVICE_UNAVAILABLE
        return HTTPStatus.BAD_REQUEST

    def _navigates(self) -> bool:
        return self.request.method in ("GET", "HEAD", "POST") and "text/html" in self.request.headers.get("Accept", "")

    def log_exception(self, typ: Any, value: BaseException | None, tb: Any) -> None:  # noqa: ARG002
        """Log mishaps, not refusals: those are answers."""
        if not isinstance(value, Refusal):
            log_answer(self, value)

    def data_received(self, chunk: bytes) -> None:
        """Take part of a streamed body; nothing of ours streams in."""


_TITLES = {
    400: "That did not work",
    401: "Please sign in",
    403: "Not for you to open",
    404: "Not found",
    410: "This could not be read",
    503: "Not saved just now",
}
_SENTENCES = {
    400: "The server could not read what was sent; reload the page and try again.",
    403: "This page was open for too long, or was sent from elsewhere; reload it and try again.",
    404: "There is nothing at this address; check it, or begin from the start page.",
    405: "That cannot be done at this address; begin from the start page.",
    500: "Something went wrong on the server and was written to its log; nothing that was saved is lost. Try again.",
}
