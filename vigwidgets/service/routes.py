"""Every address of the service. One list, mounted by `vig serve`, by the Jupyter extension and by tests."""

from __future__ import annotations

import re
from typing import Any

from vigwidgets.service.answers import AnswersHandler
from vigwidgets.service.assets import AssetHandler
from vigwidgets.service.attempts import ReceiptHandler, ReportHandler
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.clips import ClipsHandler
from vigwidgets.service.edits import EditSocket
from vigwidgets.service.films import FilmHandler
from vigwidgets.service.gradebook import GradebookHandler
from vigwidgets.service.handin import HandInHandler, ObservationHandler
from vigwidgets.service.health import HealthHandler
from vigwidgets.service.hosts import HouseApplication, Names
from vigwidgets.service.otherwise import OtherwiseHandler
from vigwidgets.service.pages import PAGE_ROUTES
from vigwidgets.service.signin import HomeHandler, SignInHandler, SignOutHandler
from vigwidgets.service.state import ServiceState
from vigwidgets.service.workflow import ExtensionHandler, JudgementHandler, ReleaseHandler, StageHandler

__all__ = ["Route", "application", "routes", "widget_routes"]

Route = tuple[str, type[VigHandler], dict[str, Any]]

_ID = r"([A-Za-z0-9][A-Za-z0-9._-]{0,63})"

_OURS: list[tuple[str, type[VigHandler]]] = [
    (r"", HomeHandler),
    (r"sign-in", SignInHandler),
    (r"sign-out", SignOutHandler),
    (rf"attempts/{_ID}/report", ReportHandler),
    (rf"attempts/{_ID}/receipt", ReceiptHandler),
    (rf"attempts/{_ID}/stage", StageHandler),
    (rf"attempts/{_ID}/judgements", JudgementHandler),
    (rf"attempts/{_ID}/otherwise", OtherwiseHandler),
    (r"supervision/release", ReleaseHandler),
    (r"supervision/extensions", ExtensionHandler),
    (r"supervision/gradebook\.(csv|json)", GradebookHandler),
    (r"health", HealthHandler),
]
# What a widget needs of a service, wherever its page comes from.
_WIDGETS: list[tuple[str, type[VigHandler]]] = [
    (rf"observations/{_ID}", ObservationHandler),
    (rf"observations/{_ID}/edits", EditSocket),
    (rf"observations/{_ID}/hand-in", HandInHandler),
    (rf"observations/{_ID}/answers", AnswersHandler),
    (rf"observations/{_ID}/clips\.zip", ClipsHandler),
    (rf"films/{_ID}/([^/]+)", FilmHandler),
    (r"assets/([^/]+)", AssetHandler),
]


def routes(state: ServiceState) -> list[Route]:
    """Return every route of ours, with patterns below ``state.base``.

    The exercise page is not among them: it is Voila's, see `vigwidgets.service.app`.
    """
    return [_below(state, route) for route in (*_OURS, *_WIDGETS, *PAGE_ROUTES)]


def widget_routes(state: ServiceState) -> list[Route]:
    """Return the routes that widgets use, without pages and sign-in, with patterns below ``state.base``."""
    return [_below(state, route) for route in _WIDGETS]


def _below(state: ServiceState, route: tuple[str, type[VigHandler]]) -> Route:
    pattern, handler = route
    return re.escape(state.base) + pattern, handler, {"state": state}


class NowhereHandler(VigHandler):
    """Any other address."""

    def check_xsrf_cookie(self) -> None:
        """Ask for nothing: nothing is here, whatever is sent."""

    async def prepare(self) -> None:
        """Find out who asks, so that the page has its usual frame, and say that nothing is here."""
        if self.token:
            self.person = await self.state.read(self.state.records.session_person, self.token)
        raise Missing("There is nothing at this address; check it, or begin from the start page.")


def application(state: ServiceState, **settings: Any) -> HouseApplication:
    """Return the routes as a plain Tornado application: the whole service but for Voila.

    Args:
        state: What the handlers share.
        settings: More settings of Tornado's.
    """
    return HouseApplication(
        [*routes(state)],
        names=Names(demo=state.demo),
        default_handler_class=NowhereHandler,
        default_handler_args={"state": state},
        xsrf_cookies=True,
        xsrf_cookie_kwargs={"samesite": "Lax", "path": state.base},
        **settings,
    )
