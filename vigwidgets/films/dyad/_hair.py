"""Hair in its styles, a headscarf, a beard."""

from __future__ import annotations

import math
from collections.abc import Sequence

from vigwidgets.films.dyad._ease import clamp, lerp, mix
from vigwidgets.films.dyad._ink import Ink, ellipse, limb, smooth_line, smooth_shape
from vigwidgets.films.dyad._model import Looks
from vigwidgets.films.dyad._outline import silhouette
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._view import HeadView, head_view

__all__ = ["draw_beard", "draw_drape", "draw_hair", "draw_hair_behind", "style_of"]

Point = tuple[float, float]

_INFANT = ("tuft", "curls", "short", "bald", "plait")


def style_of(pose: Pose, looks: Looks) -> str:
    """Return how the hair is worn: told, or by age."""
    stage = pose.seat.form.stage
    told = looks.style or ("tuft" if pose.seat.baby else "short" if pose.seat.man or stage in ("5y", "8y") else "bun")
    if pose.seat.baby and told not in _INFANT:
        return "tuft"
    return "bald" if stage == "newborn" and told == "tuft" else told


def _cap(view: HeadView, hairline: Sequence[Point]) -> str:
    rim = [view.rim(lon, lat) for lon, lat in hairline]
    far = 3.0
    corners = [view.flat(far, 0.4), view.flat(far, -far), view.flat(-far, -far), view.flat(-far, 0.4)]
    return smooth_line(rim) + "L" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"


def _lead(view: HeadView) -> float:
    return clamp(view.yaw / 0.3, -1.0, 1.0)


def draw_hair_behind(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    """Draw what of the hair lies behind neck and head."""
    style, view = style_of(pose, looks), head_view(pose)
    side, s = _lead(view), view.radius[0] / 90.0
    swing = (3.0 * pose.sway - 40 * pose.lean) * s
    if pose.seat.baby:
        if style == "plait":
            _bunches(ink, view, colours, s)
        return
    if style == "bun":
        # When the head rises the bun goes down behind it; it stays in sight, or one would not know who that is.
        x, y = view.at(180, 34 + math.degrees(max(-view.pitch, 0)), 1.34)
        y += 0.08 * swing
        ink.fill(ellipse(x - side * 10 * s, y, 40 * s, 37 * s, view.roll), colours.hair)
        for a, b, c, shown in ((6, -20, -14, 0.6), (18, -4, -2, 0.4)):
            strand = [(x - side * 34 * s, y + a * s), (x - side * 10 * s, y + b * s), (x + side * 9 * s, y + c * s)]
            ink.line(smooth_line(strand), colours.hair_light, 3, shown)
        nape = [(-1.06, -0.3), (-1.08, 0.2), (-0.86, 0.62), (-0.45, 0.72), (-0.3, -0.2)]
        ink.fill(smooth_shape([view.flat(side * x, y) for x, y in nape]), colours.hair)
    elif style in ("bob", "long"):
        _hanging(ink, view, colours, style, swing)
    elif style == "curls":
        for i in range(11):
            angle = math.radians(150 + i * 24)
            x, y = view.flat(1.02 * math.cos(angle) - 0.12 * side, -0.22 + 0.98 * math.sin(angle))
            ink.fill(ellipse(x, y, 34 * s, 33 * s), shade(colours.hair, -0.1))
    elif style == "headscarf":
        ink.fill(smooth_shape(silhouette(view, pose.seat.form, 1.08)), shade(colours.scarf, -0.3))
        back = [(0.1, -1.12), (-0.8, -0.98), (-1.2, -0.3), (-1.16, 0.5), (-0.8, 1.15), (0.4, 1.2), (0.9, 0.2)]
        ink.fill(smooth_shape([view.flat(x * (side or 0.2), y) for x, y in back]), shade(colours.scarf, -0.2))
    elif style != "bald":
        nape = [(-1.04, -0.3), (-1.06, 0.3), (-0.8, 0.6), (0, 0)]
        ink.fill(smooth_shape([view.flat(side * x, y) for x, y in nape]), colours.hair)


# Hair that hangs, on one side only: seen from the front it falls on both sides, turned it falls behind.
_FRONT = (
    (0, -1.1),
    (-1.0, -0.7),
    (-1.15, 0.1),
    (-1.1, 0.8),
    (-0.7, 1.0),
    (0.7, 1.0),
    (1.1, 0.8),
    (1.15, 0.1),
    (1.0, -0.7),
)
_TURNED = ((0, -1.1), (-0.9, -0.85), (-1.2, 0.0), (-1.24, 0.62), (-1.0, 1.0), (-0.2, 0.98), (0.66, 0.92), (0.98, 0.5),
           (0.98, -0.4))  # fmt: skip


def _hanging(ink: Ink, view: HeadView, colours: Palette, style: str, swing: float) -> None:
    lead = _lead(view)
    side = 1 if lead >= 0 else -1
    turned = clamp((abs(lead) - 0.25) / 0.6)
    low = 1.15 if style == "bob" else 2.05
    points = []
    for front, back in zip(_FRONT, _TURNED, strict=True):
        x, y = mix(front, back, turned)
        points.append(view.flat(x * side, y * (low if y > 0.55 else 1.0)))
    points[4] = (points[4][0] + swing, points[4][1])
    ink.fill(smooth_shape(points), shade(colours.hair, -0.12))


def draw_drape(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    """Draw what lies over the shoulders and under the face: a scarf's folds, a plait."""
    style, view = style_of(pose, looks), head_view(pose)
    side, s = _lead(view), view.radius[0] / 90.0
    if style == "headscarf":
        x, y = pose.neck
        k = s * pose.seat.facing
        folds = [
            view.flat(-0.98 * side, 0.2),
            view.flat(-0.85 * side, 0.85),
            (x - 86 * k, y + 30 * s),
            (x - 40 * k, y + 66 * s),
            (x + 16 * k, y + 84 * s),
            (x + 64 * k, y + 44 * s),
            view.flat(0.62 * side, 0.95),
            view.flat(0, 0.4),
        ]
        ink.fill(smooth_shape(folds), colours.scarf)
        for a, b in ((-62, 30), (-24, 52), (20, 58)):
            fold = [view.flat(-0.5 * side, 0.9), (x + a * 0.6 * k, y + b * 0.3 * s), (x + a * k, y + b * s)]
            ink.line(smooth_line(fold), shade(colours.scarf, -0.22), 3, 0.55)
    elif style == "plait" and not pose.seat.baby:
        back = -(1 if side > 0 else -1) if abs(side) > 0.3 else -pose.seat.facing
        root = view.flat(back * 0.82, 0.5)
        end = (pose.neck[0] + back * 34 * s, pose.neck[1] + 96 * s)
        middle = ((root[0] + end[0]) / 2, (root[1] + end[1]) / 2)
        ink.fill(limb([root, middle, end], [30 * s, 28 * s, 16 * s]), colours.hair)
        for w in (0.2, 0.4, 0.6, 0.8):
            px, py = root[0] + (end[0] - root[0]) * w, root[1] + (end[1] - root[1]) * w
            ink.line(
                smooth_line([(px - 10 * s, py - 6 * s), (px, py + 4 * s), (px + 11 * s, py - 6 * s)]),
                colours.hair_light,
                3,
                0.6,
            )
        ink.fill(ellipse(end[0], end[1] - 8 * s, 10 * s, 6 * s), colours.scarf)


def _bunches(ink: Ink, view: HeadView, colours: Palette, s: float) -> None:
    for side in (-1, 1):
        x, y = view.at(side * 104, 34, 1.12)
        ink.fill(ellipse(x, y, 24 * s, 21 * s, view.roll + side * 0.5), colours.hair)
        tie = view.at(side * 96, 34, 0.98)
        ink.fill(ellipse(tie[0], tie[1], 7 * s, 7 * s), colours.scarf)


def draw_hair(ink: Ink, pose: Pose, view: HeadView, colours: Palette, looks: Looks) -> None:
    """Draw the hair upon the head, or what covers it."""
    style = style_of(pose, looks)
    if style == "headscarf":
        _scarf(ink, view, colours, pose)
    elif pose.seat.baby:
        _baby_hair(ink, pose, view, colours, style)
    elif style == "bald":
        _fringe(ink, view, colours, pose)
    else:
        _grown_hair(ink, pose, view, colours, style)


# From the nape up before the ear, over the brow with a parting, and down on the other side.
_NEAR = ((-100, -46), (-97, -20), (-88, 4), (-76, 26), (-54, 43), (-26, 52), (4, 50))
_OVER = ((30, 51), (52, 43), (70, 30))
_LINES = {
    "short": (
        (-100, -30),
        (-95, -8),
        (-84, 2),
        (-78, 24),
        (-62, 40),
        (-34, 47),
        (-4, 49),
        (26, 50),
        (48, 46),
        (66, 34),
    ),
    "curls": (
        (-100, -40),
        (-96, -14),
        (-84, 8),
        (-74, 28),
        (-50, 38),
        (-24, 43),
        (4, 41),
        (30, 43),
        (52, 38),
        (70, 26),
    ),
    "bob": ((-100, -60), (-92, -40), (-80, -6), (-72, 20), (-50, 33), (-22, 37), (6, 36), (30, 37), (52, 32), (68, 20)),
}


def _grown_hair(ink: Ink, pose: Pose, view: HeadView, colours: Palette, style: str) -> None:
    form, side = pose.seat.form, pose.seat.facing
    line = _LINES.get(style, (*_NEAR, *_OVER))
    # On the side to which the face turns, what hangs behind the ear is out of sight.
    seen = clamp(0.5 - side * view.yaw / 0.5)
    end = ((92 - 4 * seen, 14 - 8 * seen), (97, 14 - 34 * seen), (100, 14 - 60 * seen))
    away = clamp((-side * view.yaw - 0.04) / 0.2)  # turned over the other shoulder: the same there
    begin = [(lon, lerp(lat, max(lat, 12.0), away) if lon < -75 else lat) for lon, lat in line]
    hairline = [(side * lon, lat) for lon, lat in (*begin, *end)]
    if side < 0:
        hairline = hairline[::-1]
    grow = {"short": 1.04, "curls": 1.1, "bob": 1.075, "long": 1.06}.get(style, 1.055)
    ink.clip(smooth_shape(silhouette(view, form, grow)))
    ink.fill(_cap(view, hairline), f"url(#{colours.name}-hair)")
    if style == "curls":
        s = view.radius[0] / 90.0
        for i, (lon, lat) in enumerate(
            ((-70, 36), (-48, 50), (-22, 58), (6, 56), (32, 58), (56, 46), (-60, 64), (-10, 74), (40, 68))
        ):
            x, y = view.rim(side * lon, lat)
            ink.line(ellipse(x, y, (15 + i % 3 * 3) * s, 13 * s, 0.5 * i), colours.hair_light, 2.6, 0.5)
    else:
        for start, lift in ((22, 64), (10, 72), (-14, 66)):
            strand = [
                view.rim(side * start, 52),
                view.rim(side * (start - 34), lift),
                view.rim(side * (start - 76), lift - 14),
                view.rim(side * (start - 108), 16),
            ]
            ink.line(smooth_line(strand), colours.hair_light, 3.0, 0.45)
    ink.unclip()


def _fringe(ink: Ink, view: HeadView, colours: Palette, pose: Pose) -> None:
    side = pose.seat.facing
    ink.clip(smooth_shape(silhouette(view, pose.seat.form, 1.03)))
    for one in (-1, 1):
        ring = [(78, -2), (76, 20), (84, 34), (112, 30), (112, -40), (92, -34)]
        ink.fill(smooth_shape([view.rim(one * lon, lat) for lon, lat in ring]), colours.hair, 0.9)
    x, y = view.at(-side * 16, 66, 0.96)
    ink.fill(ellipse(x, y, 26, 9, view.roll - 0.3 * side), "#fff6ea", 0.22)
    ink.unclip()


def _scarf(ink: Ink, view: HeadView, colours: Palette, pose: Pose) -> None:
    outer = silhouette(view, pose.seat.form, 1.12)
    opening = []
    for i in range(16):
        angle = 2 * math.pi * i / 16
        lat = 4 + 40 * math.sin(angle) if math.sin(angle) > 0 else 4 + 62 * math.sin(angle)
        opening.append(view.rim(64 * math.cos(angle), lat))
    # Inner and outer edge run in opposite directions, so that the face stays open.
    turning = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outer, [*outer[1:], outer[0]], strict=True))
    inner_turning = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(opening, [*opening[1:], opening[0]], strict=True))
    if turning * inner_turning > 0:
        opening = opening[::-1]
    ink.fill(smooth_shape(outer) + smooth_shape(opening), colours.scarf)
    ink.line(smooth_shape(opening), shade(colours.scarf, -0.24), 4, 0.6)
    side = pose.seat.facing
    for lon, lift in ((-52, 50), (-70, 30), (-84, 4)):
        fold = [(lon + 44, lift + 24), (lon + 14, lift + 12), (lon, lift), (lon - 6, lift - 34)]
        path = smooth_line([view.rim(side * x, y, 1.04) for x, y in fold])
        ink.line(path, shade(colours.scarf, 0.2), 3, 0.5)


_LOCKS = ((-80, 30), (-60, 46), (-36, 56), (-10, 60), (18, 59), (44, 53), (68, 40), (0, 80), (-30, 76), (34, 74))


def _baby_hair(ink: Ink, pose: Pose, view: HeadView, colours: Palette, style: str) -> None:
    line = [(-104, 4), (-92, 24), (-70, 43), (-42, 56), (-12, 62), (18, 60), (46, 54), (72, 41), (92, 24), (104, 4)]
    s = view.radius[0] / 97.0
    thick = {"bald": 0.28, "short": 1.5, "curls": 1.5, "plait": 1.5}.get(style, 1.0)
    ink.clip(smooth_shape(silhouette(view, pose.seat.form, 1.02 if thick < 1.2 else 1.04)))
    if thick > 1.2:
        ink.fill(_cap(view, [(lon, lat - 7) for lon, lat in line]), f"url(#{colours.name}-hair)")
    else:
        ink.fill(_cap(view, line), colours.hair_light, 0.5 * thick)
        thin = [(lon, lat + 6 - 2 * (i % 2)) for i, (lon, lat) in enumerate(line)]
        ink.fill(_cap(view, thin), colours.hair, 0.55 * thick)
    ink.unclip()
    if style == "curls":
        for lon, lat in _LOCKS:
            x, y = view.rim(lon, lat, 1.0)
            ink.fill(ellipse(x, y, 17 * s, 15 * s), colours.hair)
            ink.line(ellipse(x + 2 * s, y - 1, 9 * s, 8 * s), colours.hair_light, 2.4, 0.5)
    if style == "tuft":
        sway = (4 * pose.sway + 0.5 * pose.lift) / 97.0

        def at(x: float, y: float) -> Point:
            return view.flat(0.02 + x / 97.0, -0.98 + y / 92.0)

        curl = [at(-8, 6), at(-12, -14), at(4 + sway * 97, -30), at(17 + sway * 97, -22), at(10 + sway * 97, -12)]
        ink.line(smooth_line(curl), colours.hair, 6.5)
        ink.line(smooth_line([at(2, 6), at(4, -8), at(-10 + sway * 58, -22)]), colours.hair, 5)


def draw_beard(ink: Ink, pose: Pose, view: HeadView, colours: Palette, looks: Looks) -> None:
    """Draw a beard under the mouth that will be drawn upon it."""
    if looks.beard == "none":
        return
    strength = {"stubble": 0.26, "short": 0.82, "full": 1.0}[looks.beard]
    high = {"stubble": -14.0, "short": -16.0, "full": -10.0}[looks.beard]
    jaw = [
        (-92, 6),
        (-72, high),
        (-48, high - 14),
        (-25, -27),
        (-11, -27),
        (0, -28.5),
        (11, -27),
        (25, -27),
        (48, high - 14),
        (72, high),
        (92, 6),
    ]
    rim = [view.rim(lon, lat) for lon, lat in jaw]
    below = [view.flat(1.3, 0.3), view.flat(1.2, 1.4), view.flat(-1.2, 1.4), view.flat(-1.3, 0.3)]
    path = smooth_line(rim) + "L" + "L".join(f"{x:.1f} {y:.1f}" for x, y in below) + "Z"
    ink.fill(path, colours.brow, strength)
    if looks.beard != "stubble":  # room for the lips
        lat, wide = pose.seat.form.mouth
        open_ = clamp(pose.face.open)
        lips = [
            view.soft(wide * 1.02 * math.cos(a), lat - 2 - 8 * open_ + (6.5 + 9.5 * open_) * math.sin(a), 0)
            for a in (0.0, 0.8, 1.57, 2.34, 3.14, 3.93, 4.71, 5.5)
        ]
        ink.fill(smooth_shape(lips), colours.skin_dark, 0.5)
