"""Pen and brush: shapes as SVG text, which the vector library draws."""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["Ink", "ellipse", "limb", "poly", "smooth_line", "smooth_shape"]

Point = tuple[float, float]

# One format for all numbers of a path: a third quicker than one for each, and there are a hundred paths a frame.
_CURVE = "C%.1f %.1f %.1f %.1f %.1f %.1f"
_ROUND = f"M%.1f %.1f{_CURVE * 4}Z"


def smooth_shape(points: Sequence[Point], tension: float = 1.0) -> str:
    """Return a closed, smooth path through ``points`` (Catmull-Rom)."""
    n = len(points)
    k = tension / 6
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(n):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
        parts.append(_CURVE % (bx + (cx - ax) * k, by + (cy - ay) * k, cx - (dx - bx) * k, cy - (dy - by) * k, cx, cy))
    parts.append("Z")
    return "".join(parts)


def smooth_line(points: Sequence[Point]) -> str:
    """Return an open, smooth path through ``points``."""
    full = [points[0], *points, points[-1]]
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for i in range(1, len(full) - 2):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = full[i - 1], full[i], full[i + 1], full[i + 2]
        parts.append(_CURVE % (bx + (cx - ax) / 6, by + (cy - ay) / 6, cx - (dx - bx) / 6, cy - (dy - by) / 6, cx, cy))
    return "".join(parts)


def poly(points: Sequence[Point]) -> str:
    """Return a closed path with straight edges."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0.0) -> str:
    """Return an ellipse as a path; ``turn`` in radians."""
    c, s = math.cos(turn), math.sin(turn)
    ax, ay, bx, by = rx * c, rx * s, -ry * s, ry * c
    k = 0.5523
    kax, kay, kbx, kby = ax * k, ay * k, bx * k, by * k
    px, py, qx, qy = x + ax, y + ay, x - ax, y - ay
    ux, uy, vx, vy = x + bx, y + by, x - bx, y - by
    return _ROUND % (
        *(px, py, px + kbx, py + kby, ux + kax, uy + kay, ux, uy),
        *(ux - kax, uy - kay, qx + kbx, qy + kby, qx, qy),
        *(qx - kbx, qy - kby, vx - kax, vy - kay, vx, vy),
        *(vx + kax, vy + kay, px - kbx, py - kby, px, py),
    )


def limb(points: Sequence[Point], widths: Sequence[float]) -> str:
    """Return the outline of an arm or leg along ``points``, ``widths`` wide (whole width at each point)."""
    left: list[Point] = []
    right: list[Point] = []
    last = len(points) - 1
    for i, (x, y) in enumerate(points):
        ax, ay = points[max(i - 1, 0)]
        bx, by = points[min(i + 1, last)]
        length = math.hypot(bx - ax, by - ay) or 1.0
        nx, ny = -(by - ay) / length, (bx - ax) / length
        half = widths[i] / 2
        left.append((x + nx * half, y + ny * half))
        right.append((x - nx * half, y - ny * half))
    (px, py), (qx, qy) = points[-2], points[-1]
    length = math.hypot(qx - px, qy - py) or 1.0
    cap = (qx + (qx - px) / length * widths[-1] * 0.42, qy + (qy - py) / length * widths[-1] * 0.42)
    (px, py), (qx, qy) = points[1], points[0]
    length = math.hypot(qx - px, qy - py) or 1.0
    back = (qx + (qx - px) / length * widths[0] * 0.42, qy + (qy - py) / length * widths[0] * 0.42)
    return smooth_shape([back, *left, cap, *reversed(right)])


class Ink:
    """A picture in the making.

    Args:
        defs: Gradients that fills may name, as SVG.
    """

    def __init__(self, defs: str = "") -> None:
        self._defs = [defs]
        self._parts: list[str] = []
        self._clips = 0
        self.pen = 1.0
        """Every line is drawn this much wider: small people are drawn with a finer pen."""

    def fill(self, path: str, colour: str, opacity: float = 1.0) -> None:
        """Fill a path with a colour or with ``url(#gradient)``."""
        faded = f' fill-opacity="{opacity:.2f}"' if opacity < 1 else ""
        self._parts.append(f'<path d="{path}" fill="{colour}"{faded}/>')

    def line(self, path: str, colour: str, width: float, opacity: float = 1.0) -> None:
        """Draw along a path with a round pen."""
        faded = f' stroke-opacity="{opacity:.2f}"' if opacity < 1 else ""
        self._parts.append(
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width * self.pen:.1f}" '
            f'stroke-linecap="round" stroke-linejoin="round"{faded}/>'
        )

    def clip(self, path: str) -> None:
        """Keep what follows inside ``path``, until :meth:`unclip`."""
        self._clips += 1
        self._defs.append(f'<clipPath id="c{self._clips}"><path d="{path}"/></clipPath>')
        self._parts.append(f'<g clip-path="url(#c{self._clips})">')

    def unclip(self) -> None:
        """End the last :meth:`clip`."""
        self._parts.append("</g>")

    def push(self, x: float, y: float, size: float) -> None:
        """Draw what follows moved by ``x``, ``y`` and ``size`` times as large, until :meth:`pop`."""
        self._parts.append(f'<g transform="translate({x:.1f} {y:.1f}) scale({size:.4f})">')

    def pop(self) -> None:
        """End the last :meth:`push`."""
        self._parts.append("</g>")

    def svg(self, width: int, height: int, view: tuple[float, float, float, float]) -> str:
        """Return the picture; ``view`` is the part of the scene shown: x, y, width, height."""
        x, y, w, h = view
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="{x:.2f} {y:.2f} {w:.2f} {h:.2f}"><defs>{"".join(self._defs)}</defs>{"".join(self._parts)}</svg>'
        )
