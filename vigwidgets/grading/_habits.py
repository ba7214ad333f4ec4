"""Find the habit of an eye in a person's marks: pure, the same every time, and silent when it could be an accident."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vigwidgets.agreement import proportion
from vigwidgets.contract import Beat, Tag
from vigwidgets.grading._habit import Habit, HabitKind, Instance
from vigwidgets.grading._habits_shift import Point, common_shift
from vigwidgets.grading._habits_words import and_ends_words, habit_words
from vigwidgets.grading._mark import Mark, Share
from vigwidgets.grading._odds import at_least, drawn_at_least, median_with_interval
from vigwidgets.schemes import Codebook

__all__ = ["habit_of", "habits_of"]

_SURPRISE = 0.02
"""From which odds on a pattern may be more than accident. It must be large as well, so that of people with no habit
far fewer than one in twenty are told of one, though several are looked for: `vig course check --raters` counts them."""

_SURPRISE_OF_ALL = 0.03
"""Likewise where each lane is looked at: from which odds on all looks together are more than accident (Bonferroni)."""

_FEWEST = 3  # cases: two of a kind are nobody's habit

_LEAST_MISSED = 0.5  # of a lane's moments
_LEAST_CONFUSED = 0.4  # of the moments in which two lanes could be confused
_LEAST_ACTOR = 0.3  # of the moments that were noticed
_LEAST_TOO_MUCH = 0.3  # of all tags
_USUAL_TOO_MUCH = 0.15  # anybody's share of tags of their own
_USUAL_SLIP = 0.1  # anybody's share of slips of one sort
_LEAST_OFF_S = 0.4  # nobody's thumb is surer than that
_OFF_S = 0.15  # an offset that counts as one
_FEWEST_OFFSETS = 6
_LEAST_ALONE = 0.2  # of all tags, before anybody looks whether all are shifted


@dataclass(frozen=True)
class _Case:
    """One of the expert's moments and what became of it: seen, missed, other_name or other_boundary."""

    film: str
    kind: str
    lane: str
    lanes: frozenset[str]
    beat: Beat
    tag: Tag | None
    instance: Instance | None

    @property
    def off_s(self) -> float:
        """How many seconds the tag begins after the beat."""
        return ((self.tag.start if self.tag else self.beat.start) - self.beat.start) / 1_000_000

    @property
    def end_off_s(self) -> float | None:
        """How many seconds the tag ends after the beat; None where either has no length."""
        if self.tag is None or self.tag.end is None or self.beat.end is None:
            return None
        return (self.tag.end - self.beat.end) / 1_000_000


@dataclass(frozen=True)
class _Evidence:
    """All that habits are looked for in."""

    cases: list[_Case]
    alone: list[Instance]
    alone_tags: list[Point]
    tags: int
    codebook: Codebook


def habit_of(marks: Sequence[Mark], codebook: Codebook) -> Habit | None:
    """Return the one habit that shows most clearly, or None when nothing differs from accident.

    Args:
        marks: One person's marks, at most one for each film: the newest.
        codebook: The scheme of them all.
    """
    return next(iter(habits_of(marks, codebook)), None)


def habits_of(marks: Sequence[Mark], codebook: Codebook) -> list[Habit]:
    """Return every habit that shows, the clearest first.

    A habit must show in at least three cases, be large, and be so frequent that accident would give it in fewer than
    three of a hundred. One may bring others with it (who tags late also seems to see things alone), so that all but
    the first are to be read with care.

    Args:
        marks: One person's marks, at most one for each film: the newest.
        codebook: The scheme of them all.
    """
    evidence = _evidence(marks, codebook)
    if shifted := _shifted(evidence):
        return shifted  # what else seems to be missed, or too much, is that
    looks: tuple[Callable[[_Evidence], list[Habit]], ...] = (_misses, _off, _confuses, _actor, _too_much)
    return sorted((habit for look in looks for habit in look(evidence)), key=lambda habit: habit.odds)


def _evidence(marks: Sequence[Mark], codebook: Codebook) -> _Evidence:
    cases, alone, alone_tags, tags = [], [], [], 0
    for mark in marks:
        for seen in mark.seen:
            cases.append(_case(mark.film, "seen", seen.beat, seen.tag, None, codebook))
        for again in mark.again:
            here = Instance.of(mark.film, again)
            if again.beat is not None:
                cases.append(_case(mark.film, again.kind, again.beat, again.tag, here, codebook))
            else:
                alone.append(here)
                alone_tags += [_point(mark.film, again.tag, codebook)] if again.tag else []
        tags += sum(1 + len(seen.also) for seen in mark.seen) + sum(again.tag is not None for again in mark.again)
    return _Evidence(cases, alone, alone_tags, tags, codebook)


def _case(film: str, kind: str, beat: Beat, tag: Tag | None, here: Instance | None, codebook: Codebook) -> _Case:
    lanes = [codebook.lane_of(code).id for code in beat.codes]
    return _Case(film, kind, lanes[0], frozenset(lanes), beat, tag, here)


def _point(film: str, tag: Tag, codebook: Codebook) -> Point:
    return Point(film, tag.start, frozenset({codebook.lane_of(tag.code).id}), tag.actor)


def _shifted(of: _Evidence) -> list[Habit]:
    """Look for one shift of all marks, so large that most of them no longer meet their moments."""
    missed = sum(case.kind == "missed" for case in of.cases)
    if missed < _FEWEST or len(of.alone) < max(_FEWEST, _LEAST_ALONE * of.tags):
        return []
    moments = [Point(case.film, case.beat.start, case.lanes, case.beat.actor) for case in of.cases]
    used = [_point(case.film, case.tag, of.codebook) for case in of.cases if case.tag is not None]
    pairs = common_shift(moments, [*used, *of.alone_tags])
    if pairs is None or len(pairs) < _FEWEST_OFFSETS:
        return []
    middle, low, high = median_with_interval([off for _, off in pairs])
    odds = at_least(len(pairs), len(pairs), 0.5)
    if abs(middle) < _LEAST_OFF_S or odds >= _SURPRISE:
        return []
    here = [of.cases[place].instance for place, _ in pairs]
    kind: HabitKind = "late" if middle > 0 else "early"
    return [_habit(kind, [], len(pairs), len(of.cases), odds, here, of.codebook, (middle, low, high))]


def _misses(of: _Evidence) -> list[Habit]:
    """Look for a lane whose moments are passed over while others are seen."""
    missed = Counter(case.lane for case in of.cases if case.kind == "missed")
    there = Counter(case.lane for case in of.cases)
    looks = sum(n >= _FEWEST for n in there.values())
    found = []
    for lane, count in missed.items():
        odds = min(1.0, looks * drawn_at_least(count, there[lane], missed.total(), there.total(), mid=True))
        if count >= _FEWEST and count >= _LEAST_MISSED * there[lane] and odds < _SURPRISE_OF_ALL:
            here = [case.instance for case in of.cases if case.lane == lane and case.kind == "missed"]
            found.append(_habit("misses", [lane], count, there[lane], odds, here, of.codebook))
    return found


def _off(of: _Evidence) -> list[Habit]:
    """Look for moments that begin late, or early, throughout."""
    noticed = [case for case in of.cases if case.tag is not None and case.tag.actor == case.beat.actor]
    if len(noticed) < _FEWEST_OFFSETS:
        return []
    middle, low, high = median_with_interval([case.off_s for case in noticed])
    way = 1 if middle > 0 else -1
    off = [case for case in noticed if case.off_s * way > _OFF_S]
    odds = at_least(len(off), len(noticed), 0.5)
    if abs(middle) < _LEAST_OFF_S or odds >= _SURPRISE:
        return []
    here = [case.instance for case in off]
    kind: HabitKind = "late" if way > 0 else "early"
    found = _habit(kind, [], len(off), len(noticed), odds, here, of.codebook, (middle, low, high))
    ends = [case.end_off_s for case in noticed if case.end_off_s is not None]
    if len(ends) < _FEWEST_OFFSETS:
        return [found]
    end = median_with_interval(ends)
    clear = sum(one * way < -_OFF_S for one in ends)
    if end[0] * way > -_LEAST_OFF_S or at_least(clear, len(ends), 0.5) >= _SURPRISE:
        return [found]
    also, step = and_ends_words(end)
    return [found.model_copy(update={"sentence": f"{found.sentence} {also}", "next_step": step})]


def _confuses(of: _Evidence) -> list[Habit]:
    """Look for two lanes that change places, where the expert would not give both names."""
    swapped: dict[tuple[str, str], list[_Case]] = {}
    for case in of.cases:
        if case.kind == "other_name" and case.tag is not None and case.tag.actor == case.beat.actor:
            other = of.codebook.lane_of(case.tag.code).id
            if other not in case.lanes:
                one, two = sorted((case.lane, other))
                swapped.setdefault((one, two), []).append(case)
    found = []
    for pair, cases in swapped.items():
        could = [case for case in of.cases if case.tag is not None and case.lane in pair and not case.lanes >= {*pair}]
        odds = at_least(len(cases), len(could), _USUAL_SLIP)
        if len(cases) >= _FEWEST and len(cases) >= _LEAST_CONFUSED * len(could) and odds < _SURPRISE:
            here = [case.instance for case in cases]
            found.append(_habit("confuses", list(pair), len(cases), len(could), odds, here, of.codebook))
    return found


def _actor(of: _Evidence) -> list[Habit]:
    """Look for right moments given to the wrong person."""
    noticed = [case for case in of.cases if case.tag is not None]
    mixed = [case for case in noticed if case.tag is not None and case.tag.actor != case.beat.actor]
    odds = at_least(len(mixed), len(noticed), _USUAL_SLIP)
    if len(mixed) < _FEWEST or len(mixed) < _LEAST_ACTOR * len(noticed) or odds >= _SURPRISE:
        return []
    return [_habit("actor", [], len(mixed), len(noticed), odds, [case.instance for case in mixed], of.codebook)]


def _too_much(of: _Evidence) -> list[Habit]:
    """Look for moments that are marked where the expert saw nothing."""
    count = len(of.alone)
    odds = at_least(count, of.tags, _USUAL_TOO_MUCH)
    if count < _FEWEST or count < _LEAST_TOO_MUCH * of.tags or odds >= _SURPRISE:
        return []
    return [_habit("too_much", [], count, of.tags, odds, list(of.alone), of.codebook)]


def _habit(
    kind: HabitKind,
    lanes: list[str],
    count: int,
    n: int,
    odds: float,
    instances: Sequence[Instance | None],
    codebook: Codebook,
    amount: tuple[float, float, float] | None = None,
) -> Habit:
    labels = [codebook.code(lane).label["en"] for lane in lanes]
    sentence, next_step = habit_words(kind, labels, count, n, amount)
    middle, low, high = amount if amount else (None, None, None)
    return Habit(
        kind=kind,
        lanes=lanes,
        share=Share.of(proportion(count, n)),
        amount=middle,
        low=low,
        high=high,
        odds=odds,
        sentence=sentence,
        next_step=next_step,
        instances=[one for one in instances if one is not None],
    )
