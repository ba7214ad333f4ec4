"""What tells a guest from the family: a badge on a ribbon, and the bag that a visitor has put down."""

from __future__ import annotations

from vigwidgets.films.dyad._ink import Ink, ellipse, poly, smooth_line, smooth_shape
from vigwidgets.films.dyad._legs import body_points
from vigwidgets.films.dyad._model import Person
from vigwidgets.films.dyad._pose import Pose, Seat

__all__ = ["draw_badge", "draw_bag", "wears_badge"]

_RIBBON, _CARD, _INK = "#2f6f9f", "#fdfbf5", "#8796a3"
_BAG, _DARK = "#8a5a3c", "#5f3b27"
_GUESTS = frozenset({"visitor", "worker"})


def wears_badge(person: Person) -> bool:
    """Whether somebody is at work here, and no part of the family."""
    return person.grown and person.role in _GUESTS | {"guider"}


def draw_badge(ink: Ink, pose: Pose) -> None:
    """Draw a badge with a small portrait, on a ribbon round the neck of a grown person's trunk."""
    k = pose.seat.scale
    for side in (6, 88):
        ink.line(smooth_line(body_points(pose, (side, -268), (side * 0.6 + 32, -226), (82, -190))), _RIBBON, 6.5 * k)
    card = body_points(pose, (60, -192), (104, -190), (102, -128), (58, -130))
    ink.line(poly(card), _INK, 3.0 * k, 0.8)
    ink.fill(poly(card), _CARD)
    ink.fill(poly(body_points(pose, (60, -192), (104, -190), (103.6, -178), (59.6, -180))), _RIBBON)
    (hx, hy), (bx, by) = body_points(pose, (81, -164), (80, -149))
    ink.fill(ellipse(hx, hy, 7 * k, 7.6 * k), _INK)
    ink.fill(ellipse(bx, by, 11 * k, 6 * k), _INK)
    ink.line(smooth_line(body_points(pose, (67, -138), (94, -137))), _INK, 2.6 * k)


def draw_bag(ink: Ink, person: Person, seat: Seat) -> None:
    """Draw the bag of a guest on the floor behind them."""
    if person.role not in _GUESTS or not person.grown or seat.posture not in ("floor", "chair") or seat.holds:
        return
    k = seat.scale
    low = seat.hip[1] + (172 if seat.posture == "chair" else 22) * k
    x = seat.hip[0] - seat.facing * (150 if seat.posture == "chair" else 128) * k
    wide, high = 50 * k, 78 * k
    ink.fill(ellipse(x, low, wide * 1.15, 7 * k), "#000000", 0.14)
    grip = [(x - 22 * k, low - high), (x - 18 * k, low - high - 34 * k), (x + 18 * k, low - high - 34 * k),
            (x + 22 * k, low - high)]  # fmt: skip
    ink.line(smooth_line(grip), _DARK, 6 * k)
    body = [(x - wide, low - 6 * k), (x - wide * 0.86, low - high), (x + wide * 0.86, low - high),
            (x + wide, low - 6 * k), (x, low + 2 * k)]  # fmt: skip
    ink.fill(smooth_shape(body, 0.5), _BAG)
    flap = [(x - wide * 0.9, low - high), (x + wide * 0.9, low - high), (x + wide * 0.8, low - high * 0.55),
            (x, low - high * 0.42), (x - wide * 0.8, low - high * 0.55)]  # fmt: skip
    ink.fill(smooth_shape(flap, 0.5), _DARK, 0.55)
    ink.fill(ellipse(x, low - high * 0.45, 4.5 * k, 4.5 * k), "#d9b36a")
