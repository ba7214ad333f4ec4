"""Colours: two families that never meet, the grown person's cool, the baby's warm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from vigwidgets.films.dyad._model import Person

__all__ = ["BLOCKS", "Palette", "bathed", "defs_for", "palette_of", "shade"]

SKIN = {
    "porcelain": "#f4d3bd",
    "peach": "#eec0a0",
    "olive": "#d9a77c",
    "golden": "#e3b583",
    "brown": "#a8714b",
    "deep": "#7b4d33",
}
HAIR = {
    "fair": "#c9995a",
    "red": "#a4552f",
    "auburn": "#7c3f2a",
    "brown": "#59392c",
    "black": "#2f2728",
    "grey": "#a9a5a3",
    "white": "#dcd8d2",
}
DRESS = {
    "teal": "#3f7f80",
    "plum": "#7d4f72",
    "navy": "#3f5578",
    "sage": "#76926f",
    "mustard": "#e3b04b",
    "rose": "#d9828a",
    "sky": "#7fa6c9",
    "coral": "#dd7f66",
    "slate": "#66727f",
    "ochre": "#b98a3e",
    "cream": "#e6d9bf",
    "forest": "#4c6b52",
    "lilac": "#a794c4",
    "denim": "#5577a0",
    "brick": "#a5543f",
}
BLOCKS = {
    "red": "#d25a43",
    "yellow": "#eabb3f",
    "blue": "#3f86b5",
    "green": "#6a9f58",
    "orange": "#e08a3c",
    "violet": "#8a6bb0",
}


@lru_cache(maxsize=512)
def shade(colour: str, by: float) -> str:
    """Return ``colour`` made darker and cooler (``by`` < 0), or lighter and warmer (``by`` > 0)."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    if by < 0:
        r, g, b = round(r * (1 + by)), round(g * (1 + by * 1.08)), round(b * (1 + by * 0.9))
    else:
        r, g, b = round(r + (255 - r) * by), round(g + (250 - g) * by), round(b + (236 - b) * by)
    return f"#{r:02x}{g:02x}{b:02x}"


@dataclass(frozen=True)
class Palette:
    """The colours of one person."""

    name: str
    skin: str
    skin_dark: str
    skin_line: str
    skin_edge: str
    hair: str
    hair_light: str
    dress: str
    dress_dark: str
    legs: str
    shoes: str
    scarf: str
    lips: str
    mouth: str
    brow: str
    iris: str
    blush: str


_SCARVES = ("#8c5a6b", "#5b6b8c", "#6f8f86", "#b8776a", "#74668f")
_TROUSERS = ("#4d4650", "#55606b", "#5d4f45", "#3f4d49", "#6a6258")


def palette_of(person: Person, name: str) -> Palette:
    """Return the colours of a person, from their looks; ``name`` is that of their gradients."""
    looks = person.looks
    skin, hair, dress = SKIN[looks.skin], HAIR[looks.hair], DRESS[looks.dress]
    lips = {"brown": "#7d3136", "deep": "#54201f"}.get(looks.skin, "#b5545a")
    deep = looks.skin in ("brown", "deep")
    number = sum(map(ord, person.id))
    trousers = "#3d4a5e" if person.role in ("parent", "client") else _TROUSERS[number % len(_TROUSERS)]
    return Palette(
        name=name,
        skin=skin,
        skin_dark=shade(skin, -0.13),
        skin_line=shade(skin, -0.38),
        skin_edge=shade(skin, -0.2),
        hair=hair,
        hair_light=shade(hair, 0.16),
        dress=dress,
        dress_dark=shade(dress, -0.17),
        legs=shade(dress, -0.1) if person.baby else trousers,
        scarf=next(tone for tone in _SCARVES[number % 5 :] + _SCARVES if tone != dress),
        shoes="#e9dccb" if number % 2 else "#6b5348",
        lips=lips,
        mouth="#a84c4e" if person.baby and not deep else lips,
        brow=shade(hair, -0.12) if looks.hair in ("fair", "grey", "white") else hair,
        iris="#5b3d2a" if deep or looks.hair in ("brown", "black", "auburn") or number % 3 == 0 else "#4a6a78",
        blush="#e0705f" if not deep else "#b8483c",
    )


def bathed(colours: Palette) -> Palette:
    """Return the colours of somebody who has nothing on."""
    return replace(colours, dress=colours.skin, dress_dark=colours.skin_dark, legs=colours.skin)


def defs_for(palette: Palette) -> str:
    """Return the gradients of one person as SVG; each fits the shape that it fills."""
    p = palette
    return (
        f'<radialGradient id="{p.name}-skin" cx="0.5" cy="0.36" r="0.72">'
        f'<stop offset="0" stop-color="{shade(p.skin, 0.16)}"/>'
        f'<stop offset="0.62" stop-color="{p.skin}"/><stop offset="1" stop-color="{p.skin_dark}"/></radialGradient>'
        f'<radialGradient id="{p.name}-blush"><stop offset="0" stop-color="{p.blush}" stop-opacity="0.55"/>'
        f'<stop offset="1" stop-color="{p.blush}" stop-opacity="0"/></radialGradient>'
        f'<radialGradient id="{p.name}-shadow"><stop offset="0" stop-color="{p.skin_dark}" stop-opacity="0.75"/>'
        f'<stop offset="1" stop-color="{p.skin_dark}" stop-opacity="0"/></radialGradient>'
        f'<linearGradient id="{p.name}-dress" x1="0.1" y1="0" x2="0.5" y2="1"><stop offset="0" '
        f'stop-color="{shade(p.dress, 0.13)}"/><stop offset="1" stop-color="{shade(p.dress, -0.14)}"/></linearGradient>'
        f'<linearGradient id="{p.name}-legs" x1="0" y1="0" x2="0.2" y2="1"><stop offset="0" '
        f'stop-color="{shade(p.legs, 0.1)}"/><stop offset="1" stop-color="{shade(p.legs, -0.2)}"/></linearGradient>'
        f'<linearGradient id="{p.name}-hair" x1="0.2" y1="0" x2="0.6" y2="1"><stop offset="0" '
        f'stop-color="{p.hair_light}"/><stop offset="0.7" stop-color="{p.hair}"/></linearGradient>'
        f'<radialGradient id="{p.name}-iris" cx="0.5" cy="0.7" r="0.6">'
        f'<stop offset="0" stop-color="{shade(p.iris, 0.3)}"/>'
        f'<stop offset="1" stop-color="{shade(p.iris, -0.25)}"/></radialGradient>'
    )
