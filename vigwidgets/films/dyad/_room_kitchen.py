"""The kitchen."""

from __future__ import annotations

from vigwidgets.films.dyad._ink import Ink, ellipse, smooth_line
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._palette import shade
from vigwidgets.films.dyad._room import draw_floor, draw_wall, draw_window

__all__ = ["draw_kitchen"]


def draw_kitchen(ink: Ink, script: Script) -> None:
    """Draw a kitchen: cupboards, a window over the worktop, a small table."""
    front = ("#9fb3a4", "#c9b28d", "#8fa6b5", "#c7a39a", "#aab58f", "#b3a7bd", "#9db0b3")[script.seed % 7]
    draw_wall(ink, script)
    draw_window(ink)
    for y in range(330, 420, 30):
        ink.line(f"M-200 {y}H1480", "#ffffff", 2, 0.5)
    for x, w in ((-190, 200), (20, 190), (220, 190), (880, 190), (1080, 190)):
        ink.fill(f"M{x} -40h{w}v210h-{w}Z", front)
        ink.line(f"M{x + 12} -20h{w - 24}v176h-{w - 24}Z", shade(front, -0.14), 4, 0.7)
        ink.fill(ellipse(x + w - 28, 132, 6, 6), "#f0e3c8")
    ink.fill("M-200 404H1480V424H-200Z", "#e9dcc6")
    ink.fill("M-200 424H1480V516H-200Z", shade(front, -0.06))
    for x in range(-190, 1480, 170):
        ink.line(f"M{x} 434h150v76h-150Z", shade(front, -0.2), 3, 0.6)
        ink.line(f"M{x + 56} 448h38", "#f0e3c8", 5)
    ink.fill("M1010 352h70v52h-70Z", "#b7c0c2")  # a kettle, a jar, a bowl of fruit
    ink.line(smooth_line([(1020, 352), (1045, 326), (1070, 352)]), "#6f7a7d", 6)
    ink.fill("M1120 344h46v60h-46Z", "#e3bf6a", 0.9)
    ink.fill("M1116 336h54v12h-54Z", "#b98f63")
    for x, y, tone in ((330, 378, "#d98a4a"), (356, 380, "#c65a48"), (344, 364, "#9fb04e")):
        ink.fill(ellipse(x, y, 17, 16), tone)
    ink.fill("M300 384h92l-16 22h-60Z", "#7f9aa0")
    draw_floor(ink)
    _table(ink)


def _table(ink: Ink) -> None:
    ink.fill(ellipse(650, 668, 150, 16), "#3b2a22", 0.2)
    for x in (560, 728):
        ink.fill(f"M{x} 470h16l-3 196h-10Z", "#a97c52")
    ink.fill("M540 452H764V474H540Z", "#d2a873")
    ink.fill("M540 452H764V458H540Z", "#e4c08e")
