"""A Jupyter server extension: films by range and the built front end, below ``<base_url>vig/``.

With it a notebook's player streams a film of any size in JupyterLab; without it the film goes through the kernel.
Who may ask is Jupyter's matter here: whoever may read this server's files may watch its films. No pages, no sign-in,
no records: a notebook keeps its tags in a file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError

from vigwidgets.films import FilmLibrary
from vigwidgets.places import data_directory
from vigwidgets.service.assets import AssetHandler
from vigwidgets.service.films import FilmHandler
from vigwidgets.service.rights import SignedOut
from vigwidgets.service.state import ServiceState

__all__ = ["LabFilmHandler", "LabState", "lab_routes"]

P = ParamSpec("P")
T = TypeVar("T")


class LabState(ServiceState):
    """What the two handlers need: the films, and threads to read them on; no database is made or opened.

    Args:
        data: The data directory.
        base: Where the handlers lie; begins and ends with ``/``.
    """

    def __init__(self, data: Path, base: str) -> None:
        self.data = data
        self.base = base
        self.library = FilmLibrary(data)
        self._threads = ThreadPoolExecutor(max_workers=4, thread_name_prefix="vig-reader")

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something that only reads, on a thread beside the loop."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))


class LabFilmHandler(FilmHandler, JupyterHandler):
    """``<base_url>vig/films/<id>/<file>``, for whoever is signed in to Jupyter and may read its contents."""

    auth_resource = "contents"

    @property
    def token(self) -> str:
        """Jupyter's token, which its identity provider compares; ours has no meaning here."""
        return str(self.identity_provider.token or "")

    async def prepare(self) -> None:  # type: ignore[override]
        """Let Jupyter say who asks, and whether they may read."""
        if not self.check_host():
            raise HTTPError(403)
        user = await ensure_async(self.identity_provider.get_user(self))
        self.current_user = user
        if user is None or not await ensure_async(
            self.authorizer.is_authorized(self, user, "read", self.auth_resource)
        ):
            raise SignedOut("You are not signed in to this Jupyter server; open it with its token and try again.")


class LabAssetHandler(AssetHandler):
    """``<base_url>vig/assets/<name>``: the same for everybody, and no secret."""

    async def prepare(self) -> None:
        """Ask nobody who they are."""


def lab_routes(data: Path, base_url: str) -> list[tuple[str, type[Any], dict[str, Any]]]:
    """Return the handlers' routes.

    Args:
        data: The data directory.
        base_url: The Jupyter server's root path.
    """
    root = url_path_join(base_url, "vig/")
    given = {"state": LabState(data, root)}
    return [
        (rf"{root}films/([A-Za-z0-9][A-Za-z0-9._-]{{0,63}})/([^/]+)", LabFilmHandler, given),
        (rf"{root}assets/([^/]+)", LabAssetHandler, given),
    ]


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "vigwidgets.service.extension"}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.web_app.add_handlers(".*$", lab_routes(data_directory(), server.base_url))
    server.log.info("vigwidgets streams films from %s", data_directory())
