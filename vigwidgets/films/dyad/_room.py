"""The room at home: wall, window, floor and rug; each scene's room is drawn once for a shot."""

from __future__ import annotations

from vigwidgets.films.dyad._ink import Ink, ellipse, limb, poly, smooth_line, smooth_shape
from vigwidgets.films.dyad._model import Script
from vigwidgets.films.dyad._palette import shade

__all__ = ["draw_floor", "draw_living_room", "draw_plant", "draw_wall", "draw_window", "room_defs", "tint_of"]

# Wall, floor, rug, edge of the rug, curtains: the first is the room of the first films.
_TINTS = (
    ("#efe1cc", "#c08e66", "#e3b0a0", "#b96f5f", "#f7efe2"),
    ("#dfe5dc", "#b48a68", "#a9bfc4", "#6d8f9a", "#f3efe6"),
    ("#efdcd0", "#a97d5c", "#d8c08a", "#a98a4e", "#f6e7dc"),
    ("#dbe2ea", "#bb9370", "#c9b4cf", "#8f7399", "#eef0f2"),
    ("#ece6d2", "#b0875f", "#aebf9a", "#768a62", "#f4f0df"),
    ("#eadfe4", "#b78c69", "#dba98f", "#a86a50", "#f5ebea"),
    ("#e2e6d8", "#a5805f", "#93b3b0", "#56807e", "#eef1e6"),
)


def tint_of(script: Script) -> tuple[str, str, str, str, str]:
    """Return the colours of a script's room; the seed chooses."""
    return _TINTS[script.seed % 7]


def room_defs(script: Script) -> str:
    """Return the gradients of the room as SVG."""
    wall, floor, rug, edge, curtain = tint_of(script)
    return (
        f'<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{wall}"/>'
        f'<stop offset="1" stop-color="{shade(wall, -0.07)}"/></linearGradient>'
        '<radialGradient id="glow" cx="0.5" cy="0.5" r="0.5"><stop offset="0" stop-color="#fff4d9" '
        'stop-opacity="0.75"/><stop offset="1" stop-color="#fff4d9" stop-opacity="0"/></radialGradient>'
        f'<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{floor}"/>'
        f'<stop offset="1" stop-color="{shade(floor, -0.14)}"/></linearGradient>'
        '<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#bcdbe2"/>'
        '<stop offset="1" stop-color="#edf3e6"/></linearGradient>'
        f'<radialGradient id="rug" cx="0.5" cy="0.45" r="0.6"><stop offset="0" stop-color="{rug}"/>'
        f'<stop offset="1" stop-color="{shade(rug, -0.1)}"/></radialGradient>'
        f'<linearGradient id="rugedge"><stop offset="0" stop-color="{edge}"/></linearGradient>'
        f'<linearGradient id="curtain" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="{curtain}"/>'
        f'<stop offset="0.5" stop-color="{shade(curtain, -0.08)}"/><stop offset="1" stop-color="{curtain}"/>'
        "</linearGradient>"
    )


def draw_wall(ink: Ink, script: Script) -> None:
    """Draw a papered wall with light upon it."""
    wall = tint_of(script)[0]
    ink.fill("M-200 -200H1480V520H-200Z", "url(#wall)")
    for x in range(-190, 1480, 92):
        ink.line(f"M{x} -200V516", shade(wall, -0.04), 26, 0.35)
    ink.fill(ellipse(640, 190, 560, 380), "url(#glow)")


def draw_floor(ink: Ink) -> None:
    """Draw a floor of boards and the skirting."""
    ink.fill("M-200 516H1480V920H-200Z", "url(#floor)")
    ink.fill("M-200 508H1480V524H-200Z", "#f4e8d6")
    ink.line("M-200 526H1480", "#8d6346", 3, 0.5)
    for y in (556, 600, 652, 712, 790):
        ink.line(f"M-200 {y}H1480", "#94684a", 2, 0.35)
    for x, y in ((90, 526), (420, 556), (980, 526), (1190, 600), (230, 652), (1010, 652), (720, 556)):
        ink.line(f"M{x} {y}v44", "#94684a", 2, 0.3)


def draw_living_room(ink: Ink, script: Script) -> None:
    """Draw the room with the rug."""
    draw_wall(ink, script)
    draw_window(ink)
    _picture(ink, script.seed)
    _shelf(ink)
    draw_floor(ink)
    draw_plant(ink)
    _rug(ink)


def draw_window(ink: Ink) -> None:
    """Draw a window with a garden behind it, and its curtains."""
    ink.fill("M508 22H772V308H508Z", "#f9f4ea")
    ink.fill("M522 36H758V294H522Z", "url(#sky)")
    ink.clip("M522 36H758V294H522Z")
    ink.fill(ellipse(598, 86, 40, 15), "#ffffff", 0.75)
    ink.fill(ellipse(626, 92, 34, 13), "#ffffff", 0.75)
    far = [(480, 320), (500, 222), (580, 196), (660, 226), (740, 200), (820, 226), (820, 330)]
    ink.fill(smooth_shape(far), "#a9c59a")
    ink.fill(smooth_shape([(480, 330), (520, 262), (610, 250), (700, 268), (800, 250), (820, 340)]), "#8fb184")
    ink.fill(ellipse(700, 214, 24, 30), "#7fa577")
    ink.line("M700 244V262", "#7b6a52", 5)
    ink.unclip()
    ink.line("M640 36V294M522 160H758", "#f9f4ea", 10)
    ink.fill("M496 304H784V320H496Z", "#f4ead9")
    ink.line("M500 320H780", "#c9b294", 3, 0.5)
    for side in (-1, 1):
        x = 640 + side * 138
        fold = [
            (x - side * 14, 10),
            (x + side * 34, 10),
            (x + side * 40, 180),
            (x + side * 26, 330),
            (x - side * 2, 326),
            (x - side * 10, 200),
        ]
        ink.fill(smooth_shape(fold, 0.6), "url(#curtain)")
        ink.line(smooth_line([(x + side * 12, 14), (x + side * 16, 160), (x + side * 10, 322)]), "#d8c6ab", 3, 0.6)
    ink.line("M480 12H800", "#b98f63", 8)


def _picture(ink: Ink, seed: int) -> None:
    ink.fill("M146 100H254V194H146Z", "#c79f72")
    ink.fill("M155 109H245V185H155Z", "#fbf5e8")
    if seed % 7 in (0, 4):  # a bird
        ink.fill(ellipse(198, 156, 27, 15), "#9fb9c4")
        ink.fill(ellipse(220, 141, 11, 11), "#9fb9c4")
        ink.fill(poly([(230, 139), (239, 142), (229, 146)]), "#e0a253")
        ink.line("M191 170v8M205 170v8", "#e0a253", 3)
    elif seed % 7 in (1, 5):  # a boat
        ink.fill("M172 160H230L220 174H182Z", "#b5665a")
        ink.fill("M200 118L226 154H200Z", "#8fb0bd")
        ink.fill("M196 124L180 154H196Z", "#c9d8d6")
    elif seed % 7 == 2:  # hills
        ink.fill("M155 170Q180 132 205 162Q225 140 245 160V185H155Z", "#93b287")
        ink.fill(ellipse(222, 128, 9, 9), "#e8bf62")
    else:  # a flower
        for x, y in ((200, 128), (214, 138), (209, 154), (191, 154), (186, 138)):
            ink.fill(ellipse(x, y, 9, 9), "#d99aa5")
        ink.fill(ellipse(200, 142, 8, 8), "#e8c46a")
        ink.line("M200 158V182", "#7fa577", 4)


def _shelf(ink: Ink) -> None:
    ink.fill("M930 176H1150V190H930Z", "#c79a6b")
    ink.line("M960 190v18M1122 190v18", "#b0845a", 6)
    for x, w, h, tone in (
        (946, 18, 62, "#7f9aa8"),
        (966, 14, 54, "#cf8d6d"),
        (982, 20, 66, "#a9b98c"),
        (1004, 14, 58, "#d8b26a"),
    ):
        ink.fill(f"M{x} {176 - h}h{w}v{h}h-{w}Z", tone)
    _bear(ink, 1082)


def _bear(ink: Ink, x: float) -> None:
    ink.fill(ellipse(x, 150, 25, 26), "#d7b28a")
    ink.fill(ellipse(x, 116, 19, 17), "#d7b28a")
    for side in (-1, 1):
        ink.fill(ellipse(x + side * 16, 102, 8, 8), "#d7b28a")
        ink.fill(ellipse(x + side * 7, 114, 2.4, 2.8), "#4a382d")
    ink.fill(ellipse(x, 122, 8, 6), "#eed8bb")
    ink.fill(ellipse(x, 119.5, 2.8, 2.0), "#4a382d")


def draw_plant(ink: Ink) -> None:
    """Draw a plant in its pot."""
    for tip, mid, tone in (
        ((1072, 322), (1080, 420), "#6f9a74"),
        ((1130, 300), (1114, 400), "#7faa80"),
        ((1176, 352), (1140, 430), "#628b69"),
        ((1040, 388), (1066, 446), "#86b087"),
        ((1192, 424), (1150, 462), "#75a07a"),
    ):
        leaf = limb([(1110, 512), mid, tip], [10, 40, 4])
        ink.fill(leaf, tone)
        ink.line(smooth_line([(1110, 508), mid, tip]), "#557a5b", 2, 0.5)
    ink.fill("M1064 492H1156L1144 582H1076Z", "#e2d4c2")
    ink.fill("M1058 484H1162V504H1058Z", "#ece0d0")
    ink.fill(ellipse(1110, 584, 56, 9), "#6b4630", 0.25)


def _rug(ink: Ink) -> None:
    ink.fill(ellipse(622, 664, 640, 112), "#6b4630", 0.18)
    ink.fill(ellipse(622, 656, 634, 108), "url(#rugedge)")
    ink.fill(ellipse(622, 655, 600, 96), "url(#rug)")
    ink.line(ellipse(622, 655, 556, 84), "#f3ddc9", 5, 0.75)
    ink.line(ellipse(622, 655, 520, 75), "url(#rugedge)", 3, 0.5)
