"""Arms and trunks of people of every age."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._fingers import draw_hand
from vigwidgets.films.dyad._ink import Ink, ellipse, limb, smooth_line, smooth_shape
from vigwidgets.films.dyad._legs import body_points, draw_baby_legs, draw_far_legs, draw_near_legs
from vigwidgets.films.dyad._model import Looks
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Hand, Pose
from vigwidgets.films.dyad._seats import to_room

__all__ = ["arm_angle", "draw_arm", "draw_body", "elbow_of"]

Point = tuple[float, float]


_BEHIND = 0.25
"""How far behind its shoulder a hand is out behind, in lengths of the arm."""


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
    # An elbow hangs: of the two places where it could be, a hand that is raised, or out behind, takes the lower one.
    hangs = hand[1] < shoulder[1] or dx * bend < -_BEHIND * (upper + fore)
    return (one if one[1] > other[1] else other) if hangs else one


def arm_angle(pose: Pose, hand: Hand, *, near: bool) -> float:
    """Return the direction in which a hand points, in radians."""
    seat = pose.seat
    if hand.shape == "cover":
        return -math.pi / 2 + seat.roll + seat.facing * (0.16 if near else -0.1)
    if hand.shape == "fist":
        return -math.pi / 2 + seat.roll - seat.facing * 0.5
    if hand.aim is not None:
        return math.atan2(hand.aim[1] - hand.at[1], hand.aim[0] - hand.at[0])
    shoulder = to_room(seat, seat.shoulder if near else seat.far_shoulder, pose.lean, pose.lift, pose.slump)
    elbow = elbow_of(shoulder, hand.at, seat.arm, seat.facing)
    angle = math.atan2(hand.at[1] - elbow[1], hand.at[0] - elbow[0])
    if hand.shape == "rest":
        angle += seat.facing * 0.35
    return angle + hand.turn


def draw_arm(ink: Ink, pose: Pose, colours: Palette, *, near: bool, part: str = "all") -> None:
    """Draw an arm in its sleeve, with its hand.

    Args:
        ink: What to draw with.
        pose: Whose arm.
        colours: Its colours.
        near: The nearer arm, or the one behind.
        part: ``all``, ``sleeve`` without the hand, ``hand`` alone, or ``fingers`` over something held.
    """
    seat = pose.seat
    hand = pose.near if near else pose.far
    angle = arm_angle(pose, hand, near=near)
    body = 1.0 if seat.baby or seat.form.stage in ("adult", "older") else 1.08
    size = seat.form.hand * min(seat.scale * body * (1.0 if seat.baby else 1 / _own(seat.form.stage)), 1.3)
    size *= 1.14 if hand.shape == "cover" else 1.0
    if part in ("all", "sleeve"):
        _sleeve(ink, pose, colours, size, near=near)
    thumb = -seat.facing if hand.shape != "cover" else (seat.facing if near else -seat.facing)
    if part in ("all", "hand"):
        draw_hand(ink, hand.at, angle, hand.shape, size, colours, thumb=thumb)
    elif part == "fingers":
        draw_hand(ink, hand.at, angle, hand.shape, size, colours, thumb=thumb, over=True)


def _own(stage: str) -> float:
    return {"5y": 0.68, "8y": 0.79, "older": 0.95}.get(stage, 1.0)


def _sleeve(ink: Ink, pose: Pose, colours: Palette, size: float, *, near: bool) -> None:
    seat = pose.seat
    hand = pose.near if near else pose.far
    shoulder = to_room(seat, seat.shoulder if near else seat.far_shoulder, pose.lean, pose.lift, pose.slump)
    elbow = elbow_of(shoulder, hand.at, seat.arm, seat.facing)
    dx, dy = hand.at[0] - elbow[0], hand.at[1] - elbow[1]
    far = math.hypot(dx, dy) or 1.0
    wrist = (hand.at[0] - dx / far * size * 0.9, hand.at[1] - dy / far * size * 0.9)
    cuff = (hand.at[0] - dx / far * size * 1.5, hand.at[1] - dy / far * size * 1.5)
    up = ((shoulder[0] + elbow[0]) / 2, (shoulder[1] + elbow[1]) / 2)
    low = ((elbow[0] + cuff[0]) / 2, (elbow[1] + cuff[1]) / 2)
    k = seat.scale * (1.12 if seat.man else 1.0 if seat.baby or seat.form.stage in ("adult", "older") else 1.1)
    bare = [22, 20, 19] if seat.baby else [32, 29, 26]
    skin = limb([low, cuff, wrist], [w * k for w in bare])
    ink.fill(skin, colours.skin if near else colours.skin_dark)
    widths = [40, 40, 35, 33, 30] if seat.baby else [66, 60, 50, 44, 38]
    sleeve = limb([shoulder, up, elbow, low, cuff], [w * k for w in widths])
    if near:
        ink.line(sleeve, shade(colours.dress, -0.3), 3.0, 0.55)
    ink.fill(sleeve, shade(colours.dress, 0.04) if near else shade(colours.dress, -0.24))
    if near:
        x, y = elbow
        fold = [(x - 8 * k, y - 10 * k), (x + 2 * k, y - 2 * k), (x + 6 * k, y + 10 * k)]
        ink.line(smooth_line(fold), colours.dress_dark, 3.0, 0.5)


def draw_body(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    """Draw legs, trunk and neck."""
    if pose.seat.baby:
        _draw_baby_body(ink, pose, colours, looks)
    else:
        _draw_grown_body(ink, pose, colours, looks)


def _draw_grown_body(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    b, seat = pose.breath, pose.seat
    m = 12.0 if seat.man else 0.0
    draw_far_legs(ink, pose, colours)
    waist = 8.0 if seat.man or seat.form.stage == "older" else 0.0
    trunk = body_points(
        pose, (-74, -6), (-92 - waist, -90), (-84 - m, -170 - b), (-62 - m, -236 - b), (-14 - m, -272 - b), (40, -286),
        (84 + m, -276 - b), (118 + m, -232 - 2 * b), (126 + 2 * b + m, -168), (112 + b + waist, -96),
        (104 + waist, -30), (20, 10),
    )  # fmt: skip
    path = smooth_shape(trunk)
    ink.fill(path, f"url(#{colours.name}-dress)")
    _pattern(ink, pose, colours, looks, path, 1.0)
    ink.line(smooth_line(body_points(pose, (100, -150), (96, -90), (84, -50))), colours.dress_dark, 4, 0.35)
    ink.line(smooth_line(body_points(pose, (-52, -110), (-20, -80), (4, -40))), colours.dress_dark, 4, 0.35)
    _neck(ink, pose, colours, 32 if seat.man else 27, 0.62)
    collar = body_points(pose, (-4, -280), (22, -262), (46, -256), (70, -262), (94, -278))
    ink.line(smooth_line(collar), shade(colours.dress, 0.24), 11 * seat.scale)
    if seat.form.stage == "older":  # a cardigan: its edge runs down the front
        edge = body_points(pose, (58, -258), (76, -170), (70, -90), (62, -20))
        ink.line(smooth_line(edge), shade(colours.dress, 0.3), 8 * seat.scale, 0.9)
        for y in (-200, -140, -80):
            x, at = body_points(pose, (74, y))[0]
            ink.fill(ellipse(x, at, 5 * seat.scale, 5 * seat.scale), shade(colours.dress, 0.5))
    draw_near_legs(ink, pose, colours)


def _pattern(ink: Ink, pose: Pose, colours: Palette, looks: Looks, path: str, tall: float) -> None:
    if looks.pattern == "plain":
        return
    tone = shade(colours.dress, 0.42)
    ink.clip(path)
    k = pose.seat.scale
    if looks.pattern == "stripes":
        for y in range(-262, 10, 36):
            line = body_points(pose, (-120, y * tall + 6), (20, y * tall + 16), (140, y * tall + 4))
            ink.line(smooth_line(line), tone, 9 * k, 0.7)
    else:
        for i, y in enumerate(range(-250, 10, 38)):
            for x in range(-96 + 18 * (i % 2), 130, 40):
                at = body_points(pose, (x, y * tall))[0]
                ink.fill(ellipse(*at, 6 * k, 6 * k), tone, 0.8)
    ink.unclip()


def _neck(ink: Ink, pose: Pose, colours: Palette, half: float, up: float) -> None:
    k = pose.seat.scale
    nx, ny = pose.neck
    hx, hy = pose.head
    tx, ty = nx + (hx - nx) * up - pose.seat.facing * 6 * k, ny + (hy - ny) * up
    half *= k
    path = limb([(nx, ny + half * 0.6), (nx, ny - 4 * k), (tx, ty)], [half * 2.5, half * 1.9, half * 1.75])
    ink.fill(path, colours.skin_dark)


def _draw_baby_body(ink: Ink, pose: Pose, colours: Palette, looks: Looks) -> None:
    b, seat = pose.breath, pose.seat
    draw_baby_legs(ink, pose, colours, near=False)
    long = 1.0 if seat.form.stage != "18m" else 0.94
    trunk = body_points(
        pose, (-66 * long, -4), (-78 * long - b, -60), (-62, -112 - b), (-26, -146 - b), (10, -156), (42, -148 - b),
        (68 + b, -112), (80 * long + b, -62), (66 * long, -10), (4, 10),
    )  # fmt: skip
    path = smooth_shape(trunk)
    ink.fill(path, f"url(#{colours.name}-dress)")
    _pattern(ink, pose, colours, looks, path, 0.58)
    if looks.pattern == "plain" and colours.dress != colours.skin:
        for i in range(3):
            x, y = body_points(pose, (44 + i * 4 - i * i * 1.5, -122 + i * 32))[0]
            ink.fill(ellipse(x, y, 4.6 * seat.scale, 4.6 * seat.scale), shade(colours.dress, 0.45))
    draw_baby_legs(ink, pose, colours, near=True)
    if colours.dress == colours.skin:
        return
    collar = body_points(pose, (-30, -143), (-6, -134), (18, -131), (40, -135), (58, -145))
    ink.line(smooth_line(collar), shade(colours.dress, 0.4), 9 * seat.scale)
