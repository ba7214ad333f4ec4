"""The frame in which ipyvolume draws: other people's scripts, shut in a box without origin, cookies or network.

ipyvolume, pythreejs and bqscales make functions out of text while they run, which the policy of our pages forbids. So
they run in a frame of their own: what may be done there can reach neither the page nor the session, and the page alone
speaks with the kernel and passes on what it says.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar

from jupyter_core.paths import jupyter_path

from vigwidgets.errors import Refusal
from vigwidgets.service.base import Missing, VigHandler
from vigwidgets.service.files import FOREVER
from vigwidgets.service.pages.render import asset

__all__ = ["FigureFileHandler", "FigureHandler", "figure_url"]

# For each module that ipyvolume's widgets name, the file in its package's part for Jupyter, in the order of loading.
_MODULES = {
    "three": "jupyter-threejs/three.js",
    "bqscales": "bqscales/index.js",
    "jupyter-threejs": "jupyter-threejs/index.js",
    "ipyvolume": "ipyvolume/index.js",
}


@dataclass(frozen=True)
class _Script:
    """A file of an installed package, whole and made small."""

    name: str
    whole: bytes
    small: bytes


def figure_url(base: str) -> str:
    """Return where the frame is; an empty text where ipyvolume is not installed.

    Args:
        base: The application's root path.
    """
    return f"{base}figure" if all(_path(file) for file in _MODULES.values()) else ""


def _path(file: str) -> Path | None:
    places = (Path(folder, file) for folder in jupyter_path("nbextensions"))
    return next((place for place in places if place.is_file()), None)


@lru_cache(maxsize=1)
def _scripts() -> dict[str, _Script]:
    """Return the scripts by module: read and pressed once, half a second, as long as the service runs.

    Raises:
        Refusal: One of them is not installed.
    """
    found = {}
    for module, file in _MODULES.items():
        path = _path(file)
        if path is None:
            raise Refusal("ipyvolume is not installed here; install it with `pip install 'vigwidgets[grade]'`.")
        whole = path.read_bytes()
        name = f"{module}.{hashlib.sha256(whole).hexdigest()[:16]}.js"
        found[module] = _Script(name, whole, gzip.compress(whole, compresslevel=6, mtime=0))
    return found


class FigureHandler(VigHandler):
    """``/figure``: the frame; nothing of anybody's is in it before the page hands it over."""

    actions: ClassVar = {"get": "asset.read"}

    # `unsafe-eval` is for ipyvolume, and here alone: a sandbox without an origin has nothing to be taken.
    content_policy: ClassVar = (
        "sandbox allow-scripts; default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )

    async def get(self) -> None:
        """Send the frame."""
        try:
            scripts = await self.state.read(_scripts)
        except Refusal as refused:
            raise Missing(str(refused)) from None
        modules = {module: f"{self.state.base}figure/{script.name}" for module, script in scripts.items()}
        style, loader = (asset(f"landscape-frame.{kind}", self.state.base) for kind in ("css", "js"))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.send(_FRAME.format(modules=json.dumps(modules), style=style, loader=loader).encode())


_FRAME = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>The landscape, to be turned</title>
<link rel="stylesheet" href="{style}">
<script type="application/json" id="modules">{modules}</script>
</head>
<body>
<script src="{loader}"></script>
</body>
</html>
"""


class FigureFileHandler(VigHandler):
    """``/figure/<name>``: a script of ipyvolume's or of what it stands on, from the installed package."""

    actions: ClassVar = {"get": "asset.read"}

    async def get(self, name: str) -> None:
        """Send the script, to be kept for good: its name changes with its content."""
        try:
            scripts = await self.state.read(_scripts)
        except Refusal as refused:
            raise Missing(str(refused)) from None
        script = next((one for one in scripts.values() if one.name == name), None)
        if script is None:
            raise Missing(f"The drawing has no script {name[:80]!r}; reload the page.")
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", f"public, {FOREVER}")
        self.add_header("Vary", "Accept-Encoding")
        if self.accepts_gzip:
            self.set_header("Content-Encoding", "gzip")
        self.write(script.small if self.accepts_gzip else script.whole)
