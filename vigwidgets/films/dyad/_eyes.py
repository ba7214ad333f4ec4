"""Eyes, lids and brows."""

from __future__ import annotations

import math
from collections.abc import Callable

from vigwidgets.films.dyad._ease import clamp, mix, smooth
from vigwidgets.films.dyad._forms import Form
from vigwidgets.films.dyad._ink import Ink, ellipse, smooth_line
from vigwidgets.films.dyad._palette import Palette
from vigwidgets.films.dyad._pose import Face, Pose
from vigwidgets.films.dyad._view import EyeView, HeadView, eyes_in_view

__all__ = ["draw_brows", "draw_eyes", "iris_of", "lids_of"]

Point = tuple[float, float]

_WHITE, _LASH = "#fffaf3", "#33241f"
_ROUND_EYED = 0.36
"""How much higher an eye is in full surprise."""
_ARCHED = 2.6
"""How many degrees the middle of a brow rises above its ends then."""
_RISE = 16.0
"""How many degrees brows rise in full surprise."""


def draw_eyes(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    """Draw both eyes with their lids."""
    for eye in eyes_in_view(pose, view):
        _draw_eye(ink, pose, view, eye, colours)


def _draw_eye(ink: Ink, pose: Pose, view: HeadView, eye: EyeView, colours: Palette) -> None:
    w, h = eye.half
    face, form = pose.face, pose.seat.form
    h *= 1 + _ROUND_EYED * _wide(face)
    open_, low = lids_of(face, eye)
    cx, cy = eye.centre
    c, s = math.cos(view.roll), math.sin(view.roll)

    def at(x: float, y: float) -> str:
        return f"{cx + x * c - y * s:.1f} {cy + x * s + y * c:.1f}"

    def arc(y: float) -> str:
        return f"C{at(-0.72 * w, -1.33 * h * y)} {at(0.72 * w, -1.33 * h * y)} {at(w, 0)}"

    upper = f"M{at(-w, 0)}{arc(open_)}"
    shape = f"{upper}C{at(0.72 * w, 1.33 * h * low)} {at(-0.72 * w, 1.33 * h * low)} {at(-w, 0)}Z"
    if open_ > -0.2:
        ink.fill(shape, _WHITE)
        ink.clip(shape)
        (ix, iy), across, size = iris_of(face, form, eye)
        ink.fill(ellipse(ix, iy, across, size, view.roll), f"url(#{colours.name}-iris)")
        ink.fill(ellipse(ix, iy, across * 0.56, size * 0.58, view.roll), "#1d1412")
        light = 1 - 0.55 * face.blank
        ink.fill(ellipse(ix - across * 0.3, iy - size * 0.36, across * 0.27, size * 0.27), "#ffffff", light)
        ink.fill(ellipse(ix + across * 0.34, iy + size * 0.38, across * 0.13, size * 0.13), "#ffffff", 0.75)
        ink.line(upper, "#6b4a3c", h * 0.42, 0.2)
        ink.unclip()
    _draw_lids(ink, eye, colours, (upper, open_, low), at, form)
    if face.tears > 0.05:
        # Tears that are left over when a small child no longer cries stand on one cheek: on both they would go on.
        left_over = form.baby and face.cry < 0.3 and eye.side * view.yaw > 0
        _tear(ink, eye, view, face.tears, rim=left_over)


def iris_of(face: Face, form: Form, eye: EyeView) -> tuple[Point, float, float]:
    """Return the middle of an iris, half its width and half its height, in units of the picture.

    Surprise opens the lids and not the iris: there is white all round it, on a bowed head too.
    """
    w, h = eye.half
    wide = _wide(face)
    size = h * (0.69 if form.baby else 0.7) * (1.12 if form.stage == "newborn" else 1.0) * (1 - 0.14 * wide)
    return mix(eye.iris, eye.centre, 0.3 * wide), size * clamp(w / h * 1.05, 0.72, 1.0), size


def _wide(face: Face) -> float:
    """Return how far surprise opens the eyes, 0 to 1."""
    return face.surprise**0.7 if face.surprise else 0.0


def lids_of(face: Face, eye: EyeView) -> tuple[float, float]:
    """Return where the upper and the lower lid stand: 1 open, 0 at the middle of the eye, below 0 past it."""
    # Lids follow the eyes down: who looks into their own lap shows little more than lids.
    downcast = smooth((eye.down - 0.55) / 0.4) * face.lids
    open_ = 1.0 + 0.2 * _wide(face) - 0.12 * clamp(eye.down) - 0.86 * downcast - 0.14 * face.smile - 0.3 * face.laugh
    open_ -= 0.2 * face.frown + 0.16 * face.sad + 0.34 * face.fuss
    open_ = min(open_, 1.0 - 0.25 * face.blank) if face.blank else open_
    open_ = open_ * (1 - face.blink) - 0.32 * face.blink
    # Who speaks under a smile keeps it in the cheeks; eyes as narrow as a laugh's over an open mouth would be one.
    low = (
        1.0
        - (0.34 + 0.2 * face.talk) * face.smile
        - 0.34 * face.laugh
        - 0.25 * face.frown
        - 0.4 * max(face.fuss, face.cry)
    )
    return open_, low


def _draw_lids(
    ink: Ink,
    eye: EyeView,
    colours: Palette,
    lids: tuple[str, float, float],
    at: Callable[[float, float], str],
    form: Form,
) -> None:
    w, h = eye.half
    upper, open_, low = lids
    ink.line(upper, _LASH, 3.4 if form.baby else 4.2)
    outer = eye.side
    if form.lash:
        ink.line(f"M{at(outer * w, 0)}Q{at(outer * w * 1.1, -1)} {at(outer * w * 1.24, -h * 0.26)}", _LASH, 3.2)
    crease = 1.5 if open_ > 0.3 else 1.05
    ink.line(
        f"M{at(-w * 0.8, -h * 0.62)}C{at(-w * 0.5, -h * crease)} {at(w * 0.5, -h * crease)} {at(w * 0.8, -h * 0.62)}",
        colours.skin_line, 1.8, 0.45,
    )  # fmt: skip
    if low < 0.92:
        ink.line(
            f"M{at(-w * 0.78, h * 0.55)}C{at(-w * 0.4, h * (0.55 + low * 0.5))} {at(w * 0.4, h * (0.55 + low * 0.5))} "
            f"{at(w * 0.78, h * 0.55)}",
            colours.skin_line, 2.2, clamp((1 - low) * 1.3, 0, 0.6),
        )  # fmt: skip


def _tear(ink: Ink, eye: EyeView, view: HeadView, amount: float, *, rim: bool = False) -> None:
    """Draw a tear that runs from the lower lid over the cheek, and the wet ``rim`` above it, or that alone."""
    w, h = eye.half
    c, s = math.cos(view.roll), math.sin(view.roll)

    def at(x: float, y: float) -> tuple[float, float]:
        return eye.centre[0] + x * c - y * s, eye.centre[1] + x * s + y * c

    wet = [at(-w * 0.6, h * 0.86), at(0, h * 1.04), at(w * 0.6, h * 0.86)]
    ink.line(smooth_line(wet), "#ffffff", 3.0, 0.7 * amount)
    if rim:
        return
    # A head that is bent shows little cheek; and beside the eye that is turned away there is none.
    long = h * (0.8 + 1.7 * amount) * (1 - 1.5 * clamp(view.pitch, 0.0, 0.4))
    side = eye.side * (1.0 if eye.side * view.yaw < 0.1 else -0.2)
    top, mid, low = (
        at(side * w * 0.35, h * 0.9),
        at(side * w * 0.48, h + long * 0.5),
        at(side * w * 0.5, h + long),
    )
    ink.line(smooth_line([top, mid, low]), "#ffffff", 5.4, 0.4 * amount)
    ink.line(smooth_line([top, mid, low]), "#8dbfd8", 3.0, 0.7 * amount)
    ink.fill(ellipse(*low, h * 0.22, h * 0.32, view.roll), "#9ccde4", 0.95 * amount)
    ink.fill(ellipse(low[0] - 1, low[1] - h * 0.06, h * 0.05, h * 0.08, view.roll), "#ffffff", amount)


def draw_brows(ink: Ink, pose: Pose, view: HeadView, colours: Palette) -> None:
    """Draw both brows: high in surprise, level when blank, down and together in a frown, inner ends up in sorrow."""
    face, form = pose.face, pose.seat.form
    trouble = max(face.cry, 0.9 * face.fuss)
    lift = (
        _RISE * face.surprise**0.7
        + 3.0 * face.raised
        + 2.5 * face.smile
        + 2.4 * face.round * (1 - trouble)
        + 4.0 * max(-pose.pitch, 0.0)
    )
    lift += 1.4 * face.blank - 3.4 * face.frown - 1.6 * trouble
    base = pose.seat.eye_lat + form.brow_high + lift
    inner, outer = (11.0, 29.0) if form.baby else (9.0, 35.0)
    together = (3.6 if form.baby else 3.2) * max(face.frown, trouble)
    arch, fall = (3.6, 0.2) if form.baby else (3.0, 0.4) if pose.seat.man else (4.2, 0.6)
    calm = 1 - max(0.9 * face.blank, 0.8 * face.frown, 0.6 * face.sad)
    inward = 7.0 * face.sad + 5.5 * trouble - 6.0 * face.frown
    outward = -4.2 * face.sad - 3.2 * trouble + 2.0 * face.frown
    for side in (-1, 1):
        points = []
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            high = (arch * math.sin(math.pi * (0.2 + 0.6 * share)) - fall * share * share) * calm
            high += _ARCHED * _wide(face) * (math.sin(math.pi * share) - 0.5)
            high += inward * (1 - share) ** 1.6 + outward * share**1.4
            lon = inner - together + (outer - inner + 0.5 * together) * share
            points.append(view.soft(side * lon, base + high, side * (inner + outer) / 2))
        if face.blank:
            points = view.level(points, face.blank)
        ink.line(smooth_line(points), colours.brow, form.brow[0], form.brow[1] * (1 - 0.2 * face.blank))
    _pucker(ink, pose, view, colours, base, trouble)
    _furrows(ink, view, colours, base + outer * 0.2, _wide(face) * (0.0 if form.baby else 1.0))


def _pucker(ink: Ink, pose: Pose, view: HeadView, colours: Palette, high: float, trouble: float) -> None:
    """Draw the folds between brows that are pulled together."""
    strength = max(pose.face.frown, trouble)
    if strength < 0.2:
        return
    low = -9.0 if pose.face.frown >= trouble else -4.0
    for side in (-1, 1):
        fold = [view.soft(side * 3.6, high + low, 0), view.soft(side * 2.2, high + low + 4.5, 0),
                view.soft(side * 3.2, high + low + 8.0, 0)]  # fmt: skip
        ink.line(smooth_line(fold), colours.skin_line, 2.6, 0.5 * strength)


def _furrows(ink: Ink, view: HeadView, colours: Palette, high: float, strength: float) -> None:
    """Draw the lines across a forehead whose brows have gone up."""
    if strength < 0.2:
        return
    for lift, wide in ((5.0, 20.0), (10.0, 15.0)):
        line = [view.soft(x * wide, high + lift + 1.5 * (1 - x * x), 0) for x in (-1.0, -0.4, 0.4, 1.0)]
        ink.line(smooth_line(line), colours.skin_line, 2.2, 0.5 * strength)
