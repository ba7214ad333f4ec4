"""The interaction landscape as an ipyvolume figure: it turns, and every point of it can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from vigwidgets.grading._landscape import QUIET, Landscape, Visit

if TYPE_CHECKING:
    import ipyvolume.widgets as scene

__all__ = ["landscape_figure"]

_COLOURS = ("#1d6b66", "#8a4fb0", "#b3670f")
"""Of one path after the other."""

_FAINT, _PICKED, _GROUND = "#b9b2a6", "#c8452d", "#cfc9bd"

_APART = 0.07
"""How far paths over the same ground stand beside each other: where two saw the same, both can be seen."""

# The numbers that ipyvolume writes at the axes go from -1 to 1, and say nothing here.
_STYLE = {
    "background-color": "white",
    "axes": {
        "visible": True, "color": "#8b8577", "label": {"color": "#4a4a44"},
        **{axis: {"ticklabel": {"visible": False}} for axis in "xyz"},
    },
    "box": {"visible": False},
}  # fmt: skip


def landscape_figure(
    lands: Sequence[Landscape], pick: Callable[[Visit], None], *, width: int = 720, height: int = 520
) -> scene.Figure:
    """Return landscapes as one figure: across what the grown-up does, away what the child does, upwards time.

    For each there are two scatters in ``figure.scatters``, first its path and then its points, in the same order; the
    ground comes last.

    Args:
        lands: What was seen, each by somebody else, of one film; those over one ground can be compared.
        pick: Called with the visit whose point was chosen.
        width: In pixels.
        height: In pixels.
    """
    # Seconds, and WebGL's whole machinery: only who draws one pays for it.
    import ipyvolume as ipv  # noqa: PLC0415

    figure = ipv.figure(width=width, height=height, camera_control="orbit")
    ipv.style.use(_STYLE)
    for n, land in enumerate(lands):
        x, z, low, high = _places(land)
        shift = (n - (len(lands) - 1) / 2) * _APART
        path = np.array([[x + shift, x + shift], [low, high], [z, z]]).transpose(0, 2, 1).reshape(3, -1)
        colour = _COLOURS[n % len(_COLOURS)]
        ipv.plot(*path, color=colour)
        colours = np.array([_rgb(_FAINT if visit.adult == visit.child == QUIET else colour) for visit in land.visits])
        points = ipv.scatter(
            x + shift, low, z, marker="sphere", size=3.5, color=colours, color_selected=_PICKED, size_selected=5
        )
        _listen(points, land, pick)
    _ground(lands)
    ipv.xyzlim(-1, 1)
    ipv.xyzlabel("the grown-up", "time", "the child")
    # Somewhat below the middle, where the ground is near, and wide.
    figure.camera_center = [0, -0.06, 0]
    ipv.view(azimuth=-40, elevation=20, distance=2.3)
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


def _ground(lands: Sequence[Landscape]) -> None:
    """Draw the cells on the ground, as one line that goes to and fro over all of them."""
    import ipyvolume as ipv  # noqa: PLC0415

    across, away = (max((len(getattr(land, side)) for land in lands), default=1) for side in ("adults", "children"))
    line: list[tuple[float, float]] = []
    end = -1.0
    for n in range(across + 1):
        line += [(_edge(n, across), end), (_edge(n, across), -end)]
        end = -end
    side = 1.0
    for n in range(away + 1):
        # The first row begins where the last column ended.
        row = _edge(n, away) * (1 if end < 0 else -1)
        line += [(side, row), (-side, row)]
        side = -side
    x, z = np.array(line).T
    ipv.plot(x, np.full(len(line), -1.0), z, color=_GROUND)


def _edge(number: int, of: int) -> float:
    return number / max(of, 1) * 2 - 1


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
