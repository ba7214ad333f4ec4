"""Small drawings for pages: figures with their intervals, as SVG that needs no script and prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

__all__ = ["Curve", "Whisker", "curve_svg", "spots_svg", "whiskers_svg"]

_WIDTH, _HEIGHT = 460, 220
_LEFT, _RIGHT, _TOP, _FOOT = 50, 12, 12, 40


@dataclass(frozen=True)
class Curve:
    """A figure at several tolerances, each list as long as the first; None where there is no value.

    Attributes:
        tolerances: In seconds.
        value: The figure, 0 to 1.
        low: Its interval's lower end.
        high: Its upper end.
        chance_high: What chance seldom exceeds.
    """

    tolerances: Sequence[float]
    value: Sequence[float | None]
    low: Sequence[float | None]
    high: Sequence[float | None]
    chance_high: Sequence[float | None]


@dataclass(frozen=True)
class Whisker:
    """One share with its interval, 0 to 1, under a label."""

    label: str
    value: float
    low: float
    high: float
    title: str


def curve_svg(curve: Curve, name: str, title: str) -> Markup:
    """Return a curve over the tolerance: the figure, its interval, what chance reaches, and a line that can be moved.

    Args:
        curve: The figure.
        name: What the line is called in the page, so that a script can move it.
        title: What the drawing says, for those who cannot see it.
    """
    columns = len(curve.tolerances)
    xs = [_x(place, columns) for place in range(columns)]
    parts = [_open(title, f'data-curve="{escape(name)}" data-xs="{" ".join(f"{x:.1f}" for x in xs)}"'), *_grid()]
    parts += [
        _text(x, _HEIGHT - 20, f"{tolerance:g}", "middle") for x, tolerance in zip(xs, curve.tolerances, strict=True)
    ]
    parts += [_text(_LEFT + (_WIDTH - _LEFT - _RIGHT) / 2, _HEIGHT - 4, "tolerance in seconds", "middle")]
    parts += [_area(xs, [0.0] * columns, curve.chance_high, "chart-chance")]
    parts += [_area(xs, curve.low, curve.high, "chart-interval")]
    known = [(x, value) for x, value in zip(xs, curve.value, strict=True) if value is not None]
    if known:
        line = " ".join(f"{x:.1f},{_y(value):.1f}" for x, value in known)
        parts.append(f'<polyline class="chart-line" points="{line}"/>')
    parts += [f'<circle class="chart-dot" cx="{x:.1f}" cy="{_y(value):.1f}" r="4"/>' for x, value in known]
    parts.append(f'<line class="chart-now" x1="0" x2="0" y1="{_TOP}" y2="{_HEIGHT - _FOOT}" visibility="hidden"/>')
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - all that is not ours is escaped above


def whiskers_svg(whiskers: Sequence[Whisker], title: str) -> Markup:
    """Return shares one after another, each with its interval.

    Args:
        whiskers: In the order of time.
        title: What the drawing says, for those who cannot see it.
    """
    xs = [_x(place + 0.5, len(whiskers) + 1) for place in range(len(whiskers))]
    parts = [_open(title, ""), *_grid()]
    for x, one in zip(xs, whiskers, strict=True):
        parts.append(
            f"<g><title>{escape(one.title)}</title>"
            f'<line class="chart-whisker" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(one.low):.1f}" y2="{_y(one.high):.1f}"/>'
            f'<circle class="chart-dot" cx="{x:.1f}" cy="{_y(one.value):.1f}" r="5.5"/></g>'
        )
        parts.append(_text(x, _HEIGHT - 20, one.label, "middle"))
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - as above


def spots_svg(spots: Sequence[float], title: str) -> Markup:
    """Return a bar for each second of a film, as high as the part of the people who differ there.

    Args:
        spots: 0 to 1 for each second.
        title: What the drawing says, for those who cannot see it.
    """
    wide, high, foot = 960, 120, 18
    step = wide / max(len(spots), 1)
    parts = [
        f'<svg class="chart" viewBox="0 0 {wide} {high}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>"
        f'<line class="chart-grid" x1="0" x2="{wide}" y1="{high - foot}" y2="{high - foot}"/>'
    ]
    for second, share in enumerate(spots):
        tall = share * (high - foot - 4)
        where = f'x="{second * step:.1f}" y="{high - foot - tall:.1f}" width="{max(step - 1, 0.5):.1f}"'
        says = f"{second // 60}:{second % 60:02d}, {share * 100:.0f} %"
        parts.append(f'<rect class="chart-spot" {where} height="{tall:.1f}"><title>{says}</title></rect>')
    every = next((s for s in (5, 10, 15, 30, 60, 120, 300, 600) if len(spots) / s <= 12), 1800)
    for second in range(0, len(spots), every):
        anchor = "start" if second == 0 else "middle"
        parts.append(_text(second * step, high - 3, f"{second // 60}:{second % 60:02d}", anchor))
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - as above


def _x(place: float, of: int) -> float:
    return _LEFT + 10 + place * (_WIDTH - _LEFT - _RIGHT - 20) / max(of - 1, 1)


def _y(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return _TOP + (1 - value) * (_HEIGHT - _TOP - _FOOT)


def _open(title: str, more: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}" {more}>'
        f"<title>{escape(title)}</title>"
    )


def _grid() -> list[str]:
    found = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        found.append(f'<line class="chart-grid" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if share in {0.0, 0.5, 1.0}:
            found.append(_text(_LEFT - 6, y + 4, f"{share * 100:.0f} %", "end"))
    return found


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text class="chart-text" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _area(xs: Sequence[float], lows: Sequence[float | None], highs: Sequence[float | None], what: str) -> str:
    known = [(x, a, b) for x, a, b in zip(xs, lows, highs, strict=True) if a is not None and b is not None]
    if len(known) < 2:
        return ""
    there = [f"{x:.1f},{_y(high):.1f}" for x, _, high in known]
    back = [f"{x:.1f},{_y(low):.1f}" for x, low, _ in reversed(known)]
    return f'<polygon class="{what}" points="{" ".join([*there, *back])}"/>'
