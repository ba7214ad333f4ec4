"""Heads: skull and cheeks, ears, hair; and the face upon them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vigwidgets.films.dyad._ease import lerp
from vigwidgets.films.dyad._eyes import draw_brows, draw_eyes
from vigwidgets.films.dyad._ink import Ink, ellipse, poly, smooth_line, smooth_shape
from vigwidgets.films.dyad._model import Looks
from vigwidgets.films.dyad._mouth import draw_cheeks, draw_mouth, draw_nose
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._view import HeadView, eyes_in_view, head_view

__all__ = ["draw_hair_behind", "draw_head"]

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


def silhouette(view: HeadView, *, baby: bool, grow: float = 1.0) -> list[Point]:
    """Return the outline of a head, ``grow`` times as large."""
    side = 1 if view.yaw >= 0 else -1
    turned = min(abs(math.sin(view.yaw)) / math.sin(math.radians(40)), 1.1)
    points: list[Point] = []
    for (fx, fy), (tx, ty) in _BABY if baby else _ADULT:
        x, y = lerp(fx, tx, turned) * side, lerp(fy, ty, turned)
        if y > 0:
            y *= 1 - 0.1 * view.pitch
        points.append(view.flat(x * grow, y * grow))
    return points if side > 0 else points[::-1]


def draw_head(ink: Ink, pose: Pose, colours: Palette, looks: Looks, *, baby: bool) -> None:
    """Draw a head with its face and hair."""
    view = head_view(pose)
    outline = smooth_shape(silhouette(view, baby=baby))
    ink.fill(outline, f"url(#{colours.name}-skin)")
    ink.clip(outline)
    _shadow_side(ink, view, colours)
    draw_cheeks(ink, pose, view, colours, baby=baby)
    ink.unclip()
    draw_mouth(ink, pose, view, colours, baby=baby)
    draw_eyes(ink, pose, view, colours, baby=baby)
    draw_nose(ink, view, colours, baby=baby)
    if looks.glasses:
        _glasses(ink, pose, view)
    if baby:
        _baby_hair(ink, pose, view, colours)
    else:
        _adult_hair(ink, view, colours)
    draw_brows(ink, pose, view, colours, baby=baby)
    _ears(ink, view, colours, baby=baby)


def _shadow_side(ink: Ink, view: HeadView, colours: Palette) -> None:
    side = 1 if view.yaw >= 0 else -1
    x, y = view.flat(-side * 0.95, 0.5)
    ink.fill(ellipse(x, y, view.radius[0] * 0.8, view.radius[1] * 1.0, view.roll), f"url(#{colours.name}-shadow)")


def _ears(ink: Ink, view: HeadView, colours: Palette, *, baby: bool) -> None:
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


def _hair_cap(view: HeadView, hairline: Sequence[Point]) -> str:
    rim = [view.rim(lon, lat) for lon, lat in hairline]
    far = 3.0
    left, right = view.flat(-far, 0.4), view.flat(far, 0.4)
    corners = [right, view.flat(far, -far), view.flat(-far, -far), left]
    return smooth_line(rim) + "L" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def draw_hair_behind(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    """Draw what of the hair lies behind neck and head."""
    view = head_view(pose)
    side = 1 if view.yaw >= 0 else -1
    swing = 3.0 * pose.sway - 40 * pose.lean
    if looks.style == "bun":
        x, y = view.at(180, 34, 1.34)
        y += 0.4 * swing * 0.2
        ink.fill(ellipse(x - side * 10, y, 40, 37, view.roll), colours.hair)
        for a, b, c, shown in ((6, -20, -14, 0.6), (18, -4, -2, 0.4)):
            strand = [(x - side * 34, y + a), (x - side * 10, y + b), (x + side * 9, y + c)]
            ink.line(smooth_line(strand), colours.hair_light, 3, shown)
        nape = [
            view.flat(-side * 1.06, -0.3),
            view.flat(-side * 1.08, 0.2),
            view.flat(-side * 0.86, 0.62),
            view.flat(-side * 0.45, 0.72),
            view.flat(-side * 0.3, -0.2),
        ]
        ink.fill(smooth_shape(nape), colours.hair)
    elif looks.style == "bob":
        hair = [
            view.flat(0, -1.1),
            view.flat(-side * 0.9, -0.85),
            view.flat(-side * 1.2, 0.0),
            view.flat(-side * 1.22, 0.7),
            (view.flat(-side * 1.0, 1.15)[0] + swing, view.flat(0, 1.15)[1]),
            view.flat(-side * 0.2, 1.1),
            view.flat(side * 0.72, 1.02),
            view.flat(side * 1.0, 0.55),
            view.flat(side * 0.98, -0.4),
        ]
        ink.fill(smooth_shape(hair), shade(colours.hair, -0.12))
    else:
        nape = [
            view.flat(-side * 1.04, -0.3),
            view.flat(-side * 1.06, 0.3),
            view.flat(-side * 0.8, 0.6),
            view.flat(0, 0),
        ]
        ink.fill(smooth_shape(nape), colours.hair)


def _adult_hair(ink: Ink, view: HeadView, colours: Palette) -> None:
    side = 1 if view.yaw >= 0 else -1
    # From the nape up before the ear, over the brow with a parting, and down on the other side.
    near = [(-100, -46), (-97, -20), (-88, 4), (-76, 26), (-54, 43), (-26, 52), (4, 50)]
    rest = [(30, 51), (52, 43), (70, 30), (92, 14)]
    hairline = [(side * lon, lat) for lon, lat in (*near, *rest)]
    if side < 0:
        hairline = hairline[::-1]
    outer = smooth_shape(silhouette(view, baby=False, grow=1.055))
    ink.clip(outer)
    ink.fill(_hair_cap(view, hairline), f"url(#{colours.name}-hair)")
    for start, lift in ((22, 64), (10, 72), (-14, 66)):
        strand = [
            view.rim(side * start, 52),
            view.rim(side * (start - 34), lift),
            view.rim(side * (start - 76), lift - 14),
            view.rim(side * (start - 108), 16),
        ]
        ink.line(smooth_line(strand), colours.hair_light, 3.0, 0.45)
    ink.unclip()


def _baby_hair(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    hairline = [(-104, 4), (-92, 24), (-70, 43), (-42, 56), (-12, 62), (18, 60), (46, 54), (72, 41), (92, 24), (104, 4)]
    outer = smooth_shape(silhouette(view, baby=True, grow=1.02))
    ink.clip(outer)
    ink.fill(_hair_cap(view, hairline), colours.hair_light, 0.5)
    thin = [(lon, lat + 6 - 2 * (i % 2)) for i, (lon, lat) in enumerate(hairline)]
    ink.fill(_hair_cap(view, thin), colours.hair, 0.55)
    ink.unclip()
    x, y = view.flat(0.02, -0.98)
    sway = 4 * pose.sway + 0.5 * pose.lift
    curl = [(x - 8, y + 6), (x - 12, y - 14), (x + 4 + sway, y - 30), (x + 17 + sway, y - 22), (x + 10 + sway, y - 12)]
    ink.line(smooth_line(curl), colours.hair, 6.5)
    ink.line(smooth_line([(x + 2, y + 6), (x + 4, y - 8), (x - 10 + sway * 0.6, y - 22)]), colours.hair, 5)


def _glasses(ink: Ink, pose: Pose, view: HeadView) -> None:
    eyes = eyes_in_view(pose, view)
    for eye in eyes:
        ink.line(ellipse(*eye.centre, eye.half[0] * 1.35, eye.half[1] * 1.5, view.roll), "#4a3f46", 3.6)
    (ax, ay), (bx, by) = eyes[0].centre, eyes[1].centre
    ink.line(poly([(ax + eyes[0].half[0] * 1.35, ay), (bx - eyes[1].half[0] * 1.35, by)]), "#4a3f46", 3.6)
