"""What the feedback page lists: moments seen alike, differences by what they are, answers to initiatives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from vigwidgets.grading import Again, Mark, Seen, difference_name, few_again, first_few
from vigwidgets.grading import Feedback as Shown
from vigwidgets.service.pages.lanes import GREY
from vigwidgets.service.pages.moments import Moment, moment_at

__all__ = ["KINDS", "ON_PAPER", "Answered", "Group", "Listed", "Unlisted", "listed"]

ON_PAPER = 4
"""So many moments of a kind are printed."""

KINDS = {
    "other_name": "Another name",
    "other_boundary": "Another boundary",
}
"""What differs where both saw something, in two words."""


# An address, the kinds, a heading, and what one and what several of them have in common.
_GROUPS = (
    (
        "nearly",
        ("other_name", "other_boundary"),
        "Nearly the same",
        ("You were there; look at the name, or at the edge.", "You were there each time; look at names and edges."),
    ),
    (
        "expert",
        ("missed",),
        "Only the expert",
        ("Play it, and look for what the expert saw.", "Play each, and look for what the expert saw."),
    ),
    (
        "own",
        ("extra",),
        "Only you",
        (
            "Look once more at what you saw, and keep your reason if it is still there.",
            "Look once more at what you saw in each, and keep your reason where it is still there.",
        ),
    ),
)


@dataclass(frozen=True)
class Answered:
    """An initiative and what answers it: shown, never judged."""

    moment: Moment
    answer: str
    expert_s: str
    own_s: str


@dataclass(frozen=True)
class Group:
    """Differences of one sort: said once what they have in common, then each."""

    id: str
    title: str
    says: str
    moments: list[Moment]


@dataclass(frozen=True)
class Unlisted:
    """How many moments of each kind the page leaves out, where there are hundreds."""

    again: int
    seen: int
    answers: int


@dataclass(frozen=True)
class Listed:
    """The moments that a page lists, each anchor given once, and how many it leaves out."""

    seen: list[Moment]
    again: list[Group]
    answers: list[Answered]
    unlisted: Unlisted


def listed(
    shown: Shown | None, mark: Mark | None, counted: Mark | None, habit: Collection[tuple[int, int]] = ()
) -> Listed:
    """Return what a page lists.

    Args:
        shown: What the reader may see of the mark, if anything.
        mark: The mark, for its lanes' colours.
        counted: The same, where its figures are to be shown.
        habit: From where to where differences play in which a habit shows; on paper they come before others.
    """
    colours = _colours(mark)
    few_seen, more_seen = first_few(shown.seen if shown else [])
    few, more_again = few_again(shown.again if shown else [])
    answers, more_answers = first_few(_answers(counted) if counted else [])
    seen = [_seen(one, colours) for one in few_seen]
    again = [_again(one, colours) for one in few]
    ids = _ids([*seen, *again, *(one.moment for one in answers)])
    return Listed(
        _for_paper([replace(one, id=next(ids)) for one in seen], habit),
        _groups(few, [replace(one, id=next(ids)) for one in again], habit),
        [replace(one, moment=replace(one.moment, id=next(ids))) for one in answers],
        Unlisted(more_again, more_seen, more_answers),
    )


def _ids(moments: list[Moment]) -> Iterator[str]:
    used: set[str] = set()
    for moment in moments:
        yield "" if moment.anchor in used else moment.anchor
        used.add(moment.anchor)


def _colours(mark: Mark | None) -> dict[str, str]:
    return {lane.lane: lane.colour or GREY for lane in mark.lanes} if mark else {}


def _seen(one: Seen, colours: dict[str, str]) -> Moment:
    name, _, says = one.sentence.partition(": ")
    return moment_at(one.beat.start, one.start, one.end, name, colours.get(one.lane, GREY), says)


def _again(one: Again, colours: dict[str, str]) -> Moment:
    there = one.beat or one.tag
    at = there.start if there else one.start
    name, says = KINDS.get(one.kind, ""), one.sentence
    if not name:
        name, _, says = one.sentence.removeprefix("Here the expert saw ").partition(": ")
        says = f"{says[:1].upper()}{says[1:]}"
    moment = moment_at(at, one.start, one.end, name, colours.get(one.lane, GREY), says)
    return replace(moment, item=difference_name(one))


def _for_paper(moments: Sequence[Moment], habit: Collection[tuple[int, int]]) -> list[Moment]:
    """Return moments with those marked that are printed: a few, the ones first in which a habit shows."""
    ranked = sorted(range(len(moments)), key=lambda at: ((moments[at].start, moments[at].end) not in habit, at))
    printed = set(ranked[:ON_PAPER])
    return [replace(one, paper=at in printed) for at, one in enumerate(moments)]


def _groups(differences: Sequence[Again], moments: Sequence[Moment], habit: Collection[tuple[int, int]]) -> list[Group]:
    """Return the differences by what they are: what both saw first, then what the expert alone did, then the rest."""
    found = []
    for name, kinds, title, says in _GROUPS:
        here = [moment for one, moment in zip(differences, moments, strict=True) if one.kind in kinds]
        if here:
            found.append(Group(name, title, says[len(here) != 1], _for_paper(here, habit)))
    return found


def _answers(mark: Mark) -> list[Answered]:
    beats = {one.beat.id: one.beat for one in mark.seen}
    beats |= {one.beat.id: one.beat for one in mark.again if one.beat is not None}
    found = []
    for one in mark.answers:
        began, took_up = beats.get(one.initiative), beats.get(one.reception)
        if began is not None and took_up is not None:
            moment = moment_at(began.start, one.start, one.end, "", GREY, began.says)
            own = f"{one.own_seconds:.1f} s" if one.own_seconds is not None else "–"
            found.append(Answered(moment, took_up.says, f"{one.seconds:.1f} s", own))
    return found
