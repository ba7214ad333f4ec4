"""Chains of initiative, reception and response: the expert's and the trainee's together; shown, never graded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vigwidgets.contract import Beat, Tag
from vigwidgets.schemes import Codebook

__all__ = ["MOST_IN_CHAIN", "Chain", "Joint", "Link", "Side", "chains_of"]

MOST_IN_CHAIN = 24
"""So many moments of each side one chain shows: the first ones."""

_NEXT = "precedes"


@dataclass(frozen=True)
class Link:
    """One moment of a chain.

    Attributes:
        actor: Who acts, a member of the cast.
        start: When it begins, film time in microseconds.
        end: When it ends; None: a point.
        lane: The lane it stands on.
        says: What is seen there.
    """

    actor: str
    start: int
    end: int | None
    lane: str
    says: str


@dataclass(frozen=True)
class Joint:
    """One step of a chain, from what came before to what follows.

    Attributes:
        before: Its place among the side's moments.
        after: Likewise.
        latency: From beginning to beginning in microseconds; below 0 where what follows began first.
        drawn: Whether the observer linked the two; otherwise the expert did, and this is the same step at the
            trainee's edges.
    """

    before: int
    after: int
    latency: int
    drawn: bool = True


@dataclass(frozen=True)
class Side:
    """What one observer has of a chain: moments by time, and the steps between them."""

    links: list[Link]
    joints: list[Joint]


@dataclass(frozen=True)
class Chain:
    """Moments that follow from one another, as one or both observers have them.

    Attributes:
        expert: The expert's; empty where only the trainee linked these moments.
        own: The trainee's.
        start: When the first begins, film time in microseconds.
        end: When the last ends.
    """

    expert: Side
    own: Side
    start: int
    end: int


def chains_of(beats: Sequence[Beat], tags: Sequence[Tag], seen: Mapping[str, str], codebook: Codebook) -> list[Chain]:
    """Return the chains of a film by time: those of the expert with what the trainee has of them, then hers alone.

    Args:
        beats: The expert's.
        tags: The trainee's.
        seen: For each beat that the trainee saw, by its id, the id of the tag that is it.
        codebook: The scheme of both.
    """
    beat_of, tag_of = {beat.id: beat for beat in beats}, {tag.id: tag for tag in tags}
    groups = _connected(_drawn(tag_of))
    hers = {name: group for group in groups for name in group.names}
    chains, used = [], set[str]()
    for group in _connected((beat.answers, beat.id) for beat in beats if beat.answers in beat_of):
        began = {seen[name] for name in group.names if seen.get(name) in tag_of}
        mine = list({id(hers[name]): hers[name] for name in began if name in hers}.values())
        own = began.union(*(one.names for one in mine))
        used |= own
        chains.append(
            _chain(
                _side([beat_of[name] for name in group.names], [(*step, True) for step in group.steps], codebook),
                _side([tag_of[name] for name in own], _at_her_edges(group.steps, seen, mine), codebook),
            )
        )
    for group in groups:
        if not group.names & used:
            mine_alone = _side([tag_of[name] for name in group.names], [(*one, True) for one in group.steps], codebook)
            chains.append(_chain(Side([], []), mine_alone))
    return sorted(chains, key=lambda chain: (not chain.expert.links, chain.start, chain.end))


@dataclass(frozen=True)
class _Group:
    """Names that steps join, and those steps."""

    names: set[str]
    steps: list[tuple[str, str]]


Step = tuple[str, str, bool]


def _drawn(tags: Mapping[str, Tag]) -> list[tuple[str, str]]:
    """Return the links that were drawn between tags, each from what comes before to what follows."""
    found = []
    for tag in tags.values():
        for link in tag.links or ():
            if link.to in tags and link.to != tag.id:
                found.append((tag.id, link.to) if link.kind == _NEXT else (link.to, tag.id))
    return list(dict.fromkeys(found))


def _at_her_edges(steps: Iterable[tuple[str, str]], seen: Mapping[str, str], mine: Sequence[_Group]) -> list[Step]:
    """Return the trainee's own steps, and the expert's between her tags where both ends were seen."""
    found: dict[tuple[str, str], bool] = {}
    for before, after in steps:
        first, then = seen.get(before), seen.get(after)
        if first is not None and then is not None and first != then:
            found[first, then] = False
    found |= {step: True for group in mine for step in group.steps}
    return [(*step, drawn) for step, drawn in found.items()]


def _connected(steps: Iterable[tuple[str | None, str]]) -> list[_Group]:
    """Return the groups of names that steps join, in the order in which each is met first."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    kept = [(before, after) for before, after in steps if before is not None]
    for before, after in kept:
        above[top(after)] = top(before)
    groups: dict[str, _Group] = {}
    for before, after in kept:
        group = groups.setdefault(top(before), _Group(set(), []))
        group.names.update((before, after))
        group.steps.append((before, after))
    return list(groups.values())


def _side(events: Sequence[Beat | Tag], steps: Sequence[Step], codebook: Codebook) -> Side:
    ordered = sorted(events, key=lambda event: (event.start, event.id))[:MOST_IN_CHAIN]
    place = {event.id: number for number, event in enumerate(ordered)}
    joints = [
        Joint(place[a], place[b], ordered[place[b]].start - ordered[place[a]].start, drawn)
        for a, b, drawn in steps
        if a in place and b in place
    ]
    return Side([_link(event, codebook) for event in ordered], sorted(joints, key=lambda one: (one.before, one.after)))


def _link(event: Beat | Tag, codebook: Codebook) -> Link:
    if isinstance(event, Beat):
        return Link(event.actor, event.start, event.end, codebook.lane_of(event.codes[0]).id, event.says)
    code = codebook.code(event.code)
    return Link(event.actor, event.start, event.end, codebook.lane_of(event.code).id, (code.short or code.label)["en"])


def _chain(expert: Side, own: Side) -> Chain:
    there = [*expert.links, *own.links]
    ends = [link.start if link.end is None else link.end for link in there]
    return Chain(expert, own, min(link.start for link in there), max(ends))
