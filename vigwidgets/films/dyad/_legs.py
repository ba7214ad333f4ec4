"""Legs: folded on a rug, drawn up, on a chair, standing and walking; a baby's, stretched out or in the air."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ink import Ink, ellipse, limb, smooth_line
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._seats import SLID, to_room

__all__ = ["body_points", "draw_baby_legs", "draw_far_legs", "draw_near_legs"]

Point = tuple[float, float]

# For each posture: hip, middle of the thigh, knee, middle of the shin, ankle; the leg behind and the nearer one.
_FAR: dict[str, tuple[Point, ...]] = {
    "floor": ((60, -44), (150, -62), (226, -44), (160, -20), (96, -8)),
    "knees": ((60, -44), (150, -118), (234, -178), (252, -92), (262, -14)),
    "chair": ((60, -40), (124, -46), (184, -38), (188, 44), (180, 128)),
}
_NEAR: dict[str, tuple[Point, ...]] = {
    "floor": ((-22, -34), (96, -50), (206, -30), (120, 2), (10, 10)),
    "knees": ((-22, -34), (100, -92), (214, -160), (236, -80), (236, -4)),
    "chair": ((-22, -30), (82, -42), (166, -30), (166, 50), (156, 132)),
}
_BABY: dict[str, tuple[tuple[Point, Point, Point], tuple[Point, Point, Point]]] = {
    "floor": (((40, -36), (106, -52), (158, -20)), ((2, -32), (88, -40), (146, -2))),
    "recline": (((34, -30), (104, -44), (88, 44)), ((2, -28), (90, -26), (70, 60))),
    "tray": (((36, -24), (84, -20), (92, 52)), ((6, -20), (72, -12), (80, 62))),
}


def body_points(pose: Pose, *points: Point) -> list[Point]:
    """Return points of trunk and neck in the picture."""
    return [to_room(pose.seat, point, pose.lean, pose.lift, pose.slump) for point in points]


def _leg_points(pose: Pose, *points: Point) -> list[Point]:
    """Return points of the legs: these stay where they are when a trunk leans; on a chair they slide as it sinks."""
    slid = SLID * pose.slump if pose.seat.posture == "chair" else 0.0
    return [to_room(pose.seat, (x + slid, y), 0.4 * pose.lean, pose.lift) for x, y in points]


def _standing(pose: Pose, *, near: bool) -> tuple[Point, ...]:
    long = {"18m": 116.0, "5y": 385.0, "8y": 418.0, "adult": 420.0, "older": 434.0}.get(pose.seat.form.stage, 420.0)
    wide = 0.42 if pose.seat.baby else 1.0
    x = (-6.0 if near else 58.0) * wide
    swing = math.sin(pose.step + (0.0 if near else math.pi)) if pose.step else 0.0
    raised = max(math.cos(pose.step + (0.0 if near else math.pi)), 0.0) if pose.step else 0.0
    foot = (x - 6 + 0.2 * long * swing, long * (1 - 0.05 * abs(swing) - 0.1 * raised * abs(swing)) - 20 * wide)
    knee = (x + 8 + 0.13 * long * max(swing, 0.0), long * 0.48)
    return (x, -22 * wide), (x + 2, long * 0.22), knee, ((knee[0] + foot[0]) / 2, (knee[1] + foot[1]) / 2), foot


def draw_far_legs(ink: Ink, pose: Pose, colours: Palette) -> None:
    """Draw the leg behind of a person who is no baby."""
    k = pose.seat.scale
    hip, thigh, knee, shin, ankle = _leg_points(pose, *(_FAR.get(pose.seat.posture) or _standing(pose, near=False)))
    dark = shade(colours.legs, -0.28)
    if pose.seat.posture in ("chair", "stand", "knees"):
        _shoe(ink, pose, ankle, colours, dark=True)
    ink.fill(limb([hip, thigh, knee], [86 * k, 78 * k, 58 * k]), dark)
    ink.fill(limb([knee, shin, ankle], [54 * k, 44 * k, 36 * k]), dark)


def draw_near_legs(ink: Ink, pose: Pose, colours: Palette) -> None:
    """Draw the nearer leg of a person who is no baby."""
    k, posture = pose.seat.scale, pose.seat.posture
    hip, thigh, knee, shin, ankle = _leg_points(pose, *(_NEAR.get(posture) or _standing(pose, near=True)))
    if posture == "floor":
        near_shin = limb([knee, shin, ankle], [58 * k, 50 * k, 36 * k])
        ink.fill(ellipse(ankle[0] - pose.seat.facing * 26 * k, ankle[1] + 2, 34 * k, 16 * k, 0.06), "#e9dccb")
        ink.fill(near_shin, shade(colours.legs, -0.12))
        ink.fill(limb([hip, thigh, knee], [104 * k, 88 * k, 62 * k]), f"url(#{colours.name}-legs)")
        fold = _leg_points(pose, (40, -12), (110, -18), (178, -8))
        ink.line(smooth_line(fold), shade(colours.legs, -0.35), 3, 0.5)
        return
    _shoe(ink, pose, ankle, colours, dark=False)
    ink.fill(limb([knee, shin, ankle], [60 * k, 50 * k, 40 * k]), shade(colours.legs, -0.08))
    ink.fill(limb([hip, thigh, knee], [102 * k, 88 * k, 62 * k]), f"url(#{colours.name}-legs)")
    crease = [(knee[0] - 8 * k * pose.seat.facing, knee[1] + 14 * k), (knee[0], knee[1] + 24 * k)]
    ink.line(smooth_line(crease), shade(colours.legs, -0.35), 3, 0.5)


def _shoe(ink: Ink, pose: Pose, ankle: Point, colours: Palette, *, dark: bool) -> None:
    k, side = pose.seat.scale, pose.seat.facing
    tone = shade(colours.shoes, -0.25 if dark else 0.0)
    ink.fill(ellipse(ankle[0] + side * 20 * k, ankle[1] + 12 * k, 42 * k, 17 * k, side * 0.04), tone)


def draw_baby_legs(ink: Ink, pose: Pose, colours: Palette, *, near: bool) -> None:
    """Draw one leg of a baby, in a romper, with a bare foot."""
    k, facing, posture = pose.seat.scale, pose.seat.facing, pose.seat.posture
    if posture == "stand":
        _toddler_leg(ink, pose, colours, near=near)
        return
    kick = pose.kick * 13
    points = _BABY.get(posture, _BABY["floor"])[1 if near else 0]
    turn = pose.seat.roll
    if not near:
        (hx, hy), (kx, ky), (fx, fy) = points
        hip, knee, foot = _leg_points(pose, (hx, hy), (kx, ky - kick), (fx, fy - kick * 1.4))
        ink.fill(limb([hip, knee, foot], [58 * k, 50 * k, 36 * k]), shade(colours.dress, -0.26))
        _foot(ink, foot, facing, shade(colours.skin, -0.1), colours, k, turn)
        return
    (hx, hy), (kx, ky), (fx, fy) = points
    hip, knee, foot = _leg_points(pose, (hx, hy), (kx, ky + kick), (fx, fy + kick * 1.2))
    seat = _leg_points(pose, (-18, -26))[0]
    ink.fill(ellipse(*seat, 52 * k, 38 * k, turn), f"url(#{colours.name}-dress)")
    ink.fill(limb([hip, knee, foot], [70 * k, 58 * k, 40 * k]), f"url(#{colours.name}-legs)")
    cuff = limb([((knee[0] + 3 * foot[0]) / 4, (knee[1] + 3 * foot[1]) / 4), foot, foot], [42 * k, 40 * k, 40 * k])
    ink.fill(cuff, shade(colours.dress, -0.2))
    _foot(ink, foot, facing, colours.skin, colours, k, turn)


def _toddler_leg(ink: Ink, pose: Pose, colours: Palette, *, near: bool) -> None:
    k = pose.seat.scale
    hip, _, knee, _, ankle = _leg_points(pose, *_standing(pose, near=near))
    tone = f"url(#{colours.name}-legs)" if near else shade(colours.dress, -0.26)
    skin = colours.skin if near else shade(colours.skin, -0.1)
    ink.fill(ellipse(ankle[0] + pose.seat.facing * 12 * k, ankle[1] + 8 * k, 27 * k, 14 * k), skin)
    ink.fill(limb([hip, knee, ankle], [74 * k, 56 * k, 42 * k]), tone)
    if near:
        seat = _leg_points(pose, (-2, -14))[0]
        ink.fill(ellipse(*seat, 66 * k, 40 * k), f"url(#{colours.name}-dress)")


def _foot(ink: Ink, at: Point, facing: int, skin: str, colours: Palette, k: float, turn: float) -> None:
    c, s = math.cos(turn), math.sin(turn)

    def place(x: float, y: float) -> Point:
        x, y = (facing * 15 + x) * k, (y - 9) * k
        return at[0] + x * c - y * s, at[1] + x * s + y * c

    ink.fill(ellipse(*place(0, 0), 17 * k, 25 * k, facing * 0.25 + turn), skin)
    for i, (u, v, r) in enumerate(((-3, -24, 7.5), (6, -23, 5.6), (12, -18, 5.0), (16, -12, 4.6), (18, -6, 4.2))):
        toe = place(facing * u * 0.8, v)
        ink.fill(ellipse(*toe, r * k, r * 1.05 * k), skin if i else shade(skin, 0.06))
    ink.fill(ellipse(*place(facing * 2, 6), 9 * k, 11 * k, 0), colours.blush, 0.18)
