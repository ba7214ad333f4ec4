"""What people sit or lie on, drawn with them: bouncer, high chair, changing mat, chair, bath; and their shadows."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ink import Ink, ellipse, limb, smooth_line, smooth_shape
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._palette import shade
from vigwidgets.films.dyad._pose import Seat

__all__ = ["draw_furniture"]

_WOOD = "#c79a68"


def draw_furniture(ink: Ink, script: Script, seat: Seat, *, front: bool, lap: bool = False) -> None:
    """Draw what belongs to a seat: behind the person, or, with ``front``, before them."""
    if seat.posture == "tray":
        (_high_chair_front if front else _high_chair)(ink, seat)
    elif lap:
        return
    elif front:
        if script.scene == "bath" and seat.baby:
            _tub(ink, seat)
    elif seat.posture == "recline":
        (_mat if seat.tilt > 1.1 else _bouncer)(ink, seat)
    elif seat.posture == "chair":
        if script.scene == "kitchen":
            _chair(ink, seat)
    else:
        _shadow(ink, seat)


def _shadow(ink: Ink, seat: Seat) -> None:
    x, y = seat.hip
    if seat.posture == "stand":
        long = {"18m": 116.0, "5y": 385.0, "8y": 418.0, "older": 434.0}.get(seat.form.stage, 420.0)
        ink.fill(
            ellipse(x + 10 * seat.facing, y + (long + 8) * seat.scale, 86 * seat.scale, 14 * seat.scale),
            "#6b3a2c",
            0.24,
        )
    elif seat.baby:
        ink.fill(ellipse(x - 15, y + 22 * seat.scale, 190 * seat.scale, 26 * seat.scale), "#6b3a2c", 0.2)
    else:
        ink.fill(ellipse(x - 18 * seat.facing, y + 28 * seat.scale, 250 * seat.scale, 34 * seat.scale), "#6b3a2c", 0.2)


def _bouncer(ink: Ink, seat: Seat) -> None:
    (x, y), k, f = seat.hip, seat.scale, seat.facing
    c, s = math.sin(seat.tilt), math.cos(seat.tilt)

    def at(along: float, out: float) -> tuple[float, float]:
        """A point along the back from the hips, and out behind it."""
        return x - f * (along * c + out * s) * k, y - (along * s - out * c) * k

    ink.fill(ellipse(x - f * 60 * k, y + 66 * k, 190 * k, 20 * k), "#6b3a2c", 0.22)
    frame = [(x + f * 120 * k, y + 62 * k), (x - f * 60 * k, y + 68 * k), (x - f * 200 * k, y + 56 * k)]
    ink.line(smooth_line(frame), "#b9a58c", 11 * k)
    ink.line(smooth_line([frame[2], at(170, 50), at(250, 40)]), "#b9a58c", 9 * k)
    shell = [
        at(-6, 64),
        at(100, 66),
        at(220, 46),
        at(276, 20),
        at(250, -4),
        at(100, 8),
        at(0, 0),
        (x + f * 96 * k, y - 6 * k),
        (x + f * 124 * k, y + 26 * k),
        (x + f * 70 * k, y + 60 * k),
    ]
    ink.fill(smooth_shape(shell), "#8fa9a6")
    inner = [at(10, 40), at(120, 44), at(230, 30), at(240, 8), at(100, 14), at(8, 14)]
    ink.fill(smooth_shape(inner), "#c9d8d2")


def _mat(ink: Ink, seat: Seat) -> None:
    (x, y), k, f = seat.hip, seat.scale, seat.facing
    mat = [
        (x + f * 150 * k, y + 36 * k),
        (x + f * 120 * k, y + 78 * k),
        (x - f * 120 * k, y + 86 * k),
        (x - f * 330 * k, y + 74 * k),
        (x - f * 342 * k, y + 34 * k),
        (x - f * 120 * k, y + 18 * k),
    ]
    ink.fill(smooth_shape([(px + 4, py + 12) for px, py in mat], 0.8), "#6b3a2c", 0.2)
    ink.fill(smooth_shape(mat, 0.8), "#f1e7d6")
    ink.line(smooth_shape(mat, 0.8), "#c9b89c", 4, 0.8)
    rim = [(px * 0.93 + (x - f * 100 * k) * 0.07, py * 0.93 + (y + 52 * k) * 0.07) for px, py in mat]
    ink.line(smooth_shape(rim, 0.8), "#9fbcc0", 5, 0.8)
    for i in range(5):
        ink.fill(ellipse(x + f * (90 - 90 * i) * k, y + 66 * k, 7 * k, 5 * k), "#d9a595", 0.8)


def _chair(ink: Ink, seat: Seat) -> None:
    (x, y), k, f = seat.hip, seat.scale, seat.facing
    ink.fill(ellipse(x + f * 40 * k, y + 156 * k, 150 * k, 15 * k), "#3b2a22", 0.22)
    for dx in (-96, 60):
        ink.line(f"M{x + f * dx * k:.1f} {y + 16 * k:.1f}V{y + 150 * k:.1f}", shade(_WOOD, -0.18), 13 * k)
    ink.line(f"M{x - f * 98 * k:.1f} {y + 20 * k:.1f}L{x - f * 116 * k:.1f} {y - 200 * k:.1f}", _WOOD, 14 * k)
    for up in (186, 130):
        ink.line(f"M{x - f * 114 * k:.1f} {y - up * k:.1f}L{x - f * 60 * k:.1f} {y - (up + 6) * k:.1f}", _WOOD, 17 * k)
    ink.fill(
        smooth_shape(
            [
                (x - f * 112 * k, y + 2 * k),
                (x + f * 96 * k, y + 2 * k),
                (x + f * 96 * k, y + 24 * k),
                (x - f * 112 * k, y + 24 * k),
            ],
            0.5,
        ),
        _WOOD,
    )


def _high_chair(ink: Ink, seat: Seat) -> None:
    (x, y), k, f = seat.hip, seat.scale, seat.facing
    floor = 648.0
    ink.fill(ellipse(x, floor + 4, 170 * k, 16), "#3b2a22", 0.22)
    for top, foot in ((-70, -128), (70, 122)):
        leg = limb([(x + f * top * k, y + 6), (x + f * foot * k, floor)], [20 * k, 15 * k])
        ink.fill(leg, shade(_WOOD, -0.16))
    back = [
        (x - f * 112 * k, y - 176 * k),
        (x - f * 60 * k, y - 186 * k),
        (x - f * 40 * k, y - 60 * k),
        (x - f * 44 * k, y + 14 * k),
        (x - f * 100 * k, y + 14 * k),
        (x - f * 112 * k, y - 60 * k),
    ]
    ink.fill(smooth_shape(back, 0.7), shade(_WOOD, 0.1))
    ink.fill(
        smooth_shape(
            [
                (x - f * 100 * k, y - 4 * k),
                (x + f * 88 * k, y - 4 * k),
                (x + f * 84 * k, y + 22 * k),
                (x - f * 96 * k, y + 22 * k),
            ],
            0.6,
        ),
        _WOOD,
    )
    ink.line(f"M{x - f * 110 * k:.0f} {y + 104 * k:.0f}H{x + f * 104 * k:.0f}", shade(_WOOD, -0.1), 12 * k)


def _high_chair_front(ink: Ink, seat: Seat) -> None:
    (x, y), k, f = seat.hip, seat.scale, seat.facing
    ink.fill(limb([(x - f * 66 * k, y - 44 * k), (x + f * 20 * k, y - 48 * k)], [16 * k, 16 * k]), shade(_WOOD, -0.06))
    tray = [
        (x + f * 8 * k, y - 62 * k),
        (x + f * 90 * k, y - 70 * k),
        (x + f * 168 * k, y - 62 * k),
        (x + f * 174 * k, y - 44 * k),
        (x + f * 92 * k, y - 34 * k),
        (x + f * 6 * k, y - 40 * k),
    ]
    ink.fill(smooth_shape(tray, 0.8), "#f6efe2")
    ink.line(smooth_line([tray[5], tray[4], tray[3]]), "#cdbb9d", 5, 0.9)


def _tub(ink: Ink, seat: Seat) -> None:
    (x, y), k = seat.hip, seat.scale
    tub = [
        (x - 210 * k, y - 78 * k),
        (x - 20, y - 66 * k),
        (x + 170 * k, y - 78 * k),
        (x + 176 * k, y - 20 * k),
        (x + 130 * k, y + 44 * k),
        (x - 20, y + 52 * k),
        (x - 168 * k, y + 44 * k),
        (x - 216 * k, y - 20 * k),
    ]
    ink.fill(ellipse(x - 20, y + 50 * k, 190 * k, 14), "#3b4a4c", 0.24)
    ink.fill(smooth_shape(tub, 0.8), "#f7f7f2")
    ink.line(smooth_line([tub[0], tub[1], tub[2]]), "#ffffff", 13 * k)
    ink.line(
        smooth_line([(x - 196 * k, y - 30 * k), (x - 20, y - 16 * k), (x + 158 * k, y - 30 * k)]), "#a9cdd6", 6 * k, 0.7
    )
    for dx, r in ((-120, 15), (-96, 20), (-70, 13), (60, 16), (84, 12)):
        ink.fill(ellipse(x + dx * k, y - 74 * k, r * k, r * 0.8 * k), "#ffffff", 0.92)
        ink.line(ellipse(x + dx * k, y - 74 * k, r * k, r * 0.8 * k), "#bcd9e0", 2, 0.6)
