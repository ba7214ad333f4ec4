"""Blocks and rattle."""

from __future__ import annotations

import math

from vigwidgets.films.dyad._ink import Ink, ellipse, poly, smooth_shape
from vigwidgets.films.dyad._model import Thing
from vigwidgets.films.dyad._palette import BLOCKS, shade
from vigwidgets.films.dyad._seats import BLOCK

__all__ = ["draw_thing", "draw_thing_shadow"]

Point = tuple[float, float]


def draw_thing_shadow(ink: Ink, at: Point) -> None:
    """Draw the soft shadow under something that lies on the rug."""
    ink.fill(ellipse(at[0] + 5, at[1] + BLOCK / 2 - 1, BLOCK * 0.66, 8), "#6b3a2c", 0.22)


def draw_thing(ink: Ink, thing: Thing, at: Point, turn: float) -> None:
    """Draw a thing with its middle at ``at``, turned by ``turn`` radians."""
    colour = BLOCKS[thing.colour]
    if thing.kind == "block":
        _block(ink, at, turn, colour)
    else:
        _rattle(ink, at, turn, colour)


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
