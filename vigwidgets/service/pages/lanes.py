"""Where two observers met, lane by lane: counted moments, never a single number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from vigwidgets.grading import LaneMark, Mark
from vigwidgets.service.pages.words import count

__all__ = ["GREY", "Block", "Lane", "lanes_of"]

GREY = "#8d8577"
"""For a lane to which the scheme gives no colour."""

_WIDEST, _NARROWEST = 16, 4
_ROOM = 240


@dataclass(frozen=True)
class Block:
    """One moment in a lane's bar, or all of a kind: where it stands (in px of the picture), and what it is."""

    x: float
    width: float
    what: str


@dataclass(frozen=True)
class Lane:
    """One lane's moments.

    Attributes:
        name: The lane's name.
        colour: Its colour.
        both: How many moments both saw alike.
        nearly: How many both saw, with another name or boundary.
        expert: How many only the expert saw.
        own: How many only the trainee saw.
        blocks: The same as a bar: one block a moment, or where these would be too narrow to see, one a kind.
        says: The same in a sentence.
    """

    name: str
    colour: str
    both: int
    nearly: int
    expert: int
    own: int
    blocks: list[Block]
    says: str

    @property
    def n(self) -> int:
        """How many moments the expert saw on this lane."""
        return self.both + self.nearly + self.expert

    @property
    def many(self) -> bool:
        """Whether a block stands for all moments of a kind, because one for each would be too narrow."""
        return len(self.blocks) < self.n + self.own

    @property
    def width(self) -> float:
        """How wide the bar is, in px."""
        return self.blocks[-1].x + self.blocks[-1].width if self.blocks else 0.0

    @property
    def share(self) -> float:
        """How many of the expert's moments both saw alike, 0 to 1."""
        return self.both / self.n if self.n else 0.0

    @property
    def figure(self) -> str:
        """The bar in figures: what the expert saw, and beside it what only the trainee did."""
        alike = f"{self.both} of the expert's {self.n} alike" if self.n else ""
        alone = f"{self.own} only yours" if self.own else ""
        return "; ".join(filter(None, [alike, alone]))

    @property
    def label(self) -> str:
        """The bar for those who cannot see it."""
        parts = [f"{self.both} of the expert's {count(self.n, 'moment')} seen alike"] if self.n else []
        parts += [f"{n} {what}" for n, what in ((self.nearly, "nearly"), (self.expert, "only by the expert")) if n]
        parts += [f"{self.own} only by the trainee"] if self.own else []
        return f"{self.name}: {', '.join(parts)}"


def lanes_of(mark: Mark) -> list[Lane]:
    """Return the lanes of a mark, in the scheme's order."""
    again = Counter((one.lane, one.kind) for one in mark.again)
    counts = []
    for lane in mark.lanes:
        nearly = again[lane.lane, "other_name"] + again[lane.lane, "other_boundary"]
        counts.append((lane.seen, nearly, again[lane.lane, "missed"], again[lane.lane, "extra"]))
    most = max((sum(four) for four in counts), default=0)
    step = min(_WIDEST, _ROOM / most) if most else _WIDEST
    return [
        Lane(lane.label, lane.colour or GREY, *four, _blocks(four, step), _says(lane))
        for lane, four in zip(mark.lanes, counts, strict=True)
        if sum(four)
    ]


def _says(lane: LaneMark) -> str:
    # The line is headed with the lane's name already, and that few moments say little stands above them all.
    text = lane.sentence.removeprefix(f"{lane.label}: ").removesuffix(" That is too few to say more.")
    return f"{text[:1].upper()}{text[1:]}"


def _blocks(counts: tuple[int, int, int, int], step: float) -> list[Block]:
    kinds = list(zip(counts, ("both", "nearly", "expert", "own"), strict=True))
    if step < _NARROWEST:
        return _runs(kinds, step)
    gap = 3 if step >= 9 else 1
    each = [what for n, what in kinds for _ in range(n)]
    return [Block(round(place * step, 2), round(step - gap, 2), what) for place, what in enumerate(each)]


def _runs(kinds: list[tuple[int, str]], step: float) -> list[Block]:
    found, x = [], 0.0
    for n, what in kinds:
        if n:
            # One moment among thousands is still there to be seen.
            width = max(n * step, _NARROWEST)
            found.append(Block(round(x, 2), round(width - 1, 2), what))
            x += width
    return found
