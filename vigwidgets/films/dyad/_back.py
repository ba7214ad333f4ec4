"""A person from behind, near the camera: what an over-the-shoulder picture shows of whoever is looked at."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._hair import style_of
from vigwidgets.films.dyad._ink import Ink, ellipse, limb, smooth_line, smooth_shape
from vigwidgets.films.dyad._model import Looks
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._seats import to_room
from vigwidgets.films.dyad._view import HeadView, head_view

__all__ = ["draw_back"]

Point = tuple[float, float]


def draw_back(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    """Draw head, neck and back of a person who is between the camera and the others."""
    view, k = head_view(pose), pose.seat.scale
    ink.pen = view.radius[0] / 92.0
    cloth = shade(colours.dress, -0.16)
    wide, high = (92.0, 150.0) if pose.seat.baby else (158.0 if pose.seat.man else 142.0, 268.0)
    trunk = [
        (-wide * 0.86, 0),
        (-wide, -high * 0.55),
        (-wide * 0.82, -high * 0.88),
        (-wide * 0.34, -high * 1.02),
        (wide * 0.34, -high * 1.02),
        (wide * 0.82, -high * 0.88),
        (wide, -high * 0.55),
        (wide * 0.86, 0),
    ]
    middle = pose.seat.neck[0]
    path = smooth_shape([to_room(pose.seat, (x + middle, y), pose.lean, pose.lift, pose.slump) for x, y in trunk])
    ink.fill(path, cloth)
    seam = [
        to_room(pose.seat, (middle + x, y), pose.lean, pose.lift, pose.slump)
        for x, y in ((-60, -high * 0.9), (0, -high * 0.96), (60, -high * 0.9))
    ]
    ink.line(smooth_line(seam), shade(cloth, -0.2), 5, 0.5)
    nx, ny = pose.neck
    half = (22 if pose.seat.baby else 30) * k
    hx, hy = pose.head
    ink.fill(
        limb([(nx, ny + half), ((nx + hx) / 2, (ny + hy) / 2), (hx, hy)], [half * 2.4, half * 2, half * 2]),
        colours.skin_dark,
    )
    _head(ink, pose, view, colours, style_of(pose, looks))
    ink.pen = 1.0


def _ring(view: HeadView, grow: float, low: float = 0.98) -> list[Point]:
    points = []
    for i in range(16):
        angle = 2 * math.pi * i / 16
        x, y = math.cos(angle), math.sin(angle)
        points.append(view.flat(x * grow * (1 - 0.12 * max(y, 0)), y * (grow if y < 0 else low)))
    return points


def _head(ink: Ink, pose: Pose, view: HeadView, colours: Palette, style: str) -> None:
    s = view.radius[0] / 90.0
    for side in (-1, 1):
        x, y = view.flat(side * 0.98 + 0.1 * view.yaw, 0.1)
        if style not in ("headscarf", "long", "bob", "curls"):
            ink.fill(ellipse(x, y, 11 * s, 20 * s, view.roll), shade(colours.skin, -0.08))
    ink.fill(smooth_shape(_ring(view, 0.98)), shade(colours.skin, -0.1))
    if style == "headscarf":
        ink.fill(smooth_shape(_ring(view, 1.1, 1.3)), shade(colours.scarf, -0.14))
        for x in (-0.4, 0.1, 0.5):
            ink.line(
                smooth_line([view.flat(x, -0.9), view.flat(x * 1.3, 0), view.flat(x * 0.8, 1.15)]),
                shade(colours.scarf, -0.3),
                4,
                0.5,
            )
        return
    _mass(ink, pose, view, colours, style)
    for a, b in ((-0.5, -0.7), (0.0, 0.1), (0.5, 0.7)):
        ink.line(
            smooth_line([view.flat(a * 0.5, -0.92), view.flat(b, -0.3), view.flat(b * 0.9, 0.5)]),
            colours.hair_light,
            3,
            0.35,
        )
    _ornament(ink, view, colours, style)


def _mass(ink: Ink, pose: Pose, view: HeadView, colours: Palette, style: str) -> None:
    s, dark = view.radius[0] / 90.0, shade(colours.hair, -0.12)
    if style in ("long", "bob"):
        ink.fill(smooth_shape(_ring(view, 1.08, 1.95 if style == "long" else 1.2)), dark)
    elif style == "curls":
        ink.fill(smooth_shape(_ring(view, 1.1, 0.95)), dark)
        for i in range(14):
            angle = 2 * math.pi * i / 14
            x, y = view.flat(1.02 * math.cos(angle), -0.05 + 0.98 * math.sin(angle))
            ink.fill(ellipse(x, y, 30 * s, 30 * s), dark)
    elif style == "bald":
        ink.fill(
            smooth_shape(
                [
                    view.flat(x, y)
                    for x, y in (
                        (-0.97, -0.2),
                        (-0.5, 0.1),
                        (0, 0.18),
                        (0.5, 0.1),
                        (0.97, -0.2),
                        (0.8, 0.6),
                        (0, 0.8),
                        (-0.8, 0.6),
                    )
                ]
            ),
            dark,
            0.3 if pose.seat.baby else 0.9,
        )
    else:
        ink.fill(smooth_shape(_ring(view, 1.03, 0.86)), dark, 0.75 if pose.seat.baby and style == "tuft" else 1.0)


def _ornament(ink: Ink, view: HeadView, colours: Palette, style: str) -> None:
    s = view.radius[0] / 90.0
    if style == "bun":
        x, y = view.flat(0.05, -0.5)
        ink.fill(ellipse(x, y, 46 * s, 42 * s), shade(colours.hair, -0.02))
        for r in (30, 18):
            ink.line(ellipse(x, y, r * s, r * 0.9 * s), colours.hair_light, 3, 0.4)
    elif style == "plait":
        root, end = view.flat(0.05, 0.6), view.flat(0.1, 1.7)
        ink.fill(
            limb([root, ((root[0] + end[0]) / 2 + 6 * s, (root[1] + end[1]) / 2), end], [34 * s, 32 * s, 16 * s]),
            colours.hair,
        )
        for w in (0.15, 0.35, 0.55, 0.75):
            px, py = root[0] + (end[0] - root[0]) * w, root[1] + (end[1] - root[1]) * w
            ink.line(
                smooth_line([(px - 13 * s, py - 6 * s), (px, py + 5 * s), (px + 13 * s, py - 6 * s)]),
                colours.hair_light,
                3,
                0.6,
            )
    elif style == "tuft":
        tip = [view.flat(0, -0.98), view.flat(-0.12, -1.16), view.flat(0.06, -1.3), view.flat(0.18, -1.2)]
        ink.line(smooth_line(tip), colours.hair, 6.5)
