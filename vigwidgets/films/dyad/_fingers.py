"""Hands with fingers: at rest, open, pointing, holding, flat, and covering a face."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ink import Ink, ellipse
from vigwidgets.films.dyad._palette import Palette

__all__ = ["draw_hand"]

Point = tuple[float, float]

# For each shape: the four fingers as (angle, length) and the thumb, in palm radii and radians from the hand's
# direction; positive angles turn toward the thumb.
_SHAPES: dict[str, tuple[tuple[tuple[float, float], ...], tuple[float, float]]] = {
    "rest": (((-0.42, 1.25), (-0.14, 1.42), (0.14, 1.42), (0.40, 1.3)), (1.05, 1.05)),
    "open": (((-0.62, 1.65), (-0.22, 1.9), (0.18, 1.9), (0.56, 1.7)), (1.35, 1.45)),
    "point": (((-0.40, 0.95), (-0.14, 1.0), (0.12, 1.05), (0.30, 2.1)), (1.0, 1.0)),
    "flat": (((-0.34, 1.7), (-0.11, 1.9), (0.11, 1.9), (0.33, 1.75)), (0.85, 1.3)),
    "cover": (((-0.40, 1.9), (-0.14, 2.15), (0.13, 2.15), (0.40, 1.95)), (1.05, 1.35)),
    "fist": (((-0.45, 0.9), (-0.15, 0.98), (0.15, 0.98), (0.42, 0.9)), (0.9, 0.95)),
    "hold": (((-0.5, 1.0), (-0.18, 1.1), (0.15, 1.1), (0.45, 1.0)), (1.15, 1.0)),
}


def draw_hand(
    ink: Ink, at: Point, angle: float, shape: str, size: float, colours: Palette, *, thumb: int, over: bool = False
) -> None:
    """Draw a hand.

    Args:
        ink: What to draw with.
        at: Middle of the palm.
        angle: Direction of the fingers, in radians, clockwise from the right.
        shape: ``rest``, ``fist``, ``open``, ``point``, ``flat``, ``cover`` or ``hold``.
        size: Radius of the palm.
        colours: Whose hand.
        thumb: 1 if the thumb lies clockwise of the fingers, -1 if not.
        over: Draw the fingers only, as they lie over something held.
    """
    fingers, (thumb_angle, thumb_length) = _SHAPES[shape]
    x, y = at
    width = size * 0.56
    if not over:
        palm = ellipse(x, y, size * 1.02, size * 0.94, angle)
        ink.line(palm, colours.skin_edge, 2.4)
        ink.fill(palm, colours.skin)
    for turn, length in fingers:
        _finger(ink, at, angle + thumb * turn, size, (0.55, length), width, colours)
    if not over or shape == "hold":
        _finger(ink, at, angle + thumb * thumb_angle, size, (0.45, thumb_length), width * 1.05, colours)
    if not over:
        ink.fill(ellipse(x, y, size * 0.9, size * 0.84, angle), colours.skin)
        if shape != "cover":
            ink.fill(ellipse(x - size * 0.1, y + size * 0.3, size * 0.7, size * 0.42, angle), colours.skin_dark, 0.28)


def _finger(ink: Ink, at: Point, angle: float, size: float, reach: Point, width: float, colours: Palette) -> None:
    c, s = math.cos(angle), math.sin(angle)
    a, b = size * reach[0], size * reach[1] - width * 0.3
    path = f"M{at[0] + c * a:.1f} {at[1] + s * a:.1f}L{at[0] + c * b:.1f} {at[1] + s * b:.1f}"
    # Two strokes with a round pen: a finger drawn as an outline costs five times as much.
    ink.line(path, colours.skin_edge, width + 2.4)
    ink.line(path, colours.skin, width)
