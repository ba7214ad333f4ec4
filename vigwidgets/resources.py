"""Find the course and the notebooks, in a checkout and in an installed wheel alike."""

from __future__ import annotations

import json
from pathlib import Path

from vigwidgets.errors import Refusal

__all__ = ["built_text", "resource_path", "static_path"]

_PACKAGE = Path(__file__).resolve().parent
_ROOTS = (_PACKAGE / "_carried", _PACKAGE.parent)


def resource_path(relative: str) -> Path:
    """Return where a carried file or folder lies.

    Args:
        relative: Path from the project's root, for example ``"course/schemes/paig.yaml"``.

    Raises:
        Refusal: Nothing of that name is carried by this installation.
    """
    for root in _ROOTS:
        path = root / relative
        if path.exists():
            return path
    raise Refusal(f"{relative!r} is not part of this installation; install vigwidgets again, or check the name.")


def static_path(name: str = "") -> Path:
    """Return where the built front end lies, or one file of it.

    Raises:
        Refusal: The front end has not been built.
    """
    path = _PACKAGE / "static" / name
    if path.exists():
        return path
    raise Refusal(f"The front end file {name or 'static'!r} has not been built; run `make frontend` in the checkout.")


def built_text(name: str) -> str:
    """Return the text of a built front-end file by the name it was written under, such as ``"preview.js"``.

    Raises:
        Refusal: The front end has not been built, or not with this file.
    """
    manifest: dict[str, str] = json.loads(static_path("manifest.json").read_text(encoding="utf-8"))
    return static_path(manifest.get(name, name)).read_text(encoding="utf-8")
