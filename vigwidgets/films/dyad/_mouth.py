"""Mouths: speech, coos, smiles, laughter, nose and cheeks."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ease import clamp
from vigwidgets.films.dyad._forms import Form
from vigwidgets.films.dyad._ink import Ink, ellipse, smooth_line, smooth_shape
from vigwidgets.films.dyad._palette import Palette
from vigwidgets.films.dyad._pose import Pose
from vigwidgets.films.dyad._view import HeadView

__all__ = ["draw_cheeks", "draw_lines", "draw_mouth", "draw_nose"]

Point = tuple[float, float]


def draw_mouth(ink: Ink, pose: Pose, view: HeadView, colours: Palette, *, bearded: bool = False) -> None:
    """Draw the mouth that the face's values make; in a beard it stands on lips that are lighter than the hair."""
    face, form = pose.face, pose.seat.form
    lat, usual = form.mouth
    wide = usual * (1 + 0.38 * face.smile + 0.1 * face.laugh) * (1 - 0.45 * face.round)
    up = 2.4 * (1 - face.frown) + 7.0 * face.smile - 6.0 * face.frown - 3.0 * face.cry - 2.2 * face.blank
    wide *= (1 + 0.3 * face.cry) * (1 - 0.08 * face.blank)
    open_ = clamp(face.open)
    top = lat + 1.5 + open_ * (3.0 + 2.0 * face.round) - 2.2 * face.smile
    bottom = lat - 1.0 - open_ * (19.0 if form.baby else 17.0) * (1 - 0.15 * face.round) - 3.6 * face.smile
    left, right = (-wide, lat + up), (wide, lat + up)
    if open_ < 0.07:
        sag = lat - 4.6 * face.smile + 4.5 * face.frown
        curve = [
            view.rim(wide * u, sag + (left[1] - sag) * abs(u) ** 2.2)
            for u in (-1.0, -0.82, -0.58, -0.3, 0.0, 0.3, 0.58, 0.82, 1.0)
        ]
        if not form.baby:
            under = [view.rim(-wide * 0.36, sag - 7.5), view.rim(0, sag - 8.6), view.rim(wide * 0.36, sag - 7.5)]
            ink.line(smooth_line(under), colours.skin_line, 2.6, 0.3)
        if bearded:
            ink.line(smooth_line(curve), colours.skin, form.lips * 3.0, 0.6)
            ink.line(smooth_line(curve), "#6f2430", form.lips)
        else:
            ink.line(smooth_line(curve), colours.mouth, form.lips)
    else:
        _open_mouth(ink, view, colours, (left, right, top, bottom, wide, up), open_, face.smile, form)
    if face.smile > 0.15 and not bearded:
        for x, y in (left, right):
            a, b = view.rim(x * 1.04, y - 2.5), view.rim(x * 1.06, y + 3.0)
            ink.line(smooth_line([a, view.rim(x * 1.13, y), b]), colours.skin_line, 2.4, 0.55 * face.smile)


def _open_mouth(
    ink: Ink,
    view: HeadView,
    colours: Palette,
    shape: tuple[Point, Point, float, float, float, float],
    open_: float,
    smile: float,
    form: Form,
) -> None:
    left, right, top, bottom, wide, up = shape
    corner = 0.34 * up
    outline = smooth_shape(
        [
            view.rim(*left),
            view.rim(-wide * 0.5, top + corner),
            view.rim(0, top),
            view.rim(wide * 0.5, top + corner),
            view.rim(*right),
            view.rim(wide * 0.68, bottom + 0.3 * (right[1] - bottom)),
            view.rim(0, bottom),
            view.rim(-wide * 0.68, bottom + 0.3 * (left[1] - bottom)),
        ]
    )
    ink.fill(outline, "#6f2430")
    ink.clip(outline)
    tongue = view.rim(0, bottom + 1.0)
    size = view.radius[0] * math.sin(math.radians(wide))
    ink.fill(ellipse(tongue[0], tongue[1], size * 0.72, size * (0.34 + 0.2 * open_), view.roll), "#d9757a")
    s = view.radius[0] / 94.0
    if form.teeth < 2:
        gum = view.rim(0, top + 1.0)
        ink.fill(ellipse(gum[0], gum[1] - 1, size * 0.85, (6.0 + 3 * smile) * s, view.roll), "#eea09c")
        if open_ > 0.3 and form.teeth:
            for side in (-3.1, 3.1):
                tooth = view.rim(side, bottom + 6.5)
                ink.fill(ellipse(tooth[0], tooth[1], 3.4 * s, 4.2 * s, view.roll), "#fffdf6")
    else:
        teeth = [
            view.rim(-wide, left[1] + 3),
            view.rim(0, top + 3),
            view.rim(wide, right[1] + 3),
            view.rim(wide * 0.8, top - 1.5 - 2 * smile),
            view.rim(0, top - 4 - 2.5 * smile),
            view.rim(-wide * 0.8, top - 1.5 - 2 * smile),
        ]
        ink.fill(smooth_shape(teeth), "#fffaf2")
    ink.unclip()
    ink.line(outline, colours.mouth, form.lips * 0.9)


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
    pale = (1.0 if not pose.seat.man else 0.6) * (1 - 0.75 * face.blank)
    for side in (-1, 1):
        angle = math.radians(side * lon) + view.yaw
        if abs(angle) > 1.45:
            continue
        x, y = view.at(side * lon, lat + 5.0 * face.smile)
        strength = (0.75 + 0.25 * max(face.smile, face.cry)) * pale
        across = size * (1 + 0.14 * face.smile + 0.2 * face.cry) * max(math.cos(angle), 0.35) * s
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
