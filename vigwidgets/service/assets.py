"""The built front end: the same for everybody, kept by browsers for good."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import ClassVar

from vigwidgets.errors import Refusal
from vigwidgets.resources import static_path
from vigwidgets.service.base import Missing
from vigwidgets.service.files import FOREVER, FileHandler

__all__ = ["AssetHandler"]

_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+")
_HASHED = re.compile(r".*\.[A-Za-z0-9_-]{8,}\.[a-z0-9]+")
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".map": "application/json",
}


class AssetHandler(FileHandler):
    """``/assets/<name>``: a file of ``vigwidgets/static``."""

    actions: ClassVar = {"get": "asset.read"}

    async def get(self, name: str) -> None:
        """Send a built file; compressed beforehand where the browser can read that."""
        path = _find(name)
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        cache = f"public, {FOREVER}" if _HASHED.fullmatch(name) else "public, no-cache"
        small = path.with_name(f"{path.name}.gz")
        if self.accepts_gzip and "Range" not in self.request.headers and small.is_file():
            await self.send_file(small, kind, cache, encoding="gzip")
        else:
            self.add_header("Vary", "Accept-Encoding")
            await self.send_file(path, kind, cache)

    async def head(self, name: str) -> None:
        """Say what `get` would send."""
        await self.get(name)


def _find(name: str) -> Path:
    # One plain name, so that no address can climb out of the folder.
    if _NAME.fullmatch(name):
        try:
            path = static_path(name)
        except Refusal:
            pass
        else:
            if path.is_file():
                return path
    raise Missing(f"The front end has no file {name[:80]!r}; reload the page.")
