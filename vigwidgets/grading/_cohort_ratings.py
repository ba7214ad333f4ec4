"""What a group's ratings say: who leans to which side, which items divide, and where the cut-off parts people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any, Literal

from vigwidgets.agreement import proportion
from vigwidgets.grading._habit import Habit
from vigwidgets.grading._lean import FEW_PEOPLE, FEWEST_FILMS, Interval, goes_with, lean_of, moved_by, same_of
from vigwidgets.grading._leaning import LEAST, leaning_of
from vigwidgets.grading._mark import Share
from vigwidgets.grading._rating import RatingMark

__all__ = ["RatedFilm", "RatedItem", "RatedOn", "Rater", "RatingCohort", "cohort_of_ratings"]

_FILMS_TO_DRIFT = 6
"""So many films make two halves of which something can be said."""

_EASY, _HARD = 0.9, 0.3

Drift = Literal["films", "again", ""]


@dataclass(frozen=True)
class RatedOn:
    """One person's ratings of one film.

    Attributes:
        film: What it is called.
        at: When the ratings that count were handed in, ISO 8601 in UTC.
        mark: The ratings that count.
        first: The first of the same film.
        newest: The newest.
    """

    film: str
    at: str
    mark: RatingMark
    first: RatingMark
    newest: RatingMark


@dataclass(frozen=True)
class Rater:
    """One person of the group.

    Attributes:
        person: Their id.
        films: How many films they rated.
        same: Of all items, how many have the reference's step.
        lean: By how many steps they lie above the reference on average; below 0: under it.
        drift: How their lean has moved.
        over: From what that is known: ``films``: the later half of the films beside the earlier; ``again``: films that
            were rated again, beside the first time; nothing: there is neither.
        missed: Films in which the reference alone reaches the cut-off, by name.
        alarms: Films in which only they do.
        sides: Of the films whose totals can be formed, how many lie on the other side of the cut-off.
        habit: Whether they lean to one side, where neither films nor items explain it.
        open: Whether what they rated lies to one side, but the films are too few to say that they do.
        help: Why they may want a hand, in a few words; empty: nothing speaks for it.
    """

    person: str
    films: int
    same: Share
    lean: Interval
    drift: Interval
    over: Drift
    missed: list[str]
    alarms: list[str]
    sides: Share
    habit: Habit | None
    open: bool
    help: str


@dataclass(frozen=True)
class RatedItem:
    """One item of the scale, over all people and films.

    Attributes:
        item: Its code.
        label: Its name.
        same: How many ratings have the reference's step; its ``value`` is the item's easiness.
        lean: By how many steps people lie above the reference.
        off: How many ratings lie how many steps off.
        discrimination: How being near on it goes with being near on the others.
        note: What an author or supervisor should know, in a few words; empty: nothing.
    """

    item: str
    label: str
    same: Share
    lean: Interval
    off: dict[int, int]
    discrimination: Interval
    note: str

    @property
    def difficulty(self) -> float | None:
        """The part of the ratings with another step than the reference's, 0 to 1; None: nobody rated it."""
        return None if self.same.value is None else 1 - self.same.value


@dataclass(frozen=True)
class RatedFilm:
    """One film, over all people: how near they are, how they lean, and how many lie beyond the cut-off from it."""

    film: str
    people: int
    same: Share
    lean: Interval
    sides: Share


@dataclass(frozen=True)
class RatingCohort:
    """What a group's ratings say.

    Attributes:
        people: How many.
        raters: The people, those first who may want a hand.
        items: The scale's items, in its order.
        films: The films, by name.
        cutoff: From which total on the scale calls for a closer look; None: it has none.
    """

    people: int
    raters: list[Rater]
    items: list[RatedItem]
    films: list[RatedFilm]
    cutoff: int | None

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return {
            "people": self.people,
            "cutoff": self.cutoff,
            "raters": [
                {**asdict(one), "same": one.same.model_dump(), "sides": one.sides.model_dump(),
                 "habit": one.habit.model_dump(mode="json") if one.habit else None}
                for one in self.raters
            ],
            "items": [
                {**asdict(one), "same": one.same.model_dump(), "difficulty": one.difficulty} for one in self.items
            ],
            "films": [{**asdict(one), "same": one.same.model_dump(), "sides": one.sides.model_dump()}
                      for one in self.films],
        }  # fmt: skip


def cohort_of_ratings(rated: Mapping[str, Sequence[RatedOn]]) -> RatingCohort:
    """Return what a group's ratings on one scale say; the order of people does not matter.

    Args:
        rated: For each person the films that they rated.
    """
    there = {person: sorted(films, key=lambda one: (one.at, one.film)) for person, films in sorted(rated.items())}
    there = {person: films for person, films in there.items() if films}
    raters = [_rater(person, films) for person, films in there.items()]
    raters.sort(key=lambda one: (not one.help, one.same.value or 0.0, one.person))
    marks = [one.mark for films in there.values() for one in films]
    labels = {item.item: item.label for mark in marks for item in mark.items}
    names = dict.fromkeys(one.film for films in rated.values() for one in films)
    return RatingCohort(
        people=len(there),
        raters=raters,
        items=[_item(item, label, [[one.mark for one in films] for films in there.values()])
               for item, label in labels.items()],
        films=[_film(name, [one.mark for films in there.values() for one in films if one.film == name])
               for name in sorted(names)],
        cutoff=next((mark.cutoff for mark in marks if mark.cutoff is not None), None),
    )  # fmt: skip


def _off(mark: RatingMark) -> list[float]:
    return [float(item.off) for item in mark.items if item.off is not None]


def _same(marks: Sequence[RatingMark]) -> Share:
    off = [one for mark in marks for one in _off(mark)]
    return Share.of(proportion(sum(one == 0 for one in off), len(off)))


def _side(mark: RatingMark) -> str:
    """Return on which side of the cut-off ratings lie beside the reference's; nothing where that cannot be said."""
    if mark.cutoff is None or mark.total is None or mark.reference_total is None:
        return ""
    own, theirs = mark.total >= mark.cutoff, mark.reference_total >= mark.cutoff
    return "same" if own == theirs else "alarm" if own else "missed"


def _sides(marks: Sequence[RatingMark]) -> Share:
    known = [side for mark in marks if (side := _side(mark))]
    return Share.of(proportion(sum(side != "same" for side in known), len(known)))


def _rater(person: str, films: Sequence[RatedOn]) -> Rater:
    marks = [one.mark for one in films]
    same, lean = _same(marks), lean_of([_off(mark) for mark in marks])
    drift, over = _drift(films)
    # Films err together: what the items alone would call a habit is none while the interval holds 0.
    sides, leans = _sides(marks), _leans(lean)
    return Rater(
        person=person,
        films=len(films),
        same=same,
        lean=lean,
        drift=drift,
        over=over,
        missed=[one.film for one in films if _side(one.mark) == "missed"],
        alarms=[one.film for one in films if _side(one.mark) == "alarm"],
        sides=sides,
        habit=leaning_of(marks) if leans and len(films) >= FEWEST_FILMS else None,
        open=leans and len(films) < FEWEST_FILMS,
        help=_help(films, lean, drift, sides),
    )


def _leans(lean: Interval) -> bool:
    """Tell whether a lean is more than chance and more than next to nothing."""
    return (lean.above or lean.below) and abs(lean.value or 0.0) >= LEAST


def _drift(films: Sequence[RatedOn]) -> tuple[Interval, Drift]:
    if len(films) >= _FILMS_TO_DRIFT:
        half = len(films) // 2
        early, late = (lean_of([_off(one.mark) for one in part]) for part in (films[:half], films[half:]))
        return moved_by(early, late), "films"
    moved = [_moved(one.first, one.newest) for one in films if one.first is not one.newest]
    return lean_of(moved), "again" if moved else ""


def _moved(first: RatingMark, newest: RatingMark) -> list[float]:
    before = {item.item: item.off for item in first.items}
    return [
        float(item.off - was)
        for item in newest.items
        if item.off is not None and (was := before.get(item.item)) is not None
    ]


def _help(films: Sequence[RatedOn], lean: Interval, drift: Interval, sides: Share) -> str:
    """Say why somebody may want a hand: only what few ratings, or few films, cannot have done by themselves."""
    off, again = [_off(one.mark) for one in films], sum(one.first is not one.newest for one in films)
    enough = len(films) >= FEWEST_FILMS
    same = _same([one.mark for one in films])
    if enough and same_of(off).below:
        return "chooses another step for most items"
    if not enough and same.high is not None and same.high < 1 / 2:
        return f"chose another step for most items of {'one film' if len(films) == 1 else 'two films'}"
    if sides.low is not None and sides.low > 1 / 2:
        return "is on the other side of the cut-off in most films"
    if enough and _leans(lean):
        return f"rates {'above' if lean.above else 'below'} the reference throughout"
    moved = drift.above or drift.below
    return "has moved since the first ratings" if moved and max(len(films) // 2, again) >= FEWEST_FILMS else ""


def _item(item: str, label: str, people: Sequence[Sequence[RatingMark]]) -> RatedItem:
    off = [[one.off for mark in marks for one in mark.items if one.item == item and one.off is not None]
           for marks in people]  # fmt: skip
    own, rest = [], []
    for marks in people:
        here = [one.share for mark in marks for one in mark.items if one.item == item]
        others = [one.share for mark in marks for one in mark.items if one.item != item]
        if here and others:
            own.append(fmean(here))
            rest.append(fmean(others))
    counts = Counter(one for person in off for one in person)
    same, lean = Share.of(proportion(counts[0], counts.total())), lean_of([one for one in off if one])
    tells = goes_with(own, rest)
    return RatedItem(item, label, same, lean, dict(sorted(counts.items())), tells, _note(same, lean, tells, len(own)))


def _note(same: Share, lean: Interval, tells: Interval, people: int) -> str:
    if people < FEW_PEOPLE:
        return ""
    if tells.below:
        return "those who are near elsewhere are not near here: look at the reference"
    if lean.above or lean.below:
        return f"people rate it {'above' if lean.above else 'below'} the reference: talk it over, or look at it again"
    if same.high is not None and same.high < _HARD:
        return "hardly anybody chooses the reference's step"
    return "nearly everybody chooses the reference's step" if (same.value or 0) > _EASY else ""


def _film(film: str, marks: Sequence[RatingMark]) -> RatedFilm:
    return RatedFilm(film, len(marks), _same(marks), lean_of([_off(mark) for mark in marks]), _sides(marks))
