"""Two timelines in one drawing: what the expert saw and what the trainee tagged, lane by lane."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from vigwidgets.contract import Beat, Code, Tag
from vigwidgets.grading._words import clock, code_name
from vigwidgets.schemes import Codebook

__all__ = ["ribbon_svg"]

_WIDTH, _LEFT, _ROW, _BAR = 960, 190, 46, 15
_QUIET = "#63635d"


def ribbon_svg(beats: Sequence[Beat], tags: Sequence[Tag], codebook: Codebook, duration: int) -> str:
    """Return the drawing as SVG that stands alone: no picture of the film, and every bar says what it is.

    Filled bars above are the expert's, outlined bars below the trainee's, so that they differ without colour.

    Args:
        beats: The expert's.
        tags: The trainee's.
        codebook: The scheme of both.
        duration: The film's length in microseconds.
    """
    places = {lane.id: place for place, lane in enumerate(_lanes(beats, tags, codebook))}
    height = _ROW * len(places) + 34
    span = max(duration, 1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13">',
        "<title>The expert's moments above, yours below, for each lane</title>",
    ]
    for lane_id, place in places.items():
        label = codebook.code(lane_id).label["en"]
        y = place * _ROW
        short = (codebook.code(lane_id).short or codebook.code(lane_id).label)["en"]
        parts.append(
            f'<text x="0" y="{y + 25}" fill="#2a2a28">{escape(short)}<title>{escape(label)}</title></text>'
            f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y + _ROW - 2}" y2="{y + _ROW - 2}" stroke="#e4dfd6"/>'
        )
    bars = []
    for beat in beats:
        lane = codebook.lane_of(beat.codes[0])
        bars.append(_bar(beat.start, beat.end, span, places[lane.id] * _ROW + 4, lane.colour, True, beat.says))
    for tag in tags:
        lane = codebook.lane_of(tag.code)
        name = code_name(tag.code, codebook)
        bars.append(_bar(tag.start, tag.end, span, places[lane.id] * _ROW + 23, lane.colour, False, name))
    # Bars that lie on one another to the pixel and say the same are one bar: a trainee may tag thousands of moments.
    return "".join([*parts, *dict.fromkeys(bars), *_scale(span, height - 12), "</svg>"])


def _lanes(beats: Sequence[Beat], tags: Sequence[Tag], codebook: Codebook) -> list[Code]:
    used = {codebook.lane_of(beat.codes[0]).id for beat in beats} | {codebook.lane_of(tag.code).id for tag in tags}
    return [lane for lane in codebook.lanes if lane.id in used]


def _x(moment: int, span: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - 18) * moment / span


def _bar(start: int, end: int | None, span: int, y: int, colour: str | None, filled: bool, what: str) -> str:
    colour = colour or "#63635d"
    title = f"<title>{clock(start)} {escape(what)}</title>"
    fill = colour if filled else "#fffdf9"
    if end is None:
        return (
            f'<circle cx="{_x(start, span):.1f}" cy="{y + _BAR / 2}" r="6" fill="{fill}" stroke="{colour}" '
            f'stroke-width="2">{title}</circle>'
        )
    width = max(_x(end, span) - _x(start, span), 3)
    return (
        f'<rect x="{_x(start, span):.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="4" fill="{fill}" '
        f'stroke="{colour}" stroke-width="2">{title}</rect>'
    )


def _scale(span: int, y: int) -> list[str]:
    step = next(s for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 86_400) if span / s <= 12_000_000)
    return [
        f'<text x="{_x(moment, span):.1f}" y="{y}" fill="{_QUIET}" font-size="11" text-anchor="middle">'
        f"{moment // 60_000_000}:{moment // 1_000_000 % 60:02d}</text>"
        for moment in range(0, span + 1, step * 1_000_000)
    ]
