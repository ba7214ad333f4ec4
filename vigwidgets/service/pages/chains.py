"""The ribbon of chains: each initiative with what follows it, the expert's steps and the trainee's over one another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from vigwidgets.contract import Beat
from vigwidgets.grading import Chain, Link, Mark, Side, chains_of, clock
from vigwidgets.records import Attempt
from vigwidgets.schemes import Codebook
from vigwidgets.service.pages.lanes import GREY
from vigwidgets.service.pages.moments import Moment, moment_at

__all__ = ["MOST_DRAWN", "ChainCard", "Chains", "chains_on_page"]

MOST_DRAWN = 40
"""So many chains a page draws: the expert's first."""

_WIDTH, _LEFT, _RIGHT = 340, 66, 14
_HEAD, _BAR, _GAP = 26, 14, 32  # above a strip, a bar, and between two lanes
_LANE = _BAR + _GAP
_SECOND = 1_000_000
_LEAD_IN, _LEAD_OUT = _SECOND, _SECOND // 2
_SHORTEST = 4 * _SECOND  # a drawing holds so much time at least, so that short and long answers look it


@dataclass(frozen=True)
class ChainCard:
    """One chain: where it plays, its drawing, and the same in words, a line for each step."""

    moment: Moment
    drawing: Markup
    lines: list[str]


@dataclass(frozen=True)
class Chains:
    """All that are drawn, and how many are not."""

    cards: list[ChainCard]
    more: int


def chains_on_page(attempt: Attempt, beats: Sequence[Beat], mark: Mark, codebook: Codebook, who: str) -> Chains:
    """Return the chains of an attempt for its feedback page.

    Args:
        attempt: What was handed in.
        beats: What the expert saw, as the page shows it.
        mark: The mark, which says which tag is which beat.
        codebook: The scheme.
        who: Whose tags they are, as a line begins with it: "You", or a name.
    """
    seen = {one.beat.id: one.tag.id for one in mark.seen}
    there = chains_of(beats, attempt.observation.tags, seen, codebook)
    cast = {member.id: member.name for member in attempt.observation.cast}
    colours = {lane.id: lane.colour or GREY for lane in codebook.lanes}
    end = attempt.observation.duration
    cards = [_card(chain, cast, colours, end, who) for chain in there[:MOST_DRAWN]]
    return Chains(cards, max(0, len(there) - MOST_DRAWN))


def _card(chain: Chain, cast: Mapping[str, str], colours: Mapping[str, str], end: int, who: str) -> ChainCard:
    first = (chain.expert.links or chain.own.links)[0]
    start, stop = max(0, chain.start - _LEAD_IN), min(end, chain.end + _LEAD_OUT)
    says = first.says if chain.expert.links else f"{cast.get(first.actor, first.actor)}: {first.says}"
    moment = moment_at(first.start, start, stop, "", colours.get(first.lane, GREY), says)
    return ChainCard(moment, _draw(chain, cast, colours, who), _lines(chain, cast, who))


def _lines(chain: Chain, cast: Mapping[str, str], who: str) -> list[str]:
    """Return each step in words: the expert's, then the trainee's own."""
    lines = [f"After {_apart(joint.latency)}: {chain.expert.links[joint.after].says}" for joint in chain.expert.joints]
    own = chain.own.links
    for joint in chain.own.joints:
        before, after = own[joint.before], own[joint.after]
        how = "" if joint.drawn else " (the expert's link, your edges)" if who == "You" else " (the expert's link)"
        lines.append(f"{who}: {_named(before, cast)}, then {_named(after, cast)} after {_apart(joint.latency)}{how}.")
    if chain.expert.joints and not chain.own.joints:
        lines.append(f"{who}: not both ends of a step were marked here.")
    return lines


def _named(link: Link, cast: Mapping[str, str]) -> str:
    return f"{link.says} ({cast.get(link.actor, link.actor)})"


def _apart(latency: int) -> str:
    return f"{latency / _SECOND:.1f} s" if latency > -50_000 else f"{-latency / _SECOND:.1f} s before"


def _draw(chain: Chain, cast: Mapping[str, str], colours: Mapping[str, str], who: str) -> Markup:
    """Return a chain as SVG: the expert's strip over the trainee's, in each a lane a person, on one axis of time."""
    there = sorted([*chain.expert.links, *chain.own.links], key=lambda link: link.start)
    lane = {actor: place for place, actor in enumerate(dict.fromkeys(link.actor for link in there))}
    span = max(chain.end - chain.start, _SHORTEST)
    strips = [(side, name) for side, name in ((chain.expert, "The expert"), (chain.own, who)) if side.links]
    strip = _HEAD + _LANE * len(lane) - _GAP + 10
    height = strip * len(strips) + 20
    parts = [f'<svg class="chain" viewBox="0 0 {_WIDTH} {height}" aria-hidden="true">']
    for number, (side, name) in enumerate(strips):
        top = number * strip
        parts.append(
            f'<rect class="chain-bed" y="{top + _HEAD - 6}" width="{_WIDTH}" height="{strip - _HEAD + 2}" rx="6"/>'
            f'<text class="chain-whose" x="0" y="{top + 13}">{escape(name)}</text>'
        )
        for actor, place in lane.items():
            y = top + _HEAD + place * _LANE + _BAR - 2
            parts.append(f'<text class="chain-who" x="8" y="{y}">{escape(_short(cast.get(actor, actor)))}</text>')
        boxes = [_box(link, chain.start, span, top + _HEAD + lane[link.actor] * _LANE) for link in side.links]
        kind = "expert" if side is chain.expert else "own"
        parts += _steps(side, boxes, kind)
        parts += [_bar(box, link, colours, kind) for box, link in zip(boxes, side.links, strict=True)]
    return Markup("".join([*dict.fromkeys(parts), *_axis(chain.start, span, height - 5), "</svg>"]))  # noqa: S704


Box = tuple[float, float, float]
"""Where a bar begins and ends across, and its top."""


def _box(link: Link, start: int, span: int, top: float) -> Box:
    left = _x(link.start - start, span)
    return left, left if link.end is None else max(_x(link.end - start, span), left + 4), top


def _x(moment: int, span: int) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * moment / span


def _short(name: str) -> str:
    return name if len(name) <= 8 else f"{name[:7]}…"


def _bar(box: Box, link: Link, colours: Mapping[str, str], kind: str) -> str:
    left, right, top = box
    colour = escape(colours.get(link.lane, GREY))
    paint = f'class="chain-{kind}" stroke="{colour}"' + (f' fill="{colour}"' if kind == "expert" else "")
    if link.end is None:
        return f'<circle {paint} cx="{left:.1f}" cy="{top + _BAR / 2}" r="6"/>'
    return f'<rect {paint} x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{_BAR}" rx="4"/>'


def _steps(side: Side, boxes: Sequence[Box], kind: str) -> list[str]:
    """Return a line for each step, from one beginning to the next, with its time; dashed where nobody drew it."""
    lines, numbers = [], []
    for joint in side.joints:
        (x1, _, y1), (x2, _, y2) = boxes[joint.before], boxes[joint.after]
        down = y2 > y1
        # From the edge that looks at the other lane; one person's own next turn is an arc over their lane.
        y1, y2 = (y1 + _BAR, y2) if down else (y1, y2 + _BAR) if y2 < y1 else (y1, y2)
        middle = (y1 + y2) / 2 if y1 != y2 else y1 - _GAP
        lent = "" if joint.drawn else " chain-lent"
        lines.append(
            f'<path class="chain-step chain-step-{kind}{lent}" '
            f'd="M{x1:.1f} {y1:.1f}C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}"/>'
        )
        # Beside where the step arrives, so that it hides no line; before it where the drawing ends.
        x, anchor = (x2 + 5, "start") if x2 + 46 < _WIDTH else (x2 - 5, "end")
        y = y2 - 5 if down else y2 + 14 if y2 < y1 else middle
        numbers.append(
            f'<text class="chain-number" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
            f"{joint.latency / _SECOND:.1f} s</text>"
        )
    return [*lines, *numbers]


def _axis(start: int, span: int, y: int) -> list[str]:
    step = next(s for s in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 86_400) if span / s <= 6 * _SECOND)
    first = -(-start // (step * _SECOND)) * step * _SECOND
    return [
        f'<text class="chain-time" x="{_x(moment - start, span):.1f}" y="{y}" text-anchor="middle">'
        f"{clock(moment).removesuffix('.0')}</text>"
        for moment in range(first, start + span + 1, step * _SECOND)
    ]
