"""Things to play, eat and read with."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ink import Ink, ellipse, poly, smooth_shape
from vigwidgets.films.dyad._model import Thing
from vigwidgets.films.dyad._palette import BLOCKS, shade
from vigwidgets.films.dyad._seats import BLOCK

__all__ = ["LOW", "draw_page", "draw_thing", "draw_thing_shadow"]

Point = tuple[float, float]


LOW = {"ring": 11.0, "spoon": 11.0}
"""How far below its middle a thing ends that is not as high as a block: else it would hover over its shadow."""


def draw_thing_shadow(ink: Ink, thing: Thing, at: Point) -> None:
    """Draw the soft shadow under something that lies on the rug."""
    low = LOW.get(thing.kind, BLOCK / 2 - 1)
    ink.fill(ellipse(at[0] + 5, at[1] + low, BLOCK * 0.66, 8), "#6b3a2c", 0.22)


def draw_thing(ink: Ink, thing: Thing, at: Point, turn: float) -> None:
    """Draw a thing with its middle at ``at``, turned by ``turn`` radians."""
    colour = BLOCKS[thing.colour]
    {
        "block": _block, "rattle": _rattle, "bell": _bell, "ring": _ring, "book": _book, "toy": _toy,
        "spoon": _spoon, "cup": _cup, "ball": _ball,
    }[thing.kind](ink, at, turn, colour)  # fmt: skip


def _turned(at: Point, turn: float, *points: Point) -> list[Point]:
    c, s = math.cos(turn), math.sin(turn)
    return [(at[0] + x * c - y * s, at[1] + x * s + y * c) for x, y in points]


def _block(ink: Ink, at: Point, turn: float, colour: str) -> None:
    h = BLOCK / 2
    d = 9.0
    front = _turned(at, turn, (-h, -h + d), (h - d, -h + d), (h - d, h), (-h, h))
    top = _turned(at, turn, (-h, -h + d), (-h + d, -h), (h, -h), (h - d, -h + d))
    side = _turned(at, turn, (h - d, -h + d), (h, -h), (h, h - d), (h - d, h))
    for face, by in ((front, 0.0), (top, 0.28), (side, -0.2)):
        tone = shade(colour, by) if by else colour
        ink.fill(poly(face), tone)
        ink.line(poly(face), tone, 4.0)
    inner = _turned(at, turn, (-h + 7, -h + d + 7), (h - d - 7, -h + d + 7), (h - d - 7, h - 7), (-h + 7, h - 7))
    ink.line(poly(inner), shade(colour, 0.32), 3.0, 0.9)
    star = _turned(
        at,
        turn,
        *[
            (-4.5 + r * math.sin(i * math.pi / 5), 4.5 - r * math.cos(i * math.pi / 5))
            for i in range(10)
            for r in ((8.5 if i % 2 == 0 else 4.0),)
        ],
    )
    ink.fill(poly(star), shade(colour, 0.4))


def _rattle(ink: Ink, at: Point, turn: float, colour: str) -> None:
    # The handle is at ``at``, where a hand closes; the ball stands above it.
    lean = turn - 0.5
    low, grip, neck, ball = _turned(at, lean, (0, 24), (0, 0), (0, -16), (0, -40))
    ink.line(f"M{low[0]:.1f} {low[1]:.1f}L{neck[0]:.1f} {neck[1]:.1f}", "#f3e3c3", 10)
    ink.line(f"M{low[0]:.1f} {low[1]:.1f}L{grip[0]:.1f} {grip[1]:.1f}", shade("#f3e3c3", -0.12), 4, 0.5)
    ring = _turned(at, lean, (0, 28))[0]
    ink.line(ellipse(ring[0], ring[1], 8.5, 8.5), colour, 5.5)
    ink.fill(ellipse(ball[0], ball[1], 24, 24), colour)
    band = _turned(at, lean, (-24, -44), (0, -37), (24, -44), (23, -34), (0, -27), (-23, -34))
    ink.fill(smooth_shape(band), shade(colour, 0.62))
    for x in (-13, 0, 13):
        dot = _turned(at, lean, (x, -36.5 + abs(x) * -0.25))[0]
        ink.fill(ellipse(dot[0], dot[1], 3.4, 3.4), shade(colour, -0.1))
    light = _turned(at, lean, (-8, -54))[0]
    ink.fill(ellipse(light[0], light[1], 6, 4, lean - 0.5), "#ffffff", 0.55)


def _bell(ink: Ink, at: Point, turn: float, colour: str) -> None:
    # A hand bell: the handle is at ``at``, the dome with its clapper hangs below it.
    def there(*points: Point) -> list[Point]:
        return _turned(at, turn + 0.35, *points)

    (top, grip) = there((0, -26), (0, 8))
    ink.line(f"M{top[0]:.1f} {top[1]:.1f}L{grip[0]:.1f} {grip[1]:.1f}", "#8a5a3a", 12)
    ink.fill(ellipse(*top, 8, 8), "#8a5a3a")
    clapper = there((0, 64))[0]
    ink.fill(ellipse(*clapper, 7.5, 7.5), "#5c4a3a")
    dome = there((-8, 6), (8, 6), (20, 20), (24, 42), (38, 60), (0, 62), (-38, 60), (-24, 42), (-20, 20))
    ink.fill(smooth_shape(dome), colour)
    ink.line(poly(there((-34, 58), (34, 58))), shade(colour, -0.25), 7)
    ink.line(poly(there((-24, 44), (24, 44))), shade(colour, 0.45), 4)
    ink.line(smooth_shape(there((-12, 20), (-15, 32), (-18, 40), (-14, 32))), "#ffffff", 4, 0.5)


def _ring(ink: Ink, at: Point, turn: float, colour: str) -> None:
    # A teething ring: thick, with beads round it; the hand closes on its lower edge.
    middle = _turned(at, turn - 0.3, (0, -26))[0]
    ink.line(ellipse(*middle, 29, 29), shade(colour, -0.18), 17)
    ink.line(ellipse(*middle, 29, 29), colour, 13)
    for i in range(6):
        angle = turn + math.pi * i / 3
        x, y = middle[0] + 29 * math.cos(angle), middle[1] + 29 * math.sin(angle)
        ink.fill(ellipse(x, y, 8.5, 8.5), shade(colour, 0.5))
    ink.line(ellipse(middle[0] - 1, middle[1] - 2, 29, 29), "#ffffff", 2.5, 0.35)


def draw_page(ink: Ink, at: Point, turn: float, gone: float) -> None:
    """Draw the page of a book that is being turned, which has ``gone`` so far from right to left, 0 to 1."""
    x, high = 50 * math.cos(math.pi * gone), 30 * math.sin(math.pi * gone)
    page = _turned(at, turn, (0, -16), (x, -25 - high), (x * 1.04, 15 - high), (0, 21))
    ink.fill(poly(page), "#fffdf6" if gone < 0.5 else "#efe6d3")
    ink.line(poly(page), "#b9a58c", 2.4)


def _book(ink: Ink, at: Point, turn: float, colour: str) -> None:
    # A board book, open: two covers with pictures.
    for side in (-1, 1):
        cover = _turned(at, turn, (0, -20), (side * 56, -30), (side * 58, 20), (0, 26))
        page = _turned(at, turn, (0, -16), (side * 50, -25), (side * 52, 15), (0, 21))
        ink.fill(poly(cover), shade(colour, -0.05 if side < 0 else -0.16))
        ink.line(poly(cover), shade(colour, -0.2), 3)
        ink.fill(poly(page), "#fbf6ea")
        sun = _turned(at, turn, (side * 28, -8))[0]
        ink.fill(ellipse(*sun, 10, 9), "#e3bf6a" if side < 0 else "#8fb0bd")
        ink.line(
            smooth_shape(_turned(at, turn, (side * 12, 12), (side * 26, 4), (side * 42, 8), (side * 26, 12))),
            "#8fb184",
            5,
        )
    spine = _turned(at, turn, (0, -18), (0, 24))
    ink.line(poly(spine), shade(colour, -0.3), 4)


def _toy(ink: Ink, at: Point, turn: float, colour: str) -> None:
    # A soft rabbit.
    def part(x: float, y: float, rx: float, ry: float, tone: str, tilt: float = 0.0) -> None:
        ink.fill(ellipse(*_turned(at, turn, (x, y))[0], rx, ry, turn + tilt), tone)

    soft = shade(colour, 0.45)
    for side in (-1, 1):
        part(side * 9, -52, 7, 20, soft, side * 0.25)
        part(side * 9, -50, 3.5, 14, shade(colour, 0.7), side * 0.25)
        part(side * 15, 16, 9, 8, shade(soft, -0.08))
        part(side * 21, -4, 7, 11, soft, -side * 0.5)
    part(0, 4, 19, 21, soft)
    part(0, 8, 11, 12, shade(colour, 0.72))
    part(0, -24, 18, 16, soft)
    for side in (-1, 1):
        part(side * 7, -27, 2.2, 2.8, "#43352d")
    part(0, -21, 3.0, 2.2, shade(colour, -0.2))


def _spoon(ink: Ink, at: Point, turn: float, colour: str) -> None:
    low, neck, bowl = _turned(at, turn - 0.9, (0, 26), (0, -22), (0, -36))
    ink.line(f"M{low[0]:.1f} {low[1]:.1f}L{neck[0]:.1f} {neck[1]:.1f}", colour, 8)
    ink.fill(ellipse(*bowl, 11, 16, turn - 0.9), shade(colour, 0.1))
    ink.fill(ellipse(*bowl, 7, 11, turn - 0.9), "#f1c58a")


def _cup(ink: Ink, at: Point, turn: float, colour: str) -> None:
    body = _turned(at, turn, (-20, -22), (20, -22), (15, 24), (-15, 24))
    ink.fill(poly(body), colour)
    ink.line(poly(body), colour, 5)
    for side in (-1, 1):
        ink.line(ellipse(*_turned(at, turn, (side * 23, 0))[0], 8, 12, turn), shade(colour, -0.1), 5)
    ink.fill(poly(_turned(at, turn, (-23, -30), (23, -30), (22, -20), (-22, -20))), shade(colour, 0.4))
    ink.fill(poly(_turned(at, turn, (-6, -38), (8, -38), (8, -28), (-6, -28))), shade(colour, 0.4))


def _ball(ink: Ink, at: Point, turn: float, colour: str) -> None:
    ink.fill(ellipse(*at, 25, 25), colour)
    ink.fill(
        smooth_shape(_turned(at, turn, (-24, -4), (0, -11), (24, -4), (23, 8), (0, 3), (-23, 8))), shade(colour, 0.55)
    )
    ink.fill(ellipse(at[0] - 8, at[1] - 12, 7, 5), "#ffffff", 0.5)
