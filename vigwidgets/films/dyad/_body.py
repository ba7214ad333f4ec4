"""Bodies: trunk, neck, arms and legs of the grown person and of the baby."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._fingers import draw_hand
from vigwidgets.films.dyad._ink import Ink, ellipse, limb, smooth_line, smooth_shape
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Hand, Pose
from vigwidgets.films.dyad._seats import to_room

__all__ = ["arm_angle", "draw_adult_body", "draw_arm", "draw_baby_body", "elbow_of"]

Point = tuple[float, float]


def _body(pose: Pose, *points: Point) -> list[Point]:
    return [to_room(pose.seat, point, pose.lean, pose.lift) for point in points]


def elbow_of(shoulder: Point, hand: Point, lengths: tuple[float, float], bend: int) -> Point:
    """Return where the elbow is; an arm that is too short for its hand is stretched straight."""
    dx, dy = hand[0] - shoulder[0], hand[1] - shoulder[1]
    far = math.hypot(dx, dy) or 1.0
    upper, fore = lengths
    along = min(max((upper * upper - fore * fore + far * far) / (2 * far), -upper), upper)
    out = math.sqrt(max(upper * upper - along * along, 0.0))
    ux, uy = dx / far, dy / far
    if far >= upper + fore:
        along = far * upper / (upper + fore)
    one = (shoulder[0] + ux * along - uy * out * bend, shoulder[1] + uy * along + ux * out * bend)
    other = (shoulder[0] + ux * along + uy * out * bend, shoulder[1] + uy * along - ux * out * bend)
    # An elbow hangs: of the two places where it could be, a hand that is raised takes the lower one.
    return (one if one[1] > other[1] else other) if hand[1] < shoulder[1] else one


def arm_angle(pose: Pose, hand: Hand, *, near: bool) -> float:
    """Return the direction in which a hand points, in radians."""
    seat = pose.seat
    if hand.shape == "cover":
        return -math.pi / 2 + seat.facing * (0.16 if near else -0.1)
    shoulder = to_room(seat, seat.shoulder if near else seat.far_shoulder, pose.lean, pose.lift)
    elbow = elbow_of(shoulder, hand.at, seat.arm, seat.facing)
    angle = math.atan2(hand.at[1] - elbow[1], hand.at[0] - elbow[0])
    if hand.shape == "rest":
        angle += seat.facing * 0.35
    return angle + hand.turn


def draw_arm(ink: Ink, pose: Pose, colours: Palette, *, near: bool, baby: bool, part: str = "all") -> None:
    """Draw an arm in its sleeve, with its hand.

    Args:
        ink: What to draw with.
        pose: Whose arm.
        colours: Its colours.
        near: The nearer arm, or the one behind.
        baby: Whether it is a baby's.
        part: ``all``, ``sleeve`` without the hand, ``hand`` alone, or ``fingers`` over something held.
    """
    seat = pose.seat
    hand = pose.near if near else pose.far
    shoulder = to_room(seat, seat.shoulder if near else seat.far_shoulder, pose.lean, pose.lift)
    elbow = elbow_of(shoulder, hand.at, seat.arm, seat.facing)
    angle = arm_angle(pose, hand, near=near)
    size = (18.0 if baby else 24.0) * (1.14 if hand.shape == "cover" else 1.0)
    if part in ("all", "sleeve"):
        dx, dy = hand.at[0] - elbow[0], hand.at[1] - elbow[1]
        far = math.hypot(dx, dy) or 1.0
        wrist = (hand.at[0] - dx / far * size * 0.9, hand.at[1] - dy / far * size * 0.9)
        cuff = (hand.at[0] - dx / far * size * 1.5, hand.at[1] - dy / far * size * 1.5)
        up = ((shoulder[0] + elbow[0]) / 2, (shoulder[1] + elbow[1]) / 2)
        low = ((elbow[0] + cuff[0]) / 2, (elbow[1] + cuff[1]) / 2)
        skin = limb([low, cuff, wrist], [22, 20, 19] if baby else [32, 29, 26])
        ink.fill(skin, colours.skin if near else colours.skin_dark)
        widths = [40, 40, 35, 33, 30] if baby else [66, 60, 50, 44, 38]
        sleeve = limb([shoulder, up, elbow, low, cuff], widths)
        if near:
            ink.line(sleeve, shade(colours.dress, -0.3), 3.0, 0.55)
        ink.fill(sleeve, shade(colours.dress, 0.04) if near else shade(colours.dress, -0.24))
        if near:
            fold = [(elbow[0] - 8, elbow[1] - 10), (elbow[0] + 2, elbow[1] - 2), (elbow[0] + 6, elbow[1] + 10)]
            ink.line(smooth_line(fold), colours.dress_dark, 3.0, 0.5)
    thumb = -seat.facing if hand.shape != "cover" else (seat.facing if near else -seat.facing)
    if part in ("all", "hand"):
        draw_hand(ink, hand.at, angle, hand.shape, size, colours, thumb=thumb)
    elif part == "fingers":
        draw_hand(ink, hand.at, angle, hand.shape, size, colours, thumb=thumb, over=True)


def draw_adult_body(ink: Ink, pose: Pose, colours: Palette) -> None:
    """Draw legs folded on the rug, trunk and neck."""
    breath = pose.breath
    knee_far, ankle_far = _body(pose, (226, -44), (96, -8))
    hip_far = _body(pose, (60, -44))[0]
    dark = shade(colours.legs, -0.28)
    ink.fill(limb([hip_far, _body(pose, (150, -62))[0], knee_far], [86, 78, 58]), dark)
    ink.fill(limb([knee_far, _body(pose, (160, -20))[0], ankle_far], [54, 44, 36]), dark)
    trunk = _body(
        pose,
        (-74, -6),
        (-92, -90),
        (-84, -170 - breath),
        (-62, -236 - breath),
        (-14, -272 - breath),
        (40, -286),
        (84, -276 - breath),
        (118, -232 - 2 * breath),
        (126 + 2 * breath, -168),
        (112 + breath, -96),
        (104, -30),
        (20, 10),
    )
    ink.fill(smooth_shape(trunk), f"url(#{colours.name}-dress)")
    ink.line(smooth_line(_body(pose, (100, -150), (96, -90), (84, -50))), colours.dress_dark, 4, 0.35)
    ink.line(smooth_line(_body(pose, (-52, -110), (-20, -80), (4, -40))), colours.dress_dark, 4, 0.35)
    _neck(ink, pose, colours, 27, 0.62)
    collar = _body(pose, (-4, -280), (22, -262), (46, -256), (70, -262), (94, -278))
    ink.line(smooth_line(collar), shade(colours.dress, 0.24), 11)
    knee, shin, ankle = _body(pose, (206, -30), (120, 2), (10, 10))
    hip, thigh = _body(pose, (-22, -34), (96, -50))
    near_shin = limb([knee, shin, ankle], [58, 50, 36])
    ink.fill(ellipse(ankle[0] - 26, ankle[1] + 2, 34, 16, 0.06), "#e9dccb")
    ink.fill(near_shin, shade(colours.legs, -0.12))
    ink.fill(limb([hip, thigh, knee], [104, 88, 62]), f"url(#{colours.name}-legs)")
    ink.line(smooth_line(_body(pose, (40, -12), (110, -18), (178, -8))), shade(colours.legs, -0.35), 3, 0.5)


def _neck(ink: Ink, pose: Pose, colours: Palette, half: float, up: float) -> None:
    nx, ny = pose.neck
    hx, hy = pose.head
    tx, ty = nx + (hx - nx) * up - pose.seat.facing * 6, ny + (hy - ny) * up
    path = limb([(nx, ny + half * 0.6), (nx, ny - 4), (tx, ty)], [half * 2.5, half * 1.9, half * 1.75])
    ink.fill(path, colours.skin_dark)


def draw_baby_body(ink: Ink, pose: Pose, colours: Palette) -> None:
    """Draw a baby who sits with legs stretched out, in a romper."""
    kick = pose.kick * 13
    far_hip, far_knee, far_foot = _body(pose, (40, -36), (106, -52 - kick), (158, -20 - kick * 1.4))
    dark = shade(colours.dress, -0.26)
    ink.fill(limb([far_hip, far_knee, far_foot], [58, 50, 36]), dark)
    _foot(ink, far_foot, pose.seat.facing, shade(colours.skin, -0.1), colours)
    b = pose.breath
    trunk = _body(
        pose,
        (-66, -4),
        (-78 - b, -60),
        (-62, -112 - b),
        (-26, -146 - b),
        (10, -156),
        (42, -148 - b),
        (68 + b, -112),
        (80 + b, -62),
        (66, -10),
        (4, 10),
    )
    ink.fill(smooth_shape(trunk), f"url(#{colours.name}-dress)")
    for i in range(3):
        x, y = _body(pose, (44 + i * 4 - i * i * 1.5, -122 + i * 32))[0]
        ink.fill(ellipse(x, y, 4.6, 4.6), shade(colours.dress, 0.45))
    hip, knee, foot = _body(pose, (2, -32), (88, -40 + kick), (146, -2 + kick * 1.2))
    ink.fill(ellipse(*_body(pose, (-18, -26))[0], 52, 38), f"url(#{colours.name}-dress)")
    ink.fill(limb([hip, knee, foot], [70, 58, 40]), f"url(#{colours.name}-legs)")
    cuff = limb([((knee[0] + 3 * foot[0]) / 4, (knee[1] + 3 * foot[1]) / 4), foot, foot], [42, 40, 40])
    ink.fill(cuff, shade(colours.dress, -0.2))
    _foot(ink, foot, pose.seat.facing, colours.skin, colours)
    collar = _body(pose, (-30, -143), (-6, -134), (18, -131), (40, -135), (58, -145))
    ink.line(smooth_line(collar), shade(colours.dress, 0.4), 9)


def _foot(ink: Ink, at: Point, facing: int, skin: str, colours: Palette) -> None:
    x, y = at[0] + facing * 15, at[1] - 9
    ink.fill(ellipse(x, y, 17, 25, facing * 0.25), skin)
    for i, (u, v, r) in enumerate(((-3, -24, 7.5), (6, -23, 5.6), (12, -18, 5.0), (16, -12, 4.6), (18, -6, 4.2))):
        ink.fill(ellipse(x + facing * u * 0.8, y + v, r, r * 1.05), skin if i else shade(skin, 0.06))
    ink.fill(ellipse(x + facing * 2, y + 6, 9, 11, 0), colours.blush, 0.18)
