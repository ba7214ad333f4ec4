"""The interaction landscape as an ipyvolume figure: for notebooks, where it turns and every point can be chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from vigwidgets.grading._landscape import QUIET, Landscape, Visit

if TYPE_CHECKING:
    import ipyvolume.widgets as scene

__all__ = ["landscape_figure"]

_ACCENT, _QUIET, _PICKED = "#1d6b66", "#b9b2a6", "#c8452d"


def landscape_figure(
    land: Landscape, pick: Callable[[Visit], None], *, width: int = 720, height: int = 520
) -> scene.Figure:
    """Return a landscape as a figure: across what the grown-up does, away what the child does, upwards time.

    Args:
        land: What was seen.
        pick: Called with the visit whose point was chosen.
        width: In pixels.
        height: In pixels.
    """
    # Half a second and WebGL's whole machinery: only who draws one pays for it.
    import ipyvolume as ipv  # noqa: PLC0415

    figure = ipv.figure(width=width, height=height, key="vig-landscape")
    x, z, low, high = _places(land)
    busy = [not (visit.adult == visit.child == QUIET) for visit in land.visits]
    path = np.array([[x, x], [low, high], [z, z]]).transpose(0, 2, 1).reshape(3, -1)
    ipv.plot(path[0], path[1], path[2], color=_ACCENT)
    colours = np.array([_rgb(_ACCENT if one else _QUIET) for one in busy])
    points = ipv.scatter(x, low, z, marker="sphere", size=2.5, color=colours, color_selected=_PICKED)
    ipv.xyzlim(-1, 1)
    ipv.xyzlabel("the grown-up", "time", "the child")
    _listen(points, land, pick)
    return figure


def _places(land: Landscape) -> tuple[Any, Any, Any, Any]:
    """Return for each visit where it stands (both states), and from when to when; each from -1 to 1."""
    adults = {state: place for place, state in enumerate(land.adults)}
    children = {state: place for place, state in enumerate(land.children)}
    x = np.array([_middle(adults[visit.adult], len(adults)) for visit in land.visits])
    z = np.array([_middle(children[visit.child], len(children)) for visit in land.visits])
    span = max(land.duration, 1)
    low = np.array([visit.start / span * 2 - 1 for visit in land.visits])
    high = np.array([visit.end / span * 2 - 1 for visit in land.visits])
    return x, z, low, high


def _middle(place: int, of: int) -> float:
    return (place + 0.5) / max(of, 1) * 2 - 1


def _rgb(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _listen(points: scene.Scatter, land: Landscape, pick: Callable[[Visit], None]) -> None:
    def chosen(change: dict[str, Any]) -> None:
        if not change["new"]:
            return
        at = points.clicked_index
        # The page only ever says that something was clicked: without this the second click would be no news.
        points.clicked = False
        # What comes from a page is anybody's pen: a number of a point that there is, or nothing.
        if isinstance(at, int) and 0 <= at < len(land.visits):
            pick(land.visits[at])

    points.observe(chosen, "clicked")
