"""Send raters with a known fault through the real marking, and count how often the feedback names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from statistics import fmean
from typing import Any

from vigwidgets.agreement import Proportion, proportion
from vigwidgets.authoring.raters import BEGINNING, CAREFUL, FLAWLESS, GUESSING, Fault, Slips, rate_film, rate_sheet
from vigwidgets.contract import Member, Truth
from vigwidgets.curriculum import Policy
from vigwidgets.grading import Habit, Mark, RatingMark, Reference, habit_of, leaning_of, mark_observation, mark_ratings
from vigwidgets.schemes import Codebook

__all__ = ["Coded", "Rated", "RaterRow", "Unseen", "check_eyes", "check_ratings"]

_LEAST_MOMENTS = 5
"""So many moments of a lane the films must have, or nobody can tell a habit from an accident."""

_LEAST_TO_CONFUSE = 8
"""So many in which two lanes, or two people, could be taken for each other; some of them fall beside other moments."""

_RIGHT = 0.95
"""In so many cases of a hundred the right fault must be named, and none where there is none."""

Step = Callable[[], None]


@dataclass(frozen=True)
class Coded:
    """A film as raters meet it.

    Attributes:
        truth: What there is to be seen.
        policy: By which policy it is marked.
    """

    truth: Truth
    policy: Policy


@dataclass(frozen=True)
class Rated:
    """A film as raters meet it on a scale.

    Attributes:
        film: Its id.
        duration: Its length in microseconds.
        cast: Who is on film.
        reference: For each item the step that the film shows.
        policy: By which policy it is marked.
    """

    film: str
    duration: int
    cast: tuple[Member, ...]
    reference: Mapping[str, str]
    policy: Policy


@dataclass(frozen=True)
class RaterRow:
    """Raters of one sort.

    Attributes:
        scheme: What they coded with.
        rater: Which sort, in words.
        fault: The fault's kind; empty: none.
        raters: How many.
        right: How many of them the feedback was right about.
        named: What it named how often, ``none`` included; the right one may stand for several lanes.
        f1: Their mean agreement with the expert, 0 to 1; for ratings the part of steps that are the reference's.
        must: Whether the course fails if the feedback is right too seldom; the guessing are there to be compared with.
    """

    scheme: str
    rater: str
    fault: str
    raters: int
    right: int
    named: Mapping[str, int]
    f1: float
    must: bool = True

    @property
    def share(self) -> Proportion:
        """How often the feedback was right, with its interval."""
        return proportion(self.right, self.raters)

    @property
    def holds(self) -> bool:
        """Whether it was right often enough."""
        return not self.must or self.right >= _RIGHT * self.raters

    def as_data(self) -> dict[str, Any]:
        """Return the row as data for JSON."""
        return {**asdict(self), "named": dict(self.named), "holds": self.holds}


@dataclass(frozen=True)
class Unseen:
    """A fault that the films cannot show, because they have too few moments in which it could show."""

    scheme: str
    fault: str
    lanes: tuple[str, ...]
    moments: int


def check_eyes(
    codebook: Codebook, films: Sequence[Coded], seeds: Sequence[int], step: Step = lambda: None
) -> tuple[list[RaterRow], list[Unseen]]:
    """Let raters of each sort code films, mark them, and compare the habit that the feedback names with their fault.

    Args:
        codebook: The scheme.
        films: What they code; each rater codes all.
        seeds: One for each rater of each sort; the same seed gives the same rater.
        step: Called after each rater.

    Returns:
        A row for each sort, from the nearest to the expert to the farthest, and what the films cannot show.
    """
    lanes, blind = _lanes(codebook, films)
    pairs, alike = _pairs(codebook, films)
    whose = sum(_could_be_anothers(codebook, film) for film in films)
    sorts: list[tuple[str, list[Fault | None], Slips, bool]] = [
        ("sees as the expert does", [None], FLAWLESS, True),
        ("careful, no fault", [None], CAREFUL, True),
        ("beginning, no fault", [None], BEGINNING, True),
        ("passes over one principle", [Fault("misses", (lane,), 0.9) for lane in lanes], CAREFUL, True),
        ("reacts 0.8 s late", [Fault("late", amount=0.8)], CAREFUL, True),
        ("confuses two codes", [Fault("confuses", pair, 0.9) for pair in pairs], CAREFUL, True),
        ("mixes up who acts", [Fault("actor", amount=0.7)] * (whose >= _LEAST_TO_CONFUSE), CAREFUL, True),
        ("sees too much", [Fault("too_much", amount=0.9)], CAREFUL, True),
        ("guesses", [None], GUESSING, False),
    ]
    rows = [
        _row(codebook, films, seeds, name, faults, slips, must, step) for name, faults, slips, must in sorts if faults
    ]
    scheme = codebook.ref.id
    unseen = [Unseen(scheme, "misses", (lane,), n) for lane, n in blind.items()]
    unseen += [Unseen(scheme, "actor", (), whose)] if whose < _LEAST_TO_CONFUSE else []
    return rows, unseen + [Unseen(scheme, "confuses", pair, n) for pair, n in alike.items()]


def _row(
    codebook: Codebook,
    films: Sequence[Coded],
    seeds: Sequence[int],
    name: str,
    faults: Sequence[Fault | None],
    slips: Slips,
    must: bool,
    step: Step,
) -> RaterRow:
    right, f1, named = 0, [], Counter[str]()
    for seed in seeds:
        fault = faults[seed % len(faults)]
        marks = list(_marks(codebook, films, fault, seed, slips))
        habit = habit_of(marks, codebook)
        named[_name(habit)] += 1
        right += _is(habit, fault)
        f1.append(fmean(mark.overall.f1 or 0.0 for mark in marks))
        step()
    kind = faults[0].kind if faults[0] else ""
    return RaterRow(codebook.ref.id, name, kind, len(seeds), right, named, fmean(f1), must)


def _marks(codebook: Codebook, films: Sequence[Coded], fault: Fault | None, seed: int, slips: Slips) -> Iterator[Mark]:
    for film in films:
        handed_in = rate_film(film.truth, codebook, fault, seed, slips=slips, lanes=film.policy.counts)
        yield mark_observation(handed_in, film.truth, codebook, film.policy)


def _name(habit: Habit | None) -> str:
    return habit.kind if habit else "none"


def _is(habit: Habit | None, fault: Fault | None) -> bool:
    """Tell whether a habit is the fault: its kind and its lanes."""
    if habit is None or fault is None:
        return habit is None and fault is None
    return habit.kind == fault.kind and sorted(habit.lanes) == sorted(fault.lanes)


def _lanes(codebook: Codebook, films: Sequence[Coded]) -> tuple[list[str], dict[str, int]]:
    """Return the lanes that films have enough moments of, and those that they have too few of, with how many."""
    there: Counter[str] = Counter()
    for film in films:
        there.update(lane for lane, _ in _moments(codebook, film))
    enough = [lane.id for lane in codebook.lanes if there[lane.id] >= _LEAST_MOMENTS]
    return enough, {lane: n for lane, n in there.items() if n < _LEAST_MOMENTS}


def _moments(codebook: Codebook, film: Coded) -> Iterator[tuple[str, set[str]]]:
    """Yield each moment that counts: the lane it belongs to, and all lanes it may rightly be named on."""
    counts = film.policy.counts
    for beat in film.truth.beats:
        lanes = [codebook.lane_of(code).id for code in beat.codes]
        first = next((lane for lane in lanes if counts is None or lane in counts), None)
        if first is not None:
            yield first, set(lanes)


def _pairs(codebook: Codebook, films: Sequence[Coded]) -> tuple[list[tuple[str, str]], dict[tuple[str, str], int]]:
    """Return pairs of lanes of which confusion could show often enough, and those of which it could not."""
    lanes, _ = _lanes(codebook, films)
    everyone = [lane for lane in lanes if not codebook.code(lane).actors]
    enough, few = [], {}
    for pair in combinations(everyone, 2):
        here = [(first, names) for film in films for first, names in _moments(codebook, film)]
        could = sum(first in pair and not names >= set(pair) for first, names in here)
        if could >= _LEAST_TO_CONFUSE:
            enough.append(pair)
        else:
            few[pair] = could
    return enough, few


def _could_be_anothers(codebook: Codebook, film: Coded) -> int:
    """Count the moments that could be given to the wrong person: the scheme lets somebody else act so."""
    found = 0
    for beat in film.truth.beats:
        allowed = codebook.code(beat.codes[0]).actors
        others = [one for one in film.truth.cast if one.id != beat.actor]
        found += any(not allowed or one.role in allowed for one in others)
    return found


def check_ratings(
    codebook: Codebook, films: Sequence[Rated], seeds: Sequence[int], step: Step = lambda: None
) -> list[RaterRow]:
    """Let raters rate films, mark them, and compare the leaning that the feedback names with theirs.

    Args:
        codebook: The scale.
        films: What they rate; each rater rates all.
        seeds: One for each rater of each sort; the same seed gives the same rater.
        step: Called after each rater.
    """
    sorts = [
        ("sees as the expert does", None, FLAWLESS, True),
        ("careful, no fault", None, CAREFUL, True),
        ("beginning, no fault", None, BEGINNING, True),
        ("a step too lenient", Fault("milder", amount=1), CAREFUL, True),
        ("a step too strict", Fault("stricter", amount=1), CAREFUL, True),
        ("guesses", None, GUESSING, False),
    ]
    rows = []
    for name, fault, slips, must in sorts:
        right, same, named = 0, [], Counter[str]()
        for seed in seeds:
            marks = [_rating_mark(codebook, film, fault, seed, slips) for film in films]
            habit = leaning_of(marks)
            named[_name(habit)] += 1
            right += _is(habit, fault)
            same.append(sum(mark.exact for mark in marks) / sum(len(mark.items) for mark in marks))
            step()
        kind = fault.kind if fault else ""
        rows.append(RaterRow(codebook.ref.id, name, kind, len(seeds), right, named, fmean(same), must))
    return rows


def _rating_mark(codebook: Codebook, film: Rated, fault: Fault | None, seed: int, slips: Slips) -> RatingMark:
    made = rate_sheet(film.film, film.duration, film.cast, film.reference, codebook, fault, seed, slips)
    references = [Reference(item=item, steps={step: 1}) for item, step in film.reference.items()]
    return mark_ratings(made, references, codebook, film.policy)
