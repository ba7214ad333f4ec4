"""The interaction as a landscape: what the grown-up does, what the child does, and time; shown, never graded.

A state-space path (Lewis, Lamey and Douglas 1999; Hollenstein 2013), of what somebody saw in a film.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from vigwidgets.contract import Beat, Member, Tag
from vigwidgets.schemes import Codebook

__all__ = ["QUIET", "Landscape", "Visit", "landscape_from", "landscape_of", "on_one_ground"]

QUIET = ""
"""The state of a side on which nothing was seen."""

_QUIET_NAME = "nothing"


@dataclass(frozen=True)
class Visit:
    """A stretch in which both sides stay as they are.

    Attributes:
        start: When it begins, film time in microseconds.
        end: When it ends.
        adult: The grown-ups' state, a lane; `QUIET`: nothing was seen.
        child: The child's, likewise.
    """

    start: int
    end: int
    adult: str
    child: str


@dataclass(frozen=True)
class Landscape:
    """A path over the grid of both sides' states.

    Attributes:
        adults: The states of the grown-ups that occur, in the scheme's order, `QUIET` first.
        children: Those of the child.
        visits: The path, without gaps, from the film's beginning to its end.
        duration: The film's length in microseconds.
    """

    adults: list[str]
    children: list[str]
    visits: list[Visit]
    duration: int

    @property
    def cells(self) -> int:
        """How many cells of the grid are visited."""
        return len({(visit.adult, visit.child) for visit in self.visits})

    def label(self, state: str, codebook: Codebook) -> str:
        """Return a state's short name."""
        if state == QUIET:
            return _QUIET_NAME
        code = codebook.code(state)
        return (code.short or code.label)["en"]

    def as_data(self, codebook: Codebook) -> dict[str, Any]:
        """Return it as data for JSON, with the states' names: each visit as start, end, and two places in the lists."""
        return {
            "duration": self.duration,
            "adults": [self.label(state, codebook) for state in self.adults],
            "children": [self.label(state, codebook) for state in self.children],
            "visits": [
                [visit.start, visit.end, self.adults.index(visit.adult), self.children.index(visit.child)]
                for visit in self.visits
            ],
        }


def landscape_of(
    seen: Sequence[Tag] | Sequence[Beat],
    cast: Sequence[Member],
    codebook: Codebook,
    duration: int,
    point: int = 500_000,
) -> Landscape:
    """Return what was seen as a path: at each moment, what began last on either side.

    A grown-up's state is a lane; a child's is a behaviour where one was named, for most of a child's acts are
    initiatives, and a landscape of one cell tells nothing.

    Args:
        seen: Tags, or an expert's beats under the first of their codes.
        cast: Who is on film.
        codebook: The scheme.
        duration: The film's length in microseconds.
        point: How long a moment without length is drawn, in microseconds.
    """
    children = {member.id for member in cast if member.role in {"child", "client"}}
    sides: tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]] = ([], [])
    for event in seen:
        codes = [event.code] if isinstance(event, Tag) else event.codes
        young = event.actor in children
        finer = [code for code in codes if codebook.code(code).parent is not None]
        state = (finer or codes)[0] if young else codebook.lane_of(codes[0]).id
        end = event.start + point if event.end is None else event.end
        sides[young].append((event.start, min(end, duration), state))
    edges = sorted({0, duration, *(edge for side in sides for start, end, _ in side for edge in (start, end))})
    visits: list[Visit] = []
    for start, end in pairwise(edges):
        adult, child = (_state(side, start) for side in sides)
        if visits and (visits[-1].adult, visits[-1].child) == (adult, child):
            visits[-1] = Visit(visits[-1].start, end, adult, child)
        else:
            visits.append(Visit(start, end, adult, child))
    adults = _in_order({visit.adult for visit in visits}, codebook)
    return Landscape(adults, _in_order({visit.child for visit in visits}, codebook), visits, duration)


def on_one_ground(lands: Mapping[str, Landscape], codebook: Codebook) -> dict[str, Landscape]:
    """Return landscapes with the states of them all, so that the same place means the same in each.

    Args:
        lands: By name; of one film, in one scheme.
        codebook: The scheme.
    """
    adults = _in_order({state for land in lands.values() for state in land.adults}, codebook)
    children = _in_order({state for land in lands.values() for state in land.children}, codebook)
    return {name: replace(land, adults=adults, children=children) for name, land in lands.items()}


def landscape_from(data: Mapping[str, Any]) -> Landscape:
    """Return a landscape from what `Landscape.as_data` made of it; its states are their names, and need no scheme."""
    adults, children = (
        [QUIET if name == _QUIET_NAME else str(name) for name in data[side]] for side in ("adults", "children")
    )
    visits = [
        Visit(int(start), int(end), adults[adult], children[child]) for start, end, adult, child in data["visits"]
    ]
    return Landscape(adults, children, visits, int(data["duration"]))


def _in_order(states: Iterable[str], codebook: Codebook) -> list[str]:
    order = {code.id: place for place, code in enumerate(codebook.scheme.codes)}
    return sorted(states, key=lambda state: order.get(state, -1))


def _state(side: Sequence[tuple[int, int, str]], moment: int) -> str:
    """Return the state at a moment: of all that lasts then, what began last."""
    there = [event for event in side if event[0] <= moment < event[1]]
    return max(there, key=lambda event: (event[0], event[2]))[2] if there else QUIET
