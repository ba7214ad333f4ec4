"""Mouths: speech, coos, smiles, laughter, nose and cheeks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from vigwidgets.films.dyad._ease import clamp, lerp, mix
from vigwidgets.films.dyad._forms import Form
from vigwidgets.films.dyad._ink import Ink, ellipse, smooth_line, smooth_shape
from vigwidgets.films.dyad._palette import Palette, shade
from vigwidgets.films.dyad._pose import Face, Pose
from vigwidgets.films.dyad._view import HeadView

__all__ = ["draw_cheeks", "draw_lines", "draw_mouth", "draw_nose"]

_PARTED = 0.07
"""From here on lips are drawn apart."""
_BOWED = 10.0
_ROUNDED = 0.26
_VOICED = 0.46
"""How much of a smile a voice takes from the mouth."""
_SHORT = 0.9
"""How long a mouth at rest on a bowed head is, for what it is on one that is level."""
_UPRIGHT = 1.1
"""How much higher than wide the mouth of surprise is."""
_LIGHT = 0.16
"""In a beard lips are lighter than the hair, and yet no row of teeth."""


def draw_mouth(ink: Ink, pose: Pose, view: HeadView, colours: Palette, *, bearded: bool = False) -> None:
    """Draw the mouth that the face's values make; in a beard it stands on lips that are lighter than the hair."""
    face, form = pose.face, pose.seat.form
    # A voice shapes the mouth: of a smile its corners keep about half, and eyes, brows and cheeks all of it.
    felt = face.smile
    face = replace(face, smile=felt * (1 - _VOICED * face.talk))
    lips = _lips(face, form, bearded=bearded)
    # On a head that is bowed the corners come to lie low: at rest that is no sorrow.
    calm = 1 - max(face.frown, face.sad, face.fuss, face.cry, face.blank)
    lips = replace(
        lips, corner=lips.corner + _BOWED * (0.6 if form.baby else 0.22) * clamp(view.pitch, 0.0, 0.5) * calm
    )
    if lips.open < _PARTED:
        _closed_mouth(ink, view, colours, lips, face, form, bearded=bearded)
    else:
        _open_mouth(ink, view, colours, lips, face, form, bearded=bearded)
    if felt > 0.15 and not bearded:
        for x, y in ((-lips.wide, lips.corner), (lips.wide, lips.corner)):
            fold = [view.soft(x * 1.04, y - 2.5, 0), view.soft(x * 1.13, y, 0), view.soft(x * 1.06, y + 3.0, 0)]
            ink.line(smooth_line(fold), colours.skin_line, 2.4, (0.55 + 0.3 * face.talk) * felt)


@dataclass(frozen=True)
class _Lips:
    """The form of a mouth, in degrees on the head.

    Attributes:
        wide: Half its width.
        corner: How high the corners are.
        middle: How high the middle of the closed lips is.
        top: How high the upper lip's edge is when it is open.
        bottom: How low the lower lip's edge is.
        open: How far it is open, 0 to 1.
        square: How far trouble makes it a square that is turned down, 0 to 1.
        curl: How far the upper edge rises toward the corners.
    """

    wide: float
    corner: float
    middle: float
    top: float
    bottom: float
    open: float
    square: float
    curl: float


def _lips(face: Face, form: Form, *, bearded: bool) -> _Lips:
    lat, usual = form.mouth
    trouble = max(face.cry, face.fuss)
    wide = usual * (1 + 0.38 * face.smile + 0.1 * face.laugh) * (1 - 0.5 * face.round)
    # A small child's voice without words makes a round of it: the narrower the rounder.
    wide *= 1 - (_ROUNDED * face.round * face.talk if form.baby else 0.0)
    wide *= (1 - 0.14 * face.talk) * (1 + 0.2 * trouble) * (1 - 0.24 * face.frown) * (1 - 0.1 * face.blank)
    low = max(face.frown, face.sad, trouble, face.blank)
    # A grown mouth at rest is straight: raised corners would be a faint smile.
    up = (
        (1.4 if form.baby else 0.5) * (1 - low)
        + (7.0 if form.baby else 8.6) * face.smile
        - 7.0 * face.sad
        - 6.0 * trouble
        - 0.6 * face.frown
    )
    open_ = clamp(face.open * (1.15 if bearded else 1.0))
    deep = (21.0 if form.baby else 20.0) * (1 - 0.1 * face.round)
    top = lat + 1.5 + open_ * (3.0 + 4.0 * face.round) - 2.2 * face.smile
    bottom = lat - 1.0 - open_ * deep - 3.6 * face.smile
    corner = lerp(
        lat + up,
        (top + bottom) / 2,
        clamp(1.1 * face.round) * (1 - trouble) * (1 - face.smile) if open_ >= _PARTED else 0.0,
    )
    return _Lips(
        wide=wide,
        corner=corner,
        middle=lat - 4.6 * face.smile + 3.4 * face.sad + 3.0 * trouble,
        top=top,
        bottom=bottom,
        curl=(up * 0.34) * (1 - trouble) * (1 - face.round),
        open=open_,
        square=trouble,
    )


def _closed_mouth(
    ink: Ink, view: HeadView, colours: Palette, lips: _Lips, face: Face, form: Form, *, bearded: bool
) -> None:
    wide, sag = lips.wide, lips.middle
    curve = [
        view.soft(wide * u, sag + (lips.corner - sag) * abs(u) ** 2.2, 0)
        for u in (-1.0, -0.82, -0.58, -0.3, 0.0, 0.3, 0.58, 0.82, 1.0)
    ]
    if face.blank:
        curve = view.level(curve, face.blank)
    curve = straight(curve, _rests(face, view))
    if not form.baby:
        under = [view.soft(u * wide, sag - 8.6 + 8 * u * u, 0) for u in (-0.36, 0.0, 0.36)]
        ink.line(smooth_line(under), colours.skin_line, 2.6, 0.3)
    if bearded:
        ink.line(smooth_line(curve), shade(colours.mouth, _LIGHT), form.lips * 2.2, 0.75)
        ink.line(smooth_line(curve), "#6f2430", form.lips)
    else:
        ink.line(smooth_line(curve), colours.mouth, form.lips * (1 + 0.25 * face.frown))
    if face.frown > 0.2:  # lips pressed: they bulge a little above and below, and the corners are tucked in
        for far in (4.6, -5.2):
            press = [view.soft(u * wide, sag + far * (1 - 0.5 * u * u), 0) for u in (-0.7, 0.0, 0.7)]
            ink.line(smooth_line(press), colours.skin_line, 2.2, 0.55 * face.frown)
        for side in (-1, 1):
            tuck = [view.soft(side * wide * 1.12, sag + y, 0) for y in (3.5, 0.0, -4.5)]
            ink.line(smooth_line(tuck), colours.skin_line, 2.4, 0.7 * face.frown)


def _rests(face: Face, view: HeadView) -> float:
    """Return how far a closed mouth is at rest on a bowed head, 0 to 1: there it tells neither pleasure nor sorrow."""
    told = max(2.5 * face.smile, face.laugh, face.frown, face.sad, face.fuss, face.cry, face.surprise)
    return clamp(view.pitch / 0.2) * clamp(1 - told)


def straight(curve: list[tuple[float, float]], amount: float) -> list[tuple[float, float]]:
    """Return a line of points, ``amount`` of the way (0 to 1) to a straight and slightly shorter one between its ends.

    A bow draws the corners of a mouth up in the picture, which would be a faint smile.
    """
    (ax, ay), (bx, by) = curve[0], curve[-1]
    low = sum(y for _, y in curve) / len(curve) - (ay + by) / 2
    last, made = len(curve) - 1, []
    for i, point in enumerate(curve):
        w = 0.5 + (i / last - 0.5) * _SHORT
        made.append(mix(point, (ax + (bx - ax) * w, ay + (by - ay) * w + low), amount))
    return made


def _open_mouth(
    ink: Ink, view: HeadView, colours: Palette, lips: _Lips, face: Face, form: Form, *, bearded: bool
) -> None:
    wide, top, bottom, square, smile = lips.wide, lips.top, lips.bottom, lips.square, face.smile
    high, low = 0.5 + 0.24 * square, 0.68 + 0.2 * square
    under = bottom + 0.3 * (1 - 0.8 * square) * (lips.corner - bottom)
    left, *others, right = [
        view.soft(x, y, 0)
        for x, y in (
            (-wide, lips.corner),
            (-wide * high, top + lips.curl),
            (0, top),
            (wide * high, top + lips.curl),
            (wide * low, under),
            (0, bottom + 1.5 * square),
            (-wide * low, under),
            (wide, lips.corner),
        )
    ]
    edge = [left, *others[:3], right, *others[3:]]
    if form.baby:
        edge = _evened(edge, view.roll, face.round * face.talk * min(lips.open / 0.3, 1.0))
    struck = face.surprise > 0.3 and face.talk < 0.5
    if struck:
        edge = _evened(edge, 0.0, face.surprise, tall=_UPRIGHT)
    outline = smooth_shape(edge)
    if bearded:
        ink.line(outline, colours.skin, form.lips * 3.2, 0.8)
    ink.fill(outline, "#571722" if bearded else "#6a202c")
    ink.clip(outline)
    tongue = view.soft(0, bottom + 0.5, 0)
    size = view.radius[0] * math.sin(math.radians(wide))
    high_tongue = size * (0.26 + 0.2 * lips.open) * (1 - 0.5 * face.talk)
    # A mouth that surprise has opened is a dark round: tongue and teeth are speech's, or a laugh's.
    # So is that of a voice without words: gums that show would be the square mouth of trouble.
    struck = struck or (form.baby and face.round > 0.5 and face.talk > 0.3)
    if not struck:
        ink.fill(ellipse(tongue[0], tongue[1], size * 0.7, high_tongue, view.roll), "#d9757a")
    if form.teeth < 2 and not struck:
        _gums(ink, view, lips, size, smile, form)
    elif not struck:
        short = teeth_of(face, lips.open)
        side, mid = (1.5 + 2 * smile) * short, (3.4 + 2.5 * smile) * short
        row = ((-1, lips.corner + 3), (0, top + 3), (1, lips.corner + 3), (0.8, top - side), (0, top - mid),
                (-0.8, top - side))  # fmt: skip
        ink.fill(smooth_shape([view.soft(wide * x, y, 0) for x, y in row]), "#fffaf2")
    ink.unclip()
    ink.line(outline, colours.mouth, form.lips * 0.9)


def teeth_of(face: Face, opened: float) -> float:
    """Return how much of the upper teeth is seen, 0 to 1, in a mouth ``opened`` so far: of a speaker's little."""
    return (1 - (0.9 - 0.5 * opened) * face.talk) * (1 - 0.5 * face.round)


def _evened(
    edge: list[tuple[float, float]], roll: float, amount: float, tall: float = 0.8
) -> list[tuple[float, float]]:
    """Return the eight points of an open mouth, ``amount`` of the way to an even round about their middle.

    It is at least ``tall`` times as high as it is wide. On a head that is bowed and turned the round of a sound would
    hang to one side, as the mouth does in trouble.
    """
    cx, cy = sum(x for x, _ in edge) / 8, sum(y for _, y in edge) / 8
    rx = math.dist(edge[0], edge[4]) / 2
    ry = max(math.dist(edge[2], edge[6]) / 2, tall * rx)
    c, s = math.cos(roll), math.sin(roll)
    even = []
    for k in range(8):
        x, y = -rx * math.cos(k * math.pi / 4), -ry * math.sin(k * math.pi / 4)
        even.append((cx + x * c - y * s, cy + x * s + y * c))
    return [mix(old, new, min(1.2 * amount, 1.0)) for old, new in zip(edge, even, strict=True)]


def _gums(ink: Ink, view: HeadView, lips: _Lips, size: float, smile: float, form: Form) -> None:
    s = view.radius[0] / 94.0
    gum = view.soft(0, lips.top + 1.0, 0)
    ink.fill(ellipse(gum[0], gum[1] - 1, size * 0.85, (6.0 + 3 * smile) * s, view.roll), "#eea09c")
    if lips.open > 0.3 and form.teeth:
        for side in (-3.1, 3.1):
            tooth = view.soft(side, lips.bottom + 6.5, 0)
            ink.fill(ellipse(tooth[0], tooth[1], 3.4 * s, 4.2 * s, view.roll), "#fffdf6")


def draw_nose(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    """Draw the nose: a button, or a line with a tip that leads the turn of the head."""
    form = pose.seat.form
    s = view.radius[0] / 94.0
    side = clamp(view.yaw / 0.2, -1.0, 1.0)
    if form.nose in ("button", "small"):
        k = s * (1.0 if form.nose == "button" else 0.86)
        tip = view.at(0, -16, 1.07)
        ink.fill(ellipse(tip[0], tip[1], 11.5 * k, 9.0 * k, view.roll), colours.skin_dark, 0.55)
        ink.fill(
            ellipse(tip[0] - side * 1.5, tip[1] - 2.2 * k, 9.0 * k, 6.6 * k, view.roll), f"url(#{colours.name}-skin)"
        )
        a, b, c = view.at(-6.5 * k, -18, 1.05), view.at(0, -21.5, 1.06), view.at(6.5 * k, -18, 1.05)
        ink.line(smooth_line([a, b, c]), colours.skin_line, 2.6, 0.6)
        return
    wide, long = {"broad": (1.35, -1.5), "long": (1.1, -2.5)}.get(form.nose, (1.0, 0.0))
    bridge, mid, tip = view.at(side * 4, -5, 1.02), view.at(side * 2.5, -11, 1.1), view.at(side, -17 + long, 1.16)
    under, wing = view.at(-side * 2 * wide, -21 + long, 1.1), view.at(-side * 8 * wide, -19.5 + long, 1.02)
    ink.fill(smooth_shape([mid, tip, under, wing, view.at(-side * 5 * wide, -15, 1.02)]), colours.skin_dark, 0.4)
    ink.line(smooth_line([bridge, mid, tip, under]), colours.skin_line, 2.8, 0.5 * min(abs(side) * 2, 1.0))
    ink.line(smooth_line([under, view.at(-side * 6 * wide, -22 + long, 1.05), wing]), colours.skin_line, 2.6, 0.5)
    if abs(side) < 0.8:  # from the front: the base of the nose, and both wings
        front = 1 - abs(side)
        base = [view.at(-7 * wide, -18 + long, 1.04), view.at(-3, -21.5 + long, 1.06), view.at(3, -21.5 + long, 1.06),
                view.at(7 * wide, -18 + long, 1.04)]  # fmt: skip
        ink.line(smooth_line(base), colours.skin_line, 2.6, 0.5 * front)
    if form.nose == "broad":
        out = view.at(-side * 10.5, -19 + long, 1.03)
        ink.fill(ellipse(out[0], out[1], 5.5 * s, 5.0 * s, view.roll), colours.skin_dark, 0.5)
    light = view.at(side * -1.5, -13, 1.12)
    ink.fill(ellipse(light[0], light[1], 4.0 * s, 5.0 * s, view.roll), "#fff6ea", 0.2)


def draw_cheeks(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    """Draw the blush, which a smile lifts and rounds; and the lines of an older face."""
    face, form = pose.face, pose.seat.form
    s = view.radius[0] / 94.0
    lon, lat, size = (41.0, -25.0, 27.0) if form.baby else (38.0, -23.0, 24.0)
    pale = (1.0 if not pose.seat.man else 0.6) * (1 - 0.85 * face.blank)
    for side in (-1, 1):
        angle = math.radians(side * lon) + view.yaw
        if abs(angle) > 1.45:
            continue
        x, y = view.at(side * lon, lat + 5.0 * face.smile)
        strength = (0.75 + 0.25 * max(face.smile, face.cry, face.fuss)) * pale
        across = size * (1 + 0.14 * face.smile + 0.2 * max(face.cry, face.fuss)) * max(math.cos(angle), 0.35) * s
        ink.fill(ellipse(x, y, across, size * 0.8 * s, view.roll), f"url(#{colours.name}-blush)", strength)


def draw_lines(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    """Draw the lines of an older face; a smile deepens those about eyes and mouth."""
    lines, smile = pose.seat.form.lines, pose.face.smile
    if not lines:
        return
    high = pose.seat.eye_lat
    for side in (-1, 1):
        fold = [view.rim(side * 13, -21), view.rim(side * 21, -29 + 2 * smile), view.rim(side * 24, -37)]
        ink.line(smooth_line(fold), colours.skin_line, 2.4, (0.26 + 0.24 * smile) * lines)
        for lift in (-3.0, 1.0, 5.0):
            foot = [view.rim(side * 37, high + lift * 0.5), view.rim(side * 43, high + lift * 1.5)]
            ink.line(smooth_line(foot), colours.skin_line, 2.0, (0.18 + 0.37 * smile) * lines)
        under = [view.rim(side * 13, high - 13), view.rim(side * 22, high - 16), view.rim(side * 31, high - 12)]
        ink.line(smooth_line(under), colours.skin_line, 2.0, 0.22 * lines)
    for lat in (37.0, 42.0):
        brow = [view.rim(-20, lat - 1), view.rim(-8, lat), view.rim(8, lat), view.rim(20, lat - 1)]
        ink.line(smooth_line(brow), colours.skin_line, 1.8, 0.2 * lines)
