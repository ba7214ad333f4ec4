"""The outline of a head, seen from the front or turned."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ease import lerp
from vigwidgets.films.dyad._forms import Form
from vigwidgets.films.dyad._view import HeadView

__all__ = ["silhouette"]

Point = tuple[float, float]

# The silhouette, clockwise from the crown on the side that the face turns to:
# each point seen from the front, and with the head turned by 40 degrees.
_ADULT = (
    ((0.0, -1.0), (-0.06, -1.0)),
    ((0.60, -0.84), (0.56, -0.86)),
    ((0.92, -0.42), (0.87, -0.48)),
    ((0.965, -0.05), (0.885, -0.12)),
    ((0.93, 0.30), (0.915, 0.22)),
    ((0.77, 0.66), (0.85, 0.60)),
    ((0.43, 0.95), (0.64, 0.93)),
    ((0.0, 1.04), (0.33, 1.05)),
    ((-0.43, 0.95), (-0.08, 0.97)),
    ((-0.77, 0.66), (-0.50, 0.74)),
    ((-0.93, 0.30), (-0.83, 0.38)),
    ((-0.99, -0.05), (-1.02, -0.05)),
    ((-0.93, -0.42), (-1.05, -0.42)),
    ((-0.60, -0.84), (-0.72, -0.82)),
)
_BABY = (
    ((0.0, -1.0), (-0.06, -1.0)),
    ((0.60, -0.85), (0.54, -0.87)),
    ((0.93, -0.46), (0.86, -0.50)),
    ((0.97, -0.06), (0.895, -0.10)),
    ((1.0, 0.28), (0.97, 0.24)),
    ((0.92, 0.62), (1.0, 0.56)),
    ((0.54, 0.92), (0.76, 0.90)),
    ((0.0, 0.985), (0.34, 1.0)),
    ((-0.54, 0.92), (-0.16, 0.955)),
    ((-0.92, 0.62), (-0.64, 0.76)),
    ((-1.0, 0.28), (-0.90, 0.40)),
    ((-0.97, -0.06), (-1.02, -0.04)),
    ((-0.93, -0.46), (-1.05, -0.46)),
    ((-0.60, -0.85), (-0.70, -0.83)),
)


def silhouette(view: HeadView, form: Form, grow: float = 1.0) -> list[Point]:
    """Return the outline of a head, ``grow`` times as large."""
    side = 1 if view.yaw >= 0 else -1
    turned = min(abs(math.sin(view.yaw)) / math.sin(math.radians(40)), 1.1)
    points: list[Point] = []
    for ((afx, afy), (atx, aty)), ((bfx, bfy), (btx, bty)) in zip(_ADULT, _BABY, strict=True):
        ax, ay = lerp(afx, atx, turned), lerp(afy, aty, turned)
        bx, by = lerp(bfx, btx, turned), lerp(bfy, bty, turned)
        x, y = lerp(ax, bx, form.youth) * side, lerp(ay, by, form.youth)
        if y > 0:
            y *= (1 - 0.1 * view.pitch) * (1 + (form.chin - 1) * y)
            x *= 1 + (form.jaw - 1) * min(y * 1.6, 1.0)
        points.append(view.flat(x * grow, y * grow))
    return points if side > 0 else points[::-1]
