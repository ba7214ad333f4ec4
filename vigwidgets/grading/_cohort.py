"""What a group's marks of one exercise say: which moments teach, where people differ, and who may want a hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import atanh, sqrt, tanh
from statistics import fmean
from typing import Any

from vigwidgets.agreement import proportion
from vigwidgets.contract import Beat, Tag
from vigwidgets.grading._habit import Habit
from vigwidgets.grading._habits import habit_of
from vigwidgets.grading._mark import Mark, Share
from vigwidgets.grading._progress import change_of
from vigwidgets.schemes import Codebook

__all__ = ["Cohort", "CohortItem", "CohortLane", "CohortRater", "cohort_of", "fisher"]

_FEW = 5
"""With fewer people nothing is said of how well a moment tells them apart."""

_EASY, _HARD = 0.9, 0.3
_FISHER = 3
_SPOT = 1_000_000
"""The length of a stretch in which differences are counted, in microseconds."""


@dataclass(frozen=True)
class CohortRater:
    """One person of the group.

    Attributes:
        person: Their id.
        attempts: How many marked attempts they made.
        seen: How many of the expert's moments they saw, in the newest.
        shared: How many of their marks the expert saw too.
        severity: Their marks for each of the expert's moments: above 1 they mark more than the expert, below 1 less.
        severity_low: The lower end of its interval (95 %), marks being counted as chance events are (Poisson).
        severity_high: Its upper end.
        drift: By how much the share of seen moments changed from the first attempt to the newest; None after one.
        drift_low: The lower end of its interval (95 %).
        drift_high: Its upper end.
        habit: What shows in the newest again and again, if anything does.
        help: Why they may want a hand, in a few words; empty: nothing speaks for it.
    """

    person: str
    attempts: int
    seen: Share
    shared: Share
    severity: float
    severity_low: float
    severity_high: float
    drift: float | None
    drift_low: float | None
    drift_high: float | None
    habit: Habit | None
    help: str


@dataclass(frozen=True)
class CohortItem:
    """One of the expert's moments.

    Attributes:
        beat: What the expert saw.
        lane: The lane it belongs to.
        seen: How many people saw it.
        nearly: How many nearly did: with another name, or another edge.
        other_names: The lanes that others gave it, the most frequent first, with how many did.
        discrimination: The correlation between seeing it and seeing the rest, -1 to 1; None with too few people, or
            where all or none saw it.
        discrimination_low: The lower end of its interval (95 %, Fisher's transformation).
        discrimination_high: Its upper end.
        note: What an author or supervisor should know, in a few words; empty: nothing.
    """

    beat: Beat
    lane: str
    seen: Share
    nearly: int
    other_names: list[tuple[str, int]]
    discrimination: float | None
    discrimination_low: float | None
    discrimination_high: float | None
    note: str

    @property
    def difficulty(self) -> float:
        """The part of the people who did not see it, 0 to 1."""
        return 1 - (self.seen.value or 0.0)


@dataclass(frozen=True)
class CohortLane:
    """One lane, over all people.

    Attributes:
        lane: Its code.
        expert: How many moments the expert has on it.
        marks: How many marks each person made on it, on average.
        seen: Of all moments of all people, how many were seen.
        alone: How many marks were somebody's alone, in all.
    """

    lane: str
    expert: int
    marks: float
    seen: Share
    alone: int


@dataclass(frozen=True)
class Cohort:
    """What a group's marks of one exercise say.

    Attributes:
        people: How many.
        raters: The people, those first who may want a hand.
        items: The expert's moments, in film order.
        lanes: The lanes, in the scheme's order.
        spots: For each second of the film the part of the people who differ from the expert there, 0 to 1.
    """

    people: int
    raters: list[CohortRater]
    items: list[CohortItem]
    lanes: list[CohortLane]
    spots: list[float]

    def as_data(self) -> dict[str, Any]:
        """Return it as data for JSON."""
        return {
            "people": self.people,
            "raters": [
                {**asdict(one), "seen": one.seen.model_dump(), "shared": one.shared.model_dump(),
                 "habit": one.habit.model_dump(mode="json") if one.habit else None}
                for one in self.raters
            ],
            "items": [
                {**asdict(one), "beat": one.beat.model_dump(mode="json"), "seen": one.seen.model_dump(),
                 "difficulty": one.difficulty}
                for one in self.items
            ],
            "lanes": [{**asdict(one), "seen": one.seen.model_dump()} for one in self.lanes],
            "spots": self.spots,
        }  # fmt: skip


def cohort_of(marks: Mapping[str, Sequence[Mark]], codebook: Codebook, duration: int) -> Cohort:
    """Return what a group's marks of one exercise say.

    Moments and lanes go by each person's newest attempt; drift by the first and the newest.

    Args:
        marks: For each person the marks of their attempts, by time; of one film, under one scheme.
        codebook: The scheme.
        duration: The film's length in microseconds.
    """
    newest = {person: own[-1] for person, own in marks.items() if own}
    raters = [_rater(person, own, codebook) for person, own in marks.items() if own]
    raters.sort(key=lambda one: (not one.help, one.seen.value or 0.0, one.person))
    of = list(newest.values())
    return Cohort(len(newest), raters, _items(of, codebook), _lanes(of, codebook), _spots(of, duration))


def _rater(person: str, own: Sequence[Mark], codebook: Codebook) -> CohortRater:
    last = own[-1].overall
    beats, tags = last.seen + last.missed, last.seen + last.extra
    drift, low, high = change_of(own[0].overall.recall, last.recall) if len(own) > 1 else (None, None, None)
    habit = habit_of([own[-1]], codebook)
    fewest, most = _counted_between(tags)
    return CohortRater(
        person=person,
        attempts=len(own),
        seen=last.recall,
        shared=last.precision,
        severity=tags / beats if beats else 0.0,
        severity_low=fewest / beats if beats else 0.0,
        severity_high=most / beats if beats else 0.0,
        drift=drift,
        drift_low=low,
        drift_high=high,
        habit=habit,
        help=_help(last.recall, last.precision, high, habit),
    )


def _counted_between(count: int) -> tuple[float, float]:
    """Return the 95 % interval of a count (Poisson), as Bégaud and others approach the exact one (2005)."""
    return max(0.0, sqrt(count + 0.02) - 0.96) ** 2 if count else 0.0, (sqrt(count + 0.96) + 0.98) ** 2


def _help(seen: Share, shared: Share, drift_high: float | None, habit: Habit | None) -> str:
    """Say why somebody may want a hand: only what few moments cannot have done by themselves."""
    if seen.high is not None and seen.high < 1 / 2:
        return "sees fewer than half of the moments"
    if shared.high is not None and shared.high < 1 / 2:
        return "most marks are theirs alone"
    if drift_high is not None and drift_high < 0:
        return "sees less than at first"
    return "a habit shows" if habit else ""


def _items(marks: Sequence[Mark], codebook: Codebook) -> list[CohortItem]:
    beats: dict[str, Beat] = {}
    saw: dict[str, list[bool]] = defaultdict(list)
    rest: dict[str, list[int]] = defaultdict(list)
    nearly: Counter[str] = Counter()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for mark in marks:
        for seen in mark.seen:
            beats[seen.beat.id] = seen.beat
            saw[seen.beat.id].append(True)
            rest[seen.beat.id].append(len(mark.seen) - 1)
        for again in mark.again:
            if again.beat is None:
                continue
            beats[again.beat.id] = again.beat
            saw[again.beat.id].append(False)
            rest[again.beat.id].append(len(mark.seen))
            nearly[again.beat.id] += again.tag is not None
            if again.kind == "other_name" and again.tag is not None:
                names[again.beat.id][codebook.lane_of(again.tag.code).id] += 1
    found = []
    for beat in sorted(beats.values(), key=lambda beat: (beat.start, beat.id)):
        share = Share.of(proportion(sum(saw[beat.id]), len(saw[beat.id])))
        tells = _correlation(saw[beat.id], rest[beat.id])
        others = names[beat.id].most_common(3)
        lane = codebook.lane_of(beat.codes[0]).id
        note = _note(share, tells, others)
        low, high = (None, None) if tells is None else fisher(tells, share.n)
        found.append(CohortItem(beat, lane, share, nearly[beat.id], others, tells, low, high, note))
    return found


def _note(seen: Share, tells: float | None, others: Sequence[tuple[str, int]]) -> str:
    if seen.n < _FEW:
        return ""
    if tells is not None and _surely_below_0(tells, seen.n):
        return "seen by those who see less elsewhere: look at the key"
    if others and others[0][1] * 2 >= seen.n:
        return "most give it another name: look at the key, or talk it over"
    if seen.high is not None and seen.high < _HARD:
        return "hardly anybody sees it"
    return "everybody sees it" if (seen.value or 0) > _EASY else ""


def _surely_below_0(correlation: float, n: int) -> bool:
    """Tell whether all of a correlation's 95 % interval lies below 0."""
    return n > _FISHER and fisher(correlation, n)[1] < 0


def fisher(correlation: float, n: int) -> tuple[float, float]:
    """Return a correlation's 95 % interval by Fisher's transformation, from more than three people."""
    middle, reach = atanh(min(max(correlation, -0.999999), 0.999999)), 1.96 / sqrt(n - _FISHER)
    return tanh(middle - reach), tanh(middle + reach)


def _correlation(saw: Sequence[bool], rest: Sequence[int]) -> float | None:
    if len(saw) < _FEW or len(set(saw)) < 2 or len(set(rest)) < 2:
        return None
    a, b = fmean(saw), fmean(rest)
    both = sum((x - a) * (y - b) for x, y in zip(saw, rest, strict=True))
    return both / sqrt(sum((x - a) ** 2 for x in saw) * sum((y - b) ** 2 for y in rest))


def _lanes(marks: Sequence[Mark], codebook: Codebook) -> list[CohortLane]:
    found = []
    for lane in codebook.lanes:
        here = [one for mark in marks for one in mark.lanes if one.lane == lane.id]
        if not here:
            continue
        seen, of = sum(one.seen for one in here), sum(one.seen + one.missed for one in here)
        expert = round(of / len(here))
        marked = sum(one.seen + one.extra for one in here) / len(marks)
        alone = sum(one.alone for one in here)
        found.append(CohortLane(lane.id, expert, marked, Share.of(proportion(seen, of)), alone))
    return found


def _spots(marks: Sequence[Mark], duration: int) -> list[float]:
    counts = [0] * -(-duration // _SPOT)
    for mark in marks:
        differs: set[int] = set()
        for again in mark.again:
            for event in (again.beat, again.tag):
                differs |= _seconds(event)
        for second in differs:
            if second < len(counts):
                counts[second] += 1
    return [count / len(marks) for count in counts] if marks else []


def _seconds(event: Beat | Tag | None) -> set[int]:
    if event is None:
        return set()
    last = event.start if event.end is None else max(event.start, event.end - 1)
    return set(range(event.start // _SPOT, last // _SPOT + 1))
