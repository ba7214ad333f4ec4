"""The widgets' JavaScript and styles: inline in a notebook, a hashed and cached address on our own pages."""

from __future__ import annotations

import json
import os
import re
from functools import lru_cache

from vigwidgets.resources import static_path

__all__ = ["module_text", "style_text"]

_SAFE = re.compile(r"[A-Za-z0-9/_.~:-]*")


@lru_cache
def _manifest() -> dict[str, str]:
    names: dict[str, str] = json.loads(static_path("manifest.json").read_text(encoding="utf-8"))
    return names


@lru_cache
def _read(name: str) -> str:
    return static_path(_manifest()[name]).read_text(encoding="utf-8")


def _address(name: str) -> str | None:
    """Return where the page's service serves a built file, or None in a plain notebook."""
    base = os.environ.get("VIG_ASSETS_URL", "")
    if not base or not _SAFE.fullmatch(base):
        return None
    return f"{base.rstrip('/')}/{_manifest()[name]}"


def module_text() -> str:
    """Return the ES module that anywidget sends: the whole bundle, or a stub that imports it from the service.

    Raises:
        Refusal: The front end has not been built.
    """
    if module := _address("widget.js"):
        styles = json.dumps(_address("widgets.css"))
        return f'import widget, {{ styles }} from "{module}"; styles({styles}); export default widget;'
    return _read("widget.js")


def style_text() -> str:
    """Return the styles that anywidget injects; none where the stub links them."""
    return "" if _address("widgets.css") else _read("widgets.css")
