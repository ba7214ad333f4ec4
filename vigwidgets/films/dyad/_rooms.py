"""The rooms of all scenes; what does not move is drawn once for a shot."""

from __future__ import annotations

from vigwidgets.films.dyad._ink import Ink, ellipse, smooth_shape
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._palette import shade
from vigwidgets.films.dyad._room import draw_floor, draw_living_room, draw_wall, draw_window, tint_of
from vigwidgets.films.dyad._room_kitchen import draw_kitchen
from vigwidgets.films.dyad._spots import NURSERY_WINDOW

__all__ = ["draw_room", "draw_sofa"]


def draw_room(ink: Ink, script: Script) -> None:
    """Draw everything of a script's scene that does not move."""
    match script.scene:
        case "kitchen":
            draw_kitchen(ink, script)
        case "sofa":
            draw_wall(ink, script)
            draw_window(ink)
            _frames(ink, 940)
            draw_floor(ink)
            _lamp(ink, 1150)
            draw_sofa(ink, 70, 1110, script)
        case "review":
            draw_wall(ink, script)
            _frames(ink, 556)
            draw_floor(ink)
            draw_sofa(ink, 20, 400, script)
            draw_sofa(ink, 880, 1260, script)
        case "changing":
            draw_wall(ink, script)
            _cot(ink)
            _mobile(ink)
            draw_floor(ink)
            _rug_of(ink, script)
        case "bath":
            _bathroom(ink)
        case "nursery":
            _nursery(ink, script)
        case _:
            draw_living_room(ink, script)


def draw_sofa(ink: Ink, left: float, right: float, script: Script) -> None:
    """Draw a sofa, or when it is narrow an armchair, from ``left`` to ``right``."""
    tone = ("#7f9aa0", "#b98a76", "#8c9a78", "#a08bb0", "#c0a274", "#7d8fa8", "#b07f86")[script.seed % 7]
    ink.fill(ellipse((left + right) / 2, 652, (right - left) / 2 + 40, 26), "#3b2a22", 0.22)
    back = [
        (left + 26, 300),
        ((left + right) / 2, 288),
        (right - 26, 300),
        (right - 6, 420),
        (right - 14, 560),
        (left + 14, 560),
        (left + 6, 420),
    ]
    ink.fill(smooth_shape(back, 0.6), shade(tone, -0.06))
    count = 1 if right - left < 480 else 2 if right - left < 850 else 3
    wide = (right - left - 90) / count
    for i in range(count):
        x = left + 45 + i * wide
        cushion = [
            (x + 8, 326),
            (x + wide / 2, 318),
            (x + wide - 8, 326),
            (x + wide - 4, 430),
            (x + wide - 10, 508),
            (x + 10, 508),
            (x + 4, 430),
        ]
        ink.fill(smooth_shape(cushion, 0.7), shade(tone, 0.06))
    ink.fill(f"M{left + 30:.0f} 500H{right - 30:.0f}V640H{left + 30:.0f}Z", shade(tone, -0.14))
    for i in range(count):
        x = left + 45 + i * wide
        seat = [
            (x, 508),
            (x + wide / 2, 500),
            (x + wide, 508),
            (x + wide + 2, 540),
            (x + wide, 566),
            (x + wide / 2, 572),
            (x, 566),
            (x - 2, 540),
        ]
        ink.fill(smooth_shape(seat, 0.6), shade(tone, 0.02))
    for x in (left - 6, right - 54):
        arm = [(x, 430), (x + 30, 412), (x + 60, 430), (x + 62, 540), (x + 58, 642), (x + 2, 642), (x - 2, 540)]
        ink.fill(smooth_shape(arm, 0.6), shade(tone, -0.02))
        ink.line(f"M{x + 10:.0f} 446V630", shade(tone, -0.16), 3, 0.5)
    for x in (left + 30, right - 40):
        ink.fill(f"M{x:.0f} 640h14l-3 18h-8Z", "#6b4a36")
    if count > 1:
        _pillow(ink, right - 120, script)


def _pillow(ink: Ink, px: float, script: Script) -> None:
    pillow = [(px - 46, 420), (px + 4, 404), (px + 52, 424), (px + 46, 494), (px - 40, 498)]
    ink.fill(smooth_shape(pillow, 0.7), shade(tint_of(script)[2], 0.1))


def _frames(ink: Ink, x: float) -> None:
    for dx, y, w, h, tone in ((0, 90, 84, 104, "#9fb9c4"), (104, 70, 64, 64, "#cf9d86"), (104, 148, 64, 56, "#a9b98c")):
        ink.fill(f"M{x + dx:.0f} {y}h{w}v{h}h-{w}Z", "#c79f72")
        ink.fill(f"M{x + dx + 7:.0f} {y + 7}h{w - 14}v{h - 14}h-{w - 14}Z", "#fbf5e8")
        ink.fill(ellipse(x + dx + w / 2, y + h * 0.56, w * 0.24, h * 0.2), tone)


def _lamp(ink: Ink, x: float) -> None:
    ink.fill(ellipse(x, 270, 190, 170), "url(#glow)")
    ink.line(f"M{x:.0f} 280V632", "#8a6a4c", 7)
    ink.fill(ellipse(x, 634, 46, 9), "#6b4a36")
    ink.fill(f"M{x - 36:.0f} 190h72l24 98h-120Z", "#f3dfb5")


def _rug_of(ink: Ink, script: Script) -> None:
    del script
    ink.fill(ellipse(622, 660, 634, 108), "url(#rugedge)")
    ink.fill(ellipse(622, 659, 600, 96), "url(#rug)")


def _cot(ink: Ink) -> None:
    ink.fill("M900 250H1230V270H900Z", "#e9d9bf")
    for x in range(912, 1228, 30):
        ink.fill(f"M{x} 268h10v190h-10Z", "#e9d9bf")
    ink.fill("M900 440H1230V510H900Z", "#dcc7a6")
    ink.fill("M892 236h18v290h-18ZM1220 236h18v290h-18Z", "#d3bb96")
    ink.fill(
        smooth_shape([(920, 446), (1010, 428), (1120, 440), (1210, 428), (1216, 452), (1060, 460), (922, 458)]),
        "#f6efe2",
    )


def _mobile(ink: Ink) -> None:
    ink.line("M640 -60V40", "#b98f63", 4)
    ink.line("M560 52Q640 24 720 52", "#b98f63", 5)
    for x, y, tone in ((560, 110, "#d98a7a"), (612, 132, "#8fb0bd"), (668, 126, "#e3bf6a"), (720, 108, "#9fb58a")):
        ink.line(f"M{x} 48V{y}", "#b98f63", 2)
        ink.fill(smooth_shape([(x - 17, y + 8), (x, y - 10), (x + 17, y + 8), (x, y + 18)]), tone)


def _bathroom(ink: Ink) -> None:
    ink.fill("M-200 -200H1480V520H-200Z", "#dcebea")
    for y in range(-180, 520, 56):
        ink.line(f"M-200 {y}H1480", "#c3dad9", 3, 0.8)
    for x in range(-180, 1480, 74):
        ink.line(f"M{x} -200V516", "#c3dad9", 3, 0.8)
    ink.fill(ellipse(640, 190, 520, 340), "url(#glow)")
    ink.fill("M150 90H330V250H150Z", "#c79f72")
    ink.fill("M162 102H318V238H162Z", "#eef5f3")
    ink.fill("M500 150H700V164H500Z", "#c79a6b")
    for x, h, tone in ((520, 44, "#e3bf6a"), (556, 58, "#8fb0bd"), (598, 38, "#d98a7a"), (640, 52, "#f6efe2")):
        ink.fill(f"M{x} {150 - h}h26v{h}h-26Z", tone)
    ink.line("M840 120H1010", "#b9c4c4", 7)
    ink.fill(smooth_shape([(856, 122), (990, 122), (986, 300), (930, 308), (862, 300)], 0.5), "#e8b9a6")
    ink.fill("M-200 516H1480V920H-200Z", "#b7c6c6")
    ink.fill("M-200 508H1480V522H-200Z", "#f2f4f0")
    for i in range(9):
        ink.line(f"M{-200 + i * 230} 920L{200 + i * 110} 522", "#a5b6b6", 2, 0.6)
    ink.fill(ellipse(560, 668, 470, 60), "#e9dfcc")
    ink.fill(ellipse(560, 667, 440, 50), "#f2eadb")


def _nursery(ink: Ink, script: Script) -> None:
    draw_wall(ink, script)
    for i in range(9):
        x = 20 + i * 155
        tone = ("#d98a7a", "#e3bf6a", "#8fb0bd", "#9fb58a", "#b79ac0")[i % 5]
        ink.fill(f"M{x - 60} 34Q{x} {58} {x + 60} 34L{x} 98Z", tone)
    ink.line("M-60 30Q640 78 1340 30", "#c9b08a", 4)
    ink.push(NURSERY_WINDOW[0] - 640 * 0.72, NURSERY_WINDOW[1] - 160 * 0.72 - 8, 0.72)
    draw_window(ink)
    ink.pop()
    ink.fill("M760 300H1230V516H760Z", "#e2c79b")
    for row in range(2):
        for column in range(4):
            x, y = 772 + column * 115, 312 + row * 102
            ink.fill(f"M{x} {y}h104v92h-104Z", "#caa977")
            tone = ("#8fb0bd", "#d98a7a", "#9fb58a", "#e3bf6a", "#b79ac0")[(row * 3 + column) % 5]
            ink.fill(f"M{x + 10} {y + 34}h84v58h-84Z", tone)
            ink.fill(ellipse(x + 52, y + 60, 12, 7), shade(tone, -0.2))
    ink.fill(ellipse(820, 278, 26, 24), "#d7b28a")
    ink.fill(ellipse(820, 246, 18, 16), "#d7b28a")
    ink.fill("M90 180H330V330H90Z", "#f7f1e4")
    for x, y, tone in ((140, 240, "#d98a7a"), (210, 270, "#8fb0bd"), (270, 232, "#e3bf6a")):
        ink.fill(ellipse(x, y, 24, 20), tone, 0.85)
    draw_floor(ink)
    for i in range(7):
        tone = ("#a9c3c9", "#e0c488", "#d9a595", "#b5c6a0")[i % 4]
        ink.fill(f"M{-30 + i * 190} 590h190l-14 150h-190Z", tone, 0.9)
