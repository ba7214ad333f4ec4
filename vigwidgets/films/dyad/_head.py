"""Heads: skull and cheeks, ears, beard, glasses; and the face upon them."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ease import clamp
from vigwidgets.films.dyad._eyes import draw_brows, draw_eyes
from vigwidgets.films.dyad._hair import draw_beard, draw_hair
from vigwidgets.films.dyad._ink import Ink, ellipse, smooth_line, smooth_shape
from vigwidgets.films.dyad._model import Looks
from vigwidgets.films.dyad._mouth import draw_cheeks, draw_lines, draw_mouth, draw_nose
from vigwidgets.films.dyad._outline import silhouette
from vigwidgets.films.dyad._palette import Palette
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._view import HeadView, eyes_in_view, head_view

__all__ = ["draw_head"]


def draw_head(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    """Draw a head with its face and hair."""
    view = head_view(pose)
    form = pose.seat.form
    ink.pen = view.radius[0] / (97.0 if form.baby else 90.0)
    outline = smooth_shape(silhouette(view, form))
    ink.fill(outline, f"url(#{colours.name}-skin)")
    ink.clip(outline)
    _shadow_side(ink, view, colours)
    draw_cheeks(ink, pose, view, colours)
    draw_beard(ink, pose, view, colours, looks)
    ink.unclip()
    draw_lines(ink, pose, view, colours)
    draw_mouth(ink, pose, view, colours, bearded=looks.beard in ("short", "full"))
    draw_eyes(ink, pose, view, colours)
    draw_nose(ink, pose, view, colours)
    if looks.style == "headscarf":
        draw_brows(ink, pose, view, colours)
        draw_hair(ink, pose, view, colours, looks)
    else:
        draw_hair(ink, pose, view, colours, looks)
        draw_brows(ink, pose, view, colours)
        _ears(ink, pose, view, colours)
    if looks.glasses:
        _glasses(ink, pose, view)
    ink.pen = 1.0


def _shadow_side(ink: Ink, view: HeadView, colours: Palette) -> None:
    side = clamp(view.yaw / 0.15, -1.0, 1.0)
    x, y = view.flat(-side * 0.95, 0.5)
    ink.fill(ellipse(x, y, view.radius[0] * 0.8, view.radius[1] * 1.0, view.roll), f"url(#{colours.name}-shadow)")


def _ears(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    baby = pose.seat.baby
    rx, ry = (0.15, 0.19) if baby else (0.125, 0.18)
    for side in (-1, 1):
        angle = math.radians(side * 90) + view.yaw
        if math.cos(angle) < -0.08:
            continue
        x, y = view.at(side * 90, -10 if baby else -6, 1.0)
        narrow = 0.55 + 0.45 * max(math.cos(angle), 0.0) / 0.6
        w, h = view.radius[0] * rx * min(narrow, 1.1), view.radius[1] * ry
        ink.fill(ellipse(x, y, w, h, view.roll), colours.skin)
        ink.fill(ellipse(x + side * 1.0, y + 1, w * 0.55, h * 0.6, view.roll), colours.skin_dark, 0.8)


def _glasses(ink: Ink, pose: Pose, view: HeadView) -> None:
    eyes = eyes_in_view(pose, view)
    for eye in eyes:
        ink.line(ellipse(*eye.centre, eye.half[0] * 1.35, eye.half[1] * 1.5, view.roll), "#4a3f46", 3.6)
    (ax, ay), (bx, by) = eyes[0].centre, eyes[1].centre
    bridge = [(ax + eyes[0].half[0] * 1.35, ay), ((ax + bx) / 2, (ay + by) / 2 - 3), (bx - eyes[1].half[0] * 1.35, by)]
    ink.line(smooth_line(bridge), "#4a3f46", 3.6)
    for eye in eyes:
        ear = view.rim(eye.side * 88, pose.seat.eye_lat - 1)
        start = (eye.centre[0] + eye.side * eye.half[0] * 1.35, eye.centre[1])
        if abs(math.radians(eye.side * 70) + view.yaw) < 1.35:
            ink.line(smooth_line([start, ear]), "#4a3f46", 3.0)
