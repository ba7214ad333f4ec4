"""vigwidgets: learn to see, second by second, what goes well between a parent and a baby."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vigwidgets.widgets import ClipTray, Player, RatingSheet, Tagger, Workbench

__version__ = "0.1.0"
__all__ = ["ClipTray", "Player", "RatingSheet", "Tagger", "Workbench", "__version__"]


def __getattr__(name: str) -> Any:
    """Import a widget when it is asked for: a command or a service needs none."""
    if name in ("ClipTray", "Player", "RatingSheet", "Tagger", "Workbench"):
        from vigwidgets import widgets  # noqa: PLC0415 - that is the point

        return getattr(widgets, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
