"""Where a person says that a file lies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from vigwidgets.errors import Refusal, shown

__all__ = ["place_of"]


def place_of(name: str, value: Any, *, folder: bool = False) -> Path:
    """Return the absolute path that was given; ``~`` is the home folder.

    Args:
        name: What it was given as, for the sentence.
        value: What a person gave.
        folder: Whether a folder may lie there, and those above it may have to be made.

    Raises:
        Refusal: It is no path, or no file can lie there.
    """
    if not isinstance(value, str | os.PathLike) or not isinstance(text := os.fspath(value), str):
        raise Refusal(f"{name}={shown(value)} is not a path; give the name of a file as text, such as 'mine.json'.")
    if not text.strip() or "\0" in text:
        what, such = ("file or folder", "~/films") if folder else ("file", "mine.json")
        raise Refusal(f"{name}={shown(text)} names no {what}; give a name, such as {such!r}.")
    try:
        # As it is now: a notebook may go to another folder later.
        path = Path(text).expanduser().absolute()
        above, itself = path.parent.is_dir(), path.is_dir()
        path.resolve()
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise Refusal(f"{name}={shown(text)} cannot be a file's path ({why}); give another.") from None
    if folder:
        return path
    if itself:
        raise Refusal(f"{name}={shown(text)} is a folder; name a file in it.")
    if not above:
        raise Refusal(f"{name}={shown(text)} lies in {path.parent}, which is not there; make that folder first.")
    return path
