"""Films: taken in from a camera or drawn from a script, each with the exact time of every frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vigwidgets.films.library import FilmLibrary

if TYPE_CHECKING:
    from vigwidgets.films.intake import take_in
    from vigwidgets.films.script_preview import ScriptPreview

__all__ = ["FilmLibrary", "ScriptPreview", "take_in"]


def __getattr__(name: str) -> object:
    # PyAV and Pillow are loaded when a film is taken in, not when films are only shown.
    if name == "take_in":
        from vigwidgets.films.intake import take_in  # noqa: PLC0415

        return take_in
    if name == "ScriptPreview":
        from vigwidgets.films.script_preview import ScriptPreview  # noqa: PLC0415

        return ScriptPreview
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
